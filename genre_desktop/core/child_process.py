"""A child process for code that may crash or hang (codecs, drivers), connected by a pipe."""

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

from genre_desktop.core.crash_log import open_crash_log, rotated_crash_log
from genre_desktop.core.untrusted.process_limits import GIB, disable_core_dumps, end_out_of_memory, limit_memory
from genre_desktop.core.untrusted.spawning import start_process

Main = Callable[..., None]
"""``main(connection, *arguments)``: a module-level function, so that it can be pickled by name. It returns when it
receives None, the last message."""

MEMORY_BYTES = 2 * GIB
"""Memory that a child process may map above what it starts with, see `genre_desktop.core.untrusted.process_limits`.

Measured: the picture process 0.5 GiB, with three of the longest tracks in its cache (ten hours, two at 192 kHz), the
player and the capture process 0.3; most of it is reserved by libraries.
"""

_SEND_S = 0.2
"""Seconds that `ChildProcess.close` waits until all messages are sent."""

_JOIN_S = 2.0
"""Seconds that `ChildProcess.close` waits for the process to end by itself."""


class ChildProcess:
    """A spawned process with its messages, from the parent's side.

    Parameters
    ----------
    name : str
        Of the process and of the receiving thread.
    main : callable
        Runs in the process, see `Main`.
    arguments : tuple
        Picklable.
    on_message : callable
        Called with each message, on the receiving thread.
    on_end : callable
        Called without arguments, on the receiving thread, when the process has ended by itself and not by `close`.
    niceness : int
        Lowers its priority, on systems that support it.
    memory_bytes : int
        Memory that it may map above what it starts with; a process that needs more ends.
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
        context = multiprocessing.get_context("spawn")  # the threads of the program do not survive a fork
        self._on_message = on_message
        self._on_end = on_end
        self._is_closed = False
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._connection, theirs = context.Pipe()
        crash_log = str(rotated_crash_log())
        self._process = context.Process(
            target=_serve, args=(theirs, crash_log, niceness, memory_bytes, main, arguments), name=name, daemon=True
        )
        start_process(self._process)
        theirs.close()
        self._receiver = threading.Thread(target=self._receive_loop, name=name, daemon=True)
        self._receiver.start()
        # Writing to a process that hangs blocks: that must not be a thread of the caller.
        self._sender = threading.Thread(target=self._send_loop, name=f"{name} (to)", daemon=True)
        self._sender.start()

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return not self._is_closed and self._process.is_alive()

    def send(self, message: object) -> None:
        """Send an immutable, picklable message without waiting. Where the process has ended, `on_end` is called."""
        self._outbox.put(message)

    def close(self) -> None:
        """End the process, and kill it where it does not react; harmless when done twice."""
        if self._is_closed:
            return
        self._is_closed = True
        self._outbox.put(None)
        self._sender.join(_SEND_S)
        if not self._sender.is_alive():
            self._process.join(_JOIN_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_JOIN_S)
        self._sender.join(_JOIN_S)
        if threading.current_thread() is not self._receiver:
            self._receiver.join(_JOIN_S)  # it ends with the connection
            self._connection.close()

    def _send_loop(self) -> None:
        is_last = False
        while not is_last:
            message = self._outbox.get()
            is_last = message is None
            try:
                self._connection.send(message)
            except OSError:
                pass  # the process has ended, which the receiver notices
            except Exception:
                logging.getLogger(__name__).exception("a message to %s cannot be written", self._process.name)

    def _receive_loop(self) -> None:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            except Exception:  # the last message of a crashing process may be cut off
                logging.getLogger(__name__).exception("a message of %s cannot be read", self._process.name)
                break
            if not self._is_closed:
                self._on_message(message)
        self._outbox.put(None)  # ends the sender
        if not self._is_closed:
            self._process.join(_JOIN_S)
            self._on_end()


def _serve(
    connection: Connection, crash_log: str, niceness: int, memory_bytes: int, main: Main, arguments: tuple[Any, ...]
) -> None:
    configure_child(crash_log, niceness, memory_bytes)
    try:
        main(connection, *arguments)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent has closed the connection
    except Exception as error:
        # The process has no log of its own.
        with contextlib.suppress(OSError, MemoryError), open_crash_log(Path(crash_log)) as file:
            traceback.print_exc(file=file)
        if isinstance(error, MemoryError):
            end_out_of_memory()
        raise SystemExit(1) from None


def configure_child(crash_log: str | None, niceness: int, memory_bytes: int) -> None:
    """Configure a freshly spawned process: no output, limited memory, no life beyond its parent's.

    Parameters
    ----------
    crash_log : str or None
        File for the stack of a crash in native code.
    niceness : int
    memory_bytes : int
        Memory that the process may map above what it has now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the parent, which closes the connection
    logging.getLogger("genre_desktop").addHandler(logging.NullHandler())
    _silence_output()
    if crash_log is not None:
        with contextlib.suppress(OSError):
            # The file stays open for as long as this process lives.
            faulthandler.enable(open_crash_log(Path(crash_log)))
    if niceness and hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(niceness)
    # A thread: a codec that hangs would never notice that the parent is gone.
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    disable_core_dumps()
    limit_memory(memory_bytes)


def _silence_output() -> None:
    """Redirect the standard streams to nowhere: codecs and drivers print to them, and so do results of the program."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
