"""Results that were forgotten, kept in a file of their own until they are surely not wanted back."""

from __future__ import annotations

import contextlib
import sqlite3
from itertools import count
from pathlib import Path

_MARK = ".forgotten-"
_WANTED = ".wanted-"
"""Of one that is asked for: whoever is ended meanwhile finds it at the next start."""


def set_aside(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy a store to a file beside it; a copy that cannot be made leaves nothing.

    Raises
    ------
    sqlite3.Error
    """
    aside = next(name for n in count(1) if not (name := path.with_name(f"{path.stem}{_MARK}{n}{path.suffix}")).exists())
    try:
        connection.execute("VACUUM INTO ?", (str(aside),))
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    return aside


def bring_back(connection: sqlite3.Connection, aside: Path) -> None:
    """Take over what a copy has and the store has not: a newer result stays.

    Raises
    ------
    sqlite3.Error
    """
    connection.execute("ATTACH ? AS aside", (str(aside),))
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR IGNORE INTO files SELECT * FROM aside.files")
        # Of an error and an answer the answer stays, whichever is newer.
        connection.execute(
            "DELETE FROM results WHERE error IS NOT NULL AND EXISTS (SELECT 1 FROM aside.results a "
            "WHERE a.identity = results.identity AND a.model = results.model AND a.error IS NULL)"
        )
        columns = "identity, model, saved_at, genre, confidence, best, second, second_confidence, duration_s"
        columns += ", is_complete, problem, error"
        connection.execute(f"INSERT OR IGNORE INTO results ({columns}) SELECT {columns} FROM aside.results ORDER BY id")
        connection.execute(
            "INSERT OR IGNORE INTO details SELECT r.id, d.probabilities, d.segments, d.words FROM aside.details d "
            "JOIN aside.results a ON a.id = d.id JOIN results r ON r.identity = a.identity AND r.model = a.model "
            "WHERE r.saved_at = a.saved_at"
        )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH aside")


def mark_wanted(aside: Path) -> Path:
    """Let a copy outlive `discard_asides`; its name from now on."""
    return aside.replace(aside.with_name(aside.name.replace(_MARK, _WANTED)))


def unmark(wanted: Path) -> None:
    """Take that back."""
    wanted.replace(wanted.with_name(wanted.name.replace(_WANTED, _MARK)))


def wanted_asides(path: Path) -> list[Path]:
    """Copies that were asked for and not brought back."""
    return [*path.parent.glob(f"{path.stem}{_WANTED}*{path.suffix}")]


def discard_asides(path: Path | None) -> None:
    """Delete what was set aside of a store: it cannot be asked for any more."""
    if path is None:
        return
    for aside in path.parent.glob(f"{path.stem}{_MARK}*{path.suffix}*"):
        with contextlib.suppress(OSError):
            aside.unlink()
