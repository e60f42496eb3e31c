"""Rows of the store that cannot be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, prediction_of, result_of

BUNDLE = card_only()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE results SET genre = X'00'",
        "UPDATE results SET genre = NULL",
        "UPDATE results SET best = 17.5",
        "UPDATE results SET confidence = 'very'",
        "UPDATE results SET problem = '{'",
        """UPDATE results SET problem = '{"code": "GD-502", "values": {"path": "x", "reason": "y"}, "own": []}'""",
        """UPDATE results SET error = '{"code": "GD-199", "values": {}, "own": []}'""",
        """UPDATE results SET error = '{"code": "GD-106", "values": {"path": "x"}, "own": ["path"]}'""",
        "UPDATE results SET error = '[]'",
        "UPDATE details SET words = '{}'",
        "UPDATE details SET words = '[]'",
        "UPDATE details SET segments = X'0102'",
        "UPDATE details SET segments = CAST(zeroblob(24) || X'FFFF' AS BLOB)",
        "UPDATE details SET segments = 'text'",
        "UPDATE details SET probabilities = X'01'",
        "UPDATE details SET probabilities = zeroblob(800)",
        "DELETE FROM details",
    ],
)
def test_a_result_that_cannot_be_read_can_be_saved_anew(file: Path, change: str) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
        store.add_paths(["/music/1.mp3"])
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(change)
    with ResultStore.open(file) as store:
        list(store.summaries(BUNDLE))
        list(store.results(["/music/1.mp3"], BUNDLE))
        found = store.find_result("id-1", BUNDLE)
        assert found is None or "best" in change
        store.save(result_of(1, is_complete=False), BUNDLE)
        if found is None:
            assert store.find_result("id-1", BUNDLE).prediction == prediction_of(1, is_complete=False)


@pytest.mark.parametrize(
    "change", ["title = X'FF'", "artist = 1.5 || X''", "genres = '{'", "genres = 'null'", "size = 'x'"]
)
def test_facts_that_cannot_be_read_are_unknown(file: Path, change: str) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
        store.add_paths(["/music/1.mp3"])
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"UPDATE files SET {change}")
    with ResultStore.open(file) as store:
        assert store.find_facts("/music/1.mp3", 1001, 10**18 + 1) is None or "artist" in change
        assert [path for rows in store.summaries(BUNDLE) for path, _ in rows] == ["/music/1.mp3"]
        list(store.results(["/music/1.mp3"], BUNDLE))
