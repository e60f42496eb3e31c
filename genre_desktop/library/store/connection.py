"""Opening the store's SQLite database without changing a file that cannot be used, and its errors as the program's."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError, StoreBusyError, StoreDamagedError, StoreNewerError
from genre_desktop.core.i18n import tr
from genre_desktop.library.store.schema import APPLICATION_ID, MIGRATIONS, Migration, migrate, schema_version

BUSY_S = 5.0
"""Seconds to wait for another process's lock."""

_WAL_BYTES = 16 << 20
"""Size to which the write-ahead log is cut back after a burst of writing."""

_MAGIC = b"SQLite format 3\0"
_LEAST_BYTES = 512  # the smallest page

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    # The statements are correct, so these mean that tables or indices are not as `schema` makes them.
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
}


def connect(path: Path | None, migrations: Sequence[Migration] | None = None) -> sqlite3.Connection:
    """Open a database with the present schema, created or migrated where necessary.

    Parameters
    ----------
    path : Path or None
        None for one in memory.
    migrations : sequence of callables, optional
        Those of an earlier schema instead, see `genre_desktop.library.store.schema.migrate`.

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
            return _prepared(_opened(":memory:"), None, migrations)
        try:
            if path.is_dir():
                raise StorageError(path=path, reason=tr("it is a folder"))
            locations.private_folder(path.parent)
            if path.exists():
                _check_usable(path)
            _keep_private(path)
        except OSError as error:
            raise StorageError(path=path, reason=error.strerror or str(error)) from error
        return _prepared(_opened(path), path, migrations)


@contextmanager
def translated_errors(path: Path | None) -> Iterator[None]:
    """Raise SQLite's errors as `StorageError` and its kin; errors of the program itself pass unchanged."""
    try:
        yield
    except sqlite3.ProgrammingError:  # such as a closed connection
        raise
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # A UnicodeDecodeError (text in a row, or SQLite's own message about a damaged table) has no code.
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
    """Let no other user read the file; SQLite gives its logs the permissions of the file."""
    if not path.exists():
        os.close(locations.private_opener(str(path), os.O_RDWR | os.O_CREAT))
    for ending in ("", "-wal", "-shm", "-journal"):
        locations.make_private(f"{path}{ending}")


def read_only(path: Path) -> str:
    """The URI by which SQLite opens a file without being able to write."""
    # SQLite requires slashes and the colon of a Windows drive unquoted.
    name = path.absolute().as_posix()
    return "file://" + ("" if name.startswith("/") else "/") + quote(os.fsencode(name), safe="/:") + "?mode=ro"


def _check_usable(path: Path) -> None:
    """Refuse a file that is no usable store, through a connection that cannot write.

    An ordinary connection, when it is closed, moves a killed program's write-ahead log into the file: one that is
    refused would be changed.
    """
    _check_length(path)
    try:
        with closing(_opened(read_only(path), uri=True)) as connection:
            _check_schema(connection, path)
    except sqlite3.OperationalError as error:
        # A rollback journal has to be applied, which takes a connection that can write: checked again after that.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    version = schema_version(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    # An empty file, or an empty database, is a store whose creation was interrupted.
    if (tables or version) and owner != APPLICATION_ID:
        raise StoreDamagedError(path=path, reason=tr("it is another program's database"))
    if version > len(MIGRATIONS):
        raise StoreNewerError(path=path, received=version, known=len(MIGRATIONS))


def _check_length(path: Path) -> None:
    """Refuse what SQLite itself accepts as a database: a few bytes of anything, and a file that ends within a page."""
    with path.open("rb") as file:
        beginning = file.read(_LEAST_BYTES)
        size = os.fstat(file.fileno()).st_size
    if not beginning:
        return
    if len(beginning) < _LEAST_BYTES or not beginning.startswith(_MAGIC):
        raise StoreDamagedError(path=path, reason=tr("it is cut off, or no database"))
    page = int.from_bytes(beginning[16:18], "big")
    page = 65_536 if page == 1 else page  # as the file format has it
    # A program that was killed while it wrote leaves a log, from which SQLite restores the page.
    logs = [Path(f"{path}{ending}") for ending in ("-wal", "-journal")]
    has_log = any(log.exists() and log.stat().st_size for log in logs)
    if page == 0 or (size % page and not has_log):
        raise StoreDamagedError(path=path, reason=tr("it is cut off, or no database"))


def _prepared(
    connection: sqlite3.Connection, path: Path | None, migrations: Sequence[Migration] | None
) -> sqlite3.Connection:
    try:
        if path is not None:
            _check_schema(connection, path)  # once more: `_check_usable` may have had to leave it out
        mode = _switch_to_wal(connection)
        # With a write-ahead log, NORMAL loses nothing when the program is killed, and at most the last results in a
        # power cut. Without one (some network drives) anything less than FULL risks the file.
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, migrations)
        # Raises now, and not after the first track, where the file may not be written; BEGIN alone does not.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM list WHERE position IS NULL")  # there is no such row
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _switch_to_wal(connection: sqlite3.Connection) -> str:
    # SQLite's own waiting does not apply where two processes do this to a new file at once.
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
