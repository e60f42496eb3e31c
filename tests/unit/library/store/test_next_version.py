"""What an earlier version left is merged, salvaged and undone by one whose tables have more columns."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.library.store import connection, salvage, schema
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.store_copy import mark_for_restore
from genre_desktop.library.store.unsaved_results import write_unsaved
from tests.support.stored_results import answer, card_only, listed, prediction_of, result_of
from tests.unit.library.store.damaged_store import overwrite, use

BUNDLE = card_only()


def add_columns(connection: sqlite3.Connection) -> None:
    for table in ("results", "details", "files", "by_hand", "list"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN of_{table} INTEGER NOT NULL DEFAULT 3")
    connection.execute("UPDATE results SET of_results = 4")


@pytest.fixture
def update(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the program be one with another migration from then on."""

    def be_next() -> None:
        steps = (*schema.MIGRATIONS, add_columns)
        for module in (schema, connection, salvage):
            monkeypatch.setattr(module, "MIGRATIONS", steps)

    return be_next


def added(store: ResultStore, column: str = "of_results") -> list[int]:
    with store._locked() as opened:
        return [value for (value,) in opened.execute(f"SELECT {column} FROM {column[3:]}").fetchall()]


def test_results_that_an_earlier_version_left_are_merged(file: Path, update: Callable[[], None]) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(2), BUNDLE)
        write_unsaved(store, [(result_of(3), BUNDLE, int(time.time()))], ["/music/3.mp3"])
        copy = store.drop_all_results()
        assert copy is not None
        mark_for_restore(copy)
    update()
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
        store.finish_restoring()
        assert [answer(store, number) for number in (1, 2, 3)] == [prediction_of(number) for number in (1, 2, 3)]
        assert sorted(added(store)) == [3, 4, 4] and [path for path, _ in listed(store)] == ["/music/3.mp3"]


def test_a_damaged_store_of_an_earlier_version_is_salvaged(filled: Path, update: Callable[[], None]) -> None:
    with closing(sqlite3.connect(filled)) as opened:
        root = opened.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'details'").fetchone()[0]
    overwrite(filled, root - 1)
    update()
    with use(filled) as store:
        assert store.recovery_notice is not None
        assert added(store) == [4] * 60 and added(store, "of_by_hand") == [3] * 20 and len(listed(store)) == 60


def test_what_is_undone_or_set_aside_keeps_the_columns_of_its_version(file: Path, update: Callable[[], None]) -> None:
    update()
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
        with store._transaction() as opened:
            opened.execute("UPDATE results SET of_results = 5")
        store.current_step = 1
        store.save(result_of(1, n_segments=3), BUNDLE)
        store.undo_step(1, ["id-1"], BUNDLE)
        assert added(store) == [5]
        store.reopen(lambda: None)
        store.undo_step(1, ["id-1"], BUNDLE, is_redone=True)
        assert added(store) == [3]
        store.undo_step(1, ["id-1"], BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None and added(store) == []
        store.restore_results(copy)
        assert added(store) == [5] and answer(store) == prediction_of(1)
