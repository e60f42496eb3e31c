"""How far the classification of the list is: its status in figures, and an estimate of the time that is left."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_WINDOW_S: Final = 20.0
"""The rate is that of the last seconds: drives become slow, and files long."""

_MARK_S: Final = 0.25
_SHORTEST_S: Final = 1.0
"""Over a shorter time no rate is given."""


@dataclass(frozen=True)
class JobStatus:
    """Status of the classification of the whole list, whatever was stopped, paused or known before.

    Attributes
    ----------
    n_total, n_done, n_failed : int
        Tracks of the list, those that have a result (failures too), and the failures.
    n_queued, n_redone : int
        Tracks that are queued or being classified; those of them that keep an earlier answer until the new one comes.
    n_stopped : int
        Stopped tracks that Continue would resume.
    offered_model : str or None
        Name of the model that was chosen last, if the stopped tracks are those that it has not classified yet.
    files_per_s, remaining_s : float or None
        Rate, and estimated time for the queue; None while there is nothing to estimate it from.
    is_busy, is_scanning, is_paused, needs_model : bool
    has_no_model : bool
        The model could not be loaded: files wait until another one is chosen.
    """

    n_total: int = 0
    n_done: int = 0
    n_failed: int = 0
    n_queued: int = 0
    n_redone: int = 0
    n_stopped: int = 0
    offered_model: str | None = None
    files_per_s: float | None = None
    remaining_s: float | None = None
    is_busy: bool = False
    is_scanning: bool = False
    is_paused: bool = False
    needs_model: bool = False
    has_no_model: bool = False


class ProgressEstimate:
    """The rate at which files are classified; results from the store take no time and do not count.

    Parameters
    ----------
    clock : callable
        Monotonic clock, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._n = 0
        self.stop()

    def stop(self) -> None:
        """Do not count the time from here on: the run has ended, is paused, or waits for its model."""
        self._marks: deque[tuple[float, int]] = deque()

    def start(self) -> None:
        """Count the time from here on, unless it is counted already."""
        if not self._marks:
            self._marks.append((self._clock(), self._n))

    def count_classified(self) -> None:
        """Count a file that was classified."""
        self.start()
        self._n += 1
        now = self._clock()
        if now - self._marks[-1][0] >= _MARK_S:
            self._marks.append((now, self._n))
            while len(self._marks) > 2 and now - self._marks[1][0] >= _WINDOW_S:
                self._marks.popleft()

    def count_stored(self) -> None:
        """Count a file whose result was stored: before the first classified file, the time starts anew after it."""
        if self._marks and self._marks[0][1] == self._n:
            self.stop()
        self.start()

    @property
    def files_per_s(self) -> float | None:
        """Files classified per second of late; None while there is nothing to go by."""
        if not self._marks:
            return None
        since, n_before = self._marks[0]
        elapsed = self._clock() - since
        n = self._n - n_before
        return n / elapsed if n and elapsed > _SHORTEST_S else None

    def remaining_s(self, n_left: int) -> float | None:
        """Seconds that `n_left` files take at the present rate; None while there is nothing to go by."""
        rate = self.files_per_s
        return None if rate is None else n_left / rate
