"""Opening the store's database without harm to what is there, and what its failures mean."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError, StoreBusyError, StoreDamagedError, StoreNewerError
from genre_desktop.core.i18n import tr
from genre_desktop.library.store.schema import APPLICATION_ID, MIGRATIONS, form_of, migrate

BUSY_S = 5.0
"""Seconds that a lock of another process is waited for."""

_WAL_BYTES = 16 << 20
"""Size to which the write-ahead log is cut back after a burst of writing."""

_MAGIC = b"SQLite format 3\0"
_LEAST_BYTES = 512  # the smallest page

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    # Our statements are right, so these tell of tables and indices that are not as we made them.
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
}


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a database of the present form, made or migrated where need be.

    Parameters
    ----------
    path : Path or None
        None for one in memory.

    Returns
    -------
    sqlite3.Connection
        In autocommit mode, for any thread.

    Raises
    ------
    StoreDamagedError, StoreBusyError, StoreNewerError, StorageError
        An existing file is as it was.
    """
    with translated_errors(path):
        if path is None:
            return _prepared(_opened(":memory:"), None)
        try:
            if path.is_dir():
                raise StorageError(path=path, reason=tr("it is a folder"))
            locations.private_folder(path.parent)
            if path.exists():
                _look_at(path)
            _keep_private(path)
        except OSError as error:
            raise StorageError(path=path, reason=error.strerror or str(error)) from error
        return _prepared(_opened(path), path)


@contextmanager
def translated_errors(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors into those a person may see; faults of the program pass as they are."""
    try:
        yield
    except sqlite3.ProgrammingError:  # such as a closed connection
        raise
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # Text that is no UTF-8, be it in a row or in SQLite's own message about a damaged table, has no code.
        primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        where = tr("memory") if path is None else path
        if primary in _BUSY:
            raise StoreBusyError(path=where) from error
        if primary in _DAMAGED:
            raise StoreDamagedError(path=where, reason=str(error)) from error
        raise StorageError(path=where, reason=str(error)) from error


def _opened(database: str | Path, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(database, timeout=BUSY_S, isolation_level=None, check_same_thread=False, uri=uri)


def _keep_private(path: Path) -> None:
    """Let nobody else read it; SQLite gives the files that it makes beside it the rights that it has."""
    if not path.exists():
        os.close(locations.private_opener(str(path), os.O_RDWR | os.O_CREAT))
    for ending in ("", "-wal", "-shm", "-journal"):
        locations.make_private(f"{path}{ending}")


def read_only(path: Path) -> str:
    """A file as SQLite's URI of a connection that cannot write."""
    # Slashes and the colon of a Windows drive are all that SQLite wants unquoted.
    name = path.absolute().as_posix()
    return "file://" + ("" if name.startswith("/") else "/") + quote(os.fsencode(name), safe="/:") + "?mode=ro"


def _look_at(path: Path) -> None:
    """Refuse what cannot be used, through a connection that cannot write.

    An ordinary one would, on closing, move a killed program's write-ahead log into a file
    that is then refused.
    """
    _check_length(path)
    try:
        with closing(_opened(read_only(path), uri=True)) as connection:
            _check_form(connection, path)
    except sqlite3.OperationalError as error:
        # A rollback journal waits to be played back, which takes a connection that can write.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise


def _check_form(connection: sqlite3.Connection, path: Path) -> None:
    form = form_of(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    # An empty file, or an empty database, is a store whose making was interrupted.
    if (tables or form) and owner != APPLICATION_ID:
        raise StoreDamagedError(path=path, reason=tr("it is another program's database"))
    if form > len(MIGRATIONS):
        raise StoreNewerError(path=path, received=form, known=len(MIGRATIONS))


def _check_length(path: Path) -> None:
    """Refuse what SQLite takes for a database all the same: a few bytes of anything, a page cut short."""
    with path.open("rb") as file:
        beginning = file.read(_LEAST_BYTES)
        size = os.fstat(file.fileno()).st_size
    if not beginning:
        return
    if len(beginning) < _LEAST_BYTES or not beginning.startswith(_MAGIC):
        raise StoreDamagedError(path=path, reason=tr("it is cut off, or no database"))
    page = int.from_bytes(beginning[16:18], "big")
    page = 65_536 if page == 1 else page  # as its format has it
    # A program that died while it wrote leaves a log, from which SQLite mends the page.
    logs = [Path(f"{path}{ending}") for ending in ("-wal", "-journal")]
    has_log = any(log.exists() and log.stat().st_size for log in logs)
    if page == 0 or (size % page and not has_log):
        raise StoreDamagedError(path=path, reason=tr("it is cut off, or no database"))


def _prepared(connection: sqlite3.Connection, path: Path | None) -> sqlite3.Connection:
    try:
        if path is not None:
            _check_form(connection, path)  # again, where the first look had to be put off
        mode = _ask_for_wal(connection)
        # In WAL, NORMAL loses nothing when the program dies, and at most the last results in a power
        # cut. Without WAL (some network drives) anything less than FULL risks the file.
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
        # A file that may not be written is noticed now and not after the first track; BEGIN alone lets it pass.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM list WHERE position IS NULL")  # none is
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _ask_for_wal(connection: sqlite3.Connection) -> str:
    # SQLite does not wait where two processes ask for this of a new file at once.
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
