"""Reading what can still be read of a damaged store, row by row around the damage."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.library.store.connection import read_only
from genre_desktop.library.store.salvage_leaves import rows_of_leaves

_log = logging.getLogger(__name__)

_KEYS = {"by_hand": "identity", "list": "position", "files": "path", "results": "id", "details": "id"}
"""Tables, the weightiest first, and by what their rows stand in order."""

_MOST_FAILURES = 5_000
"""Queries that may fail within the damaged stretch of a table before it is given up."""


@dataclass(frozen=True)
class Salvaged:
    """How many rows could be read.

    Attributes
    ----------
    n_results, n_by_hand, n_listed : int
    """

    n_results: int
    n_by_hand: int
    n_listed: int


def is_ours(path: Path) -> bool:
    """Whether a file holds our tables, or nothing that could be anybody's."""
    try:
        with closing(_open(read_only(path), uri=True)) as connection:
            tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    except sqlite3.Error:
        return True
    return not tables or not tables.isdisjoint(_KEYS)


def salvage(path: Path, target: sqlite3.Connection) -> Salvaged:
    """Copy what can be read of a damaged store into one that is new.

    Parameters
    ----------
    path : Path
        May be written to: SQLite takes the log of a program that died into it.
    target : sqlite3.Connection
        With the present tables.

    Raises
    ------
    sqlite3.Error
        The target cannot be written.
    """
    numbers = dict.fromkeys(_KEYS, 0)
    damaged: set[str] = set()
    columns = {table: [row[1] for row in target.execute(f"PRAGMA table_info({table})")] for table in _KEYS}

    def take(table: str, rows: Iterator[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(columns[table]))
        numbers[table] += target.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", rows).rowcount

    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN IMMEDIATE")
    try:
        with closing(_open(path)) as source:
            for table, key in _KEYS.items():
                take(table, _rows(source, table, columns[table], key, damaged))
        for table in sorted(damaged):
            take(table, rows_of_leaves(path, table, columns[table]))
    except _UnreadableError as error:
        _log.warning("nothing of %s can be read: %s", path, error)
    # A result without its details is still an answer; the other way round it is none.
    target.execute("DELETE FROM details WHERE id NOT IN (SELECT id FROM results)")
    target.execute("COMMIT")
    target.execute("PRAGMA foreign_keys = ON")
    _log.warning("salvaged from %s: %s", path, numbers)
    return Salvaged(numbers["results"], numbers["by_hand"], numbers["list"])


class _UnreadableError(Exception):
    """Not even the tables are known."""


def _open(path: str | Path, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.0, isolation_level=None, uri=uri)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    # Otherwise a file that was cut off is refused as a whole.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _rows(
    source: sqlite3.Connection, table: str, columns: list[str], key: str, damaged: set[str]
) -> Iterator[tuple[Any, ...]]:
    """Rows from both ends towards damage, of which `damaged` learns; where they are numbered, those within it too."""
    query = f"SELECT {', '.join(columns)} FROM {table} "
    place = columns.index(key)
    low = high = None
    try:
        for row in source.execute(f"{query} ORDER BY {key}"):
            low = row[place]
            yield row
        return
    except sqlite3.Error as error:
        _log.warning("%s is damaged behind %.60r: %s", table, low, error)
        damaged.add(table)
    if low is None and _is_unknown(source, table):
        return
    try:
        for row in source.execute(f"{query} ORDER BY {key} DESC"):
            if row[place] == low:
                return
            high = row[place]
            yield row
    except sqlite3.Error as error:
        _log.warning("%s is damaged before %.60r: %s", table, high, error)
    if isinstance(high, int):
        yield from _between(source, f"{query} WHERE {key} BETWEEN ? AND ? ORDER BY {key}", place, low, high - 1)


def _between(
    source: sqlite3.Connection, query: str, place: int, low: int | None, high: int
) -> Iterator[tuple[Any, ...]]:
    """Rows in a stretch of numbers: one that cannot be read is halved."""
    stretches = [((low or 0) + 1, high)]
    n_failures = 0
    while stretches and n_failures < _MOST_FAILURES:
        first, last = stretches.pop()
        if first > last:
            continue
        try:
            for row in source.execute(query, (first, last)):
                yield row
                first = row[place] + 1
        except sqlite3.Error:
            n_failures += 1
            if first < last:
                middle = (first + last) // 2
                stretches += [(middle + 1, last), (first, middle)]


def _is_unknown(source: sqlite3.Connection, table: str) -> bool:
    try:
        source.execute(f"SELECT 1 FROM {table} WHERE 0").fetchall()
    except sqlite3.Error as error:
        if table == next(iter(_KEYS)):
            raise _UnreadableError(str(error)) from error
        return True
    return False
