"""Salvage: the rows that can still be read of a damaged database, from both ends of a table towards the damage."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.library.store.connection import read_only
from genre_desktop.library.store.leaf_pages import rows_of_leaf_pages
from genre_desktop.library.store.schema import MIGRATIONS, Migration, columns_of, schema_version

_log = logging.getLogger(__name__)

_KEYS = {"by_hand": "identity", "list": "position", "files": "path", "results": "id", "details": "id"}
"""The key of each table, the most valuable table first."""

_MOST_FAILURES = 5_000
"""Queries that may fail within the damaged range of a table before the rest of the range is left out."""


@dataclass(frozen=True)
class Salvaged:
    """Numbers of rows that could be read.

    Attributes
    ----------
    n_results, n_by_hand, n_listed : int
    """

    n_results: int
    n_by_hand: int
    n_listed: int


def may_be_store(path: Path) -> bool:
    """Whether a file has tables of the store, has none, or cannot be read: it is not another program's database."""
    try:
        with closing(_open(read_only(path), uri=True)) as connection:
            tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    except sqlite3.Error:
        return True
    return not tables or not tables.isdisjoint(_KEYS)


def migrations_of(path: Path) -> Sequence[Migration]:
    """The migrations that made the schema of a damaged store, to make a new one of that schema; all if unknown."""
    with contextlib.suppress(sqlite3.Error), closing(_open(path)) as connection:
        return MIGRATIONS[: schema_version(connection)] or MIGRATIONS
    return MIGRATIONS


def salvage(path: Path, target: sqlite3.Connection) -> Salvaged:
    """Copy the rows that can be read of a damaged store into a new one.

    Parameters
    ----------
    path : Path
        The damaged file. It may be changed: SQLite moves the log of a killed program into it.
    target : sqlite3.Connection
        A new database with the store's tables, in the schema of the damaged one.

    Raises
    ------
    sqlite3.Error
        The target cannot be written.
    """
    numbers = dict.fromkeys(_KEYS, 0)
    damaged: set[str] = set()
    columns = {table: columns_of(target, table) for table in _KEYS}

    def insert(table: str, rows: Iterator[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(columns[table]))
        numbers[table] += target.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", rows).rowcount

    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN IMMEDIATE")
    try:
        with closing(_open(path)) as source:
            for table, key in _KEYS.items():
                insert(table, _readable_rows(source, table, columns[table], key, damaged))
        for table in sorted(damaged):
            insert(table, rows_of_leaf_pages(path, table, columns[table]))
    except _UnreadableError as error:
        _log.warning("nothing of %s can be read: %s", path, error)
    # A result without details is kept, as it still is an answer; details without a result are of no use.
    target.execute("DELETE FROM details WHERE id NOT IN (SELECT id FROM results)")
    target.execute("COMMIT")
    target.execute("PRAGMA foreign_keys = ON")
    _log.warning("salvaged from %s: %s", path, numbers)
    return Salvaged(numbers["results"], numbers["by_hand"], numbers["list"])


class _UnreadableError(Exception):
    """The table definitions themselves cannot be read."""


def _open(path: str | Path, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.0, isolation_level=None, uri=uri)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    # Otherwise a file that was cut off is refused as a whole.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _readable_rows(
    source: sqlite3.Connection, table: str, columns: list[str], key: str, damaged: set[str]
) -> Iterator[tuple[Any, ...]]:
    """Rows from both ends of a table, and with a numeric key also those between that can be read.

    A table of which not all rows can be read is added to `damaged`.
    """
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
    if low is None and not _is_defined(source, table):
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
        yield from _rows_between(source, f"{query} WHERE {key} BETWEEN ? AND ? ORDER BY {key}", place, low, high - 1)


def _rows_between(
    source: sqlite3.Connection, query: str, place: int, low: int | None, high: int
) -> Iterator[tuple[Any, ...]]:
    """Rows of a range of keys; a range that cannot be read is halved, until each half can be read or is one key."""
    ranges = [((low or 0) + 1, high)]
    n_failures = 0
    while ranges and n_failures < _MOST_FAILURES:
        first, last = ranges.pop()
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
                ranges += [(middle + 1, last), (first, middle)]


def _is_defined(source: sqlite3.Connection, table: str) -> bool:
    """Whether the database has a table; that without the most valuable one counts as unreadable."""
    try:
        source.execute(f"SELECT 1 FROM {table} WHERE 0").fetchall()
    except sqlite3.Error as error:
        if table == next(iter(_KEYS)):
            raise _UnreadableError(str(error)) from error
        return False
    return True
