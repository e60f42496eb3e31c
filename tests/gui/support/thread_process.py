"""A thread in place of a child process of the window, which takes half a second to start."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from typing import Any

# Loaded here, once: two threads that import SciPy at the same time get half of it.
import av  # noqa: F401
import scipy.fft  # noqa: F401
import soundfile  # noqa: F401
import soxr  # noqa: F401

from tests.support.waiting import PATIENCE_S


class ThreadProcess:
    """Like `genre_desktop.core.child_process.ChildProcess`, with a thread at the other end of the pipe.

    Parameters
    ----------
    main : callable
        ``main(connection)``, as a child process runs it.
    on_message, on_end : callable
    """

    def __init__(
        self, main: Callable[[Any], None], on_message: Callable[[Any], None], on_end: Callable[[], None]
    ) -> None:
        self._near, self._far = multiprocessing.Pipe()
        self._on_message = on_message
        self._on_end = on_end
        self._main = main
        self._is_closed = False
        self._send_lock = threading.Lock()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._run, self._receive)]
        for thread in self._threads:
            thread.start()

    @property
    def is_alive(self) -> bool:
        return not self._is_closed and self._threads[0].is_alive()

    def send(self, message: object) -> None:
        with self._send_lock, contextlib.suppress(OSError):
            self._near.send(message)

    def close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        with contextlib.suppress(OSError):
            self._near.send(None)
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), "what stands for a process does not end"
        self._near.close()

    def _run(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            self._main(self._far)
        self._far.close()

    def _receive(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                message = self._near.recv()
                if not self._is_closed:
                    self._on_message(message)
        if not self._is_closed:
            self._on_end()
