"""How fast files are listened to, and how long those that are queued may still take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

_WINDOW_S: Final = 20.0
"""The pace is that of the last while: drives get slow, and files long."""

_NOTE_S: Final = 0.25
_TELLING_S: Final = 1.0
"""A shorter time says nothing of the pace."""


class ProgressEstimate:
    """The rate at which files are listened to; what is known already takes no time and has no say.

    Parameters
    ----------
    clock : callable
        Gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._n = 0
        self.rest()

    def rest(self) -> None:
        """Time that passes from here on tells nothing: the run is over or paused, or waits for its model."""
        self._marks: deque[tuple[float, int]] = deque()

    def begin(self) -> None:
        """Work is going on from now at the latest."""
        if not self._marks:
            self._marks.append((self._clock(), self._n))

    def count(self) -> None:
        """A file has been listened to."""
        self.begin()
        self._n += 1
        now = self._clock()
        if now - self._marks[-1][0] >= _NOTE_S:
            self._marks.append((now, self._n))
            while len(self._marks) > 2 and now - self._marks[1][0] >= _WINDOW_S:
                self._marks.popleft()

    def skip(self) -> None:
        """A file was known: where none has been listened to yet, the pace begins after it."""
        if self._marks and self._marks[0][1] == self._n:
            self.rest()
        self.begin()

    @property
    def files_per_s(self) -> float | None:
        """Files listened to a second of late; None while there is nothing to go by."""
        if not self._marks:
            return None
        since, n_before = self._marks[0]
        elapsed = self._clock() - since
        n = self._n - n_before
        return n / elapsed if n and elapsed > _TELLING_S else None

    def remaining_s(self, n_left: int) -> float | None:
        """Seconds that so many files take at this pace; None while there is nothing to go by."""
        rate = self.files_per_s
        return None if rate is None else n_left / rate
