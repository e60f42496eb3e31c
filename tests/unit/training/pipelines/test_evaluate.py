from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.core.errors import ModelInputError
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import LABELS, make_bundle
from tests.support.odd_files import music, write_sound
from training.pipelines.evaluate import evaluate


def test_a_folder_of_sound_is_scored_by_every_patch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    n_scored = 0

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        nonlocal n_scored
        n_scored += len(patches)
        return np.tile(np.array([0.96, 0.02, 0.02], np.float32), (len(patches), 1))

    monkeypatch.setattr(Predictor, "load_keras", lambda bundle: Predictor(bundle, forward))
    bundle: ModelBundle = read_bundle(make_bundle(tmp_path / "model"))
    for label in LABELS[:2]:
        (tmp_path / "sounds" / label).mkdir(parents=True)
        write_sound(tmp_path / "sounds" / label / "a.wav", music(40.0))
    evaluation = evaluate(bundle, tmp_path / "sounds")
    assert evaluation.to_dict()["accuracy"] == 0.5
    config = bundle.config
    assert n_scored == pytest.approx(2 * 40.0 / (config.patch_hop * config.frame_s), abs=4)


def test_evaluate_gives_the_metrics_of_the_card(npz: Path, trained: ModelBundle, tmp_path: Path) -> None:
    names = npz.parent / "splits" / "valid_x.txt"
    evaluation = evaluate(trained, npz, names=names, report=tmp_path / "report").to_dict()
    expected = trained.card["metrics"]["lists"]
    for key in set(evaluation) - {"model", "dataset"}:
        assert evaluation[key] == expected[key], key
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == [
        "confusion.csv",
        "confusion.png",
        "coverage.png",
        "curves.json",
        "metrics.json",
        "reliability.png",
    ]


def test_spectrograms_have_no_middle_of_another_kind(npz: Path, trained: ModelBundle) -> None:
    config = replace(trained.config, middle=replace(trained.config, patch_frames=16))
    with pytest.raises(ModelInputError, match="it expects sound"):
        evaluate(replace(trained, config=config), npz)


def test_judging_a_model_on_what_it_was_trained_on_is_called_leaking(npz: Path, trained: ModelBundle) -> None:
    assert "Leaking" in evaluate(trained, npz).table()
    assert "Leaking" not in evaluate(trained, npz, names=npz.parent / "splits" / "valid_x.txt").table()


def test_a_file_that_was_read_in_part_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = np.array([0.96, 0.02, 0.02], np.float32)
    monkeypatch.setattr(
        Predictor, "load_keras", lambda bundle: Predictor(bundle, lambda patches: np.tile(row, (len(patches), 1)))
    )
    bundle: ModelBundle = read_bundle(make_bundle(tmp_path / "model"))
    for label in LABELS[:2]:
        (tmp_path / "sounds" / label).mkdir(parents=True)
        path = write_sound(tmp_path / "sounds" / label / "a.wav", music(20.0))
    os.truncate(path, os.path.getsize(path) // 2)
    evaluation = evaluate(bundle, tmp_path / "sounds")
    ((name, reason),) = evaluation.read_in_part
    assert name == f"{LABELS[1]}/a.wav" and "GD-106" in reason and evaluation.skipped == ()
    assert f"read only in part: {name}: GD-106" in evaluation.table()
