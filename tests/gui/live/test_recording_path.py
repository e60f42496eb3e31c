from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.errors import StorageError
from genre_desktop.gui.live import recording_path
from genre_desktop.gui.live.recording_path import new_recording_path


def test_the_folder_is_made_and_the_file_bears_the_time(tmp_path: Path) -> None:
    path = Path(new_recording_path(tmp_path / "music" / "recordings", ".wav"))
    assert path.parent.is_dir() and not path.exists()
    assert path.name.startswith("Live 2") and path.suffix == ".wav"


def test_two_files_of_one_second_have_different_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class StoppedClock:
        @staticmethod
        def now() -> StoppedClock:
            return StoppedClock()

        def __format__(self, _spec: str) -> str:
            return "2026-01-02 03.04.05"

    monkeypatch.setattr(recording_path, "datetime", StoppedClock)
    names = []
    for _ in range(3):
        path = Path(new_recording_path(tmp_path, ".csv"))
        path.touch()
        names.append(path.name)
    name = "Live 2026-01-02 03.04.05"
    assert names == [f"{name}.csv", f"{name} (2).csv", f"{name} (3).csv"]


def test_a_folder_that_cannot_be_made_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("in the way")
    with pytest.raises(StorageError):
        new_recording_path(tmp_path / "recordings", ".wav")
