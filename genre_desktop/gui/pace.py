"""How far a run is, how fast it goes, and how long it may still take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

_WINDOW_S: Final = 20.0
"""The pace is that of the last while: a run begins with files that are known, and drives get slow."""

_NOTE_S: Final = 0.25
_TELLING_S: Final = 1.0
"""A shorter time says nothing of the pace."""


class Pace:
    """Counts the files of a run.

    Parameters
    ----------
    clock : callable
        Gives seconds that only grow.

    Attributes
    ----------
    n_total, n_done, n_failed : int
        Files of this run, those finished (failed ones too), and the failed ones.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """A new run begins."""
        self.n_total = self.n_done = self.n_failed = 0
        self.rest()

    def rest(self) -> None:
        """Time that passes from here on tells nothing: the run is paused, or waits for its model."""
        self._marks: deque[tuple[float, int]] = deque()

    def add(self, n: int, *, is_more: bool = False) -> None:
        """More files are wanted; fewer if negative.

        After the end of a run they are a new one, unless they are `is_more` of the same.
        """
        if self.n_done >= self.n_total and n > 0 and not is_more:
            self.reset()
        self.n_total += n

    def begin(self) -> None:
        """Work is going on from now at the latest."""
        if not self._marks:
            self._marks.append((self._clock(), self.n_done))

    def count(self, *, is_failed: bool) -> None:
        """A file is finished."""
        self.begin()
        self.n_done += 1
        self.n_failed += is_failed
        now = self._clock()
        if now - self._marks[-1][0] >= _NOTE_S:
            self._marks.append((now, self.n_done))
            while len(self._marks) > 2 and now - self._marks[1][0] >= _WINDOW_S:
                self._marks.popleft()

    @property
    def files_per_s(self) -> float | None:
        """Files finished a second of late; None while there is nothing to go by."""
        if not self._marks:
            return None
        since, n_before = self._marks[0]
        elapsed = self._clock() - since
        n = self.n_done - n_before
        return n / elapsed if n and elapsed > _TELLING_S else None

    @property
    def remaining_s(self) -> float | None:
        """Seconds to the end at this pace; None while there is nothing to go by."""
        rate = self.files_per_s
        return None if rate is None else (self.n_total - self.n_done) / rate
