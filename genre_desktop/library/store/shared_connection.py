"""The store's connection, shared by threads: reading, transactions, a check, and its end."""

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
from genre_desktop.library.store.set_aside import set_aside

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_WRITTEN_AT_ONCE = 2000
"""Rows in one transaction: other threads and programs wait no longer than that takes."""

_STEPS = 10_000
"""Of SQLite's machine between two questions whether the check is still wanted."""


class SharedConnection:
    """One connection and the lock that its users share.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode, for any thread.
    path : Path or None
        None for one in memory.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self._connection = connection
        self._files = _files_of(path)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file; twice does no harm."""
        with self._lock, translated_errors(self.path):
            self._connection.close()

    def reopen(self, between: Callable[[], object]) -> None:
        """Do something to the file while it is closed; nobody else notices but by waiting.

        Raises
        ------
        GenreDesktopError
            That of `between`, or the file cannot be opened any more; what comes is kept in memory then.
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
                    self._files = _files_of(self.path)

    @property
    def is_adrift(self) -> bool:
        """Whether its file has been deleted, moved or replaced: SQLite goes on writing, and nobody will find it."""
        return _files_of(self.path)[0] != self._files[0]

    @property
    def has_own_log(self) -> bool:
        """Whether the log beside the file is the one that is written, and none of another file in its place."""
        return _files_of(self.path)[1] == self._files[1]

    def copied(self, path: Path) -> Path:
        """All of it in another file beside `path`."""
        with self._reading() as connection:
            return set_aside(connection, path)

    def is_sound(self, is_cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Whether the file is whole, as far as its pages tell; nobody has to wait for the answer.

        Parameters
        ----------
        is_cancelled : callable, optional
            Asked often; once it says True the answer is True.
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
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated_errors(self.path):
            yield self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated_errors(self.path):
            if self.path is not None and self.is_adrift:
                raise StoreDamagedError(path=self.path, reason=adrift())
            # Immediate: a transaction that read first could not wait for another process's write.
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                # SQLite itself rolls back after some failures, such as a full disk.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _one(self, query: str, *values: object) -> Any:
        with self._reading() as connection:
            return connection.execute(query, values).fetchone()

    def _write_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        for some in batches(rows, _WRITTEN_AT_ONCE):
            with self._transaction() as connection:
                connection.executemany(statement, some)


def adrift() -> str:
    """What is wrong with such a store, for people."""
    return tr("the file was deleted, moved or replaced while it was in use")


def _files_of(path: Path | None) -> list[tuple[int, int] | None]:
    """Which files a store and its log are, whatever their names; None for one that is not there."""
    return [None if path is None else _file_of(f"{path}{ending}") for ending in ("", "-wal")]


def _file_of(name: str) -> tuple[int, int] | None:
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
