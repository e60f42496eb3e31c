"""The pool of decoding processes: started when there is work, replaced when one crashes."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from genre_desktop.core.crash_log import rotated_crash_log
from genre_desktop.core.errors import InternalError, ProcessStartError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.process_limits import OUT_OF_MEMORY
from genre_desktop.core.untrusted.spawning import start_process
from genre_desktop.library.engine import decoder_process
from genre_desktop.library.engine.decoder_process import Hook, Switches
from genre_desktop.library.engine.messages import FromProcess, Ready, Task, ToProcess
from genre_desktop.library.result import FileFacts

_JOIN_TIMEOUT_S = 5.0
_END_TIMEOUT_S = 0.5


@dataclass(eq=False)
class DecoderHandle:
    """The parent's end of a decoding process, and the task that it has.

    Attributes
    ----------
    task : Task or None
        Under way.
    facts : FileFacts or None
        Of the task's file, once known.
    is_ready : bool
        It has started.
    is_answered : bool
        The task's result is known already; the process has not yet acknowledged the `CancelTask` message.
    begun_at, last_message_at : float
        When the task was given, and when the last message was received or sent (monotonic seconds).
    bundle_fingerprint : str
        `ModelBundle.fingerprint` of the bundle that the process has; empty for none.
    has_network : bool
        It has the network of the bundle, too.
    """

    process: multiprocessing.process.BaseProcess
    connection: Connection
    task: Task | None = None
    facts: FileFacts | None = None
    is_ready: bool = False
    is_answered: bool = False
    begun_at: float = field(default_factory=time.monotonic)
    last_message_at: float = field(default_factory=time.monotonic)
    bundle_fingerprint: str = ""
    has_network: bool = False

    def begin(self, task: Task) -> None:
        """Begin a task."""
        self.task, self.facts, self.is_answered = task, None, False
        self.begun_at = time.monotonic()
        self.send(task)

    def send(self, message: ToProcess) -> None:
        """Send a message; that a process has just ended shows when messages are next received."""
        self.last_message_at = time.monotonic()
        with contextlib.suppress(OSError):
            self.connection.send(message)


class DecoderPool:
    """A pool of decoding processes, spawned one by one as there is work for them.

    Spawned and not forked: the program has threads, a window and a network, none of which
    survives a fork.

    Parameters
    ----------
    size : int
        Most processes at a time.
    hook : callable, optional
        See `genre_desktop.library.engine.decoder_process.Hook`.
    niceness : int
        Added to the processes' scheduling priority as `os.nice` does, where the system has that.
    """

    def __init__(self, size: int, *, hook: Hook | None = None, niceness: int = 0) -> None:
        self._size = size
        self._hook = hook
        self._niceness = niceness
        self._context = multiprocessing.get_context("spawn")
        self._switches = Switches(
            self._context.RawValue(ctypes.c_longlong, 0),
            self._context.RawValue(ctypes.c_bool, False),
        )
        self._decoders: list[DecoderHandle] = []
        self._n_failed_starts = 0

    @property
    def run(self) -> int:
        """Number of the current run; tasks of other runs are cancelled."""
        return int(self._switches.run.value)

    def begin_run(self) -> None:
        """Start a new run, which cancels all tasks given so far."""
        self._switches.paused.value = False
        self._switches.run.value += 1

    @property
    def is_paused(self) -> bool:
        """Whether the processes are paused."""
        return bool(self._switches.paused.value)

    @is_paused.setter
    def is_paused(self, paused: bool) -> None:
        self._switches.paused.value = paused
        if not paused:
            self.extend_timeouts(time.monotonic())

    def extend_timeouts(self, seconds: float) -> None:
        """Extend all timeouts by the seconds during which the engine itself was not receiving."""
        now = time.monotonic()
        for decoder in self._decoders:
            decoder.last_message_at = min(now, decoder.last_message_at + seconds)
            decoder.begun_at = min(now, decoder.begun_at + seconds)

    def busy(self) -> list[DecoderHandle]:
        """Decoders with a task, of this run or an earlier one."""
        return [decoder for decoder in self._decoders if decoder.task is not None]

    def starting(self) -> list[DecoderHandle]:
        """Decoders that have not sent `Ready` yet."""
        return [decoder for decoder in self._decoders if not decoder.is_ready]

    def start(self, n_tasks: int | None = None) -> None:
        """Start processes ahead of the work: all, or as many as there are tasks for."""
        n_free = sum(decoder.task is None for decoder in self._decoders)
        wanted = self._size if n_tasks is None else n_tasks - n_free
        while wanted > 0 and len(self._decoders) < self._size:
            self._spawn()
            wanted -= 1

    def free(self) -> DecoderHandle | None:
        """A decoder that is ready and has no task; None where there is none."""
        for decoder in list(self._decoders):
            if decoder.task is None and decoder.is_ready:
                if decoder.process.is_alive():
                    return decoder
                self.discard(decoder)  # ended by the system, say, since the last run
        return None

    def receive(self, timeout_s: float) -> list[tuple[DecoderHandle, FromProcess | None]]:
        """Wait for messages of the processes; None stands for a process that has ended.

        The caller has to answer all of them: a process that waits for an answer does nothing else.
        """
        by_connection: dict[object, DecoderHandle] = {decoder.connection: decoder for decoder in self._decoders}
        received: list[tuple[DecoderHandle, FromProcess | None]] = []
        for connection in wait([decoder.connection for decoder in self._decoders], timeout_s):
            decoder = by_connection[connection]
            try:
                message: FromProcess | None = decoder.connection.recv()
            except (EOFError, OSError):
                message = None
            decoder.last_message_at = time.monotonic()
            if isinstance(message, Ready):
                decoder.is_ready = True
                self._n_failed_starts = 0
            received.append((decoder, message))
        return received

    def discard(self, decoder: DecoderHandle, *, kill: bool = False) -> str:
        """Remove a process that has ended, or end it; another is spawned when it is needed.

        Parameters
        ----------
        decoder : DecoderHandle
        kill : bool
            Kill it at once. Otherwise wait a moment until it has ended.

        Returns
        -------
        str
            How it ended, in words.

        Raises
        ------
        InternalError
            When one process after the other ends before it is ready.
        """
        self._decoders.remove(decoder)
        decoder.connection.close()
        if not kill:
            decoder.process.join(_END_TIMEOUT_S)  # it closes its side of the pipe a moment before it is gone
        if decoder.process.exitcode is None:
            decoder.process.kill()
            decoder.process.join(_END_TIMEOUT_S)
        code = decoder.process.exitcode
        if code is not None:
            decoder.process.close()
        ending = _ending(code)
        if not decoder.is_ready:
            self._n_failed_starts += 1
            if self._n_failed_starts > 2 * self._size:
                raise InternalError(reason=tr("no decoding process can be started ({ending})", ending=ending))
        return ending

    def close(self) -> None:
        """End all processes: idle ones end by themselves, busy ones are killed, as no answer of theirs is needed."""
        self.begin_run()
        for decoder in self._decoders:
            decoder.connection.close()
            if decoder.task is not None:
                decoder.process.kill()
        for decoder in self._decoders:
            decoder.process.join(_JOIN_TIMEOUT_S)
            if decoder.process.exitcode is None:
                decoder.process.kill()
                decoder.process.join(_JOIN_TIMEOUT_S)
        self._decoders.clear()

    def _spawn(self) -> None:
        ours, theirs = self._context.Pipe()
        crash_log = rotated_crash_log()
        process = self._context.Process(
            target=decoder_process.main,
            args=(theirs, self._switches, self._hook, self._niceness, _existing(crash_log)),
            name="decoder",
            daemon=True,
        )
        try:
            start_process(process)
        except ProcessStartError:
            ours.close()
            if not self._decoders:
                raise
            self._size = len(self._decoders)  # as many as the system lets us have
            return
        finally:
            theirs.close()
        self._decoders.append(DecoderHandle(process, ours))


def usable_processors() -> int:
    """Processors that this program may use: fewer than the machine has inside a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _existing(path: Path) -> str | None:
    return str(path) if os.path.isdir(path.parent) else None  # False, too, where it may not be entered


def _ending(code: int | None) -> str:
    if code is None:
        return tr("it does not let itself be ended")
    if code == OUT_OF_MEMORY:
        return tr("it wanted more memory than any sound file needs")
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return tr("exit status {code}", code=code)
