"""The queue of paths to classify: filled by the window or a scan, emptied by the engine."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path


class PathQueue:
    """A thread-safe queue of paths, of which some can be prioritised and others removed.

    Parameters
    ----------
    is_open : bool
        Whether an empty queue is only empty for now: more paths may come until `close`. Otherwise an empty queue ends
        the run.
    """

    def __init__(self, paths: Iterable[str] = (), *, is_open: bool = False) -> None:
        self._changed = threading.Condition()
        self._paths: OrderedDict[str, None] = OrderedDict.fromkeys(paths)
        self._afresh: set[str] = set()
        self._is_open = is_open

    def __len__(self) -> int:
        return len(self._paths)

    @property
    def is_finished(self) -> bool:
        """Whether the queue is empty and no more paths will come."""
        with self._changed:
            return not self._paths and not self._is_open

    def add(self, paths: Iterable[str], *, afresh: bool = False) -> None:
        """Append paths; with `afresh` they are classified even if their results are stored."""
        with self._changed:
            new = [*paths]
            self._paths.update((path, None) for path in new)
            if afresh:
                self._afresh.update(new)
            else:
                self._afresh.difference_update(new)

    def is_afresh(self, path: str) -> bool:
        """Whether a path, queued or taken, is to be classified even if its result is stored."""
        return path in self._afresh

    def prioritise(self, path: str) -> None:
        """Move a queued path to the front; a path that is not queued is ignored."""
        with self._changed:
            if path in self._paths:
                self._paths.move_to_end(path, last=False)

    def discard(self, paths: Iterable[str]) -> None:
        """Remove paths."""
        with self._changed:
            for path in paths:
                self._paths.pop(path, None)
            self._changed.notify_all()

    def clear(self) -> None:
        """Remove all paths."""
        with self._changed:
            self._paths.clear()
            self._changed.notify_all()

    def close(self) -> None:
        """Declare that no more paths will come."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def take(self) -> Path | None:
        """Remove and return the next path; None while the queue is empty."""
        with self._changed:
            if not self._paths:
                return None
            path, _ = self._paths.popitem(last=False)
            self._changed.notify_all()
            return Path(path)

    def wait_for_room(self, most: int, timeout_s: float) -> bool:
        """Wait until fewer than `most` paths are queued, or the time is over; whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._paths) < most, timeout_s)
