"""Small real bundles for tests: a Keras network of a few weights with a valid card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.model.bundles.bundle import ModelBundle, sha256
from genre_desktop.model.checks import passed_trials
from genre_desktop.model.importing import bundle_import as importing
from genre_desktop.model.keras_backend import load_backend

LABELS = ("blues", "jazz", "rock")
CONFIG = FeatureConfig(hop_length=1024, n_mels=16, patch_frames=32, patch_hop=16)


def make_bundle(folder: Path, *, config: FeatureConfig = CONFIG, labels: tuple[str, ...] = LABELS, **card: Any) -> Path:
    """Write a bundle whose network is random but the same each time; `card` overrides card entries."""
    load_backend()
    import keras

    keras.utils.set_random_seed(3)
    network = keras.Sequential(
        [
            keras.Input((config.patch_frames, config.n_mels)),
            keras.layers.GlobalAveragePooling1D(),
            keras.layers.Dense(len(labels), activation="softmax"),
        ]
    )
    folder.mkdir(parents=True)
    network.save(folder / "model.keras")
    trust(folder)
    figures = {"accuracy": 0.5, "accuracy_ci95": [0.4, 0.6], "n_tracks": 100, "leaking": False}
    content = {
        "format": 1,
        "name": folder.name,
        "labels": list(labels),
        "features": config.to_dict(),
        "metrics": {"patch": {**figures, "accuracy": 0.99, "leaking": True}, "lists": figures},
        "weights_sha256": sha256(folder / "model.keras"),
        **card,
    }
    (folder / "card.json").write_text(json.dumps(content), "utf-8")
    return folder


def import_bundle(path: Path, *, replace: bool = False) -> ModelBundle:
    """Import a bundle and agree to whatever it replaces."""
    imported = importing.import_bundle(path, confirm=lambda _update: True, replace=replace)
    assert imported is not None
    return imported


def trust(folder: Path) -> None:
    """Spare the network of a bundle its trial, which takes seconds, in this process; Keras computes it."""
    passed_trials.record_in_process(sha256(folder / "model.keras"), numpy_agrees=False)
