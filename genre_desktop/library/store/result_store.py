"""The result store: facts about files and results of models, kept from start to start."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from genre_desktop.core import locations
from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.library.files.identity import may_be_earlier
from genre_desktop.library.result import FileFacts, TrackResult, summarise
from genre_desktop.library.store.codec import UnreadableRowError, pack_details, storable_time
from genre_desktop.library.store.connection import connect
from genre_desktop.library.store.earlier_identities import is_known, rename_identity
from genre_desktop.library.store.manual_genres import ManualGenres
from genre_desktop.library.store.replaced_results import ReplacedResults
from genre_desktop.library.store.rows import (
    DETAILS,
    FACTS,
    SUMMARY,
    StoredResult,
    file_row,
    summary_row,
    to_facts,
    to_stored_result,
    to_track_result,
)
from genre_desktop.library.store.shared_connection import batches
from genre_desktop.library.store.store_copy import (
    UNSAVED,
    attach_copy,
    copies_to_restore,
    delete_results,
    detach_copy,
    mark_for_restore,
    merge_copy,
    write_copy,
)
from genre_desktop.library.store.track_list import TrackList
from genre_desktop.library.store.truncated_files import (
    hand_down_by_hand,
    has_result_since,
    is_better,
    is_from_truncated_file,
    is_of_another,
    would_lose_answer,
)
from genre_desktop.model.bundles.bundle import ModelBundle

__all__ = ["FILE_NAME", "ResultStore", "StoredResult"]

_log = logging.getLogger(__name__)

FILE_NAME = "library.sqlite3"

_READ_AT_ONCE = 100
"""Full results read before other threads get their turn."""

_WRITE_FILE = f"INSERT OR REPLACE INTO files (path, {FACTS.replace('f.', '')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_WRITE_DETAILS = f"INSERT INTO details (id, {DETAILS.replace('d.', '')}) VALUES (?, ?, ?, ?)"
_DELETE_RESULT = "DELETE FROM results WHERE identity = ? AND model = ?"  # its details go with it
_DETAIL = (
    f"SELECT {FACTS}, h.genre, {SUMMARY}, {DETAILS} FROM files f "
    "JOIN results r ON r.identity = f.identity AND r.model = ? LEFT JOIN details d ON d.id = r.id "
    "LEFT JOIN by_hand h ON h.identity = f.identity WHERE f.path = ?"
)


class ResultStore(TrackList, ManualGenres, ReplacedResults):
    """The store of facts about files, results by content and model, genres set by hand, and the window's list.

    Made by `open` or `in_memory`. All methods may be called on any thread, and several processes may use one file at
    once. What a method wrote is committed when it returns.

    Every method may raise `StoreBusyError` (another process locked the file for too long), `StoreDamagedError` or
    `StorageError` (full or failing disk); the store stays usable. A method that takes many files or identities may
    have written some of them by then; any other method has written nothing.

    Attributes
    ----------
    path : Path or None
        None where the database is in memory.
    recovery_notice : GenreDesktopError or None
        What was done to open a damaged or missing file, for people.
    was_recovered : bool
        Damage was found while the file was in use, see `genre_desktop.library.store.recovery.recover_in_use`.
    handed_down : dict of str to str
        Identities that got the genre by hand of an earlier state of their file since this was made, and those states.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        super().__init__(connection, path)
        self.recovery_notice: GenreDesktopError | None = None
        self.was_recovered = False
        self.handed_down: dict[str, str] = {}
        self._displaced: set[str] = set()  # see `hand_down_by_hand`

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open the store in a file, which is created where there is none.

        Parameters
        ----------
        path : Path, optional
            ``library.sqlite3`` among the user's data if None.

        Raises
        ------
        StoreDamagedError, StoreBusyError, StoreNewerError, StorageError
            An existing file is then unchanged, byte for byte.
        """
        path = locations.user_data() / FILE_NAME if path is None else path
        return cls(connect(path), path)

    @classmethod
    def in_memory(cls) -> Self:
        """A store in memory, lost when it is closed: for where no file can be opened."""
        return cls(connect(None), None)

    @property
    def is_empty(self) -> bool:
        """Whether there is no result and no list."""
        return bool(self._fetch_one("SELECT EXISTS (SELECT 1 FROM results) OR EXISTS (SELECT 1 FROM list)") == (0,))

    # --- files ------------------------------------------------------------------------------

    def find_facts(self, path: str, size: int, mtime_ns: int) -> FileFacts | None:
        """Stored facts of a file whose size and time have not changed since.

        None also where its identity may be one by earlier rules: the file is to be read again, and `save_facts` takes
        over what is stored of it.

        Parameters
        ----------
        path : str
        size : int
            In bytes, as the file system has it now.
        mtime_ns : int
            Time of the last change in nanoseconds, as the file system has it now.
        """
        row = self._fetch_one(
            f"SELECT {FACTS} FROM files f WHERE path = ? AND size = ? AND mtime_ns = ?",
            os.fsencode(path),
            size,
            storable_time(mtime_ns),
        )
        try:
            facts = None if row is None else to_facts(row)
            return None if facts is None or may_be_earlier(facts.identity, path) else facts
        except UnreadableRowError as error:
            _log.warning("The stored facts of %r cannot be read: %s", path, error)
            return None

    def save_facts(self, path: str, facts: FileFacts, *, may_be_truncated: bool = False) -> str:
        """Store the facts of a file, in place of those of an earlier state of it.

        Parameters
        ----------
        path : str
        facts : FileFacts
        may_be_truncated : bool
            Facts of an earlier, larger state are left until there is a result, see `save`: the file may have been cut
            off. So are, in any case, those of a state with damage in it.

        Returns
        -------
        str
            The identity that the path has in the store now.
        """
        row = file_row(path, facts)
        self._take_over(facts)
        with self._transaction() as connection:
            larger = "SELECT identity FROM files WHERE path = ? AND size > ? AND identity <> ?"
            known = connection.execute(larger, (row[0], facts.size, facts.identity)).fetchone()
            if may_be_truncated and known is not None:
                return str(known[0])
            if would_lose_answer(connection, path, facts):
                return facts.identity
            self._hand_down(connection, path, facts)
            connection.execute(_WRITE_FILE, row)
        return facts.identity

    def _take_over(self, facts: FileFacts) -> None:
        """Give what an earlier version stored of the same file to the identity that it has by now."""
        earlier = facts.earlier_identity
        with self._locked() as connection:
            if earlier is None or not is_known(connection, earlier):
                return
        with self._transaction() as connection:
            has_genre = connection.execute("SELECT 1 FROM by_hand WHERE identity = ?", (earlier,)).fetchone()
            rename_identity(connection, earlier, facts.identity)
        if has_genre:
            self.handed_down[facts.identity] = earlier

    def _hand_down(self, connection: sqlite3.Connection, path: str, facts: FileFacts) -> None:
        earlier = hand_down_by_hand(connection, path, facts, self._displaced)
        if earlier is not None:
            self.handed_down[facts.identity] = earlier

    # --- results ----------------------------------------------------------------------------

    def find_result(self, identity: str, bundle: ModelBundle, path: str | None = None) -> StoredResult | None:
        """The stored result of a model for some content, whatever file it was in.

        Parameters
        ----------
        identity : str
            `FileFacts.identity`.
        bundle : ModelBundle
        path : str, optional
            Where the file is now, for the sentence of an error; by default it names the place where the file was.
        """
        row = self._fetch_one(
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
            # Deleted, so that a new result can take its place.
            _log.warning("A stored result of %s cannot be read (%s); it is done anew", identity, error)
            with self._transaction() as connection:
                connection.execute(_DELETE_RESULT, (identity, bundle.fingerprint))
            return None

    def save(self, result: TrackResult, bundle: ModelBundle, *, made_at: int | None = None) -> None:
        """Store a result together with the facts of its file.

        A worse result does not replace a better one: a prediction from some patches does not replace one from all of
        them, one from damaged sound does not replace one from intact sound, an error no prediction, and a result from
        a file that was cut off not that from the whole file. A result without facts is not stored.

        Parameters
        ----------
        result : TrackResult
        bundle : ModelBundle
            Whose model made it.
        made_at : int, optional
            Unix time in seconds of a result that waited until now: what was stored since stays, unless it is worse.
        """
        facts = result.facts
        if facts is None:
            return
        path = os.fspath(result.path)
        self._take_over(facts)
        if result.trouble is not None:
            known = self.result(path, bundle)
            if known is not None and is_from_truncated_file(summarise(known), result):
                return
        key = facts.identity, bundle.fingerprint
        details = None if result.prediction is None else pack_details(result.prediction, bundle.labels)
        if self.current_step and details is not None:
            self._keep_replaced(*key)
        with self._transaction() as connection:
            self._hand_down(connection, path, facts)
            before = connection.execute(
                "SELECT is_complete, problem, error, saved_at FROM results WHERE identity = ? AND model = ?", key
            ).fetchone()
            is_known_since = made_at is not None and has_result_since(connection, path, facts, made_at)
            is_kept = before is not None and (
                is_better(before, result, or_equal=made_at is not None and before[3] > made_at)
                or is_of_another(connection, path, facts, before, result)
            )
            if not is_known_since and not (is_kept and would_lose_answer(connection, path, facts)):
                connection.execute(_WRITE_FILE, file_row(path, facts))
            if is_kept:
                return
            row = summary_row(result, None if before is None else before[1:3])
            connection.execute(_DELETE_RESULT, key)
            places = ", ".join("?" * (3 + len(row)))
            cursor = connection.execute(
                f"INSERT INTO results (identity, model, saved_at, {SUMMARY.replace('r.', '')}) VALUES ({places})",
                (*key, int(time.time()) if made_at is None else made_at, *row),
            )
            if details is not None:
                connection.execute(_WRITE_DETAILS, (cursor.lastrowid, *details))
        if self.current_step:
            self._note_own(*key)

    def drop_all_results(self) -> Path | None:
        """Delete the results of all models for all files, and shrink the file; genres by hand and the list stay.

        Returns
        -------
        Path or None
            A copy of what was deleted, for `restore_results`, which `store_copy.delete_copies` deletes; None for a
            store in memory.

        Raises
        ------
        StorageError
            Nothing was deleted, as no copy can be written.
        """
        copy = None
        if self.path is None:
            self._drop_replaced()  # otherwise undoing an earlier step would put some results back
        else:
            with self._locked() as connection:
                copy = write_copy(connection, self.path, self._copy_locks)
                attach_copy(connection, copy)
        try:
            with self._transaction() as connection:
                delete_results(connection, is_copied=copy is not None)
        finally:
            if copy is not None:
                with self._locked() as connection:
                    detach_copy(connection)
        with self._locked() as connection:
            try:
                connection.execute("VACUUM")
            except sqlite3.Error as error:  # a full disk, or another process reads; all is deleted, which is told
                _log.info("the store keeps its size: %s", error)
        return copy

    def restore_results(self, copy: Path) -> None:
        """Merge back and delete the copy that `drop_all_results` made; newer results are kept.

        If that fails, it can be tried again; if the process ends before, the next start does it (`finish_restoring`).
        """
        try:
            marked = mark_for_restore(copy)
        except OSError as error:
            raise StorageError(path=copy, reason=error.strerror or str(error)) from error
        self._merge_and_delete(marked)

    def finish_restoring(self) -> None:
        """Merge the copies and unsaved results of an earlier process that ended before it could.

        One that cannot be merged stays where it is, and the others are merged all the same.

        Raises
        ------
        GenreDesktopError
            That of the last copy that cannot be merged.
        """
        problem: GenreDesktopError | None = None
        for copy in [] if self.path is None else copies_to_restore(self.path):
            try:
                self._merge_and_delete(copy)
            except GenreDesktopError as error:
                _log.warning("%s cannot be merged: %s", copy, error)
                problem = error
        if problem is not None:
            raise problem

    def _merge_and_delete(self, copy: Path) -> None:
        with self._locked() as connection:
            merge_copy(connection, copy, is_whole=UNSAVED in copy.name)
        with contextlib.suppress(OSError):
            copy.unlink()

    def results(self, paths: Iterable[str], bundle: ModelBundle) -> Iterator[TrackResult]:
        """Full results of files, with their segments, in the order of `paths`; files without one are left out.

        Parameters
        ----------
        paths : iterable of str
            Consumed while the lock is free.
        bundle : ModelBundle
        """
        for some in batches(paths, _READ_AT_ONCE):
            with self._locked() as connection:
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

    def result(self, path: str, bundle: ModelBundle) -> TrackResult | None:
        """The full result of one file, with its segments."""
        return next(self.results([path], bundle), None)
