"""Classify many tracks side by side."""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

from genre_desktop.errors import GenreDesktopError, InternalError, ModelOutputError
from genre_desktop.library.result import TrackResult
from genre_desktop.model.predictor import Predictor
from genre_desktop.model.track import Cancelled, classify_file

_log = logging.getLogger(__name__)

_DEFAULT_JOBS = 4
"""Beyond this the network, which is shared, is the bottleneck and not the decoding."""


def classify_tracks(
    paths: Iterable[Path],
    predictor: Predictor,
    *,
    every_patch: bool = False,
    jobs: int = 0,
    is_cancelled: Callable[[], bool] | None = None,
) -> Iterator[TrackResult]:
    """Classify tracks in a pool of threads.

    Decoding and resampling release the interpreter lock, and all threads share the one
    network. Paths are taken from `paths` as threads become free, so that neither a
    hundred thousand paths nor their results pile up in memory.

    Parameters
    ----------
    paths : iterable of Path
        Read in the caller's thread.
    predictor : Predictor
    every_patch : bool
        False, the quick way, scores patches spread over each track; see `classify_file`.
    jobs : int
        Number of threads; 0 chooses by the number of processors.
    is_cancelled : callable, optional
        Once it says True, no further path is taken, tracks under way are dropped, and
        the iterator ends.

    Yields
    ------
    TrackResult
        In the order finished. An exception about a file is that file's error: an
        unexpected one becomes an `InternalError`, with its traceback in the log.

    Raises
    ------
    ValueError
        For a negative number of jobs.
    """
    if jobs < 0:
        raise ValueError(f"jobs must be 0 or more. Received: {jobs}")
    n_threads = jobs or min(_usable_processors(), _DEFAULT_JOBS)
    closing = Event()

    def stopped() -> bool:
        return closing.is_set() or (is_cancelled is not None and is_cancelled())

    source = iter(paths)
    exhausted = False
    pending: set[Future[TrackResult | None]] = set()
    pool = ThreadPoolExecutor(n_threads, thread_name_prefix="classify")
    try:
        while True:
            # One track waits for each thread, so that none idles while a result is written.
            while not exhausted and len(pending) < 2 * n_threads and not stopped():
                try:
                    path = next(source)
                except StopIteration:
                    exhausted = True
                else:
                    pending.add(pool.submit(_classify, path, predictor, every_patch, stopped))
            if not pending:
                return
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                result = future.result()
                if result is not None:
                    yield result
    finally:
        # Also when the caller leaves early: threads end at their next look at `stopped`.
        closing.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _classify(path: Path, predictor: Predictor, every_patch: bool, stopped: Callable[[], bool]) -> TrackResult | None:
    model = predictor.bundle.name
    if stopped():
        return None
    try:
        prediction = classify_file(path, predictor, every_patch=every_patch, is_cancelled=stopped)
        if prediction.confidence is not None and not math.isfinite(prediction.confidence):
            raise ModelOutputError(name=model)
        return TrackResult(path, prediction, None, model)
    except Cancelled:
        return None
    except GenreDesktopError as error:
        _log.info("%r: %s", path, error)
        return TrackResult(path, None, error, model)
    except Exception as error:
        _log.exception("Unexpected error while classifying %r", path)
        return TrackResult(path, None, InternalError(reason=f"{type(error).__name__}: {error}"), model)


def _usable_processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # fewer than cpu_count() inside a container
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
