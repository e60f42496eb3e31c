"""Folders that a training may not write to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.core.errors import ExportTargetError, OutputExistsError, ResumeError, StorageError
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.support.small_recipe import kill, small_request
from training.pipelines.evaluate import evaluate
from training.pipelines.train import train


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_unwritable_places_are_refused_before_the_work(npz: Path, trained: ModelBundle) -> None:
    with pytest.raises(StorageError):
        train(small_request(npz, Path("/proc/genre-desktop")))
    with pytest.raises(StorageError):
        evaluate(trained, npz, report=Path("/proc/genre-desktop"))


def test_what_is_there_is_not_overwritten(npz: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("precious")
    with pytest.raises(OutputExistsError):
        train(small_request(npz, tmp_path))
    with pytest.raises(OutputExistsError):
        train(small_request(npz, tmp_path / "notes.txt"))
    assert (tmp_path / "notes.txt").read_text() == "precious"


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("name", ["metrics.json", "model.h5", "part-model.keras", "card.json.part", "loss.png"])
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_foreign_folder_that_is_continued_leads_to_no_other_file(
    npz: Path, tmp_path: Path, name: str, link: Callable[[Path, Path], None]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        train(small_request(npz, tmp_path / "gift", epochs=1), on_epoch=kill)
    private = tmp_path / "private.txt"
    private.write_text("precious")
    link(private, tmp_path / "gift" / name)
    with pytest.raises(ResumeError, match=name):
        train(small_request(npz, tmp_path / "gift", epochs=1, resume=True))
    assert private.read_text() == "precious"


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("name", ["part-checkpoint-2.keras", "state.json.part", "part-best.keras"])
def test_nor_do_its_checkpoints(npz: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        train(small_request(npz, tmp_path / "gift"), on_epoch=kill)
    checkpoints, elsewhere = tmp_path / "gift" / "checkpoints", tmp_path / "elsewhere"
    (checkpoints / name).symlink_to(tmp_path / "private.txt")
    with pytest.raises(ResumeError, match=name):
        train(small_request(npz, tmp_path / "gift", resume=True))
    (checkpoints / name).unlink()
    checkpoints.rename(elsewhere)
    checkpoints.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(ResumeError, match="checkpoints"):
        train(small_request(npz, tmp_path / "gift", resume=True))


def test_a_report_replaces_an_earlier_one_and_nothing_else(npz: Path, trained: ModelBundle, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    for _ in range(2):
        assert evaluate(trained, npz, report=folder).report_error is None
    (folder / "metrics.json").write_text('{"mine": 1}')
    with pytest.raises(ExportTargetError, match="it holds something else"):
        evaluate(trained, npz, report=folder)
    (folder / "metrics.json").unlink()
    with pytest.raises(ExportTargetError, match="it holds something else"):
        evaluate(trained, npz, report=folder)
    with pytest.raises(ExportTargetError, match=r"metrics\.json"):
        evaluate(trained, npz, report=trained.path)
