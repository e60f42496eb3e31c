"""What was found out about files, kept from start to start."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Any, Self, TypeVar

from genre_desktop import locations
from genre_desktop.errors import GenreDesktopError
from genre_desktop.library.result import FileFacts, Summary, TrackResult, summarise
from genre_desktop.library.store_codec import (
    Details,
    UnreadableRowError,
    pack_details,
    pack_error,
    unpack_error,
    unpack_prediction,
    unpack_problem,
)
from genre_desktop.library.store_connection import connect, translated_errors
from genre_desktop.model.bundle import ModelBundle
from genre_desktop.model.prediction import Prediction

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

FILE_NAME = "library.sqlite3"

_WRITTEN_AT_ONCE = 2000
"""Rows of the list in one transaction: other threads and programs wait no longer than that takes."""

_READ_AT_ONCE = 100
"""Full results read under one hold of the lock."""

_LATEST_NS = 2**63 - 1  # SQLite's largest number; a time beyond is as good as this one

_FACTS = "f.size, f.mtime_ns, f.identity, f.title, f.artist, f.album, f.genres"
_SUMMARY = (
    "r.genre, r.confidence, r.best, r.second, r.second_confidence, r.duration_s, r.is_complete, r.problem, r.error"
)
_DETAILS = "d.probabilities, d.segments, d.words"
_RESULT = "results r LEFT JOIN details d ON d.id = r.id"


@dataclass(frozen=True)
class StoredResult:
    """What the store knows of some content and a model.

    Attributes
    ----------
    prediction : Prediction or None
    error : GenreDesktopError or None
        None exactly where there is a prediction.
    """

    prediction: Prediction | None
    error: GenreDesktopError | None


class ResultStore:
    """Facts about files, results by content and model, genres given by hand, and the window's list.

    All methods are for any thread, and several processes may use one file at once. What a
    method wrote is committed when it returns. Made by `open` or `in_memory`.

    Every method may raise `StoreBusyError` (another process held the file for too long),
    `StoreDamagedError` or `StorageError` (full or failing disk); nothing of that call is then
    written, and the store can be used on.

    Attributes
    ----------
    path : Path or None
        None where nothing is kept.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open the store in a file, which is made where there is none.

        Parameters
        ----------
        path : Path, optional
            ``library.sqlite3`` among the user's data if None.

        Raises
        ------
        StoreDamagedError, StoreBusyError, StoreNewerError, StorageError
            A file that is there is then as it was, byte for byte.
        """
        path = locations.user_data() / FILE_NAME if path is None else path
        return cls(connect(path), path)

    @classmethod
    def in_memory(cls) -> Self:
        """A store that forgets everything in the end, for where none can be opened."""
        return cls(connect(None), None)

    def close(self) -> None:
        """Let go of the file; twice does no harm."""
        with self._lock, translated_errors(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- files ------------------------------------------------------------------------------

    def find_facts(self, path: str, size: int, mtime_ns: int) -> FileFacts | None:
        """Facts of a file that has not changed since they were remembered.

        Parameters
        ----------
        path : str
        size : int
            In bytes, as the file system says now.
        mtime_ns : int
            In nanoseconds, as the file system says now.
        """
        row = self._one(
            f"SELECT {_FACTS} FROM files f WHERE path = ? AND size = ? AND mtime_ns = ?",
            os.fsencode(path),
            size,
            min(mtime_ns, _LATEST_NS),
        )
        return None if row is None else _facts(row)

    def remember(self, path: str, facts: FileFacts) -> None:
        """Keep the facts of a file, in place of those of an earlier state of it."""
        with self._transaction() as connection:
            _write_facts(connection, path, facts)

    # --- results ----------------------------------------------------------------------------

    def find_result(self, identity: str, bundle: ModelBundle, path: str | None = None) -> StoredResult | None:
        """What a model made of some content before.

        Parameters
        ----------
        identity : str
            `FileFacts.identity`.
        bundle : ModelBundle
        path : str, optional
            Where the file stands now, for the sentences of its errors; otherwise they name
            the place where it was.
        """
        row = self._one(
            f"SELECT {_SUMMARY}, {_DETAILS} FROM {_RESULT} WHERE r.identity = ? AND r.model = ?",
            identity,
            bundle.fingerprint,
        )
        if row is None:
            return None
        try:
            return _stored_result(row, bundle, path)
        except UnreadableRowError as error:
            # It can be no answer, and must not stand in the way of a new one.
            _log.warning("A stored result of %s cannot be read (%s); it is done anew", identity, error)
            with self._transaction() as connection:
                _delete_result(connection, identity, bundle)
            return None

    def save(self, result: TrackResult, bundle: ModelBundle) -> None:
        """Keep a result together with the facts of its file.

        A prediction from some patches does not replace one from all of them, and an error
        replaces no prediction: `forget` that before. A result without facts is not kept.

        Parameters
        ----------
        result : TrackResult
        bundle : ModelBundle
            Whose model made it.
        """
        facts = result.facts
        if facts is None:
            return
        path = os.fspath(result.path)
        row = _result_row(result, path)
        details = None if result.prediction is None else pack_details(result.prediction, bundle.labels)
        with self._transaction() as connection:
            _write_facts(connection, path, facts)
            before = connection.execute(
                "SELECT error IS NULL, is_complete FROM results WHERE identity = ? AND model = ?",
                (facts.identity, bundle.fingerprint),
            ).fetchone()
            if before is not None and _is_better(before, result):
                return
            _delete_result(connection, facts.identity, bundle)
            places = ", ".join("?" * (3 + len(row)))
            cursor = connection.execute(
                f"INSERT INTO results (identity, model, saved_at, {_SUMMARY.replace('r.', '')}) VALUES ({places})",
                (facts.identity, bundle.fingerprint, int(time.time()), *row),
            )
            if details is not None:
                connection.execute("INSERT INTO details VALUES (?, ?, ?, ?)", (cursor.lastrowid, *details))

    def forget(self, paths: Iterable[str], bundle: ModelBundle, *, failed_only: bool = False) -> None:
        """Drop what a model made of some files, so that they are done anew.

        Genres given by hand stay.

        Parameters
        ----------
        paths : iterable of str
        bundle : ModelBundle
        failed_only : bool
            Drop errors only.
        """
        condition = "AND error IS NOT NULL" if failed_only else ""
        self._write_many(
            "DELETE FROM results WHERE identity = (SELECT identity FROM files WHERE path = ?) AND model = ? "
            + condition,
            ((os.fsencode(path), bundle.fingerprint) for path in paths),
        )

    def results(self, paths: Iterable[str], bundle: ModelBundle) -> Iterator[TrackResult]:
        """Full results of files, in the order of `paths`; files without one are left out.

        Parameters
        ----------
        paths : iterable of str
            Read in the caller's thread, without any lock held.
        bundle : ModelBundle
        """
        for some in _batches(paths, _READ_AT_ONCE):
            with self._reading() as connection:
                rows = [(path, _detail_row(connection, path, bundle)) for path in some]
            for path, row in rows:
                result = _track_result(path, row, bundle)
                if result is not None:
                    yield result

    def detail(self, path: str, bundle: ModelBundle) -> TrackResult | None:
        """The full result of one file, with its segments."""
        return next(self.results([path], bundle), None)

    # --- genres given by hand ---------------------------------------------------------------

    def set_by_hand(self, identities: Iterable[str], genre: str | None) -> None:
        """Say what the genre of some content is, whatever models make of it.

        Parameters
        ----------
        identities : iterable of str
            `FileFacts.identity` of each.
        genre : str or None
            None takes it back.
        """
        if genre is None:
            self._write_many("DELETE FROM by_hand WHERE identity = ?", ((identity,) for identity in identities))
        else:
            text = _encodable(genre)
            self._write_many("INSERT OR REPLACE INTO by_hand VALUES (?, ?)", ((each, text) for each in identities))

    def find_by_hand(self, identity: str) -> str | None:
        """The genre that a person gave some content."""
        row = self._one("SELECT genre FROM by_hand WHERE identity = ?", identity)
        return None if row is None else str(row[0])

    # --- the list of the window -------------------------------------------------------------

    def add_paths(self, paths: Iterable[str]) -> None:
        """Put files at the end of the list; those that are on it keep their place."""
        self._write_many("INSERT OR IGNORE INTO list (path) VALUES (?)", ((os.fsencode(path),) for path in paths))

    def remove_paths(self, paths: Iterable[str]) -> None:
        """Take files off the list; their facts and results stay."""
        self._write_many("DELETE FROM list WHERE path = ?", ((os.fsencode(path),) for path in paths))

    def clear_paths(self) -> None:
        """Empty the list; facts and results stay."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM list")

    def summaries(self, bundle: ModelBundle, *, batch: int = 500) -> Iterator[list[tuple[str, Summary | None]]]:
        """The list with what is known of each file, in the order added.

        The lock is free between batches, so that results can be saved meanwhile; paths that
        are added meanwhile come too.

        Parameters
        ----------
        bundle : ModelBundle
            Whose results are wanted.
        batch : int
            Most rows to yield at once.

        Yields
        ------
        list of (path, summary)
            The summary of a file without a result holds its facts and the genre by hand
            alone; it is None where nothing at all is known.
        """
        position = -1
        while True:
            with self._reading() as connection:
                rows = connection.execute(
                    f"SELECT l.position, l.path, {_FACTS}, h.genre, r.id IS NOT NULL, {_SUMMARY} FROM list l "
                    "LEFT JOIN files f ON f.path = l.path "
                    "LEFT JOIN by_hand h ON h.identity = f.identity "
                    "LEFT JOIN results r ON r.identity = f.identity AND r.model = ? "
                    "WHERE l.position > ? ORDER BY l.position LIMIT ?",
                    (bundle.fingerprint, position, batch),
                ).fetchall()
            if not rows:
                return
            position = rows[-1][0]
            yield [_listed(row) for row in rows]

    # --- the connection ---------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated_errors(self.path):
            yield self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated_errors(self.path):
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
        for some in _batches(rows, _WRITTEN_AT_ONCE):
            with self._transaction() as connection:
                connection.executemany(statement, some)


