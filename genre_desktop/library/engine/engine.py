"""The batch engine: paths in, results out and kept, whatever single files do.

Scan, bounded queue, decoding processes, batches for the network, store: all of it is
driven by whoever iterates over `Engine.classify`. Nothing is taken from the queue before a
process is free for it, so that memory does not grow with the number of files, and a path
that is put first *is* the next one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import (
    DecoderCrashedError,
    DecoderStuckError,
    GenreDesktopError,
    InternalError,
)
from genre_desktop.library.engine.decoder_pool import DecoderHandle, DecoderPool, usable_processors
from genre_desktop.library.engine.decoder_process import Hook
from genre_desktop.library.engine.messages import (
    CancelTask,
    Done,
    FactsFound,
    Failed,
    FileStat,
    FromProcess,
    Proceed,
    Progress,
    ScoreRequest,
    Scores,
    Task,
    TaskCancelled,
)
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.engine.result_recorder import ResultRecorder
from genre_desktop.library.result import FileFacts, TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.predictor import Predictor

_log = logging.getLogger(__name__)

_GRACE_S = 5.0
"""Silence after which a process that still works for a run that was called off is ended."""

_LISTEN_S = 0.05
"""Longest wait before asking again whether the work is still wanted."""

BATCH = 16
"""Patches in one call of the network: no more are faster, and a cancelled run ends after the call."""

_ABSENT_S = 1.0
"""When whoever takes the results stays away for longer, no process is blamed for the silence."""

_START_S = 120.0
"""For a process to start, from a slow disk and under a virus scanner."""


@dataclass(frozen=True)
class Limits:
    """When a file is given up.

    Attributes
    ----------
    silence_s : float
        Seconds without a sign of life. A decoded block of ten seconds, or one packet skipped, is one.
    total_s : float
        Seconds for all of a file; a mix of three hours takes less than one minute.
    """

    silence_s: float = 60.0
    total_s: float = 1800.0


class Engine:
    """Decoding processes around one network. Make it once, use it for many runs, close it.

    Parameters
    ----------
    jobs : int
        Number of decoding processes; 0 chooses one more than there are processors, as each waits for the network
        now and then.
    limits : Limits
    hook : callable, optional
        For tests; see `genre_desktop.library.engine.decoder_process.Hook`.
    niceness : int
        How far the decoding processes step back behind others, on systems that know it.

    Attributes
    ----------
    unkept : tuple of TrackResult
        Results of the last run that could not be kept.

    Raises
    ------
    ValueError
        For a negative number of jobs.
    """

    def __init__(
        self, *, jobs: int = 0, limits: Limits | None = None, hook: Hook | None = None, niceness: int = 0
    ) -> None:
        if jobs < 0:
            raise ValueError(f"jobs must be 0 or more. Received: {jobs}")
        self._limits = limits or Limits()
        self._pool = DecoderPool(jobs or usable_processors() + 1, hook=hook, niceness=niceness)
        self._in_use = threading.Lock()
        self.unkept: tuple[TrackResult, ...] = ()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, n_processes: int | None = None) -> None:
        """Start all processes or some ahead of the work; each takes a quarter of a second, beside everything else."""
        self._pool.start(n_processes)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def classify(
        self,
        feed: PathQueue,
        predictor: Predictor,
        *,
        store: ResultStore | None = None,
        every_patch: bool = False,
        retry_failed: bool = False,
        is_cancelled: Callable[[], bool] = lambda: False,
        is_paused: Callable[[], bool] = lambda: False,
        on_taken: Callable[[Path], None] = lambda _path: None,
        on_problem: Callable[[GenreDesktopError], None] = lambda _error: None,
        on_progress: Callable[[Path, float], None] | None = None,
    ) -> Iterator[TrackResult]:
        """Classify what a feed holds, and what is put into it meanwhile, until it is finished.

        Parameters
        ----------
        feed : PathFeed
        predictor : Predictor
        store : ResultStore, optional
            What it knows is not computed again, unless the feed wants a path afresh; what is new is kept before it is
            yielded, and takes the place of what was known only then. An error takes the place of no prediction.
        every_patch : bool
            False, the quick way, scores patches spread over each track; see `classify_file`.
        retry_failed : bool
            Files that failed in an earlier run are tried again.
        is_cancelled : callable, optional
            Asked twenty times a second. Once it says True the iterator ends; what was under way is dropped.
        is_paused : callable, optional
            Asked as often. While it says True nothing is begun and what is under way holds still.
        on_taken : callable, optional
            Told of each path whose turn has come.
        on_problem : callable, optional
            Told once when results can no longer be kept; they are yielded all the same.
        on_progress : callable, optional
            Told some times a second which share of a path has been listened to, 0..1.

        Yields
        ------
        TrackResult
            In the order finished. Whatever goes wrong with a file is that file's error.

        Raises
        ------
        RuntimeError
            When another run of this engine is not over.
        InternalError
            When no decoding process can be started.
        """
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("the engine is in use")
        try:
            self._pool.begin_run()
            keeper = ResultRecorder(store, predictor.bundle, every_patch, on_problem, retry_failed=retry_failed)
            run = _EngineRun(self._pool, self._limits, predictor, keeper, every_patch, on_progress)
            try:
                looked_at = time.monotonic()
                while not is_cancelled():
                    absent_s = time.monotonic() - looked_at
                    if absent_s > _ABSENT_S:
                        self._pool.forgive(absent_s)
                    looked_at = time.monotonic()
                    if is_paused() != self._pool.is_paused:
                        self._pool.is_paused = not self._pool.is_paused
                    if not self._pool.is_paused:
                        run.hand_out(feed, on_taken)
                        if run.is_idle and feed.is_finished:
                            break
                    results = run.listen()
                    if not self._pool.is_paused:
                        results += run.score(is_cancelled)
                        results += run.give_up_stuck()
                    yield from results  # here the taker may stay away, and nowhere else
            finally:
                run.call_off()
                self.unkept = keeper.unkept
        finally:
            self._in_use.release()


class _EngineRun:
    """One run of the engine.

    Its methods give lists and not iterators: each answers all processes, whether or not
    anybody wants the results.
    """

    def __init__(
        self,
        pool: DecoderPool,
        limits: Limits,
        predictor: Predictor,
        keeper: ResultRecorder,
        every_patch: bool,
        on_progress: Callable[[Path, float], None] | None,
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._predictor = predictor
        self._bundle = predictor.bundle
        self._keeper = keeper
        self._every_patch = every_patch
        self._on_progress = on_progress
        self._to_score: list[tuple[DecoderHandle, NDArray[np.float32]]] = []

    @property
    def is_idle(self) -> bool:
        """Whether no file of this run is under way."""
        return not any(decoder.task and decoder.task.run == self._pool.run for decoder in self._pool.busy())

    def call_off(self) -> None:
        """Whatever is still under way is not wanted any more."""
        self._pool.begin_run()
        for decoder, _ in self._to_score:
            decoder.answer(CancelTask())
        self._keeper.finish()

    def hand_out(self, feed: PathQueue, on_taken: Callable[[Path], None]) -> None:
        """Give a path to each process that is free."""
        self._pool.start(len(feed))
        while len(feed) and (decoder := self._pool.free()) is not None:
            path = feed.take()
            if path is None:
                return
            on_taken(path)
            fingerprint = self._bundle.fingerprint
            bundle = None if decoder.knows == fingerprint else self._bundle
            decoder.knows = fingerprint
            is_afresh, is_followed = feed.is_afresh(str(path)), self._on_progress is not None
            decoder.give(Task(self._pool.run, str(path), self._every_patch, bundle, is_afresh, is_followed))

    def listen(self) -> list[TrackResult]:
        """Answer the processes; the results that are finished."""
        is_hungry = self._to_score and not self._pool.is_paused
        results = []
        for decoder, message in self._pool.listen(0.0 if is_hungry else _LISTEN_S):
            task, facts = decoder.task, decoder.facts
            if isinstance(message, (Done, Failed, TaskCancelled)):
                decoder.task = decoder.facts = None
            if message is None:
                reason = self._pool.discard(decoder)
                self._to_score = [item for item in self._to_score if item[0] is not decoder]
                _log.warning("decoding process ended: %s, with %r", reason, task and task.path)
                message = Failed(DecoderCrashedError(path=task.path, reason=reason)) if task else None
            if message is None or task is None:
                continue
            if task.run == self._pool.run and not decoder.is_answered:
                results += self._react(decoder, task, facts, message)
            elif isinstance(message, (FileStat, FactsFound, ScoreRequest)):
                decoder.answer(CancelTask())  # of a run that was called off
        return results

    def _react(
        self, decoder: DecoderHandle, task: Task, facts: FileFacts | None, message: FromProcess
    ) -> list[TrackResult]:
        path = task.path
        match message:
            case FileStat(size, mtime_ns):
                return self._go_on(decoder, task, self._keeper.find_facts(path, size, mtime_ns))
            case FactsFound(found):
                self._keeper.remember(path, found)
                return self._go_on(decoder, task, found)
            case ScoreRequest(patches):
                self._to_score.append((decoder, patches))
            case Progress(share) if self._on_progress is not None:
                self._on_progress(Path(path), share)
            case Done(prediction):
                return [self._keeper.keep(TrackResult(Path(path), prediction, None, self._bundle.name, facts))]
            case Failed(error, trace):
                if trace is not None:
                    _log.error("unexpected error while classifying %r", path, extra={"trace": trace})
                return [self._keeper.keep(TrackResult(Path(path), None, error, self._bundle.name, facts))]
        return []

    def _go_on(self, decoder: DecoderHandle, task: Task, facts: FileFacts | None) -> list[TrackResult]:
        """Let a file be classified, unless its result is known."""
        decoder.facts = facts
        known, every_patch = None, False
        if facts is not None and task.is_afresh:
            every_patch = self._keeper.is_complete(facts)
        elif facts is not None:
            known = self._keeper.find(task.path, facts)
        decoder.is_answered = known is not None
        decoder.answer(Proceed(facts, every_patch) if known is None else CancelTask())
        return [] if known is None else [known]

    # -- the network -----------------------------------------------------------------------

    def score(self, is_cancelled: Callable[[], bool]) -> list[TrackResult]:
        """Let the network hear what the processes have cut, of all of them at once; results where it fails."""
        if not self._to_score:
            return []
        patches = np.concatenate([patches for _, patches in self._to_score])
        rows = []
        try:
            for first in range(0, len(patches), BATCH):
                if is_cancelled():
                    return []
                # As they are: no file is to suffer for what another one gives, and each process looks at its own.
                rows.append(self._predictor.outputs(patches[first : first + BATCH]))
        except Exception as error:
            _log.exception("the network failed")
            return self._without_scores(InternalError(reason=f"{type(error).__name__}: {error}"))
        waiting, self._to_score = self._to_score, []
        ends = np.cumsum([len(patches) for _, patches in waiting])
        for (decoder, _), part in zip(waiting, np.split(np.concatenate(rows), ends[:-1]), strict=True):
            decoder.answer(Scores(part))
        return []

    def _without_scores(self, error: GenreDesktopError) -> list[TrackResult]:
        waiting, self._to_score = self._to_score, []
        results = []
        for decoder, _ in waiting:
            if decoder.task is not None:
                path = Path(decoder.task.path)
                results.append(self._keeper.keep(TrackResult(path, None, error, self._bundle.name, decoder.facts)))
            decoder.is_answered = True
            decoder.answer(CancelTask())
        return results

    # -- files that will not end -----------------------------------------------------------

    def give_up_stuck(self) -> list[TrackResult]:
        """End the processes that are silent for too long, or too long at one file."""
        results = []
        now = time.monotonic()
        for decoder in self._pool.starting():
            if now - decoder.begun_at > _START_S:
                self._pool.discard(decoder, kill=True)
        for decoder in self._pool.busy():
            task, facts = decoder.task, decoder.facts
            if task is None or any(decoder is waiting for waiting, _ in self._to_score):
                continue
            is_wanted = task.run == self._pool.run and not decoder.is_answered
            silence_s = now - decoder.heard_at
            if silence_s > (self._limits.silence_s if is_wanted else min(_GRACE_S, self._limits.silence_s)):
                spent_s = silence_s
            elif now - decoder.begun_at > self._limits.total_s:
                spent_s = now - decoder.begun_at
            else:
                continue
            self._pool.discard(decoder, kill=True)
            if is_wanted:
                error = DecoderStuckError(path=task.path, seconds=round(spent_s))
                _log.warning("%s", error)
                results.append(self._keeper.keep(TrackResult(Path(task.path), None, error, self._bundle.name, facts)))
        return results
