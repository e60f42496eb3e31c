"""A predictor without a network, and short tunes to classify; other processes can import them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.checks.checked_network import CheckedNetwork
from genre_desktop.model.checks.network_plan import read_plan
from genre_desktop.model.inference.numpy_network import NumpyNetwork
from genre_desktop.model.predictor import Predictor
from tests.support.sounds import tune

RATE = 22_050
CONFIG = FeatureConfig(hop_length=1024, n_mels=16, patch_frames=32, patch_hop=16)
LABELS = ("blues", "jazz", "rock")

Forward = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def thirds(patches: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shares of the power in low, middle and high bands, as scores [shape=(n, 3)]."""
    power = patches.mean(axis=1)
    sums = np.stack([power[:, :5].sum(1), power[:, 5:10].sum(1), power[:, 10:].sum(1)], axis=1) + 0.01
    return np.asarray(sums / sums.sum(axis=1, keepdims=True), np.float32)


def make_predictor(name: str = "test", forward: Forward = thirds) -> Predictor:
    card = {"name": name, "labels": list(LABELS), "format": 1}
    return Predictor(ModelBundle(Path("/models") / name, card, CONFIG), forward)


def write_tunes(folder: Path, n: int, seconds: float = 3.0) -> list[str]:
    """Write different tunes as ``000.wav``, ``001.wav`` and so on."""
    paths = []
    for number in range(n):
        path = folder / f"{number:03}.wav"
        soundfile.write(path, tune(seconds, RATE, 110 + 7 * number), RATE)
        paths.append(str(path))
    return paths


def make_network(kernel: NDArray[np.float32] | None = None) -> NumpyNetwork:
    """A network that NumPy computes: the mean over time, and probabilities of it.

    Parameters
    ----------
    kernel : ndarray of float32 [shape=(n_mels, n_labels)], optional
        By default each label has a third of the mel bands.
    """
    if kernel is None:
        kernel = np.repeat(np.eye(3, dtype=np.float32), (5, 5, 6), axis=0)
    config = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": "thirds",
            "layers": [
                _layer("InputLayer", batch_shape=[None, CONFIG.patch_frames, CONFIG.n_mels]),
                _layer("GlobalAveragePooling1D", keepdims=False),
                _layer("Dense", units=3, activation="softmax", use_bias=False),
            ],
        },
    }
    plan = read_plan(json.dumps(config).encode())
    weights = {layer.name: (kernel,) if layer.kind == "Dense" else () for layer in plan.layers}
    return NumpyNetwork(CheckedNetwork(plan, weights))


def _layer(kind: str, **settings: object) -> dict[str, object]:
    return {"module": "keras.layers", "class_name": kind, "config": {"name": kind.lower(), **settings}}
