from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from genre_desktop.core.errors import StorageError
from genre_desktop.library.files.staged_folder import STAGE_NAME, staged_folder
from tests.support.full_disk import full_disk, needs_full_disk


def test_files_appear_together_and_the_last_one_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, target: (moved.append(self.name), real(self, target))[1])
    folder = tmp_path / "new" / "report"
    with staged_folder(folder, last="card.json") as stage:
        for name in ("a.png", "card.json", "z.json"):
            (stage / name).write_text(name)
        assert [path.name for path in folder.iterdir()] == [STAGE_NAME]
    assert moved == ["a.png", "z.json", "card.json"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.png", "card.json", "z.json"]


@needs_full_disk
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    with full_disk(10), pytest.raises(StorageError) as caught, staged_folder(tmp_path / "new" / "report") as stage:
        (stage / "small.json").write_text("{}")
        (stage / "large.json").write_text("x" * 1000)
    assert caught.value.values["reason"] == os.strerror(errno.EFBIG)
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_stays_after_an_error(tmp_path: Path) -> None:
    (tmp_path / "metrics.json").write_text("old")
    with pytest.raises(KeyboardInterrupt), staged_folder(tmp_path) as stage:
        (stage / "metrics.json").write_text("new")
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["metrics.json"]
    assert (tmp_path / "metrics.json").read_text() == "old"


def test_what_a_killed_process_left_is_deleted(tmp_path: Path) -> None:
    (tmp_path / STAGE_NAME).mkdir()
    (tmp_path / STAGE_NAME / "half.json").write_text("{")
    with staged_folder(tmp_path) as stage:
        (stage / "whole.json").write_text("{}")
    assert [path.name for path in tmp_path.iterdir()] == ["whole.json"]


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "notes.txt").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / STAGE_NAME).symlink_to(tmp_path / "precious")
    with pytest.raises(StorageError), staged_folder(tmp_path / "out"):
        pass
    assert (tmp_path / "precious" / "notes.txt").read_text() == "mine"