# --- rows -----------------------------------------------------------------------------------


def _write_facts(connection: sqlite3.Connection, path: str, facts: FileFacts) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            os.fsencode(path),
            facts.size,
            min(facts.mtime_ns, _LATEST_NS),
            facts.identity,
            _encodable(facts.title),
            _encodable(facts.artist),
            _encodable(facts.album),
            json.dumps(facts.tagged_genres),
        ),
    )


def _facts(row: tuple[Any, ...]) -> FileFacts:
    size, mtime_ns, identity, title, artist, album, genres = row
    # A hundred thousand rows name few artists, albums and genres: each is held once.
    return FileFacts(size, mtime_ns, identity, title, intern(artist), intern(album), _genres(genres))


@lru_cache(maxsize=4096)
def _genres(text: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(text)))
    except (ValueError, TypeError):
        return ()


def _delete_result(connection: sqlite3.Connection, identity: str, bundle: ModelBundle) -> None:
    connection.execute("DELETE FROM results WHERE identity = ? AND model = ?", (identity, bundle.fingerprint))


def _is_better(before: tuple[int, int], result: TrackResult) -> bool:
    """Whether a stored row (is a prediction, is complete) is worth more than a new result."""
    is_prediction, is_complete = before
    if not is_prediction:
        return False
    return result.prediction is None or (bool(is_complete) and not result.prediction.is_complete)


