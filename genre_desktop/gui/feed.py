"""Paths on their way to the classifier: filled by the window, emptied by a worker."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path


class PathFeed:
    """A queue of paths from which some may go first and others be taken back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._paths)

    def add(self, paths: Iterable[str]) -> None:
        """Queue paths at the end."""
        with self._lock:
            self._paths.update((path, None) for path in paths)

    def put_first(self, path: str) -> None:
        """Let a queued path go first; others are left alone."""
        with self._lock:
            if path in self._paths:
                self._paths.move_to_end(path, last=False)

    def discard(self, paths: Iterable[str]) -> None:
        """Take paths back."""
        with self._lock:
            for path in paths:
                self._paths.pop(path, None)

    def clear(self) -> None:
        """Take all paths back."""
        with self._lock:
            self._paths.clear()

    def drain(self, on_taken: Callable[[str], None]) -> Iterator[Path]:
        """Take paths one by one until there are none, also those that come meanwhile."""
        while True:
            with self._lock:
                if not self._paths:
                    return
                path, _ = self._paths.popitem(last=False)
            on_taken(path)
            yield Path(path)
