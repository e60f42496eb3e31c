"""Values from other threads, handed to the GUI thread a few milliseconds at a time."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_TURN_S = 0.005
"""Time that one turn of deliveries may take before painting and input get theirs."""


class QueuedDelivery(QObject):
    """A queue that any thread may fill and that the thread it lives on empties, in order, whenever it is `ready`.

    Ten thousand quick values must not be ten thousand events in a row: all that waits is announced by one event, and
    one turn ends after 5 ms, however much is left for the next.

    Attributes
    ----------
    n_posted : int
        Number of values posted so far; of use where one thread posts.
    """

    ready = Signal()  # values wait; take them by `turn`

    _announced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.n_posted = 0
        self._values: deque[Any] = deque()
        self._is_announced = threading.Event()
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self.ready)
        self._announced.connect(self.ready, Qt.ConnectionType.QueuedConnection)

    def post(self, value: object) -> None:
        """Queue a value; from any thread, without waiting."""
        self.n_posted += 1
        self._values.append(value)
        if not self._is_announced.is_set():
            self._is_announced.set()
            self._announced.emit()

    def turn(self) -> Iterator[Any]:
        """Take values, the oldest first, until none waits or the turn is over; `ready` is emitted for what is left."""
        self._is_announced.clear()
        until = time.perf_counter() + _TURN_S
        while self._values:
            yield self._values.popleft()
            if time.perf_counter() > until and self._values:
                self._next_turn.start()
                return

    def flush(self) -> None:
        """Have all that waits taken at once, however long that takes."""
        while self._values:
            self.ready.emit()

    def clear(self) -> None:
        """Drop the values that have not been taken."""
        self._next_turn.stop()
        self._values.clear()
