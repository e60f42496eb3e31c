"""The selected region of a track and the cursor of the read-out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from genre_desktop.gui.canvas.time_axis import TimeAxis

_SHORTEST_REGION_S = 0.001


class CursorPosition(NamedTuple):
    """A point of the plots.

    Attributes
    ----------
    seconds : float
    height : float
        From 0 (lowest frequency) to 1 on the spectrogram; on another plot it is outside of that range.
    """

    seconds: float
    height: float


class Selection(QObject):
    """Selected region and read-out cursor of the plots, like the selection and the caret of a text editor.

    Attributes
    ----------
    region : (float, float) or None
        Start and end in seconds.
    cursor : CursorPosition or None
    """

    region_moved = Signal()  # also while an edge is dragged
    region_changed = Signal(object)  # (start_s, end_s) or None, when a change is final
    cursor_moved = Signal(object, object)  # CursorPosition or None: before and after

    def __init__(self, axis: TimeAxis, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self.region: tuple[float, float] | None = None
        self.cursor: CursorPosition | None = None

    def reset(self) -> None:
        """Remove region and cursor: another track is shown."""
        self.cursor = None
        self.clear()

    def select(self, start_s: float, end_s: float, *, is_final: bool = True) -> None:
        """Select a region, cut to the track; one without length clears the selection.

        Parameters
        ----------
        start_s, end_s : float
        is_final : bool
            False while the mouse drags: only the end of a drag emits `region_changed`.
        """
        start, end = max(start_s, 0.0), min(end_s, self._axis.duration_s)
        if end - start < _SHORTEST_REGION_S:
            if is_final:
                self.clear()
            return
        self.region = (start, end)
        self.region_moved.emit()
        if is_final:
            self.region_changed.emit(self.region)

    def clear(self) -> None:
        """Select no region."""
        if self.region is not None:
            self.region = None
            self.region_moved.emit()
            self.region_changed.emit(None)

    def set_cursor(self, cursor: CursorPosition | None) -> None:
        """Place or remove the read-out cursor."""
        before, self.cursor = self.cursor, cursor
        self.cursor_moved.emit(before, cursor)

    def move_cursor(self, views: float, heights: float) -> None:
        """Move the cursor by shares of the visible range and of the frequency axis; the view follows it.

        An absent or invisible cursor starts in the middle.
        """
        start, end = self._axis.visible_s
        cursor = self.cursor
        if cursor is None or not start <= cursor.seconds <= end:
            cursor = CursorPosition((start + end) / 2, 0.5)
        seconds = min(max(cursor.seconds + views * (end - start), 0.0), self._axis.duration_s)
        if not start <= seconds <= end:
            self._axis.scroll(0.5 if seconds > end else -0.5)
        self.set_cursor(CursorPosition(seconds, min(max(cursor.height + heights, 0.0), 1.0)))

    def extend(self, views: float) -> None:
        """Move the cursor, and with it the nearer edge of the region; without one, a region starts at the cursor."""
        if self.cursor is None:
            self.move_cursor(0, 0)
        assert self.cursor is not None
        before = self.cursor.seconds
        fixed = before
        if self.region is not None:
            start, end = self.region
            fixed = end if abs(before - start) < abs(before - end) else start
        self.move_cursor(views, 0)
        moved = self.cursor.seconds
        self.select(min(fixed, moved), max(fixed, moved))
