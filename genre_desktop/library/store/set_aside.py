"""Results that were forgotten, kept in a file of their own until they are surely not wanted back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from itertools import count
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.file_lock import hold_lock

_MARK = ".forgotten-"
_WANTED = ".wanted-"
"""Of one that is asked for: whoever is ended meanwhile finds it at the next start."""

LEFT = f"{_WANTED}left-"
"""Of what a window left that could not keep it."""


def set_aside(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy a store to a file beside it; a copy that cannot be made leaves nothing.

    Raises
    ------
    sqlite3.Error
    """
    aside = next(name for n in count(1) if not _is_taken(name := path.with_name(f"{path.stem}{_MARK}{n}{path.suffix}")))
    try:
        connection.execute("VACUUM INTO ?", (str(aside),))
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    return aside


def bring_back(connection: sqlite3.Connection, aside: Path, *, is_whole: bool = False) -> None:
    """Take over what a copy has and the store has not, and of two results the newer one.

    `is_whole`: the copy is of what was in use, or could not be kept: its list, its genres by hand and what it knows of
    files count too.

    Raises
    ------
    sqlite3.Error
    """
    connection.execute("ATTACH ? AS aside", (str(aside),))
    try:
        connection.execute("BEGIN IMMEDIATE")
        which = "REPLACE" if is_whole else "IGNORE"
        connection.execute(f"INSERT OR {which} INTO files SELECT * FROM aside.files")
        # Of an error and an answer the answer stays, whichever is newer.
        connection.execute(
            "DELETE FROM results WHERE EXISTS (SELECT 1 FROM aside.results a WHERE a.identity = results.identity "
            "AND a.model = results.model AND a.error IS NULL "
            "AND (results.error IS NOT NULL OR a.saved_at > results.saved_at))"
        )
        columns = "identity, model, saved_at, genre, confidence, best, second, second_confidence, duration_s"
        columns += ", is_complete, problem, error"
        connection.execute(f"INSERT OR IGNORE INTO results ({columns}) SELECT {columns} FROM aside.results ORDER BY id")
        connection.execute(
            "INSERT OR IGNORE INTO details SELECT r.id, d.probabilities, d.segments, d.words FROM aside.details d "
            "JOIN aside.results a ON a.id = d.id JOIN results r ON r.identity = a.identity AND r.model = a.model "
            "WHERE r.saved_at = a.saved_at"
        )
        if is_whole:
            connection.execute("INSERT OR REPLACE INTO by_hand SELECT * FROM aside.by_hand")
            connection.execute("INSERT OR IGNORE INTO list (path) SELECT path FROM aside.list ORDER BY position")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH aside")


def _is_taken(aside: Path) -> bool:
    # One that could not be brought back yet must not make way for another.
    return aside.exists() or _wanted_name(aside).exists()


def _wanted_name(aside: Path) -> Path:
    return aside.with_name(aside.name.replace(_MARK, _WANTED))


def mark_wanted(aside: Path) -> Path:
    """Let a copy outlive `discard_asides`; its name from now on."""
    return aside.replace(_wanted_name(aside))


def unmark(wanted: Path) -> None:
    """Take that back."""
    wanted.replace(wanted.with_name(wanted.name.replace(_WANTED, _MARK)))


def wanted_asides(path: Path) -> list[Path]:
    """Copies that were asked for and not brought back."""
    return [*path.parent.glob(f"{path.stem}{_WANTED}*{path.suffix}")]


class SetAsideClaim:
    """The right of one process to discard what was set aside of a store: another may want its own back.

    Parameters
    ----------
    path : Path or None
        Of the store; None for one in memory, of which nothing is set aside.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        # Not the copy itself: SQLite's locks on it would go with the first descriptor that is closed.
        self._name = None if path is None else path.with_name(f"{path.stem}.held")
        self._descriptor: int | None = None
        with contextlib.suppress(OSError):
            if self._name is not None:
                self._descriptor = locations.private_opener(str(self._name), os.O_WRONLY | os.O_CREAT)
        self._is_held = self._descriptor is not None and hold_lock(self._descriptor)

    def discard(self) -> None:
        """Delete what was set aside, if no other process may want it."""
        if self._is_held:
            discard_asides(self._path)

    def close(self) -> None:
        """Let go."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None and self._name is not None:
            os.close(descriptor)
            if self._is_held:
                with contextlib.suppress(OSError):
                    self._name.unlink()


def discard_asides(path: Path | None) -> None:
    """Delete what was set aside of a store: it cannot be asked for any more."""
    if path is None:
        return
    for aside in path.parent.glob(f"{path.stem}{_MARK}*{path.suffix}*"):
        with contextlib.suppress(OSError):
            aside.unlink()
