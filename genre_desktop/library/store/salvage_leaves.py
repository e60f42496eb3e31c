"""Rows of a table whose tree is broken, read leaf by leaf.

The pages that hold rows are whole where only those above them are damaged. SQLite itself reads each of them if it is
told that the table begins there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

_LEAVES = {"results": 0x0D, "files": 0x0A}
"""Kind of page that holds rows, by table: those whose rows are told from all others by what they hold."""

_OF_DETAILS = b'"reasons"'


def rows_of_leaves(path: Path, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a table from every page that may hold some; those of other tables are left out.

    Parameters
    ----------
    path : Path
        A file that is of no more use: it is written to.
    """
    kind = _LEAVES.get(table)
    if kind is None:
        return
    query = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED WHERE {_CONDITIONS[table]}"
    for number in _pages(path, kind):
        try:
            with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as connection:
                connection.execute("PRAGMA writable_schema = ON")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (number, table))
            with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as connection:
                connection.text_factory = lambda text: text.decode("utf-8", "replace")
                connection.execute("PRAGMA writable_schema = ON")
                yield from connection.execute(query).fetchall()
        except sqlite3.Error:
            continue


_CONDITIONS = {
    "results": (
        "typeof(identity) = 'text' AND typeof(model) = 'text' AND typeof(saved_at) = 'integer' "
        "AND typeof(is_complete) = 'integer' AND length(model) > 0"
    ),
    "files": (
        "typeof(path) = 'blob' AND typeof(size) = 'integer' AND typeof(mtime_ns) = 'integer' "
        "AND typeof(identity) = 'text' AND typeof(title) = 'text' AND typeof(genres) = 'text'"
    ),
}


def _pages(path: Path, kind: int) -> list[int]:
    found = []
    with path.open("rb") as file:
        size = int.from_bytes(file.read(18)[16:], "big")
        size = 65_536 if size == 1 else size
        if size < 512:
            return []
        file.seek(size)
        for number in count(2):
            page = file.read(size)
            if not page:
                break
            if page[0] == kind and _OF_DETAILS not in page:
                found.append(number)
    return found
