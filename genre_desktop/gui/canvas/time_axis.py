"""The time axis of the plots: its visible range, and how seconds map to pixels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

SHORTEST_S = 0.005


@dataclass(frozen=True)
class TimeScale:
    """Linear mapping of a range of time to a range of pixels.

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
        """Horizontal position of a time, in logical pixels."""
        return self.left + (seconds - self.start_s) * self.width / (self.end_s - self.start_s)

    def seconds(self, x: float) -> float:
        """Time at a horizontal position."""
        return self.start_s + (x - self.left) * self.seconds_per_pixel

    @property
    def seconds_per_pixel(self) -> float:
        """Seconds that one logical pixel covers."""
        return (self.end_s - self.start_s) / self.width


class TimeAxis(QObject):
    """The visible range of a track: always inside the track, and never shorter than `SHORTEST_S`.

    Attributes
    ----------
    duration_s : float
        Of the whole track.
    start_s, end_s : float
        The visible range.
    """

    changed = Signal()  # the range was moved or zoomed; not emitted by `reset` and `set_duration`

    def __init__(self) -> None:
        super().__init__()
        self.reset()

    def reset(self) -> None:
        """Forget the track."""
        self.duration_s = SHORTEST_S
        self.start_s, self.end_s = 0.0, SHORTEST_S

    @property
    def visible_s(self) -> tuple[float, float]:
        """First and last visible second."""
        return self.start_s, self.end_s

    @property
    def is_whole(self) -> bool:
        """Whether all of the track is visible."""
        # Sums of times are rounded.
        return self.end_s - self.start_s >= self.duration_s * (1 - 1e-9)

    def set_duration(self, duration_s: float) -> None:
        """Change the length of the track; a zoomed range stays as far as the new length allows."""
        was_whole = self.is_whole
        self.duration_s = max(duration_s, SHORTEST_S)
        if was_whole:
            self.start_s, self.end_s = 0.0, self.duration_s
        else:
            self._set_range(self.start_s, self.end_s)

    def show_all(self) -> None:
        """Zoom out to the whole track."""
        self.start_s, self.end_s = 0.0, self.duration_s
        self.changed.emit()

    def show(self, start_s: float, end_s: float) -> None:
        """Show this range, or the nearest one inside the track."""
        self._set_range(start_s, end_s)
        self.changed.emit()

    def zoom(self, factor: float, about_s: float | None = None) -> None:
        """Zoom in by a factor below 1, out by one above.

        Parameters
        ----------
        factor : float
            New length of the visible range divided by the old one.
        about_s : float, optional
            Time that keeps its place on the screen; by default the middle.
        """
        if about_s is None:
            about_s = (self.start_s + self.end_s) / 2
        old = self.end_s - self.start_s
        length = min(max(old * factor, SHORTEST_S), self.duration_s)
        start = about_s - (about_s - self.start_s) * length / old
        self.show(start, start + length)

    def scroll(self, share: float) -> None:
        """Move the visible range by a share of its length."""
        if not self.is_whole:
            length = self.end_s - self.start_s
            self.start_s = min(max(self.start_s + length * share, 0.0), self.duration_s - length)
            self.end_s = min(self.start_s + length, self.duration_s)
        self.changed.emit()

    def _set_range(self, start_s: float, end_s: float) -> None:
        length = min(max(end_s - start_s, SHORTEST_S), self.duration_s)
        self.start_s = min(max(start_s, 0.0), self.duration_s - length)
        self.end_s = self.start_s + length
