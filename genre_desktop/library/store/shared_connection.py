"""A connection to the store's database that several threads share: reading, transactions, check and end."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from genre_desktop.core.errors import GenreDesktopError, StoreDamagedError
from genre_desktop.core.i18n import tr
from genre_desktop.library.store.connection import connect, translated_errors
from genre_desktop.library.store.copy_locks import CopyLocks
from genre_desktop.library.store.store_copy import write_copy

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_WRITTEN_AT_ONCE = 2000
"""Rows in one transaction, which bounds how long other threads and programs wait."""

_STEPS = 10_000
"""Instructions of SQLite's virtual machine between two calls of `is_cancelled`."""


class SharedConnection:
    """A connection and the lock under which its threads use it.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode, for any thread.
    path : Path or None
        None for a database in memory.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self._connection = connection
        self._files = _files_at(path)
        self._lock = threading.Lock()
        self._copy_locks = CopyLocks()

    def close(self) -> None:
        """Close the file, and let go of its copies; a second call does nothing."""
        with self._lock, translated_errors(self.path):
            self._connection.close()
        self._copy_locks.release()

    def reopen(self, between: Callable[[], object]) -> None:
        """Close the file, call a function that changes it, and open it again; other threads wait meanwhile.

        Raises
        ------
        GenreDesktopError
            That of `between`, or the file cannot be opened any more; from then on the database is one in memory.
        """
        with self._lock:
            self._connection.close()
            try:
                between()
            finally:
                try:
                    self._connection = connect(self.path)
                except GenreDesktopError:
                    self.path, self._connection = None, connect(None)
                    raise
                finally:
                    self._files = _files_at(self.path)

    @property
    def is_detached(self) -> bool:
        """Whether the open file is not the one at `path` any more: deleted, moved or replaced.

        SQLite goes on writing to it, and what it writes is lost when it is closed.
        """
        return _files_at(self.path)[0] != self._files[0]

    @property
    def has_own_log(self) -> bool:
        """Whether the write-ahead log beside `path` is the one that is open, and not that of a new file."""
        return _files_at(self.path)[1] == self._files[1]

    def copy_beside(self, path: Path) -> Path:
        """Copy all of it to a new file beside `path`."""
        with self._locked() as connection:
            return write_copy(connection, path, self._copy_locks)

    def copy_to(self, path: Path) -> None:
        """Copy all of it to a new file."""
        with self._locked() as connection:
            connection.execute("VACUUM INTO ?", (str(path),))

    def is_intact(self, is_cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Whether SQLite's check of the file's pages finds no damage; other threads go on meanwhile.

        Parameters
        ----------
        is_cancelled : callable, optional
            Called often; once it returns True the check ends, and returns True.
        """
        if self.path is None:
            return True
        try:
            with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
                connection.set_progress_handler(lambda: int(is_cancelled()), _STEPS)
                found = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if primary not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                _log.info("the store could not be checked: %s", error)
                return True
            found = (str(error),)
        if found != ("ok",):
            _log.error("the store is damaged: %s", found)
        return bool(found == ("ok",))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        """The connection for this thread alone, in autocommit mode."""
        with self._lock, translated_errors(self.path):
            yield self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction, which is rolled back after an exception."""
        with self._lock, translated_errors(self.path):
            if self.path is not None and self.is_detached:
                raise StoreDamagedError(path=self.path, reason=detached_reason())
            # Immediate: a transaction that read first could not wait for another process's write.
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                # SQLite itself rolls back after some failures, such as a full disk.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _fetch_one(self, query: str, *values: object) -> Any:
        with self._locked() as connection:
            return connection.execute(query, values).fetchone()

    def _write_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        for some in batches(rows, _WRITTEN_AT_ONCE):
            with self._transaction() as connection:
                connection.executemany(statement, some)


def detached_reason() -> str:
    """What is wrong with a store that `is_detached`, for people."""
    return tr("the file was deleted, moved or replaced while it was in use")


def _files_at(path: Path | None) -> list[tuple[int, int] | None]:
    """Device and inode of the store's file and of its write-ahead log; None for one that does not exist."""
    return [None if path is None else _file_at(f"{path}{ending}") for ending in ("", "-wal")]


def _file_at(name: str) -> tuple[int, int] | None:
    try:
        status = os.stat(name)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Items in lists of at most `size`."""
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some
