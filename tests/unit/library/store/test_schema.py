"""Stores of other versions of the program."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.errors import StoreDamagedError, StoreNewerError
from genre_desktop.library.store import schema as store_schema
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.schema import MIGRATIONS, migrate, schema_version
from tests.support.stored_results import answer, card_only, prediction_of, refuses, result_of

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


def test_results_from_before_there_were_styles_have_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:1])
        columns = "identity, model, saved_at, genre, confidence, duration_s, is_complete"
        values = ("id-1", BUNDLE.fingerprint, 1, "blues", 0.9, 10.0, 1)
        row = connection.execute(f"INSERT INTO results ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values).lastrowid
        details = (row, None, b"", '{"reasons": [], "tags": []}')
        connection.execute("INSERT INTO details VALUES (?, ?, ?, ?)", details)
    with ResultStore.open(file) as store:
        assert answer(store).styles == () and answer(store).genre == "blues"
        styled = replace(result_of(2), prediction=replace(prediction_of(2), styles=("house", "R&B")))
        store.save(styled, BUNDLE)
        store.add_paths(["/music/2.mp3"])
        assert answer(store, 2).styles == ("house", "R&B")
        (((_, summary),),) = store.summaries(BUNDLE)
        assert summary is not None and summary.styles == ("house", "R&B")
        store.current_step = 1
        store.save(result_of(2, n_segments=3), BUNDLE)
        assert answer(store, 2).styles == ()
        store.undo_step(1, ["id-2"], BUNDLE)
        assert answer(store, 2).styles == ("house", "R&B")
        copy = store.drop_all_results()
        assert copy is not None
        store.restore_results(copy)
        assert answer(store, 2).styles == ("house", "R&B")


@pytest.mark.parametrize("stored", ["nothing", "3", '{"a": 1}x', b"[]"])
def test_styles_that_cannot_be_read_cost_that_result_alone(file: Path, stored: object) -> None:
    with ResultStore.open(file) as store:
        for number in (1, 2):
            store.save(result_of(number), BUNDLE)
        store.add_paths(["/music/1.mp3", "/music/2.mp3"])
        with store._transaction() as connection:
            connection.execute("UPDATE results SET styles = ? WHERE identity = 'id-1'", (stored,))
        (rows,) = store.summaries(BUNDLE)
        assert [summary.genre for _, summary in rows if summary is not None] == [None, "blues"]
        assert store.find_result("id-1", BUNDLE) is None
        assert answer(store, 2) == prediction_of(2)


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
