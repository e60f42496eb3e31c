"""The batch engine: classifies a queue of paths, one result a path, whatever is wrong with single files.

Decoding processes and the result store are driven by the consumer of `Engine.classify`, and so are batches for the
network where Keras computes it. A network that NumPy computes goes to the processes, which then need nobody else.
A path is taken from the queue only when a process is free for it, so that memory does not grow with the number of files
and a prioritised path really is the next one.
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
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.inference.numpy_network import NumpyNetwork
from genre_desktop.model.predictor import Predictor

_log = logging.getLogger(__name__)

_CANCEL_TIMEOUT_S = 5.0
"""Silence after which a process that still works on a cancelled task is ended."""

_POLL_S = 0.05
"""Longest wait for messages before `is_cancelled` and `is_paused` are called again."""

BATCH = 16
"""Patches in one call of the network: no more are faster, and a cancelled run ends after the call."""

_CONSUMER_PAUSE_S = 1.0
"""If the consumer of `classify` pauses for longer than this, decoder timeouts are extended by the pause."""

_START_TIMEOUT_S = 120.0
"""For a process to start, on a slow disk and with a virus scanner."""


@dataclass(frozen=True)
class Limits:
    """Time limits after which a file is given up.

    Attributes
    ----------
    silence_s : float
        Seconds without a message from the process, which sends at least one for each decoded block of ten seconds and
        for each packet skipped.
    total_s : float
        Seconds for the whole file; a mix of three hours takes less than one minute.
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
        Added to the processes' scheduling priority as `os.nice` does, where the system has that.

    Attributes
    ----------
    unkept : tuple of TrackResult
        Results of the last run that could not be stored.

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
        """Start all processes, or some, ahead of the work; each takes a quarter of a second, in parallel."""
        self._pool.start(n_processes)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def classify(
        self,
        queue: PathQueue,
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
        """Classify the paths of a queue, and those added meanwhile, until the queue is finished.

        Parameters
        ----------
        queue : PathQueue
        predictor : Predictor
        store : ResultStore, optional
            Stored results are not computed again, unless a path was queued afresh. A new result is stored before it is
            yielded, and replaces the stored one only then. An error never replaces a prediction.
        every_patch : bool
            False, the quick way, scores patches spread over each track; see `classify_file`.
        retry_failed : bool
            Files that failed in an earlier run are tried again.
        is_cancelled : callable, optional
            Called twenty times a second. When it returns True the iterator ends and tasks under way are cancelled.
        is_paused : callable, optional
            Called as often. While it returns True no task is begun and those under way are paused.
        on_taken : callable, optional
            Called with each path that is taken from the queue.
        on_problem : callable, optional
            Called once when results can no longer be stored; they are yielded all the same.
        on_progress : callable, optional
            Called some times a second with a path and the share of it that has been classified, 0..1.

        Yields
        ------
        TrackResult
            In the order finished. Anything that fails for a file is that file's error.

        Raises
        ------
        RuntimeError
            When another run of this engine has not ended.
        InternalError
            When no decoding process can be started.
        """
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("the engine is in use")
        try:
            self._pool.begin_run()
            recorder = ResultRecorder(store, predictor.bundle, every_patch, on_problem, retry_failed=retry_failed)
            run = _EngineRun(self._pool, self._limits, predictor, recorder, every_patch, on_progress)
            try:
                yield from run.results(queue, is_cancelled, is_paused, on_taken)
            finally:
                run.cancel()
                self.unkept = recorder.unkept
        finally:
            self._in_use.release()


class _EngineRun:
    """One run of the engine.

    All methods but `results` return lists and not iterators: each answers all processes, whether or not the results are
    consumed.
    """

    def __init__(
        self,
        pool: DecoderPool,
        limits: Limits,
        predictor: Predictor,
        recorder: ResultRecorder,
        every_patch: bool,
        on_progress: Callable[[Path, float], None] | None,
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._predictor = predictor
        self._bundle = predictor.bundle
        self._recorder = recorder
        self._every_patch = every_patch
        self._on_progress = on_progress
        self._to_score: list[tuple[DecoderHandle, NDArray[np.float32]]] = []

    def results(
        self,
        queue: PathQueue,
        is_cancelled: Callable[[], bool],
        is_paused: Callable[[], bool],
        on_taken: Callable[[Path], None],
    ) -> Iterator[TrackResult]:
        """Results in the order finished, until the queue is finished or the run is cancelled."""
        polled_at = time.monotonic()
        while not is_cancelled():
            pause_s = time.monotonic() - polled_at
            if pause_s > _CONSUMER_PAUSE_S:
                self._pool.extend_timeouts(pause_s)
            polled_at = time.monotonic()
            self._recorder.save_waiting()
            if is_paused() != self._pool.is_paused:
                self._pool.is_paused = not self._pool.is_paused
            if not self._pool.is_paused:
                self.hand_out_tasks(queue, on_taken)
                if self.is_idle and queue.is_finished:
                    return
            results = self.receive()
            if not self._pool.is_paused:
                results += self.score(is_cancelled)
                results += self.end_stuck_processes()
            yield from results  # the only place where the consumer may pause

    @property
    def is_idle(self) -> bool:
        """Whether no task of this run is under way."""
        return not any(decoder.task and decoder.task.run == self._pool.run for decoder in self._pool.busy())

    def cancel(self) -> None:
        """Cancel the tasks under way, and store what could not be stored so far."""
        self._pool.begin_run()
        for decoder, _ in self._to_score:
            decoder.send(CancelTask())
        self._recorder.finish()

    def hand_out_tasks(self, queue: PathQueue, on_taken: Callable[[Path], None]) -> None:
        """Give each free process a task."""
        self._pool.start(len(queue))
        while len(queue) and (decoder := self._pool.free()) is not None:
            path = queue.take()
            if path is None:
                return
            on_taken(path)
            is_afresh, is_followed = queue.is_afresh(str(path)), self._on_progress is not None
            known = self._to_be_known(decoder)
            decoder.begin(Task(self._pool.run, str(path), self._every_patch, *known, is_afresh, is_followed))

    def _to_be_known(self, decoder: DecoderHandle) -> tuple[ModelBundle | None, NumpyNetwork | None]:
        """The bundle and the network that a process does not have yet."""
        network, wanted = self._predictor.numpy_network, self._bundle.fingerprint
        if (decoder.bundle_fingerprint, decoder.has_network) == (wanted, network is not None):
            return None, None
        decoder.bundle_fingerprint, decoder.has_network = wanted, network is not None
        return self._bundle, network

    def receive(self) -> list[TrackResult]:
        """Receive and answer the messages of the processes; returns finished results."""
        has_patches = self._to_score and not self._pool.is_paused
        results = []
        for decoder, message in self._pool.receive(0.0 if has_patches else _POLL_S):
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
                results += self._handle(decoder, task, facts, message)
            elif isinstance(message, (FileStat, FactsFound, ScoreRequest)):
                decoder.send(CancelTask())  # of a run that was called off
        return results

    def _handle(
        self, decoder: DecoderHandle, task: Task, facts: FileFacts | None, message: FromProcess
    ) -> list[TrackResult]:
        path = task.path
        match message:
            case FileStat(size, mtime_ns):
                # Another file may have this size and time, as one of an archive; classifying afresh reads it.
                known = None if task.is_afresh else self._recorder.find_facts(path, size, mtime_ns)
                return self._proceed(decoder, task, known)
            case FactsFound(found):
                self._recorder.remember(path, found)
                return self._proceed(decoder, task, found)
            case ScoreRequest(patches):
                self._to_score.append((decoder, patches))
            case Progress(share) if self._on_progress is not None:
                self._on_progress(Path(path), share)
            case Done(prediction):
                return [self._recorder.record(TrackResult(Path(path), prediction, None, self._bundle.name, facts))]
            case Failed(error, trace):
                if trace is not None:
                    _log.error("unexpected error while classifying %r", path, extra={"trace": trace})
                return [self._recorder.record(TrackResult(Path(path), None, error, self._bundle.name, facts))]
        return []

    def _proceed(self, decoder: DecoderHandle, task: Task, facts: FileFacts | None) -> list[TrackResult]:
        """Let a file be classified, unless a stored result is found, which is returned."""
        decoder.facts = facts
        known = None if facts is None or task.is_afresh else self._recorder.find(task.path, facts)
        # Of all that was heard of this content before, a new answer must not have heard less.
        every_patch = facts is not None and known is None and self._recorder.is_complete(facts)
        decoder.is_answered = known is not None
        decoder.send(Proceed(facts, every_patch) if known is None else CancelTask())
        return [] if known is None else [known]

    # -- the network -----------------------------------------------------------------------

    def score(self, is_cancelled: Callable[[], bool]) -> list[TrackResult]:
        """Score the patches of all processes in batches; returns error results where the network fails."""
        if not self._to_score:
            return []
        patches = np.concatenate([patches for _, patches in self._to_score])
        rows = []
        try:
            for first in range(0, len(patches), BATCH):
                if is_cancelled():
                    return []
                # Unchecked: a batch holds patches of several files, and each process checks its own scores.
                rows.append(self._predictor.outputs(patches[first : first + BATCH]))
        except Exception as error:
            _log.exception("the network failed")
            return self._without_scores(InternalError(reason=f"{type(error).__name__}: {error}"))
        waiting, self._to_score = self._to_score, []
        ends = np.cumsum([len(patches) for _, patches in waiting])
        for (decoder, _), part in zip(waiting, np.split(np.concatenate(rows), ends[:-1]), strict=True):
            decoder.send(Scores(part))
        return []

    def _without_scores(self, error: GenreDesktopError) -> list[TrackResult]:
        waiting, self._to_score = self._to_score, []
        results = []
        for decoder, _ in waiting:
            if decoder.task is not None:
                path = Path(decoder.task.path)
                results.append(self._recorder.record(TrackResult(path, None, error, self._bundle.name, decoder.facts)))
            decoder.is_answered = True
            decoder.send(CancelTask())
        return results

    # -- time limits -----------------------------------------------------------------------

    def end_stuck_processes(self) -> list[TrackResult]:
        """End the processes that exceed a time limit; returns their files' error results."""
        results = []
        now = time.monotonic()
        for decoder in self._pool.starting():
            if now - decoder.begun_at > _START_TIMEOUT_S:
                self._pool.discard(decoder, kill=True)
        for decoder in self._pool.busy():
            task, facts = decoder.task, decoder.facts
            if task is None or any(decoder is waiting for waiting, _ in self._to_score):
                continue
            is_wanted = task.run == self._pool.run and not decoder.is_answered
            silence_s = now - decoder.last_message_at
            if silence_s > (self._limits.silence_s if is_wanted else min(_CANCEL_TIMEOUT_S, self._limits.silence_s)):
                spent_s = silence_s
            elif now - decoder.begun_at > self._limits.total_s:
                spent_s = now - decoder.begun_at
            else:
                continue
            self._pool.discard(decoder, kill=True)
            if is_wanted:
                error = DecoderStuckError(path=task.path, seconds=round(spent_s))
                _log.warning("%s", error)
                result = TrackResult(Path(task.path), None, error, self._bundle.name, facts)
                results.append(self._recorder.record(result))
        return results
