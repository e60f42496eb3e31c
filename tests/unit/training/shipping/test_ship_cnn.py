"""The command that makes gtzan-cnn: calibration on folds, notes, one evaluation at the end."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import SplitError
from genre_desktop.model.bundles.bundle import read_bundle
from tests.support.small_recipe import small_recipe
from training.datasets.npz_dataset import read_npz
from training.evaluation.calibration import fit_temperature
from training.fitting import recipes
from training.fitting.cross_validation import OutOfFold
from training.pipelines.evaluate import evaluate
from training.pipelines.request import TrainRequest
from training.pipelines.train import train
from training.shipping.ship_cnn import add_calibration, ship, training_list


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(recipes.RECIPES, "small", small_recipe())


def test_a_shipped_bundle_has_all_its_metrics_and_they_are_its_own(npz: Path, tmp_path: Path) -> None:
    out = ship(TrainRequest(npz, tmp_path / "mine", recipe="small", epochs=2), leaking_epochs=3)
    bundle = read_bundle(out)
    metrics = bundle.card["metrics"]
    assert set(metrics) == {"lists", "folds", "patch"}
    assert [metrics[name]["leaking"] for name in ("lists", "folds", "patch")] == [False, False, True]
    assert metrics["folds"]["n_tracks"] == 18  # the training list, each track once
    assert len(metrics["folds"]["accuracy_by_fold"]) == 5
    assert "--epochs 3" in metrics["patch"]["command"]
    assert bundle.card["training"]["epochs"] == 2
    assert bundle.card["calibration"]["temperature"] != 1
    assert "GTZAN" in bundle.card["licences"]["data"]
    assert bundle.card["licences"]["weights"] == "MIT"
    assert bundle.card["training"]["made_by"].startswith("python -m training.shipping.ship_cnn mels.npz")
    names = npz.parent / "splits" / "valid_x.txt"
    again = evaluate(bundle, npz, names=names).metrics.to_dict()
    assert {key: metrics["lists"][key] for key in again} == again
    written = json.loads((out / "metrics.json").read_text("utf-8"))
    assert {key: written[key] for key in again} == again


def test_calibration_comes_from_the_tracks_out_of_fold(npz: Path, tmp_path: Path) -> None:
    train(TrainRequest(npz, tmp_path / "mine", recipe="small", split="lists", epochs=1))
    listed = training_list(read_npz(npz).with_artists_beside(), npz.parent / "splits")
    rng = np.random.default_rng(0)
    # Right in nine of ten, and far too sure of itself.
    predicted = np.where(rng.random(18) < 0.9, listed.truth, (listed.truth + 1) % 3)
    segments = tuple(np.tile(0.997 * np.eye(3, dtype=np.float32)[genre] + 0.001, (2, 1)) for genre in predicted)
    unseen = OutOfFold(np.arange(18), np.repeat([1, 2, 3], 6), segments)
    add_calibration(tmp_path / "mine", listed, unseen, 0)
    bundle = read_bundle(tmp_path / "mine")
    assert bundle.temperature == pytest.approx(fit_temperature(segments, listed.truth), abs=1e-3)
    assert bundle.temperature > 1.5
    folds = bundle.card["metrics"]["folds"]
    right = predicted == listed.truth
    assert folds["accuracy"] == pytest.approx(right.mean(), abs=1e-4)
    assert folds["accuracy_by_fold"] == pytest.approx(right.reshape(3, 6).mean(axis=1).tolist(), abs=1e-4)
    # Judged by temperatures of the other folds, 12 tracks each: as good as so few can be.
    assert folds["ece"] <= folds["ece_if_perfect"]["p95"]


def test_only_the_training_list_is_folded(npz: Path) -> None:
    listed = training_list(read_npz(npz).with_artists_beside(), npz.parent / "splits")
    names = (npz.parent / "splits" / "train_x.txt").read_text("utf-8").split()
    assert {track.name for track in listed.tracks} == set(names)


def test_without_lists_nothing_is_begun(npz: Path, tmp_path: Path) -> None:
    (tmp_path / "mels.npz").write_bytes(npz.read_bytes())
    with pytest.raises(SplitError):
        ship(TrainRequest(tmp_path / "mels.npz", tmp_path / "mine", recipe="small"))
    assert not (tmp_path / "mine").exists()
