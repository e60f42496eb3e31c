"""What mouse, wheel and keys do on the plots of a track."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from genre_desktop.gui.canvas.plot_painter import PlotGeometry
from genre_desktop.gui.canvas.time_axis import TimeScale

_WHEEL_ZOOM = 0.8
"""Factor of one notch."""

_KEY_ZOOM = 0.6
_GRIP = 5.0
"""Pixels around the edge of a region in which it is grasped."""


class Plots(Protocol):
    """What gestures are made on."""

    def frame(self) -> PlotGeometry: ...
    def zoom(self, factor: float, about_s: float | None = None) -> None: ...
    def scroll_by(self, share: float) -> None: ...
    def show_stretch(self, start_s: float, end_s: float) -> None: ...
    def show_all(self) -> None: ...
    def fit(self) -> None: ...
    def visible_s(self) -> tuple[float, float]: ...
    def selected_region(self) -> tuple[float, float] | None: ...
    def select_region(self, start_s: float, end_s: float, *, is_final: bool) -> None: ...
    def drop_region(self) -> None: ...
    def click(self, at: QPointF) -> None: ...
    def move_cursor(self, views: float, places: float) -> None: ...
    def extend_region(self, views: float) -> None: ...
    def click_cursor(self) -> None: ...
    def set_shape(self, shape: Qt.CursorShape) -> None: ...


class PlotInput:
    """Turns events into calls of the plots."""

    def __init__(self, plots: Plots) -> None:
        self._plots = plots
        self._pressed_at: QPointF | None = None
        self._button = Qt.MouseButton.LeftButton
        self._drag: Callable[[QPointF], None] | None = None
        self._scale_then: TimeScale | None = None
        self._is_dragging = False
        self._is_selecting = False

    @property
    def is_dragging(self) -> bool:
        """Whether a button is down and the mouse has been moved."""
        return self._is_dragging

    # -- mouse ---------------------------------------------------------------------------

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom about the cursor; scroll with Shift or sideways."""
        across, along = event.angleDelta().x() / 120, event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, along = across or along, 0.0  # some platforms turn the wheel themselves while Shift is held
        if abs(across) > abs(along):
            self._plots.scroll_by(-0.12 * across)
        elif along:
            self._plots.zoom(_WHEEL_ZOOM**along, self._plots.frame().scale.seconds(event.position().x()))
        return True

    def press(self, event: QMouseEvent) -> bool:
        """A click may begin, or one of three kinds of drag."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        at = event.position()
        self._pressed_at, self._is_dragging = at, False
        self._button = event.button()
        self._scale_then = self._plots.frame().scale
        edge = self._edge_at(at)
        self._is_selecting = False
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = self._pan
        elif edge is not None:
            self._drag, self._is_selecting = self._select_from(edge), True
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or self._plots.frame().lanes.ruler.contains(at):
            self._drag, self._is_selecting = self._select_from(self._scale_then.seconds(at.x())), True
        else:
            self._drag = self._pan
        return True

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag; otherwise say by the mouse's shape what one would do."""
        at = event.position()
        if not event.buttons() & self._button:  # it was let go where nobody told
            self._pressed_at, self._drag, self._is_dragging = None, None, False
        if self._pressed_at is None or self._drag is None:
            self._plots.set_shape(self.shape_at(at))
            return
        if not self._is_dragging:
            if abs(at.x() - self._pressed_at.x()) < QApplication.startDragDistance():
                return
            self._is_dragging = True
            if not self._is_selecting:
                self._plots.set_shape(Qt.CursorShape.ClosedHandCursor)
        self._drag(at)

    def release(self, event: QMouseEvent) -> None:
        """End a drag; without one it was a click."""
        if event.button() != self._button:
            return
        pressed_at, was_dragging = self._pressed_at, self._is_dragging
        self._pressed_at, self._drag, self._is_dragging = None, None, False
        if pressed_at is None:
            return
        if not was_dragging:
            if event.button() == Qt.MouseButton.LeftButton:
                self._plots.click(pressed_at)
        elif self._is_selecting:
            region = self._plots.selected_region()
            if region is not None:
                self._plots.select_region(*region, is_final=True)
        self._plots.set_shape(self.shape_at(event.position()))

    def double_click(self, event: QMouseEvent) -> None:
        """Fit the region or the whole track."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._plots.fit()

    def shape_at(self, at: QPointF) -> Qt.CursorShape:
        """The mouse's shape at a place."""
        if self._edge_at(at) is not None:
            return Qt.CursorShape.SizeHorCursor
        if self._plots.frame().lanes.ruler.contains(at):
            return Qt.CursorShape.IBeamCursor
        return Qt.CursorShape.ArrowCursor

    def _edge_at(self, at: QPointF) -> float | None:
        """The other edge of the region, where one of them is grasped."""
        region = self._plots.selected_region()
        if region is None:
            return None
        start, end = region
        scale = self._plots.frame().scale
        near = min(((abs(scale.x(edge) - at.x()), other) for edge, other in ((start, end), (end, start))))
        return near[1] if near[0] <= _GRIP else None

    def _pan(self, at: QPointF) -> None:
        assert self._scale_then is not None and self._pressed_at is not None
        scale = self._scale_then
        moved = (at.x() - self._pressed_at.x()) * scale.seconds_per_pixel
        self._plots.show_stretch(scale.start_s - moved, scale.end_s - moved)

    def _select_from(self, fixed_s: float) -> Callable[[QPointF], None]:
        def drag(at: QPointF) -> None:
            moved = self._plots.frame().scale.seconds(at.x())
            self._plots.select_region(min(fixed_s, moved), max(fixed_s, moved), is_final=False)

        return drag

    # -- keys ----------------------------------------------------------------------------

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the plots, though it is a shortcut of the window."""
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return is_sideways and event.modifiers() == Qt.KeyboardModifier.ControlModifier

    def key(self, event: QKeyEvent) -> bool:
        """Scroll, zoom, move the cursor of the read-out, select."""
        plots = self._plots
        keys, key, modifiers = Qt.Key, Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        sideways = {keys.Key_Left: -1, keys.Key_Right: 1}.get(key, 0)
        upwards = {keys.Key_Up: 1, keys.Key_Down: -1}.get(key, 0)
        start, end = plots.visible_s()
        if key == keys.Key_Escape and plots.selected_region() is None:
            return False
        if sideways and shift:
            plots.extend_region(0.01 * sideways)
        elif sideways and control:
            plots.move_cursor(0.01 * sideways, 0)
        elif upwards and control:
            plots.move_cursor(0, 0.02 * upwards)
        elif sideways:
            plots.scroll_by(0.1 * sideways)
        elif upwards or key in (keys.Key_Plus, keys.Key_Equal, keys.Key_Minus):
            is_in = upwards > 0 or key in (keys.Key_Plus, keys.Key_Equal)
            plots.zoom(_KEY_ZOOM if is_in else 1 / _KEY_ZOOM)
        elif key in (keys.Key_PageUp, keys.Key_PageDown):
            plots.scroll_by(-0.9 if key == keys.Key_PageUp else 0.9)
        elif key == keys.Key_Home:
            plots.show_stretch(0.0, end - start)
        elif key == keys.Key_End:
            plots.scroll_by(1e9)
        elif key == keys.Key_0:
            plots.show_all()
        elif key in (keys.Key_Return, keys.Key_Enter):
            plots.click_cursor()
        elif key == keys.Key_Escape:
            plots.drop_region()
        else:
            return False
        return True
