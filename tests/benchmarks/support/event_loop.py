"""The event loop of a window, run until something holds, and the longest times for which it was blocked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer


class EventLoopGaps(QObject):
    """Measures the times for which the event loop was blocked, from its creation on.

    On Linux also how much of each time the thread was ready but had no processor, which other programs cause on a busy
    machine.

    Attributes
    ----------
    gaps : list of (float, float)
        Seconds of each turn of the loop, and of these the ones without a processor.
    """

    def __init__(self) -> None:
        super().__init__()
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last = time.perf_counter(), self._waited_s()
        self.gaps: list[tuple[float, float]] = []
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter(), self._waited_s()
        self.gaps.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def _waited_s(self) -> float:
        try:
            return int(self._schedule.read_text().split()[1]) / 1e9
        except OSError:
            return 0.0

    def stop(self) -> None:
        """End the measurement."""
        self._timer.stop()

    def report(self) -> str:
        """The longest times in words."""
        worst = sorted(self.gaps, reverse=True)[:3]
        own = sorted((gap - waited for gap, waited in self.gaps), reverse=True)[0]
        return (
            "longest event-loop gaps "
            + ", ".join(f"{1000 * gap:.0f} ms (no processor for {1000 * waited:.0f})" for gap, waited in worst)
            + f"; longest of the program's own {1000 * own:.0f} ms"
        )


def run_until(condition: Callable[[], bool], timeout_s: float = 100.0) -> None:
    """Run the event loop (not by polling it) until a condition holds."""
    loop = QEventLoop()
    timer = QTimer(interval=2)
    until = time.monotonic() + timeout_s
    timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > until else None)
    timer.start()
    loop.exec()
    assert condition(), "timed out"


def run_for(seconds: float = 0.05) -> None:
    """Run the event loop for some time."""
    until = time.monotonic() + seconds
    run_until(lambda: time.monotonic() > until)
