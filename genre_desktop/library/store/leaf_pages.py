"""Rows of a table whose B-tree is broken, read from one leaf page after the other.

Where only the inner pages of the tree are damaged, the leaf pages, which hold the rows, are intact. SQLite reads a leaf
page as a whole table when the table's definition names it as the root page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

_LEAVES = {"results": 0x0D, "files": 0x0A}
"""First byte of a leaf page (0x0D: of a table with rowids, 0x0A: of an index or a table without), for the tables whose
rows can be recognised by their values."""

_OF_DETAILS = b'"reasons"'
"""A part of every row of the table ``details``, whose pages are of the same kind as those of ``results``."""


def rows_of_leaf_pages(path: Path, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a table from every leaf page of the file; rows of other tables are left out.

    Parameters
    ----------
    path : Path
        The damaged file, which is changed: each page is made the table's root in turn.
    table : str
        Others than ``results`` and ``files`` have no rows here.
    columns : list of str
    """
    kind = _LEAVES.get(table)
    if kind is None:
        return
    query = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED WHERE {_CONDITIONS[table]}"
    for number in _page_numbers(path, kind):
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


def _page_numbers(path: Path, kind: int) -> list[int]:
    """Numbers, from 2 on, of the pages of a kind; page 1 has the file's header before its own."""
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
