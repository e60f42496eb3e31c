"""Which stretch of a track is seen, and how time and pixels go together."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST_S = 0.005


@dataclass(frozen=True)
class TimeScale:
    """A stretch of time laid out on pixels.

    Attributes
    ----------
    start_s, end_s : float
    left, width : float
        In logical pixels.
    """

    start_s: float
    end_s: float
    left: float
    width: float

    def x(self, seconds: float) -> float:
        """Where a time lies."""
        return self.left + (seconds - self.start_s) * self.width / (self.end_s - self.start_s)

    def seconds(self, x: float) -> float:
        """The time at a place."""
        return self.start_s + (x - self.left) * self.seconds_per_pixel

    @property
    def seconds_per_pixel(self) -> float:
        """How much time a logical pixel stands for."""
        return (self.end_s - self.start_s) / self.width


class VisibleTime:
    """The visible stretch of a track: never outside of it, and never shorter than `SHORTEST_S`.

    Attributes
    ----------
    duration_s, start_s, end_s : float
    """

    def __init__(self) -> None:
        self.duration_s = SHORTEST_S
        self.start_s, self.end_s = 0.0, SHORTEST_S

    @property
    def is_whole(self) -> bool:
        """Whether all of the track is visible."""
        # Sums of times are rounded.
        return self.end_s - self.start_s >= self.duration_s * (1 - 1e-9)

    def set_duration(self, duration_s: float) -> None:
        """The track is this long now; what was zoomed in stays so."""
        was_whole = self.is_whole
        self.duration_s = max(duration_s, SHORTEST_S)
        if was_whole:
            self.show_all()
        else:
            self.show(self.start_s, self.end_s)

    def show_all(self) -> None:
        """See the whole track."""
        self.start_s, self.end_s = 0.0, self.duration_s

    def show(self, start_s: float, end_s: float) -> None:
        """See a stretch, or the nearest one that there is."""
        length = min(max(end_s - start_s, SHORTEST_S), self.duration_s)
        self.start_s = min(max(start_s, 0.0), self.duration_s - length)
        self.end_s = self.start_s + length

    def zoom(self, factor: float, about_s: float | None = None) -> None:
        """Zoom in by a factor below 1, out by one above; `about_s` (the middle by default) stays where it is."""
        if about_s is None:
            about_s = (self.start_s + self.end_s) / 2
        old = self.end_s - self.start_s
        length = min(max(old * factor, SHORTEST_S), self.duration_s)
        start = about_s - (about_s - self.start_s) * length / old
        self.show(start, start + length)

    def scroll(self, share: float) -> None:
        """Move by a share of what is visible."""
        if not self.is_whole:
            length = self.end_s - self.start_s
            self.start_s = min(max(self.start_s + length * share, 0.0), self.duration_s - length)
            self.end_s = min(self.start_s + length, self.duration_s)
