"""What a run of the engine asks of the store, and what becomes of results when the store does not answer."""

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

_PASSING = (AudioNotFoundError, AudioPermissionError, AudioReadError, InternalError)
"""Errors that say something of the moment and not of the file: they are not kept."""

_STORE_RESTS_S = 30.0
"""After another program has held the store for too long: each try holds the run for seconds. Saving rests as long
after the disk was full."""

_MOST_UNSAVED = 10_000
"""Results that wait for the store meanwhile; those beyond are told and not kept."""


class ResultRecorder:
    """Finds and keeps results for one run; without a store it knows and keeps nothing.

    A store that fails costs what it would have kept, and not the run. One that another
    program holds is left alone for a while, and gets afterwards what came in the meantime.
    Paths stand in the store as absolute ones: "01.mp3" is another file in every folder.

    Parameters
    ----------
    store : ResultStore or None
    bundle : ModelBundle
        Whose results they are.
    every_patch : bool
        Predictions from some patches are no answer.
    on_problem : callable
        Told of the first error of the store.
    retry_failed : bool
        Errors of earlier runs are no answer.
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
        self._has_problem = False
        self._rests_until = self._saving_rests_until = 0.0
        self._unsaved: deque[TrackResult] = deque()
        self._lost: deque[TrackResult] = deque(maxlen=_MOST_UNSAVED)

    def find_facts(self, path: str, size: int, mtime_ns: int) -> FileFacts | None:
        """Facts of a file that has not changed."""
        return self._ask(lambda store: store.find_facts(os.path.abspath(path), size, mtime_ns))

    def remember(self, path: str, facts: FileFacts) -> None:
        """Keep the facts of a file that is about to be classified."""
        self._ask(lambda store: store.save_facts(os.path.abspath(path), facts, may_be_truncated=True))

    def find(self, path: str, facts: FileFacts) -> TrackResult | None:
        """The result of a file, if it is known and answers what is asked."""
        stored = self._ask(lambda store: store.find_result(facts.identity, self._bundle, path))
        if stored is None:
            return None
        prediction = stored.prediction
        if prediction is None and self._retry_failed:
            return None
        if prediction is not None and self._every_patch and not prediction.is_complete:
            return None
        by_hand = self._ask(lambda store: store.find_by_hand(facts.identity))
        return TrackResult(Path(path), prediction, stored.error, self._bundle.name, facts, by_hand, is_stored=True)

    def is_complete(self, facts: FileFacts) -> bool:
        """Whether every patch was scored for the answer there is: a new one must not rest on less."""
        stored = self._ask(lambda store: store.find_result(facts.identity, self._bundle))
        return stored is not None and stored.prediction is not None and stored.prediction.is_complete

    def keep(self, result: TrackResult) -> TrackResult:
        """Keep a new result, as far as it says something of its file; the result with its genre by hand."""
        if result.facts is None:
            return result
        identity = result.facts.identity
        if self._store is not None and not isinstance(result.error, _PASSING):
            self._unsaved.append(replace(result, path=Path(os.path.abspath(result.path))))
            self._save()
        by_hand = self._ask(lambda store: store.find_by_hand(identity))
        return result if by_hand is None else replace(result, by_hand=by_hand)

    @property
    def unkept(self) -> tuple[TrackResult, ...]:
        """Results that should have been kept, and are not."""
        return (*self._lost, *self._unsaved)

    def finish(self) -> None:
        """Try once more to keep what could not be kept so far."""
        self._rests_until = self._saving_rests_until = 0.0
        self._save()

    def _save(self) -> None:
        while self._unsaved and not self._rests() and time.monotonic() >= self._saving_rests_until:
            result = self._unsaved.popleft()
            if self._ask(lambda store, result=result: self._is_saved(store, result)):  # type: ignore[misc]
                continue
            is_tried_again = self._rests() or time.monotonic() < self._saving_rests_until
            if is_tried_again and len(self._unsaved) < _MOST_UNSAVED:
                self._unsaved.appendleft(result)
            else:
                self._lost.append(result)

    def _is_saved(self, store: ResultStore, result: TrackResult) -> bool:
        try:
            store.save(result, self._bundle)
        except StorageError:  # what is known can still be read
            self._saving_rests_until = time.monotonic() + _STORE_RESTS_S
            raise
        return True

    def _rests(self) -> bool:
        return time.monotonic() < self._rests_until

    def _ask(self, ask: Callable[[ResultStore], _Answer]) -> _Answer | None:
        if self._store is None or self._rests():
            return None
        try:
            return self._ask_mending(self._store, ask)
        except GenreDesktopError as error:
            _log.warning("%s", error)
            if isinstance(error, StoreBusyError):
                self._rests_until = time.monotonic() + _STORE_RESTS_S
            if not self._has_problem:
                self._has_problem = True
                self._on_problem(error)
            return None

    def _ask_mending(self, store: ResultStore, ask: Callable[[ResultStore], _Answer]) -> _Answer:
        try:
            return ask(store)
        except StoreDamagedError:
            if (news := recover_in_use(store)) is not None:
                self._on_problem(news)
            return ask(store)
