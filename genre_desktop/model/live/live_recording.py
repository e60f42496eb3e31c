"""Recording of a live session to a WAV file, on a thread of its own."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.wav_recorder import Subtype, WavRecorder
from genre_desktop.core.errors import GenreDesktopError, InternalError, StorageError
from genre_desktop.core.i18n import tr

_log = logging.getLogger(__name__)

MOST_UNWRITTEN = 1_200
"""Blocks that may wait for the disk: a minute of sound."""

_STOP_CHECK_S = 0.5

OnDone = Callable[[str | None, float, GenreDesktopError | None], None]
"""``on_done(path, seconds, error)``: path of the file (None if there is none), its length, and what went wrong."""


class LiveRecording:
    """Writes sound that is pushed from another thread, which never waits for the disk.

    Parameters
    ----------
    path : str
    sample_rate : int
        In Hz.
    subtype : {"PCM_16", "PCM_24"}
    on_done : callable
        Called once, on the recording's own thread, when the file is finished or given up.
    """

    def __init__(self, path: str, sample_rate: int, subtype: Subtype, on_done: OnDone) -> None:
        self._path = path
        self._sample_rate = sample_rate
        self._subtype: Subtype = subtype
        self._on_done = on_done
        self._unwritten: queue.Queue[NDArray[np.float32] | None] = queue.Queue(MOST_UNWRITTEN)
        self._is_stopped = threading.Event()
        self._given_up: StorageError | None = None
        self._thread = threading.Thread(target=self._write, name="record", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether `on_done` was called."""
        return not self._thread.is_alive()

    def push(self, samples: NDArray[np.float32]) -> None:
        """Append mono samples [float32, shape=(n,)]; dropped after `stop`, or once the disk stalls for a minute."""
        if self._is_stopped.is_set():
            return
        try:
            self._unwritten.put_nowait(samples)
        except queue.Full:
            self._given_up = StorageError(path=self._path, reason=tr("the disk has not answered for a minute"))
            self._is_stopped.set()

    def stop(self) -> None:
        """Write what was pushed and finish the file, without waiting for it."""
        self._is_stopped.set()
        with contextlib.suppress(queue.Full):  # the thread checks the flag too
            self._unwritten.put_nowait(None)

    def join(self, timeout_s: float) -> None:
        """Wait for the end, at most `timeout_s`: a disk may never answer."""
        self._thread.join(timeout_s)

    def _next(self) -> NDArray[np.float32] | None:
        while True:
            is_stopped = self._is_stopped.is_set()  # read first: blocks pushed before the end are written
            try:
                return self._unwritten.get(timeout=None if is_stopped else _STOP_CHECK_S, block=not is_stopped)
            except queue.Empty:
                if is_stopped:
                    return None

    def _write(self) -> None:
        recorder: WavRecorder | None = None
        error: GenreDesktopError | None = None
        try:
            recorder = WavRecorder(self._path, self._sample_rate, self._subtype)
            while (samples := self._next()) is not None:
                recorder.write(samples)
        except Exception as problem:
            error = _typed_error(problem)
        self._is_stopped.set()
        path, seconds, error = _finished(recorder, error or self._given_up)
        self._on_done(path, seconds, error)


def _finished(
    recorder: WavRecorder | None, error: GenreDesktopError | None
) -> tuple[str | None, float, GenreDesktopError | None]:
    """Finish the file: what was written before an error, such as a full disk, is kept."""
    if recorder is None:
        return None, 0.0, error
    if error is not None and recorder.seconds == 0:
        recorder.discard()
        return None, 0.0, error
    try:
        recorder.finish()
    except Exception as problem:
        error = error or _typed_error(problem)
        if recorder.kept_at is None:
            return None, 0.0, error
    return recorder.kept_at, recorder.seconds, error


def _typed_error(problem: Exception) -> GenreDesktopError:
    if isinstance(problem, GenreDesktopError):
        return problem
    _log.error("a recording was broken off", exc_info=problem)
    return InternalError(reason=f"{type(problem).__name__}: {problem}")
