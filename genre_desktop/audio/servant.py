"""Another process that does one thing for this one, and may fall without taking it along.

Codecs crash and drivers hang. What touches them on behalf of the window lives in a servant: a
spawned process at the other end of a pipe.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import multiprocessing
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from genre_desktop.crash_log import open_crash_log, roomy_crash_log
from genre_desktop.process_limits import GIB, end_out_of_memory, leave_no_core, limit_memory
from genre_desktop.spawning import start_process

Main = Callable[..., None]
"""``main(connection, *arguments)``: a function of a module, so that it can be named across processes. It returns when
it receives None, which is the last message."""

MEMORY_BYTES = 2 * GIB
"""What a servant may have besides what it starts with, see `genre_desktop.process_limits`.

Measured: the reader 0.5 GiB, with three of the longest tracks at hand (ten hours, two at 192 kHz), the player and what
listens 0.3; most of it is what libraries reserve.
"""

_SEND_S = 0.2
_JOIN_S = 2.0


class Servant:
    """The near end: starts the process, sends to it, hears from it.

    Parameters
    ----------
    name : str
        Of the process and of the thread that listens.
    main : callable
        What runs in the process, see `Main`.
    arguments : tuple
        Picklable.
    on_message : callable
        Called with each message, on the listening thread.
    on_end : callable
        Called without arguments, on the listening thread, when the process has ended by itself; not by `close`.
    niceness : int
        How far the process steps back behind others, on systems that know it.
    memory_bytes : int
        What it may have besides what it starts with; one that wants more ends.
    """

    def __init__(
        self,
        name: str,
        main: Main,
        arguments: tuple[Any, ...] = (),
        *,
        on_message: Callable[[Any], None],
        on_end: Callable[[], None],
        niceness: int = 0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        context = multiprocessing.get_context("spawn")  # the program has threads, none of which outlives a fork
        self._on_message = on_message
        self._on_end = on_end
        self._is_closed = False
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._connection, theirs = context.Pipe()
        crash_log = str(roomy_crash_log())
        self._process = context.Process(
            target=_serve, args=(theirs, crash_log, niceness, memory_bytes, main, arguments), name=name, daemon=True
        )
        start_process(self._process)
        theirs.close()
        self._listener = threading.Thread(target=self._listen, name=name, daemon=True)
        self._listener.start()
        # A process that hangs reads nothing, and whoever writes to it stands still: no thread of the window's.
        self._speaker = threading.Thread(target=self._speak, name=f"{name} (to)", daemon=True)
        self._speaker.start()

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return not self._is_closed and self._process.is_alive()

    def send(self, message: object) -> None:
        """Send an immutable, picklable message; never waits. One that has just ended is heard of by `on_end`."""
        self._outbox.put(message)

    def close(self) -> None:
        """End the process, by force if it does not listen; harmless when done twice."""
        if self._is_closed:
            return
        self._is_closed = True
        self._outbox.put(None)
        self._speaker.join(_SEND_S)
        if not self._speaker.is_alive():
            self._process.join(_JOIN_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_JOIN_S)
        self._speaker.join(_JOIN_S)
        if threading.current_thread() is not self._listener:
            self._listener.join(_JOIN_S)  # it hears that the other end is closed
            self._connection.close()

    def _speak(self) -> None:
        is_last = False
        while not is_last:
            message = self._outbox.get()
            is_last = message is None
            try:
                self._connection.send(message)
            except OSError:
                pass  # it has ended, which the listener hears
            except Exception:
                logging.getLogger(__name__).exception("a message to %s cannot be written", self._process.name)

    def _listen(self) -> None:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            except Exception:  # what a falling process sent last may be cut off
                logging.getLogger(__name__).exception("a message of %s cannot be read", self._process.name)
                break
            if not self._is_closed:
                self._on_message(message)
        self._outbox.put(None)  # nobody is there to be spoken to
        if not self._is_closed:
            self._process.join(_JOIN_S)
            self._on_end()


def _serve(
    connection: Connection, crash_log: str, niceness: int, memory_bytes: int, main: Main, arguments: tuple[Any, ...]
) -> None:
    settle(crash_log, niceness, memory_bytes)
    try:
        main(connection, *arguments)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # nobody listens any more
    except Exception as error:
        # It has neither a log nor a screen of its own.
        with contextlib.suppress(OSError, MemoryError), open_crash_log(Path(crash_log)) as file:
            traceback.print_exc(file=file)
        if isinstance(error, MemoryError):
            end_out_of_memory()
        raise SystemExit(1) from None


def settle(crash_log: str | None, niceness: int, memory_bytes: int) -> None:
    """Make a freshly spawned process a quiet one that stays within its memory and ends with its parent.

    Parameters
    ----------
    crash_log : str or None
        Where a crash in native code leaves its stack.
    niceness : int
    memory_bytes : int
        What it may have besides what it has.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which then closes the connection
    logging.getLogger("genre_desktop").addHandler(logging.NullHandler())
    _be_quiet(crash_log)
    if niceness and hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(niceness)
    # Also while a codec hangs, which would never notice that nobody waits any more.
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    leave_no_core()
    # scipy brings a library of linear algebra of its own, which reserves 40 MB for each processor: none of it is used
    # here, and a machine with sixty of them would have nothing left to decode with.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    limit_memory(memory_bytes)


def _be_quiet(crash_log: str | None) -> None:
    """Codecs and drivers print what they think; results go to standard output."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)
    if crash_log is not None:
        with contextlib.suppress(OSError):
            # Kept open, and never closed, for as long as this process lives.
            faulthandler.enable(open_crash_log(Path(crash_log)))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
