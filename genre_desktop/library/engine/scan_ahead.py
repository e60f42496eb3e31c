"""A scan that runs ahead of the engine, so that it is known how much there is while the first tracks are done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from genre_desktop.library.engine.path_queue import PathQueue

MOST_AHEAD = 100_000
"""Paths that may wait; the scan of a larger library holds until some are taken. They take 20 MB."""

_LOOK_S = 0.1


class ScanAhead:
    """Fills a feed on a thread of its own; a context manager, at whose end the thread has ended.

    Parameters
    ----------
    find : callable
        Gives the paths, on the thread; it is given a function that says whether they are wanted no more, which it is
        to ask now and then also while it finds nothing.
    most : int
        Paths that may wait in the feed.

    Attributes
    ----------
    feed : PathFeed
        Closed once all is found.
    n_found : int
        So far.
    """

    def __init__(self, find: Callable[[Callable[[], bool]], Iterable[Path]], *, most: int = MOST_AHEAD) -> None:
        self._find = find
        self._most = most
        self._is_left = threading.Event()
        self._has_first = threading.Event()
        self._error: Exception | None = None
        self.feed = PathQueue(is_open=True)
        self.n_found = 0
        self._thread = threading.Thread(target=self._scan, name="scan ahead", daemon=True)

    def __enter__(self) -> ScanAhead:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_left.set()
        self._thread.join()

    def wait_for_first(self) -> bool:
        """Wait for the first path, or for the end of the scan; whether there is one."""
        while not self._has_first.wait(_LOOK_S):  # in turns, so that Ctrl+C is heard on Windows too
            pass
        return self.n_found > 0

    def raise_error(self) -> None:
        """Raise what ended the scan, if it was an exception; once the feed is finished."""
        if self._error is not None:
            raise self._error

    def _scan(self) -> None:
        try:
            for path in self._find(self._is_left.is_set):
                while not self.feed.wait_for_room(self._most, _LOOK_S) and not self._is_left.is_set():
                    pass
                if self._is_left.is_set():
                    return
                self.feed.add([str(path)])
                self.n_found += 1
                self._has_first.set()
        except Exception as error:
            self._error = error
        finally:
            self.feed.close()
            self._has_first.set()
