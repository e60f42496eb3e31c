"""The decoding process of the engine: decodes files, cuts patches and scores them, or has the engine score them.

A codec that crashes or hangs ends this process and nothing else. A network comes here that NumPy computes; Keras is
not loaded: the engine scores the patches of all processes with it, in batches.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.child_process import configure_child
from genre_desktop.core.errors import AudioError, AudioReadError, GenreDesktopError, InternalError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.process_limits import GIB, end_out_of_memory
from genre_desktop.library.engine.messages import (
    Alive,
    CancelTask,
    Done,
    FactsFound,
    Failed,
    FileStat,
    FromProcess,
    Proceed,
    Progress,
    Ready,
    Request,
    ScoreRequest,
    Scores,
    Task,
    TaskCancelled,
    ToProcess,
)
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.model.classify_file import Cancelled, classify_file
from genre_desktop.model.inference.numpy_network import CHUNK, NumpyNetwork
from genre_desktop.model.predictor import Predictor

Hook = Callable[[str], None]
"""Called with the path before a file is decoded; tests crash and hang by it. A function of a module, so that it can be
named across processes."""

MEMORY_BYTES = 2 * GIB
"""What a decoding process may have besides what it starts with (`genre_desktop.core.untrusted.process_limits`); ten
hours of sound, every part of them, took 0.3 GiB."""

_ALIVE_INTERVAL_S = 1.0
_PROGRESS_INTERVAL_S = 0.1
_PAUSE_INTERVAL_S = 0.02

_MOST_TRIES = 3
"""Times that a file is classified whose sound changes meanwhile, as when the files of a folder get other names."""


@dataclass(frozen=True, eq=False)
class Switches:
    """Memory shared by engine and processes, without a lock that a killed process could hold for ever.

    Attributes
    ----------
    run : ctypes.c_longlong
        Number of the current run.
    paused : ctypes.c_bool
    """

    run: ctypes.c_longlong
    paused: ctypes.c_bool


def main(
    connection: Connection,
    switches: Switches,
    hook: Hook | None,
    niceness: int,
    crash_log: str | None,
    memory_bytes: int = MEMORY_BYTES,
) -> None:
    """Carry out tasks until the engine closes the connection or ends."""
    configure_child(crash_log, niceness, memory_bytes)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _DecoderServer(connection, switches, hook).run_tasks()


class _DecoderServer:
    """Carries out one task after the other."""

    def __init__(self, connection: Connection, switches: Switches, hook: Hook | None) -> None:
        self._connection = connection
        self._switches = switches
        self._hook = hook
        self._predictor: Predictor | None = None
        self._run = 0
        self._last_message_at = 0.0
        self._progress_at = 0.0

    def run_tasks(self) -> None:
        self._send(Ready())
        while True:
            task = self._connection.recv()
            assert isinstance(task, Task)
            self._send(self._carry_out(task))

    def _carry_out(self, task: Task) -> Done | Failed | TaskCancelled:
        self._run = task.run
        if task.bundle is not None:
            network = task.network
            self._predictor = Predictor(task.bundle, self._ask if network is None else partial(self._compute, network))
        try:
            for _ in range(_MOST_TRIES):
                before = _state_of(task.path)
                proceed = self._send_facts(task.path)
                answer = self._classify(task, proceed)
                if not _is_replaced(task.path, before, proceed):
                    return answer
            raise AudioReadError(path=task.path, reason=tr("it is changed again and again"))
        except Cancelled:
            return TaskCancelled()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except MemoryError:
            end_out_of_memory()  # the engine then reports the current file
        except GenreDesktopError as error:
            return Failed(error)
        except Exception as error:
            return Failed(InternalError(reason=f"{type(error).__name__}: {error}"), traceback.format_exc())

    def _classify(self, task: Task, proceed: Proceed) -> Done | Failed:
        assert self._predictor is not None
        if self._hook is not None:
            self._hook(task.path)
        try:
            prediction = classify_file(
                task.path,
                self._predictor,
                every_patch=task.every_patch or proceed.every_patch,
                progress=self._send_progress if task.is_followed else None,
                is_cancelled=self._is_cancelled,
            )
        except AudioError as error:
            return Failed(error)
        return Done(prediction)

    def _send_facts(self, path: str) -> Proceed:
        """Send what the file is, by which the engine may find a stored result; returns its answer."""
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            pass  # why it cannot be looked at is said by whoever opens it
        else:
            answer = self._request(FileStat(status.st_size, status.st_mtime_ns))
            if isinstance(answer, Proceed) and answer.facts is not None:
                return answer
        answer = self._request(FactsFound(read_facts(path)))
        assert isinstance(answer, Proceed)
        return answer

    def _compute(self, network: NumpyNetwork, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = []
        for first in range(0, len(patches), CHUNK):
            if self._is_cancelled():  # which is also where it pauses, and gives a sign of life
                raise Cancelled
            rows.append(network(patches[first : first + CHUNK]))
        return np.concatenate(rows)

    def _ask(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        scores = self._request(ScoreRequest(patches))
        assert isinstance(scores, Scores)
        return scores.rows

    def _request(self, request: Request) -> Proceed | Scores:
        self._send(request)
        answer: ToProcess = self._connection.recv()
        if isinstance(answer, CancelTask):
            raise Cancelled
        assert isinstance(answer, (Proceed, Scores))
        return answer

    def _send_progress(self, share: float) -> None:
        now = time.monotonic()
        if now - self._progress_at > _PROGRESS_INTERVAL_S:
            self._progress_at = now
            self._send(Progress(share))

    def _is_cancelled(self) -> bool:
        now = time.monotonic()
        if now - self._last_message_at > _ALIVE_INTERVAL_S:
            self._send(Alive())
        while self._switches.paused.value and self._run == self._switches.run.value:
            time.sleep(_PAUSE_INTERVAL_S)
        return self._run != self._switches.run.value

    def _send(self, message: FromProcess) -> None:
        self._connection.send(message)
        self._last_message_at = time.monotonic()


def _state_of(path: str) -> tuple[int, ...] | None:
    """What changes when a file is written to or another one gets its name; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_replaced(path: str, before: tuple[int, ...] | None, proceed: Proceed) -> bool:
    """Whether a file has other sound by now than its facts say: the answer may be that of either."""
    now = _state_of(path)
    if now is None or now == before or proceed.facts is None:
        return False
    return not read_facts(path).has_sound_of(proceed.facts)
