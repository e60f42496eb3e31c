"""A task context that records what a work function reports."""

from __future__ import annotations

from typing import Any

from genre_desktop.gui.workers.worker import TaskContext


class RecordingContext(TaskContext):
    """Stands for the context of a worker, for work functions that are called on the thread of the test.

    Attributes
    ----------
    parts : list
        What was reported by `partial`, in order.
    fractions : list of float
    """

    def __init__(self, *, is_cancelled: bool = False) -> None:
        self._is_cancelled = is_cancelled
        self.parts: list[Any] = []
        self.fractions: list[float] = []

    def progress(self, fraction: float) -> None:
        self.fractions.append(fraction)

    def partial(self, value: object) -> None:
        self.parts.append(value)

    def is_cancelled(self) -> bool:
        return self._is_cancelled
