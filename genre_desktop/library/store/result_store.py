"""What was found out about files, kept from start to start."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

from genre_desktop.core import locations
from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.library.result import FileFacts, TrackResult, summarise
from genre_desktop.library.store.codec import UnreadableRowError, pack_details
from genre_desktop.library.store.connection import connect
from genre_desktop.library.store.earlier_results import (
    copied,
    exchange,
    is_put_in,
    let_all_go,
    let_go,
    set_answer_aside,
)
from genre_desktop.library.store.rows import (
    DETAILS,
    FACTS,
    LATEST_NS,
    SUMMARY,
    StoredResult,
    encodable,
    file_row,
    summary_row,
    to_facts,
    to_stored_result,
    to_track_result,
)
from genre_desktop.library.store.set_aside import LEFT, bring_back, mark_wanted, set_aside, unmark, wanted_asides
from genre_desktop.library.store.shared_connection import batches
from genre_desktop.library.store.track_list import TrackList
from genre_desktop.library.store.truncated_files import hand_down_by_hand, is_cut_off
from genre_desktop.model.bundles.bundle import ModelBundle

__all__ = ["FILE_NAME", "ResultStore", "StoredResult"]

_log = logging.getLogger(__name__)

FILE_NAME = "library.sqlite3"

_READ_AT_ONCE = 100
"""Full results read under one hold of the lock."""

_WRITE_FILE = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DELETE_RESULT = "DELETE FROM results WHERE identity = ? AND model = ?"  # its details go with it
_DETAIL = (
    f"SELECT {FACTS}, h.genre, {SUMMARY}, {DETAILS} FROM files f "
    "JOIN results r ON r.identity = f.identity AND r.model = ? LEFT JOIN details d ON d.id = r.id "
    "LEFT JOIN by_hand h ON h.identity = f.identity WHERE f.path = ?"
)


class ResultStore(TrackList):
    """Facts about files, results by content and model, genres given by hand, and the window's list.

    All methods are for any thread, and several processes may use one file at once. What a
    method wrote is committed when it returns. Made by `open` or `in_memory`.

    Every method may raise `StoreBusyError` (another process held the file for too long),
    `StoreDamagedError` or `StorageError` (full or failing disk); the store can be used
    on then. Of a call for many files or identities a first part may be written by then, of others nothing.

    Attributes
    ----------
    path : Path or None
        None where nothing is kept.
    news : GenreDesktopError or None
        What had to be done to open it, if a person should know.
    step : int
        Number of the change that may be undone; from 1 on answers that are replaced are set aside for it, see
        `take_back`. Set on any thread.
    lost_steps : set of int
        Steps of which not all that was replaced could be set aside.
    was_mended : bool
        Its file was damaged while it was in use, see `genre_desktop.library.store.rescue.mend_once`.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        super().__init__(connection, path)
        self.news: GenreDesktopError | None = None
        self.was_mended = False
        self.step = 0
        self.lost_steps: set[int] = set()

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
            f"SELECT {FACTS} FROM files f WHERE path = ? AND size = ? AND mtime_ns = ?",
            os.fsencode(path),
            size,
            min(mtime_ns, LATEST_NS),
        )
        try:
            return None if row is None else to_facts(row)
        except UnreadableRowError as error:
            _log.warning("The stored facts of %r cannot be read: %s", path, error)
            return None

    def remember(self, path: str, facts: FileFacts, *, may_be_cut_off: bool = False) -> None:
        """Keep the facts of a file, in place of those of an earlier state of it.

        `may_be_cut_off`: those of a larger one stay until there is a result, see `save`.
        """
        row = file_row(path, facts)
        with self._transaction() as connection:
            larger = "SELECT 1 FROM files WHERE path = ? AND size > ? AND identity <> ?"
            known = (row[0], facts.size, facts.identity)
            if not (may_be_cut_off and connection.execute(larger, known).fetchone()):
                connection.execute(_WRITE_FILE, row)

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
            f"SELECT {SUMMARY}, {DETAILS} FROM results r LEFT JOIN details d ON d.id = r.id "
            "WHERE r.identity = ? AND r.model = ?",
            identity,
            bundle.fingerprint,
        )
        if row is None:
            return None
        try:
            return to_stored_result(row, bundle, path)
        except UnreadableRowError as error:
            # It can be no answer, and must not stand in the way of a new one.
            _log.warning("A stored result of %s cannot be read (%s); it is done anew", identity, error)
            with self._transaction() as connection:
                connection.execute(_DELETE_RESULT, (identity, bundle.fingerprint))
            return None

    def save(self, result: TrackResult, bundle: ModelBundle) -> None:
        """Keep a result together with the facts of its file.

        A prediction from some patches does not replace one from all of them, one from damaged sound none from the
        whole, and an error no prediction; nor does any result of a file that was cut off since. A result without
        facts is not kept.

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
        if result.trouble is not None:
            known = self.detail(path, bundle)
            if known is not None and is_cut_off(summarise(known), result):
                return
        key, row = (facts.identity, bundle.fingerprint), summary_row(result)
        details = None if result.prediction is None else pack_details(result.prediction, bundle.labels)
        if self.step and details is not None:
            self._set_answer_aside(*key)
        with self._transaction() as connection:
            if result.trouble is not None:
                hand_down_by_hand(connection, path, facts)
            connection.execute(_WRITE_FILE, file_row(path, facts))
            before = connection.execute(
                "SELECT error IS NULL, is_complete, problem IS NULL FROM results WHERE identity = ? AND model = ?",
                key,
            ).fetchone()
            if before is not None and _is_better(before, result):
                return
            connection.execute(_DELETE_RESULT, key)
            places = ", ".join("?" * (3 + len(row)))
            cursor = connection.execute(
                f"INSERT INTO results (identity, model, saved_at, {SUMMARY.replace('r.', '')}) VALUES ({places})",
                (*key, int(time.time()), *row),
            )
            if details is not None:
                connection.execute("INSERT INTO details VALUES (?, ?, ?, ?)", (cursor.lastrowid, *details))

    def _set_answer_aside(self, identity: str, model: str) -> None:
        step = self.step
        with self._reading() as connection:
            if not set_answer_aside(connection, identity, model, step):
                self.lost_steps.add(step)

    def forget_undone(self, step: int) -> None:
        """Let go of what was undone before a step began: it cannot be done again."""
        with self._reading() as connection:
            let_go(connection, step)

    def reopen(self, between: Callable[[], object]) -> None:
        """Do something to the file while it is closed; what was set aside outlives the connection."""
        with self._reading() as connection:
            earlier = copied(connection)
        try:
            super().reopen(between)
        finally:
            with self._reading() as connection:
                if not is_put_in(earlier, connection):
                    self.lost_steps.update(range(1, self.step + 1))

    def take_back(self, step: int, identities: Iterable[str], bundle: ModelBundle, *, is_redone: bool = False) -> int:
        """Let answers be what they were before a step; `is_redone`: what they were after it.

        Until the store is closed. Asked twice, it does nothing.

        Parameters
        ----------
        step : int
            The value that the attribute of this name had.
        identities : iterable of str
        bundle : ModelBundle
            Whose answers.
        is_redone : bool

        Returns
        -------
        int
            How many there were.
        """
        n = 0
        for some in batches(dict.fromkeys(identities), _READ_AT_ONCE):
            with self._transaction() as connection:
                n += sum(exchange(connection, each, bundle.fingerprint, step, is_redone=is_redone) for each in some)
        return n

    def forget_all(self) -> Path | None:
        """Drop what all models made of all files, and give the disk its space back.

        Genres given by hand and the list stay.

        Returns
        -------
        Path or None
            A file from which `bring_back` takes all of it back until `discard_asides`; None where none could be
            written, as on a full disk.
        """
        aside = None
        with self._reading() as connection:
            try:
                aside = None if self.path is None else set_aside(connection, self.path)
            except sqlite3.Error as error:
                _log.warning("what is forgotten cannot be set aside: %s", error)
        if aside is None:
            with self._reading() as connection:
                let_all_go(connection)  # it could be had back by undoing a step before this one
        with self._transaction() as connection:
            connection.execute("DELETE FROM results")  # their details go with them
            connection.execute(
                "DELETE FROM files WHERE path NOT IN (SELECT path FROM list) "
                "AND identity NOT IN (SELECT identity FROM by_hand)"
            )
        with self._reading() as connection:
            try:
                connection.execute("VACUUM")
            except sqlite3.OperationalError as error:  # full, or another process reads: it is forgotten all the same
                _log.info("the store keeps its size: %s", error)
        return aside

    def bring_back(self, aside: Path) -> None:
        """Take back what `forget_all` set aside; what is newer stays.

        Whoever is ended meanwhile has it at the next start, see `finish_bringing_back`.
        """
        try:
            wanted = mark_wanted(aside)
        except OSError as error:
            raise StorageError(path=aside, reason=error.strerror or str(error)) from error
        try:
            self._bring_back(wanted)
        except BaseException:
            with contextlib.suppress(OSError):
                unmark(wanted)
            raise

    def finish_bringing_back(self) -> None:
        """Take back what an earlier process was asked for and did not come to, or could not keep."""
        for wanted in [] if self.path is None else wanted_asides(self.path):
            self._bring_back(wanted)

    def _bring_back(self, wanted: Path) -> None:
        with self._reading() as connection:
            bring_back(connection, wanted, is_whole=LEFT in wanted.name)
        with contextlib.suppress(OSError):
            wanted.unlink()

    def results(self, paths: Iterable[str], bundle: ModelBundle) -> Iterator[TrackResult]:
        """Full results of files, in the order of `paths`; files without one are left out.

        Parameters
        ----------
        paths : iterable of str
            Read in the caller's thread, without any lock held.
        bundle : ModelBundle
        """
        for some in batches(paths, _READ_AT_ONCE):
            with self._reading() as connection:
                rows = [
                    (path, connection.execute(_DETAIL, (bundle.fingerprint, os.fsencode(path))).fetchone())
                    for path in some
                ]
            for path, row in rows:
                try:
                    result = None if row is None else to_track_result(path, row, bundle)
                except UnreadableRowError as error:
                    _log.warning("The stored result of %r cannot be read: %s", path, error)
                    continue
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
            text = encodable(genre)
            self._write_many("INSERT OR REPLACE INTO by_hand VALUES (?, ?)", ((each, text) for each in identities))
        with contextlib.suppress(sqlite3.Error), self._lock:
            # A log that is lost must not bring back what stood before: the backup knows only of genres that lack.
            self._connection.execute("PRAGMA wal_checkpoint")

    def all_by_hand(self) -> list[tuple[str, str, str | None]]:
        """Identity and genre of all content that has one by hand, and where such a file was seen."""
        with self._reading() as connection:
            genres = connection.execute("SELECT identity, genre FROM by_hand ORDER BY identity").fetchall()
            seen = connection.execute(
                "SELECT identity, path FROM files WHERE identity IN (SELECT identity FROM by_hand) ORDER BY path"
            )
            paths = {identity: os.fsdecode(path) for identity, path in seen}
        return [(identity, genre, paths.get(identity)) for identity, genre in genres]

    def add_by_hand(self, pairs: Iterable[tuple[str, str]]) -> int:
        """Give content a genre by hand where it has none; how many that were."""
        with self._transaction() as connection:
            return connection.executemany(
                "INSERT OR IGNORE INTO by_hand VALUES (?, ?)",
                ((identity, encodable(genre)) for identity, genre in pairs),
            ).rowcount

    def find_by_hand(self, identity: str) -> str | None:
        """The genre that a person gave some content."""
        row = self._one("SELECT genre FROM by_hand WHERE identity = ?", identity)
        return None if row is None else str(row[0])


def _is_better(before: tuple[int, int, int], result: TrackResult) -> bool:
    """Whether a stored row (is a prediction, is complete, is of whole sound) is worth more than a new result."""
    is_prediction, *worth = before
    prediction = result.prediction
    return bool(is_prediction) and (prediction is None or worth > [prediction.is_complete, prediction.problem is None])
