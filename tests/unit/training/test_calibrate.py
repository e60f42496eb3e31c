from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.model.aggregate import calibrate, track_probabilities
from genre_desktop.model.bundle import read_bundle
from training import recipes
from training.calibrate import TEMPERATURE_RANGE, fit_temperature
from training.evaluate import evaluate
from training.judge import judge
from training.recipes import Recipe
from training.run import TrainRequest
from training.ship import ship


def overconfident(n: int = 400) -> tuple[list[np.ndarray], np.ndarray]:
    """Segments three times as sure as they may be."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, n)
    logits = rng.normal(0, 1, (n, 1, 4)) + 1.2 * np.eye(4)[truth][:, None]
    powers = np.exp(3 * logits)
    return list((powers / powers.sum(axis=2, keepdims=True)).astype(np.float32)), truth


def test_overconfidence_is_found_and_mended() -> None:
    segments, truth = overconfident()
    temperature = fit_temperature(segments, truth)
    assert 2 < temperature < 4.5
    before, after = (
        judge(
            np.array([track_probabilities(calibrate(rows, t)) for rows in segments]),
            truth,
            ("a", "b", "c", "d"),
        )
        for t in (1.0, temperature)
    )
    assert after.ece < before.ece / 2
    assert after.accuracy == before.accuracy


def test_the_temperature_stays_in_its_range() -> None:
    certain = [np.array([[0.97, 0.01, 0.01, 0.01]], np.float32)] * 5
    assert fit_temperature(certain, np.zeros(5, np.int64)) == pytest.approx(TEMPERATURE_RANGE[0], rel=0.01)
    assert fit_temperature(certain, np.ones(5, np.int64)) == pytest.approx(TEMPERATURE_RANGE[1], rel=0.01)


def test_a_shipped_bundle_has_both_figures_and_a_calibration(
    npz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(config: Any, n_genres: int, seed: int) -> Any:
        import keras

        keras.utils.set_random_seed(seed)
        patch = keras.Input((config.patch_frames, config.n_mels))
        x = keras.layers.GlobalAveragePooling1D()(patch)
        return keras.Model(patch, keras.layers.Dense(n_genres, activation="softmax")(x))

    monkeypatch.setitem(recipes.RECIPES, "cnn", Recipe("cnn", "a layer", build, learning_rate=0.1))
    folder = ship(TrainRequest(npz, tmp_path / "mine", epochs=2))
    bundle = read_bundle(folder)
    assert {name: figures["leaking"] for name, figures in bundle.card["metrics"].items()} == {
        "lists": False,
        "patch": True,
    }
    assert bundle.temperature != 1.0
    assert bundle.unsure_below == 0.5
    names = npz.parent / "splits" / "valid_x.txt"
    again = evaluate(bundle, npz, names=names).judgement.to_dict()
    figures = bundle.card["metrics"]["lists"]
    assert {key: figures[key] for key in again} == again
    written = json.loads((folder / "metrics.json").read_text("utf-8"))
    assert {key: written[key] for key in again} == again
