"""Files that the store opens, and those that it refuses."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.errors import GenreDesktopError, StorageError, StoreDamagedError
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, refuses, result_of

BUNDLE = card_only()


def use_all(store: ResultStore) -> None:
    paths = [f"/music/{number}.mp3" for number in range(60)]
    list(store.summaries(BUNDLE))
    list(store.results(paths, BUNDLE))
    for number in range(60):
        store.find_facts(paths[number], 1000 + number, 10**18 + number)
        store.find_result(f"id-{number}", BUNDLE)
        store.find_by_hand(f"id-{number}")
        store.save(result_of(number, n_segments=41), BUNDLE)
    store.remove_paths(paths)
    store.add_paths(paths)
    store.arrange_paths(paths[:5])
    store.set_by_hand(["id-1"], None)


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    for content in (
        b"This is my shopping list.\n" * 1000,
        b"x",
        b"\0" * 5000,
        b"SQLite format 3\0",
        b"SQLite format 3\0" + bytes(600),
    ):
        file.write_bytes(content)
        refuses(StoreDamagedError, file)


def test_a_cut_file_is_refused(filled: Path) -> None:
    content = filled.read_bytes()
    assert len(content) > 5 * 4096
    for length in (1, 15, 50, 99, 100, 1000, 4095, 4096, 8192, len(content) // 2, len(content) - 1):
        filled.write_bytes(content[:length])
        refuses(StoreDamagedError, filled)


def test_an_overwritten_beginning_is_refused(filled: Path) -> None:
    content = filled.read_bytes()
    for damaged in (
        b"\xff" * 16 + content[16:],
        b"\0" * 100 + content[100:],
        content[:100] + os.urandom(3996) + content[4096:],
    ):
        filled.write_bytes(damaged)
        refuses(StoreDamagedError, filled)


def test_another_programs_database_is_refused(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    refuses(StoreDamagedError, file)


def test_an_empty_file_becomes_a_store(file: Path) -> None:
    file.touch()
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
    with ResultStore.open(file) as store:
        assert store.find_result("id-1", BUNDLE) is not None


def test_damage_in_the_middle_is_a_typed_error_or_no_result(filled: Path) -> None:
    content = filled.read_bytes()
    rng = random.Random(5)
    met: set[type] = set()
    for _ in range(60):
        damaged = bytearray(content)
        start = rng.randrange(4096, len(content))
        length = rng.choice([1, 8, 100, 4096, 20_000])
        damaged[start : start + length] = rng.randbytes(min(length, len(content) - start))
        filled.write_bytes(damaged)
        try:
            with ResultStore.open(filled) as store:
                use_all(store)
        except GenreDesktopError as error:
            met.add(type(error))
        finally:
            for ending in ("-wal", "-shm"):
                Path(f"{filled}{ending}").unlink(missing_ok=True)
    assert StoreDamagedError in met
    assert met <= {StoreDamagedError, StorageError}


def test_table_definitions_that_are_no_text_are_damage(filled: Path) -> None:
    content = filled.read_bytes()
    assert content.count(b"CREATE TABLE list") == 1
    filled.write_bytes(content.replace(b"CREATE TABLE list", b"CREATE TA\xfc\xff list"))
    refuses(StoreDamagedError, filled)


def test_a_folder_of_that_name_is_refused(file: Path) -> None:
    (file / "inside").mkdir(parents=True)
    with pytest.raises(StorageError, match="folder"):
        ResultStore.open(file)
    assert (file / "inside").is_dir()


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(StorageError):
        ResultStore.open(tmp_path / "data" / "library.sqlite3")
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")
@pytest.mark.parametrize("closed", ["folder", "file"])
def test_what_may_not_be_written_is_refused(filled: Path, closed: str) -> None:
    place = filled.parent if closed == "folder" else filled
    mode = place.stat().st_mode
    place.chmod(0o555 if closed == "folder" else 0o444)
    try:
        if os.access(place, os.W_OK):
            pytest.skip("root may write everywhere")
        refuses(StorageError, filled)
    finally:
        place.chmod(mode)


@pytest.mark.parametrize("name", ["ünï cödé 音楽", "100%41 #1?mode=memory&x", "it's"])
def test_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name / "library.sqlite3"
    if sys.platform == "win32" and "?" in name:
        pytest.skip("no such name on Windows")
    for number in range(2):
        with ResultStore.open(file) as store:
            store.save(result_of(number), BUNDLE)
    with ResultStore.open(file) as store:
        assert store.find_result("id-0", BUNDLE) is not None
    assert file.is_file() and list(tmp_path.iterdir()) == [file.parent]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are not any bytes there")
def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9") / "library.sqlite3"
    for number in range(2):
        with ResultStore.open(file) as store:
            store.save(result_of(number), BUNDLE)
    assert file.is_file()