def _result_row(result: TrackResult, path: str) -> tuple[object, ...]:
    summary = summarise(result)
    return (
        _encodable(summary.genre),
        _plain(summary.confidence),
        _encodable(summary.best),
        _encodable(summary.second),
        _plain(summary.second_confidence),
        _plain(summary.duration_s),
        summary.is_complete,
        None if summary.problem is None else pack_error(summary.problem, path),
        None if summary.error is None else pack_error(summary.error, path),
    )


def _stored_result(row: tuple[Any, ...], bundle: ModelBundle, path: str | None) -> StoredResult:
    genre, confidence, _, _, _, duration_s, is_complete, problem, error, *details = row
    if error is not None:
        return StoredResult(None, unpack_error(error, path))
    if genre is None or details[1] is None:
        raise UnreadableRowError("it lacks its details")
    prediction = unpack_prediction(
        Details(*details),
        bundle.labels,
        genre=genre,
        confidence=confidence,
        duration_s=duration_s,
        model=bundle.name,
        is_complete=bool(is_complete),
        problem=unpack_problem(problem, path),
    )
    return StoredResult(prediction, None)


def _detail_row(connection: sqlite3.Connection, path: str, bundle: ModelBundle) -> Any:
    return connection.execute(
        f"SELECT {_FACTS}, h.genre, {_SUMMARY}, {_DETAILS} FROM files f "
        f"JOIN results r ON r.identity = f.identity AND r.model = ? LEFT JOIN details d ON d.id = r.id "
        "LEFT JOIN by_hand h ON h.identity = f.identity WHERE f.path = ?",
        (bundle.fingerprint, os.fsencode(path)),
    ).fetchone()


def _track_result(path: str, row: Any, bundle: ModelBundle) -> TrackResult | None:
    if row is None:
        return None
    try:
        stored = _stored_result(row[8:], bundle, path)
    except UnreadableRowError as error:
        _log.warning("The stored result of %r cannot be read: %s", path, error)
        return None
    return TrackResult(
        Path(path), stored.prediction, stored.error, bundle.name, _facts(row[:7]), by_hand=row[7], is_stored=True
    )


def _listed(row: tuple[Any, ...]) -> tuple[str, Summary | None]:
    path = os.fsdecode(row[1])
    if row[4] is None:
        return path, None
    facts, by_hand, has_result = _facts(row[2:9]), row[9], row[10]
    if has_result:
        genre, confidence, best, second, second_confidence, duration_s, is_complete, problem, error = row[11:]
        try:
            return path, Summary(
                genre=_interned(genre),
                confidence=confidence,
                best=_interned(best),
                second=_interned(second),
                second_confidence=second_confidence,
                duration_s=duration_s,
                is_complete=bool(is_complete),
                problem=unpack_problem(problem, path),
                error=None if error is None else unpack_error(error, path),
                facts=facts,
                by_hand=by_hand,
            )
        except UnreadableRowError as unreadable:
            _log.warning("The stored result of %r cannot be read: %s", path, unreadable)
    return path, Summary(facts=facts, by_hand=by_hand)


def _interned(text: str | None) -> str | None:
    return None if text is None else intern(text)


def _plain(value: float | None) -> float | None:
    return None if value is None else float(value)  # NumPy's numbers are none of SQLite's


def _encodable(text: _T) -> _T:
    """Text without lone surrogates, which SQLite refuses."""
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else text  # type: ignore[return-value]


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some
