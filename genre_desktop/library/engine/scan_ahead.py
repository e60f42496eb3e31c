"""A scan on a thread of its own, which finds paths while the engine classifies the first ones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from genre_desktop.library.engine.path_queue import PathQueue

MAX_AHEAD = 100_000
"""Paths that may wait, which takes 20 MB; the scan of a larger library pauses until some are taken."""

_POLL_S = 0.1


class ScanAhead:
    """Fills a `PathQueue` on a thread of its own; a context manager, which ends the thread.

    Parameters
    ----------
    find : callable
        Called on the thread, yields the paths. Its argument is a function that returns True when the scan is to end;
        it should call that regularly, also while it finds nothing.
    max_ahead : int
        Paths that may wait in the queue.

    Attributes
    ----------
    queue : PathQueue
        Closed at the end of the scan.
    n_found : int
        Paths found so far.
    """

    def __init__(self, find: Callable[[Callable[[], bool]], Iterable[Path]], *, max_ahead: int = MAX_AHEAD) -> None:
        self._find = find
        self._max_ahead = max_ahead
        self._is_ending = threading.Event()
        self._has_first = threading.Event()
        self._error: Exception | None = None
        self.queue = PathQueue(is_open=True)
        self.n_found = 0
        self._thread = threading.Thread(target=self._scan, name="scan ahead", daemon=True)

    def __enter__(self) -> ScanAhead:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_ending.set()
        self._thread.join()

    def wait_for_first(self) -> bool:
        """Wait for the first path or for the end of the scan; returns whether there is a path."""
        while not self._has_first.wait(_POLL_S):  # with a timeout, without which Windows does not deliver Ctrl+C
            pass
        return self.n_found > 0

    def raise_error(self) -> None:
        """Raise the exception that ended the scan, if there was one; to be called when the queue is finished."""
        if self._error is not None:
            raise self._error

    def _scan(self) -> None:
        try:
            for path in self._find(self._is_ending.is_set):
                while not self.queue.wait_for_room(self._max_ahead, _POLL_S) and not self._is_ending.is_set():
                    pass
                if self._is_ending.is_set():
                    return
                self.queue.add([str(path)])
                self.n_found += 1
                self._has_first.set()
        except Exception as error:
            self._error = error
        finally:
            self.queue.close()
            self._has_first.set()
