"""Copies of a store in files beside it, and how one is merged back.

A copy is made before all results are deleted, so that this can be undone until the window is closed, and when the
store's own file was deleted while it was in use. The name of a file shows its purpose:

``library.forgotten-1.sqlite3``
    Deleted when the window is closed, unless it was merged back before; until then it is locked, as another window may
    be closed or opened meanwhile.
``library.wanted-1.sqlite3``
    To be merged back; if the process ends before that is done, the next start does it.
``library.wanted-left-….sqlite3``
    The same for results that could not be saved, see `genre_desktop.library.store.unsaved_results`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from itertools import count, islice
from pathlib import Path

from genre_desktop.library.store.connection import connect
from genre_desktop.library.store.copy_locks import ENDING, CopyLocks
from genre_desktop.library.store.earlier_identities import rename_identity, renamed_beside
from genre_desktop.library.store.rows import has_loss
from genre_desktop.library.store.schema import columns_of
from genre_desktop.library.store.troubled_files import except_files

_MOST_TRIED = 5
"""Names of copies that other windows may hold; some file systems have no locks at all."""

_DELETED = ".forgotten-"
_TO_RESTORE = ".wanted-"

UNSAVED = f"{_TO_RESTORE}left-"
"""In the name of a file of results that could not be saved."""


def write_copy(connection: sqlite3.Connection, path: Path, locks: CopyLocks) -> Path:
    """Copy a store to a new file beside `path`, which is held; a copy that fails leaves no file.

    Raises
    ------
    sqlite3.Error
    """
    names = (path.with_name(f"{path.stem}{_DELETED}{n}{path.suffix}") for n in count(1))
    # The name to which the copy may be renamed later must be free as well.
    free = (name for name in names if not name.exists() and not _name_to_restore(name).exists())
    copy = next((name for name in islice(free, _MOST_TRIED) if locks.hold(name)), None) or next(free)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except BaseException:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
        raise
    return copy


def attach_copy(connection: sqlite3.Connection, copy: Path) -> None:
    """Let statements use a copy as the database ``aside``, until `detach_copy`."""
    connection.execute("ATTACH ? AS aside", (str(copy),))


def detach_copy(connection: sqlite3.Connection) -> None:
    """Undo `attach_copy`."""
    connection.execute("DETACH aside")


def delete_results(connection: sqlite3.Connection, *, is_copied: bool) -> None:
    """Delete all results, or those that the attached copy has, and the facts of files that are of no use then.

    Another thread or program may have saved results after the copy was made: they stay.
    """
    # Their details go with them.
    connection.execute(f"DELETE FROM results{_where_copied(connection) if is_copied else ''}")
    connection.execute(
        "DELETE FROM files WHERE path NOT IN (SELECT path FROM list) "
        "AND identity NOT IN (SELECT identity FROM by_hand) AND identity NOT IN (SELECT identity FROM results)"
    )


def _where_copied(connection: sqlite3.Connection) -> str:
    # Every value counts: a result that was saved since may have the number and the second of the one it replaced.
    result, detail = columns_of(connection, "results"), columns_of(connection, "details")
    return (
        " WHERE EXISTS (SELECT 1 FROM aside.results a LEFT JOIN aside.details b ON b.id = a.id "
        "LEFT JOIN main.details d ON d.id = a.id WHERE a.id = results.id "
        f"AND ({_names('a', result)}) IS ({_names('results', result)}) "
        f"AND ({_names('b', detail)}) IS ({_names('d', detail)}))"
    )


def merge_copy(connection: sqlite3.Connection, copy: Path, *, is_whole: bool = False) -> None:
    """Add what a copy has and the store lacks; of two results for the same content the better one is kept.

    One of all of a track is better than one of parts, one of intact sound better than one of damaged sound. Of two that
    are equally good the newer one is kept: that of the store, unless the copy `is_whole`.

    Parameters
    ----------
    connection : sqlite3.Connection
        Of the store.
    copy : Path
        It is migrated first, as an earlier version of the program may have made it.
    is_whole : bool
        The copy holds what was written last, as when the store's file was deleted in use: its list and its genres by
        hand are added, and its facts of files replace those of the store.

    Raises
    ------
    sqlite3.Error, GenreDesktopError
        The store is then as it was.
    """
    connect(copy).close()
    attach_copy(connection, copy)
    connection.create_function("has_loss", 1, has_loss, deterministic=True)
    try:
        connection.execute("BEGIN IMMEDIATE")
        renamed = renamed_beside(connection)
        if is_whole:
            _insert(connection, "OR REPLACE", "files", _NOT_CHANGED_SINCE)
        else:
            _insert(connection, "OR IGNORE", "files")
        exceptions = _exceptions(connection, is_whole)
        connection.execute(
            "DELETE FROM results WHERE EXISTS (SELECT 1 FROM aside.results a WHERE a.identity = results.identity "
            f"AND a.model = results.model AND {_is_replaced(is_whole)})"
        )
        names = ", ".join(name for name in columns_of(connection, "results") if name != "id")
        connection.execute(f"INSERT OR IGNORE INTO results ({names}) SELECT {names} FROM aside.results ORDER BY id")
        names = ", ".join(name for name in columns_of(connection, "details") if name != "id")
        connection.execute(
            f"INSERT OR IGNORE INTO details (id, {names}) SELECT r.id, {names} FROM aside.details d "
            "JOIN aside.results a ON a.id = d.id JOIN results r ON r.identity = a.identity AND r.model = a.model "
            "WHERE r.saved_at = a.saved_at"
        )
        connection.executemany("UPDATE results SET problem = ? WHERE identity = ? AND model = ?", exceptions)
        if is_whole:
            _insert(connection, "OR REPLACE", "by_hand")
            connection.execute("INSERT OR IGNORE INTO list (path) SELECT path FROM aside.list ORDER BY position")
        for earlier, identity in renamed:
            rename_identity(connection, earlier, identity)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        detach_copy(connection)


_NOT_CHANGED_SINCE = (
    "WHERE NOT EXISTS (SELECT 1 FROM main.files f JOIN main.results r ON r.identity = f.identity "
    "WHERE f.path = a.path AND f.identity <> a.identity "
    "AND r.saved_at > (SELECT max(saved_at) FROM aside.results WHERE identity = a.identity))"
)
"""Leaves out files that had other sound, whose result the store has, when that of the copy was known already."""


def _insert(connection: sqlite3.Connection, how: str, table: str, where: str = "") -> None:
    names = ", ".join(columns_of(connection, table))
    connection.execute(f"INSERT {how} INTO {table} ({names}) SELECT {names} FROM aside.{table} a {where}")


def _is_replaced(by_time: bool) -> str:
    # Of an error and an answer the answer stays, whichever is newer. What was set aside is older than what the store
    # got since, whatever the clock said meanwhile.
    worth = [
        f"{table}.is_complete, NOT has_loss({table}.problem)" + (f", {table}.saved_at" if by_time else "")
        for table in ("a", "results")
    ]
    return f"(a.error IS NULL AND (results.error IS NOT NULL OR ({worth[0]}) > ({worth[1]})))"


def _exceptions(connection: sqlite3.Connection, by_time: bool) -> list[tuple[str | None, str, str]]:
    """The warnings, identity and model of answers that are not those of all equal files, as `save` would have it.

    An answer that takes the place of an error, or of damage, is not that of the files in which these were met.
    """
    rows = connection.execute(
        f"SELECT {_is_replaced(by_time)}, results.identity, results.model, results.problem, results.error, a.problem, "
        "a.error FROM results JOIN aside.results a ON a.identity = results.identity AND a.model = results.model "
        "WHERE coalesce(results.error, results.problem, a.error, a.problem) IS NOT NULL"
    ).fetchall()
    found = []
    for is_replaced, identity, model, *both in rows:
        problem, error, other_problem, other_error = both[2:] + both[:2] if is_replaced else both
        is_single = "SELECT count(*) = 1 FROM files WHERE identity = ?"  # then all is of that file
        if error is None and not has_loss(problem) and connection.execute(is_single, (identity,)).fetchone() == (0,):
            found.append((except_files(problem, None, other_error or other_problem), identity, model))
    return found


def _names(table: str, columns: list[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in columns)


def mark_for_restore(copy: Path) -> Path:
    """Rename a copy, unless that was done before, so that `delete_copies` leaves it and the next start merges it back.

    Returns
    -------
    Path
        Its new name.

    Raises
    ------
    OSError
    """
    marked = _name_to_restore(copy)
    return marked if marked.exists() else copy.replace(marked)


def mark_as_unsaved(copy: Path) -> Path:
    """As `mark_for_restore`, for a copy that holds what was written last."""
    return copy.replace(copy.with_name(copy.name.replace(_DELETED, f"{UNSAVED}{uuid.uuid4().hex}-")))


def _name_to_restore(copy: Path) -> Path:
    return copy.with_name(copy.name.replace(_DELETED, _TO_RESTORE))


def copies_to_restore(path: Path) -> list[Path]:
    """Copies of a store that were marked and have not been merged back."""
    return [*path.parent.glob(f"{path.stem}{_TO_RESTORE}*{path.suffix}")]


def delete_copies(path: Path | None) -> None:
    """Delete the copies of a store that no window holds, but for those that are marked for a restore."""
    if path is None:
        return
    for file in path.parent.glob(f"{path.stem}{_DELETED}*{path.suffix}*"):
        copy = file.with_name(file.name[: file.name.rindex(path.suffix)] + path.suffix)
        locks = CopyLocks()
        if Path(f"{copy}{ENDING}").exists() and not locks.hold(copy):
            continue
        with contextlib.suppress(OSError):
            file.unlink()
        locks.release()
