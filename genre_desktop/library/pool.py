"""The decoding processes as the engine sees them: started when needed, replaced when they fall."""

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

from genre_desktop.i18n import tr
from genre_desktop.library import decoder_process
from genre_desktop.library.decoder_process import Hook, Switches
from genre_desktop.library.messages import FromProcess, Task, ToProcess
from genre_desktop.library.result import FileFacts
from genre_desktop.log import log_file

_JOIN_S = 5.0


@dataclass(eq=False)
class Decoder:
    """A decoding process and what it is doing.

    Attributes
    ----------
    task : Task or None
        Under way.
    facts : FileFacts or None
        Of the task's file, once known.
    begun_at, heard_at : float
        When the task was given, and when the process was last heard of, or answered (monotonic seconds).
    """

    process: multiprocessing.process.BaseProcess
    connection: Connection
    task: Task | None = None
    facts: FileFacts | None = None
    begun_at: float = 0.0
    heard_at: float = 0.0
    knows: str = field(default="")  # fingerprint of the bundle that it has

    def give(self, task: Task) -> None:
        """Begin a task."""
        self.task, self.facts = task, None
        self.begun_at = time.monotonic()
        self.answer(task)

    def answer(self, message: ToProcess) -> None:
        """Send; a process that has just ended is found out when it is next listened to."""
        self.heard_at = time.monotonic()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
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
            for decoder in self._decoders:  # the pause was not theirs
                decoder.heard_at = decoder.begun_at = time.monotonic()

    def busy(self) -> list[Decoder]:
        """Those with a task, of this run or an earlier one."""
        return [decoder for decoder in self._decoders if decoder.task is not None]

    def start(self) -> None:
        """Start all processes ahead of the work."""
        while len(self._decoders) < self._size:
            self._spawn()

    def free(self) -> Decoder | None:
        """One without a task, a new one if need be; None while all are busy."""
        for decoder in self._decoders:
            if decoder.task is None:
                return decoder
        return self._spawn() if len(self._decoders) < self._size else None

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
            heard.append((decoder, message))
        return heard

    def discard(self, decoder: Decoder) -> str:
        """End a process, whatever it does; a new one comes when it is needed.

        Returns
        -------
        str
            How it ended, in words.
        """
        self._decoders.remove(decoder)
        decoder.connection.close()
        if decoder.task is not None and not _has_ended(decoder):
            decoder.process.kill()
        decoder.process.join(_JOIN_S)
        code = decoder.process.exitcode
        if code is not None:
            decoder.process.close()
        return _ending(code)

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

    def _spawn(self) -> Decoder:
        ours, theirs = self._context.Pipe()
        crash_log = log_file().with_name("crash.log")
        process = self._context.Process(
            target=decoder_process.main,
            args=(theirs, self._switches, self._hook, self._niceness, _existing(crash_log)),
            name="decoder",
            daemon=True,
        )
        process.start()
        theirs.close()
        decoder = Decoder(process, ours)
        self._decoders.append(decoder)
        return decoder


def usable_processors() -> int:
    """Processors that this program may use: fewer than the machine has inside a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _existing(path: Path) -> str | None:
    return str(path) if path.parent.is_dir() else None


def _has_ended(decoder: Decoder) -> bool:
    # It closes its side of the pipe a moment before it is gone.
    decoder.process.join(0.2)
    return decoder.process.exitcode is not None


def _ending(code: int | None) -> str:
    if code is None:
        return tr("it does not let itself be ended")
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return tr("exit status {code}", code=code)
