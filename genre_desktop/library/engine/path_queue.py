"""Paths on their way to the engine: filled by the window or a scan, emptied by the engine."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path


class PathQueue:
    """A queue of paths from which some may go first and others be taken back; for any threads.

    Parameters
    ----------
    is_open : bool
        More paths may come although the feed is empty: whoever takes them shall wait until
        `close`. Otherwise an empty feed is the end of a run.
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
        """Whether nothing is there and nothing more is announced."""
        with self._changed:
            return not self._paths and not self._is_open

    def add(self, paths: Iterable[str], *, afresh: bool = False) -> None:
        """Queue paths at the end; `afresh`: what is known of them already is no answer."""
        with self._changed:
            new = [*paths]
            self._paths.update((path, None) for path in new)
            if afresh:
                self._afresh.update(new)
            else:
                self._afresh.difference_update(new)

    def is_afresh(self, path: str) -> bool:
        """Whether a path, queued or taken, is wanted in spite of what is known of it."""
        return path in self._afresh

    def put_first(self, path: str) -> None:
        """Let a queued path go first; others are left alone."""
        with self._changed:
            if path in self._paths:
                self._paths.move_to_end(path, last=False)

    def discard(self, paths: Iterable[str]) -> None:
        """Take paths back."""
        with self._changed:
            for path in paths:
                self._paths.pop(path, None)
            self._changed.notify_all()

    def clear(self) -> None:
        """Take all paths back."""
        with self._changed:
            self._paths.clear()
            self._changed.notify_all()

    def close(self) -> None:
        """No more paths will come."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def take(self) -> Path | None:
        """The next path; None where there is none now."""
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
