"""Finding and storing the results of a run, also while the result store fails or is in use by another program."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from genre_desktop.core.errors import (
    AudioNotFoundError,
    AudioPermissionError,
    AudioReadError,
    GenreDesktopError,
    InternalError,
    StorageError,
    StoreBusyError,
    StoreDamagedError,
)
from genre_desktop.library.result import FileFacts, TrackResult
from genre_desktop.library.store.recovery import recover_in_use
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle

_log = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")

_TRANSIENT_ERRORS = (AudioNotFoundError, AudioPermissionError, AudioReadError, InternalError)
"""Transient errors (missing file, failing drive): not stored, so that the file is tried again next time."""

_BACK_OFF_S = 30.0
"""How long the store is not used after another program has held it for too long, as each attempt delays the run by
seconds; saving pauses as long after the disk was full."""

_MAX_UNSAVED = 10_000
"""Results that wait for the store meanwhile; further ones are yielded and not stored."""


class ResultRecorder:
    """Finds and stores results for one run; without a store it does nothing.

    When the store fails, its results are lost and the run goes on. When another program holds the store, results wait
    in memory and are stored later. Paths are stored as absolute ones: "01.mp3" is another file in every folder.

    Parameters
    ----------
    store : ResultStore or None
    bundle : ModelBundle
        Whose results they are.
    every_patch : bool
        Whether stored predictions from some of the patches are ignored.
    on_problem : callable
        Called with the first error of the store.
    retry_failed : bool
        Whether stored errors of earlier runs are ignored.
    """

    def __init__(
        self,
        store: ResultStore | None,
        bundle: ModelBundle,
        every_patch: bool,
        on_problem: Callable[[GenreDesktopError], None],
        *,
        retry_failed: bool = False,
    ) -> None:
        self._store = store
        self._bundle = bundle
        self._every_patch = every_patch
        self._retry_failed = retry_failed
        self._on_problem = on_problem
        self._has_reported = False
        self._retry_at = self._save_retry_at = 0.0
        self._unsaved: deque[TrackResult] = deque()
        self._lost: deque[TrackResult] = deque(maxlen=_MAX_UNSAVED)

    def find_facts(self, path: str, size: int, mtime_ns: int) -> FileFacts | None:
        """Stored facts of a file that has not changed since; None where there are none."""
        return self._query(lambda store: store.find_facts(os.path.abspath(path), size, mtime_ns))

    def remember(self, path: str, facts: FileFacts) -> None:
        """Store the facts of a file that is about to be classified."""
        self._query(lambda store: store.save_facts(os.path.abspath(path), facts, may_be_truncated=True))

    def find(self, path: str, facts: FileFacts) -> TrackResult | None:
        """The stored result of a file, where it satisfies the options of the run; otherwise None.

        An error or damage holds only for a file in which it was met; see `genre_desktop.library.store.troubled_files`.
        """
        stored = self._find_by(facts, lambda store, identity: store.find_result(identity, self._bundle, path))
        if stored is None or not stored.holds_for(os.path.abspath(path), facts):
            return None
        prediction = stored.prediction
        if prediction is None and self._retry_failed:
            return None
        if prediction is not None and self._every_patch and not prediction.is_complete:
            return None
        if prediction is not None and prediction.loss is None:
            self._query(lambda store: _confirm_facts(store, os.path.abspath(path), facts))
        by_hand = self._find_by(facts, lambda store, identity: store.find_by_hand(identity))
        return TrackResult(Path(path), prediction, stored.error, self._bundle.name, facts, by_hand, is_stored=True)

    def is_complete(self, facts: FileFacts) -> bool:
        """Whether the stored prediction is from every patch: a new one must not be from fewer."""
        stored = self._find_by(facts, lambda store, identity: store.find_result(identity, self._bundle))
        return stored is not None and stored.prediction is not None and stored.prediction.is_complete

    def record(self, result: TrackResult) -> TrackResult:
        """Store a new result unless its error is transient; returns it with the genre set by hand, if there is one."""
        if result.facts is None:
            return result
        if self._store is not None and not isinstance(result.error, _TRANSIENT_ERRORS):
            self._unsaved.append(replace(result, path=Path(os.path.abspath(result.path))))
            self.save_waiting()
        by_hand = self._find_by(result.facts, lambda store, identity: store.find_by_hand(identity))
        return result if by_hand is None else replace(result, by_hand=by_hand)

    @property
    def unkept(self) -> tuple[TrackResult, ...]:
        """Results that should have been stored and are not."""
        return (*self._lost, *self._unsaved)

    def finish(self) -> None:
        """Try once more to store what could not be stored so far."""
        self._retry_at = self._save_retry_at = 0.0
        self.save_waiting()

    def _find_by(self, facts: FileFacts, find: Callable[[ResultStore, str], _Answer | None]) -> _Answer | None:
        """What is stored by the identity of a file, or by the earlier one where the store could not rename it yet."""
        found = (self._query(lambda store, identity=each: find(store, identity)) for each in facts.identities)  # type: ignore[misc]
        return next((answer for answer in found if answer is not None), None)

    def save_waiting(self) -> None:
        """Store the results that wait, unless the store is left alone for the moment; called often."""
        while self._unsaved and not self._is_backing_off() and time.monotonic() >= self._save_retry_at:
            result = self._unsaved.popleft()
            if self._query(lambda store, result=result: self._is_saved(store, result)):  # type: ignore[misc]
                continue
            is_tried_again = self._is_backing_off() or time.monotonic() < self._save_retry_at
            if is_tried_again and len(self._unsaved) < _MAX_UNSAVED:
                self._unsaved.appendleft(result)
            else:
                self._lost.append(result)

    def _is_saved(self, store: ResultStore, result: TrackResult) -> bool:
        try:
            store.save(result, self._bundle)
        except StorageError:  # reading may still work
            self._save_retry_at = time.monotonic() + _BACK_OFF_S
            raise
        return True

    def _is_backing_off(self) -> bool:
        return time.monotonic() < self._retry_at

    def _query(self, query: Callable[[ResultStore], _Answer]) -> _Answer | None:
        if self._store is None or self._is_backing_off():
            return None
        try:
            return self._query_repairing(self._store, query)
        except GenreDesktopError as error:
            _log.warning("%s", error)
            if isinstance(error, StoreBusyError):
                self._retry_at = time.monotonic() + _BACK_OFF_S
            if not self._has_reported:
                self._has_reported = True
                self._on_problem(error)
            return None

    def _query_repairing(self, store: ResultStore, query: Callable[[ResultStore], _Answer]) -> _Answer:
        try:
            return query(store)
        except StoreDamagedError:
            if (news := recover_in_use(store)) is not None:
                self._on_problem(news)
            return query(store)


def _confirm_facts(store: ResultStore, path: str, facts: FileFacts) -> None:
    """Store facts that `ResultRecorder.remember` left out: a file with a known, intact answer was not cut off."""
    if store.find_facts(path, facts.size, facts.mtime_ns) != facts:
        store.save_facts(path, facts)
