"""Opening a store whose file is damaged, cut off or gone."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.errors import StorageError, StoreDamagedError, StoreRescuedError
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store import recovery as store_recovery
from genre_desktop.library.store.recovery import open_or_recover, recover_in_use
from genre_desktop.library.store.result_store import ResultStore
from tests.unit.library.store.damaged_store import N_BY_HAND, N, fill, n_by_hand, n_right, overwrite, use


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return fill(tmp_path / "data" / "library.sqlite3")


def test_an_intact_file_is_opened_without_a_notice(file: Path) -> None:
    with use(file) as store:
        assert store.recovery_notice is None and n_right(store) == N and n_by_hand(store) == N_BY_HAND
    assert [one.name for one in file.parent.iterdir() if "damaged" in one.name] == []


def test_a_file_that_is_gone_begins_with_the_genres_of_the_backup(file: Path) -> None:
    file.unlink()
    with use(file) as store:
        assert n_by_hand(store) == N_BY_HAND
        assert isinstance(store.recovery_notice, StoreRescuedError) and f"genres set by hand: {N_BY_HAND}" in str(
            store.recovery_notice
        )
        assert "the file was gone" in str(store.recovery_notice)
    with use(file) as store:
        assert store.recovery_notice is None


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
def test_a_log_that_was_overwritten(file: Path) -> None:
    # A program that was killed has left what it wrote last in the log.
    code = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from genre_desktop.library.store.result_store import ResultStore
        from tests.support.stored_results import card_only, result_of
        store = ResultStore.open(Path(sys.argv[1]))
        for number in range(400, 450):
            store.save(result_of(number), card_only())
        os.kill(os.getpid(), 9)
        """
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], check=False, cwd=Path(__file__).parents[4])
    assert ended.returncode == -9
    log = Path(f"{file}-wal")
    assert log.stat().st_size > 0
    log.write_bytes(random.Random(1).randbytes(log.stat().st_size))
    with use(file) as store:
        assert n_by_hand(store) == N_BY_HAND and n_right(store) == N


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
@pytest.mark.parametrize("log", [None, b"", b"no log" * 1000])
def test_genres_by_hand_that_were_lost_with_the_log_come_from_the_backup(file: Path, log: bytes | None) -> None:
    code = textwrap.dedent(
        """
        import os, sqlite3, sys
        from pathlib import Path
        from genre_desktop.library.store import manual_genre_backup
        from genre_desktop.library.store.recovery import open_or_recover
        store = open_or_recover(Path(sys.argv[1]))
        reader = sqlite3.connect(sys.argv[1], isolation_level=None)  # so that the log cannot be moved into the file
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM list").fetchall()
        store.set_by_hand(["the last one"], "ska")
        manual_genre_backup.write(store)
        os.kill(os.getpid(), 9)
        """
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], check=False, cwd=Path(__file__).parents[4])
    assert ended.returncode == -9
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink()
    if log is not None:
        Path(f"{file}-wal").write_bytes(log)
    with use(file) as store:
        assert store.find_by_hand("the last one") == "ska"
        assert "genres set by hand: 1;" in str(store.recovery_notice)
        store.set_by_hand(["the last one"], None)
        manual_genre_backup.write(store)
    with use(file) as store:
        assert store.recovery_notice is None and store.find_by_hand("the last one") is None


@pytest.mark.parametrize("genre", ["polka", None])
def test_a_genre_that_was_changed_by_hand_does_not_depend_on_the_log(
    file: Path, tmp_path: Path, genre: str | None
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write(store)
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], genre)
        manual_genre_backup.write(store)
        for one in (file, file.with_name("genres-by-hand.json")):  # and no log
            shutil.copy2(one, saved)
    with use(saved / file.name) as store:
        assert store.find_by_hand("id-1") == genre


def test_another_programs_database_is_not_moved(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(StoreDamagedError):
        open_or_recover(file)
    assert file.read_bytes() == before and [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize("table", [None, "results", "files"])
def test_a_new_file_that_cannot_be_written_leaves_everything_as_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch, table: str | None
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    overwrite(file, 0 if root is None else root[0] - 1)
    before = file.read_bytes()
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if ".new-" in source.name:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(store_recovery.os, "replace", full)
    if table is None:
        with pytest.raises(StoreDamagedError):
            open_or_recover(file)
    else:  # found while it is in use
        with ResultStore.open(file) as store:
            assert isinstance(recover_in_use(store), StoreDamagedError)
    assert file.read_bytes() == before
    assert not [one for one in file.parent.iterdir() if "damaged" in one.name or ".new-" in one.name]


def test_a_folder_that_may_not_be_entered_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "exists", refused)
    with pytest.raises(StorageError, match=os.strerror(errno.EACCES)):
        open_or_recover(file)
