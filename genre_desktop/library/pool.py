"""The decoding processes as the engine sees them: started when needed, replaced when they fall."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from genre_desktop.crash_log import roomy_crash_log
from genre_desktop.errors import InternalError
from genre_desktop.i18n import tr
from genre_desktop.library import decoder_process
from genre_desktop.library.decoder_process import Hook, Switches
from genre_desktop.library.messages import FromProcess, Ready, Task, ToProcess
from genre_desktop.library.result import FileFacts
from genre_desktop.process_limits import OUT_OF_MEMORY
from genre_desktop.spawning import start_process

_JOIN_S = 5.0
_END_S = 0.5


@dataclass(eq=False)
class Decoder:
    """A decoding process and what it is doing.

    Attributes
    ----------
    task : Task or None
        Under way.
    facts : FileFacts or None
        Of the task's file, once known.
    is_ready : bool
        It has started.
    is_answered : bool
        The task's result is known already; the process has only not said yet that it let go.
    begun_at, heard_at : float
        When the task was given, and when the process was last heard of, or answered (monotonic seconds).
    """

    process: multiprocessing.process.BaseProcess
    connection: Connection
    task: Task | None = None
    facts: FileFacts | None = None
    is_ready: bool = False
    is_answered: bool = False
    begun_at: float = field(default_factory=time.monotonic)
    heard_at: float = field(default_factory=time.monotonic)
    knows: str = field(default="")  # fingerprint of the bundle that it has

    def give(self, task: Task) -> None:
        """Begin a task."""
        self.task, self.facts, self.is_answered = task, None, False
        self.begun_at = time.monotonic()
        self.answer(task)

    def answer(self, message: ToProcess) -> None:
        """Send; a process that has just ended is found out when it is next listened to."""
        self.heard_at = time.monotonic()
        with contextlib.suppress(OSError):
            self.connection.send(message)


class DecoderPool:
    """Decoding processes, spawned one by one as there is work for them.

    Spawned and not forked: the program has threads, a window and a network, none of which
    outlives a fork.

    Parameters
    ----------
    size : int
        Most processes at a time.
    hook : callable, optional
        See `genre_desktop.library.decoder_process.Hook`.
    niceness : int
        How far the processes step back behind others, on systems that know it.
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
        self._decoders: list[Decoder] = []
        self._n_failed_starts = 0

    @property
    def run(self) -> int:
        """Number of the run that is wanted."""
        return int(self._switches.run.value)

    def begin_run(self) -> None:
        """Tasks given so far are not wanted any more."""
        self._switches.paused.value = False
        self._switches.run.value += 1

    @property
    def is_paused(self) -> bool:
        """Whether the processes hold still."""
        return bool(self._switches.paused.value)

    @is_paused.setter
    def is_paused(self, paused: bool) -> None:
        self._switches.paused.value = paused
        if not paused:
            self.forgive(time.monotonic())

    def forgive(self, seconds: float) -> None:
        """Nobody listened for so long: that silence was not theirs."""
        now = time.monotonic()
        for decoder in self._decoders:
            decoder.heard_at = min(now, decoder.heard_at + seconds)
            decoder.begun_at = min(now, decoder.begun_at + seconds)

    def busy(self) -> list[Decoder]:
        """Those with a task, of this run or an earlier one."""
        return [decoder for decoder in self._decoders if decoder.task is not None]

    def starting(self) -> list[Decoder]:
        """Those that have not said yet that they are ready."""
        return [decoder for decoder in self._decoders if not decoder.is_ready]

    def start(self, n_tasks: int | None = None) -> None:
        """Start processes ahead of the work: all, or as many as there are tasks for."""
        n_free = sum(decoder.task is None for decoder in self._decoders)
        wanted = self._size if n_tasks is None else n_tasks - n_free
        while wanted > 0 and len(self._decoders) < self._size:
            self._spawn()
            wanted -= 1

    def free(self) -> Decoder | None:
        """One that is ready and without a task."""
        for decoder in list(self._decoders):
            if decoder.task is None and decoder.is_ready:
                if decoder.process.is_alive():
                    return decoder
                self.discard(decoder)  # ended by the system, say, since the last run
        return None

    def listen(self, timeout_s: float) -> list[tuple[Decoder, FromProcess | None]]:
        """Wait for what the processes say; None stands for one that ended instead.

        Whoever calls this answers all of it: a process that waits for an answer does nothing else.
        """
        by_connection: dict[object, Decoder] = {decoder.connection: decoder for decoder in self._decoders}
        heard: list[tuple[Decoder, FromProcess | None]] = []
        for connection in wait([decoder.connection for decoder in self._decoders], timeout_s):
            decoder = by_connection[connection]
            try:
                message: FromProcess | None = decoder.connection.recv()
            except (EOFError, OSError):
                message = None
            decoder.heard_at = time.monotonic()
            if isinstance(message, Ready):
                decoder.is_ready = True
                self._n_failed_starts = 0
            heard.append((decoder, message))
        return heard

    def discard(self, decoder: Decoder, *, kill: bool = False) -> str:
        """Let go of a process that has ended, or of one that shall; a new one comes when it is needed.

        Parameters
        ----------
        decoder : Decoder
        kill : bool
            End it, whatever it does. Otherwise it is given a moment to be gone.

        Returns
        -------
        str
            How it ended, in words.

        Raises
        ------
        InternalError
            When one process after the other ends before it has started.
        """
        self._decoders.remove(decoder)
        decoder.connection.close()
        if not kill:
            decoder.process.join(_END_S)  # it closes its side of the pipe a moment before it is gone
        if decoder.process.exitcode is None:
            decoder.process.kill()
            decoder.process.join(_END_S)
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
        """End all processes: idle ones by themselves, busy ones by force, as nobody waits for their answer."""
        self.begin_run()
        for decoder in self._decoders:
            decoder.connection.close()
            if decoder.task is not None:
                decoder.process.kill()
        for decoder in self._decoders:
            decoder.process.join(_JOIN_S)
            if decoder.process.exitcode is None:
                decoder.process.kill()
                decoder.process.join(_JOIN_S)
        self._decoders.clear()

    def _spawn(self) -> None:
        ours, theirs = self._context.Pipe()
        crash_log = roomy_crash_log()
        process = self._context.Process(
            target=decoder_process.main,
            args=(theirs, self._switches, self._hook, self._niceness, _existing(crash_log)),
            name="decoder",
            daemon=True,
        )
        try:
            with _deaf_to_interrupts():
                start_process(process)
        except OSError:
            ours.close()
            if not self._decoders:
                raise
            self._size = len(self._decoders)  # as many as the system lets us have
            return
        finally:
            theirs.close()
        self._decoders.append(Decoder(process, ours))


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl+C goes to all processes of a terminal: a child that is still importing would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # children inherit it
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def usable_processors() -> int:
    """Processors that this program may use: fewer than the machine has inside a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _existing(path: Path) -> str | None:
    return str(path) if path.parent.is_dir() else None


def _ending(code: int | None) -> str:
    if code is None:
        return tr("it does not let itself be ended")
    if code == OUT_OF_MEMORY:
        return tr("it wanted more memory than any sound file needs")
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return tr("exit status {code}", code=code)
