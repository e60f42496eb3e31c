"""Stores of other versions of the program."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.errors import StoreDamagedError, StoreNewerError
from genre_desktop.library.store import schema as store_schema
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.schema import MIGRATIONS, migrate, schema_version
from tests.support.stored_results import card_only, prediction_of, refuses

BUNDLE = card_only()


def test_a_newer_file_is_refused_and_even_its_log_is_left_alone(filled: Path) -> None:
    newer = sqlite3.connect(filled, isolation_level=None)
    newer.execute("PRAGMA user_version = 99")
    newer.execute("CREATE TABLE future (x)")
    copy = filled.with_name("copy.sqlite3")
    for ending in ("", "-wal"):  # as a kill leaves them
        shutil.copy(f"{filled}{ending}", f"{copy}{ending}")
    newer.close()
    log = Path(f"{copy}-wal").read_bytes()
    assert log
    error = refuses(StoreNewerError, copy)
    assert Path(f"{copy}-wal").read_bytes() == log
    assert error.values["received"] == 99 and error.values["known"] == len(MIGRATIONS)


def test_an_older_file_is_migrated_and_keeps_what_it_holds(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_rating(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE files ADD COLUMN rating INTEGER NOT NULL DEFAULT 3")

    steps = (*MIGRATIONS, add_rating)
    with closing(sqlite3.connect(filled, isolation_level=None)) as connection:
        migrate(connection, steps)
        assert schema_version(connection) == len(steps)
        assert connection.execute("SELECT count(*), sum(rating) FROM files").fetchone() == (60, 180)
        migrate(connection, steps)  # nothing is left to do
        assert schema_version(connection) == len(steps)


def test_a_migration_that_fails_leaves_the_file_as_it_was(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE details")
        connection.execute("ALTER TABLE files RENAME TO lost")
        connection.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr(store_schema, "MIGRATIONS", (*MIGRATIONS, break_off))
    refuses(StoreDamagedError, filled)
    monkeypatch.undo()
    with ResultStore.open(filled) as store:
        assert store.find_result("id-7", BUNDLE).prediction == prediction_of(7, n_segments=40)
