from __future__ import annotations

import os
from pathlib import Path

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError
from genre_desktop.core.storage import clear_cache, folders, measure


def write(path: Path, n_bytes: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * n_bytes)


def test_each_file_counts_once_and_for_the_innermost_folder() -> None:
    write(locations.user_data() / "library.sqlite3", 100)
    write(locations.user_models() / "mine" / "model.keras", 1_000)
    write(locations.user_cache() / "numba" / "a" / "b", 7)
    usages = {usage.kind: usage for usage in measure()}
    assert (usages["data"].n_files, usages["data"].n_bytes) == (1, 100)
    assert (usages["models"].n_files, usages["models"].n_bytes) == (1, 1_000)
    assert (usages["cache"].n_files, usages["cache"].n_bytes) == (1, 7)
    assert usages["log"].n_files == 0 and not usages["log"].exists
    assert {usage.path for usage in usages.values()} == set(folders().values())


def test_a_cancelled_measurement_ends() -> None:
    write(locations.user_cache() / "a" / "b", 7)
    assert all(usage.n_files == 0 for usage in measure(lambda: True))


@pytest.mark.skipif(os.name != "posix", reason="links need a privilege elsewhere")
def test_links_lead_nowhere(tmp_path: Path) -> None:
    write(tmp_path / "outside" / "large", 10_000)
    locations.user_cache().mkdir(parents=True)
    (locations.user_cache() / "link").symlink_to(tmp_path / "outside")
    usages = {usage.kind: usage for usage in measure()}
    assert usages["cache"].n_bytes < 1_000
    clear_cache()
    assert not (locations.user_cache() / "link").is_symlink()
    assert (tmp_path / "outside" / "large").stat().st_size == 10_000


def test_only_the_cache_is_cleared() -> None:
    write(locations.user_data() / "library.sqlite3", 100)
    write(locations.user_cache() / "numba" / "x", 7)
    write(locations.user_cache() / "y", 7)
    assert clear_cache() == 2
    assert list(locations.user_cache().iterdir()) == []
    assert (locations.user_data() / "library.sqlite3").exists()
    assert clear_cache() == 0


def test_no_cache_is_nothing_to_clear() -> None:
    assert clear_cache() == 0


@pytest.mark.parametrize("inside", ["", "models"])
def test_a_cache_that_holds_more_than_itself_is_left_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setattr(locations, "user_cache", lambda: home / "all")
    monkeypatch.setattr(locations, "user_data", lambda: home / "all" / inside)
    write(home / "all" / inside / "library.sqlite3", 100)
    with pytest.raises(StorageError, match="other things"):
        clear_cache()
    assert (home / "all" / inside / "library.sqlite3").exists()


def test_a_folder_that_may_not_be_looked_for_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", refuse)
    assert not any(usage.exists for usage in measure())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may delete anything")
def test_what_cannot_be_deleted_is_reported_and_the_rest_is_gone() -> None:
    cache = locations.user_cache()
    write(cache / "locked" / "x", 7)
    write(cache / "y", 7)
    (cache / "locked").chmod(0o500)
    try:
        with pytest.raises(StorageError):
            clear_cache()
    finally:
        (cache / "locked").chmod(0o700)
    assert [path.name for path in cache.iterdir()] == ["locked"]


def test_a_failing_deletion_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    write(locations.user_cache() / "a" / "x", 7)
    write(locations.user_cache() / "b", 7)

    def refuse(_path: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("genre_desktop.core.storage.shutil.rmtree", refuse)
    with pytest.raises(StorageError, match="in use"):
        clear_cache()
    assert [path.name for path in locations.user_cache().iterdir()] == ["a"]
