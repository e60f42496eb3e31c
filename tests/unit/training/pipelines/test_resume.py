"""Trainings that were stopped or killed, and what may be resumed."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import OutputExistsError, ResumeError, TrainingInterruptedError
from genre_desktop.model.predictor import Predictor
from tests.support.small_recipe import StopAfter, kill, small_request
from training.fitting.fit import EpochReport
from training.fitting.recipes import RECIPES
from training.pipelines.train import train


def test_a_stopped_training_keeps_its_best_epoch(npz: Path, tmp_path: Path) -> None:
    reports: list[EpochReport] = []
    result = train(small_request(npz, tmp_path / "mine"), on_epoch=reports.append, should_stop=StopAfter(5))
    assert result.interrupted
    assert len(reports) == 2
    best = min(reports, key=lambda report: report.val_loss).epoch
    assert result.bundle.card["training"]["weights"].startswith(f"epoch {best} of 2")
    assert Predictor.load(result.bundle).score(np.zeros((1, 128, 128), np.float32)).shape == (1, 3)
    reports.clear()
    resumed = train(small_request(npz, tmp_path / "mine", resume=True), on_epoch=reports.append)
    assert [report.epoch for report in reports] == [3, 4]
    assert not resumed.interrupted
    assert resumed.bundle.card["training"]["weights"] == "epoch 4 of 4"


def test_stopped_within_the_first_epoch_there_is_nothing_to_keep(npz: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingInterruptedError):
        train(small_request(npz, tmp_path / "mine"), should_stop=lambda: True)


def test_a_killed_training_goes_on_as_if_nothing_had_been(npz: Path, tmp_path: Path) -> None:
    whole = train(small_request(npz, tmp_path / "whole"))

    def killed(report: EpochReport) -> None:
        if report.epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(small_request(npz, tmp_path / "killed"), on_epoch=killed)
    assert not (tmp_path / "killed" / "card.json").exists()
    with pytest.raises(OutputExistsError):
        train(small_request(npz, tmp_path / "killed"))
    reports: list[EpochReport] = []
    resumed = train(small_request(npz, tmp_path / "killed", resume=True), on_epoch=reports.append)
    assert [report.epoch for report in reports] == [3, 4]
    histories = [
        json.loads((result.bundle.path / "training_hist.json").read_text("utf-8")) for result in (whole, resumed)
    ]
    for key, values in histories[0].items():
        assert histories[1][key] == pytest.approx(values, abs=1e-5)
    assert not (tmp_path / "killed" / "checkpoints").exists()


def test_resume_refuses_what_would_let_judged_tracks_train(npz: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(npz.parent, data)
    with pytest.raises(KeyboardInterrupt):
        train(small_request(data / "mels.npz", tmp_path / "out"), on_epoch=kill)
    lists = [data / "splits" / f"{side}_x.txt" for side in ("train", "valid")]
    texts = [path.read_text("utf-8") for path in lists]
    moved = [name for name in texts[0].splitlines() if name.endswith(("00004", "00005"))]
    lists[0].write_text("\n".join(name for name in texts[0].splitlines() if name not in moved), "utf-8")
    lists[1].write_text("\n".join([texts[1], *moved]), "utf-8")
    with pytest.raises(ResumeError, match="other data"):
        train(small_request(data / "mels.npz", tmp_path / "out", resume=True))
    for path, text in zip(lists, texts, strict=True):
        path.write_text(text, "utf-8")
    with np.load(data / "mels.npz") as arrays:
        changed = {**arrays, "vmin_db": arrays["vmin_db"] + 1}
    np.savez(data / "mels.npz", **changed)
    with pytest.raises(ResumeError, match="other data"):
        train(small_request(data / "mels.npz", tmp_path / "out", resume=True))


def test_resume_refuses_another_training(npz: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        train(small_request(npz, tmp_path / "killed"), on_epoch=kill)
    with pytest.raises(ResumeError, match="other settings"):
        train(small_request(npz, tmp_path / "killed", seed=9, resume=True))
    with pytest.raises(ResumeError, match="no checkpoint"):
        train(small_request(npz, tmp_path / "nowhere", resume=True))
    state = tmp_path / "killed" / "checkpoints" / "state.json"
    state.write_text(state.read_text("utf-8")[:50], "utf-8")
    with pytest.raises(ResumeError, match="damaged"):
        train(small_request(npz, tmp_path / "killed", resume=True))


def test_a_foreign_checkpoint_gives_numbers_and_nothing_else(npz: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        train(small_request(npz, tmp_path / "gift"), on_epoch=kill)
    checkpoints = tmp_path / "gift" / "checkpoints"
    good = (checkpoints / "checkpoint-1.keras").read_bytes()

    def put(name: str, change: Callable[[bytes], bytes]) -> None:
        with zipfile.ZipFile(io.BytesIO(good)) as old:
            members = {member: old.read(member) for member in old.namelist()}
        with zipfile.ZipFile(checkpoints / "checkpoint-1.keras", "w") as new:
            for member, content in members.items():
                new.writestr(member, change(content) if member == name else content)

    for change in (lambda data: data[:5000], lambda _: b"", lambda data: data.replace(b"TREE", b"FREE")):
        put("model.weights.h5", change)
        with pytest.raises(ResumeError, match="damaged"):
            train(small_request(npz, tmp_path / "gift", resume=True))
    other = RECIPES["small"].build(FeatureConfig(), 4, 0)
    other.save(checkpoints / "checkpoint-1.keras")
    with pytest.raises(ResumeError, match="not of the shape"):
        train(small_request(npz, tmp_path / "gift", resume=True))
    # What Keras would build of it, a `Lambda` of foreign code for one, is never read.
    put("config.json", lambda _: b'{"class_name": "Lambda"}')
    resumed = train(small_request(npz, tmp_path / "gift", resume=True))
    assert resumed.bundle.card["training"]["weights"] == "epoch 4 of 4"
