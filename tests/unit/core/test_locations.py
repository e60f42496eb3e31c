from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop.core import locations

USER_FOLDERS = (
    locations.user_data,
    locations.user_models,
    locations.user_config,
    locations.user_cache,
    locations.user_log,
)


def test_shipped_things_are_there() -> None:
    assert (locations.resources() / "icons" / "genre-desktop.svg").is_file()
    assert locations.demo_clips().parent == locations.resources()
    assert locations.shipped_models().parent == locations.resources()


def test_one_variable_moves_everything_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path))
    folders = [place() for place in USER_FOLDERS]
    assert all(folder.is_relative_to(tmp_path) for folder in folders)
    assert len(set(folders)) == len(folders)


def test_without_it_the_platforms_places_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(locations.HOME_VARIABLE)
    assert all("genre-desktop" in place().parts for place in USER_FOLDERS)


def test_asking_creates_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path / "new"))
    for place in USER_FOLDERS:
        place()
    assert not (tmp_path / "new").exists()


def test_resources_are_found_from_any_folder(tmp_path: Path) -> None:
    code = "from genre_desktop.core import locations; print(locations.resources())"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == root / "resources"
