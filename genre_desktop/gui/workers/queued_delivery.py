"""Values from other threads, handed to the GUI thread a few milliseconds at a time."""

from __future__ import annotations

import threading
import time
from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_TURN_S = 0.005
"""Time that one turn of deliveries may take before painting and input get theirs."""


class QueuedDelivery(QObject):
    """A queue that any thread may fill and that emits its values, in order, on the thread that it lives on.

    Ten thousand quick values must not be ten thousand events in a row: all that waits is delivered by one event, and
    one turn ends after 5 ms, however much is left for the next.

    Attributes
    ----------
    n_posted : int
        Number of values posted so far; of use where one thread posts.
    """

    delivered = Signal(object)
    _announced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.n_posted = 0
        self._values: deque[object] = deque()
        self._is_announced = threading.Event()
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._deliver)
        self._announced.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, value: object) -> None:
        """Queue a value; from any thread, without waiting."""
        self.n_posted += 1
        self._values.append(value)
        if not self._is_announced.is_set():
            self._is_announced.set()
            self._announced.emit()

    def flush(self) -> None:
        """Deliver all that waits at once, however long that takes."""
        while self._values:
            self._deliver()

    def clear(self) -> None:
        """Drop the values that have not been delivered."""
        self._next_turn.stop()
        self._values.clear()

    def _deliver(self) -> None:
        self._is_announced.clear()
        until = time.perf_counter() + _TURN_S
        while self._values:
            self.delivered.emit(self._values.popleft())
            if time.perf_counter() > until and self._values:
                self._next_turn.start()
                return
