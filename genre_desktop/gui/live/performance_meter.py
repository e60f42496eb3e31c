"""How well live classification keeps up with the sound."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

_MOST_LATENCIES = 120  # a minute of answers


@dataclass(frozen=True)
class LivePerformance:
    """Latency and load of a live session; None before its first answer.

    Attributes
    ----------
    real_time_factor : float or None
        Seconds of computing per second of sound.
    latency_s, worst_latency_s : float or None
        From air to window: of the last answer, and of the slowest one of the last minute.
    n_overflows : int
        How often sound was lost.
    """

    real_time_factor: float | None = None
    latency_s: float | None = None
    worst_latency_s: float | None = None
    n_overflows: int = 0


class PerformanceMeter:
    """Collects the latencies of a live session.

    Attributes
    ----------
    performance : LivePerformance
        As of now.
    """

    def __init__(self) -> None:
        self._latencies: deque[float] = deque(maxlen=_MOST_LATENCIES)
        self.performance = LivePerformance()

    def reset(self) -> None:
        """Begin anew, with another session."""
        self._latencies.clear()
        self.performance = LivePerformance()

    def add_answer(self, latency_s: float, real_time_factor: float | None) -> None:
        """Count an answer that is shown now."""
        self._latencies.append(latency_s)
        self.performance = replace(
            self.performance,
            real_time_factor=real_time_factor,
            latency_s=latency_s,
            worst_latency_s=max(self._latencies),
        )

    def set_overflows(self, n_overflows: int) -> None:
        """Set how often sound has been lost since the input was opened."""
        if n_overflows != self.performance.n_overflows:
            self.performance = replace(self.performance, n_overflows=n_overflows)
