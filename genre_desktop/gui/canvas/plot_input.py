"""Mouse, wheel and keys on the plots of a track."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from genre_desktop.gui.canvas.plot_painter import PlotGeometry
from genre_desktop.gui.canvas.selection import CursorPosition, Selection
from genre_desktop.gui.canvas.time_axis import TimeAxis, TimeScale

_WHEEL_ZOOM = 0.8
"""Factor of one notch."""

_KEY_ZOOM = 0.6
_GRIP = 5.0
"""Distance in pixels from an edge of the selected region within which the mouse grasps that edge."""


class PlotInput(QObject):
    """Turns the events of the plots into changes of their time axis and selection.

    Parameters
    ----------
    axis : TimeAxis
    selection : Selection
    geometry : callable
        Gives the present layout of the plots.
    parent : QObject, optional
    """

    clicked = Signal(QPointF)  # position in the widget
    cursor_clicked = Signal()  # Enter: as a click at the read-out cursor
    cursor_shape_changed = Signal(Qt.CursorShape)  # of the mouse

    def __init__(
        self,
        axis: TimeAxis,
        selection: Selection,
        geometry: Callable[[], PlotGeometry],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._axis = axis
        self._selection = selection
        self._geometry = geometry
        self._mouse_at: QPointF | None = None  # while the read-out cursor follows the mouse
        self._pressed_at: QPointF | None = None
        self._button = Qt.MouseButton.LeftButton
        self._drag: Callable[[QPointF], None] | None = None
        self._pressed_scale: TimeScale | None = None
        self._is_dragging = False
        self._is_selecting = False

    @property
    def is_dragging(self) -> bool:
        """Whether a button is down and the mouse has been moved."""
        return self._is_dragging

    # -- mouse ---------------------------------------------------------------------------

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom about the cursor; scroll with Shift or sideways."""
        self._mouse_at = event.position()
        across, along = event.angleDelta().x() / 120, event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, along = across or along, 0.0  # some platforms turn the wheel themselves while Shift is held
        if abs(across) > abs(along):
            self._axis.scroll(-0.12 * across)
        elif along:
            self._axis.zoom(_WHEEL_ZOOM**along, self._geometry().scale.seconds(event.position().x()))

    def press(self, event: QMouseEvent) -> bool:
        """Begin a click or a drag: panning, selecting, or moving an edge of the region; False for other buttons."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        at = event.position()
        self._pressed_at, self._is_dragging = at, False
        self._button = event.button()
        self._pressed_scale = self._geometry().scale
        opposite = self._opposite_edge(at)
        self._is_selecting = False
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = self._pan
        elif opposite is not None:
            self._drag, self._is_selecting = self._select_from(opposite), True
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or self._geometry().layout.ruler.contains(at):
            self._drag, self._is_selecting = self._select_from(self._pressed_scale.seconds(at.x())), True
        else:
            self._drag = self._pan
        return True

    def move(self, event: QMouseEvent) -> None:
        """Continue a drag, or show by the mouse's shape what a drag would do; the read-out cursor follows."""
        self._drag_to(event)
        self._mouse_at = event.position()
        self.follow_mouse()

    def _drag_to(self, event: QMouseEvent) -> None:
        at = event.position()
        if not event.buttons() & self._button:  # released where the widget got no event of it
            self._pressed_at, self._drag, self._is_dragging = None, None, False
        if self._pressed_at is None or self._drag is None:
            self.cursor_shape_changed.emit(self.shape_at(at))
            return
        if not self._is_dragging:
            if abs(at.x() - self._pressed_at.x()) < QApplication.startDragDistance():
                return
            self._is_dragging = True
            if not self._is_selecting:
                self.cursor_shape_changed.emit(Qt.CursorShape.ClosedHandCursor)
        self._drag(at)

    def release(self, event: QMouseEvent) -> None:
        """End a drag; a press without a drag was a click."""
        if event.button() != self._button:
            return
        pressed_at, was_dragging = self._pressed_at, self._is_dragging
        self._pressed_at, self._drag, self._is_dragging = None, None, False
        if pressed_at is None:
            return
        if not was_dragging:
            if event.button() == Qt.MouseButton.LeftButton:
                self.clicked.emit(pressed_at)
        elif self._is_selecting and self._selection.region is not None:
            self._selection.select(*self._selection.region)
        self.cursor_shape_changed.emit(self.shape_at(event.position()))

    def double_click(self, event: QMouseEvent) -> None:
        """Show the selected region; the whole track without one, or if the region is shown already."""
        if event.button() == Qt.MouseButton.LeftButton:
            region = self._selection.region
            if region is None or self._axis.visible_s == region:
                self._axis.show_all()
            else:
                self._axis.show(*region)

    def leave(self) -> None:
        """Remove the read-out cursor."""
        self._mouse_at = None
        self._selection.set_cursor(None)

    def follow_mouse(self) -> None:
        """Place the read-out cursor under the mouse: the view may have moved on below it."""
        at = self._mouse_at
        if at is None:
            return
        geometry = self._geometry()
        layout = geometry.layout
        if not layout.all.contains(at):
            self._selection.set_cursor(None)
            return
        height = (layout.spectrogram.bottom() - at.y()) / layout.spectrogram.height()
        self._selection.set_cursor(CursorPosition(geometry.scale.seconds(at.x()), height))

    def shape_at(self, at: QPointF) -> Qt.CursorShape:
        """The mouse's shape at a position."""
        if self._opposite_edge(at) is not None:
            return Qt.CursorShape.SizeHorCursor
        if self._geometry().layout.ruler.contains(at):
            return Qt.CursorShape.IBeamCursor
        return Qt.CursorShape.ArrowCursor

    def _opposite_edge(self, at: QPointF) -> float | None:
        """Time of the edge of the region that stays while the one under the mouse is dragged; None without one."""
        region = self._selection.region
        if region is None:
            return None
        start, end = region
        scale = self._geometry().scale
        distance, opposite = min((abs(scale.x(edge) - at.x()), other) for edge, other in ((start, end), (end, start)))
        return opposite if distance <= _GRIP else None

    def _pan(self, at: QPointF) -> None:
        assert self._pressed_scale is not None and self._pressed_at is not None
        scale = self._pressed_scale
        moved = (at.x() - self._pressed_at.x()) * scale.seconds_per_pixel
        self._axis.show(scale.start_s - moved, scale.end_s - moved)

    def _select_from(self, fixed_s: float) -> Callable[[QPointF], None]:
        def drag(at: QPointF) -> None:
            moved = self._geometry().scale.seconds(at.x())
            self._selection.select(min(fixed_s, moved), max(fixed_s, moved), is_final=False)

        return drag

    # -- keys ----------------------------------------------------------------------------

    def overrides_shortcut(self, event: QKeyEvent) -> bool:
        """Whether the plots handle a key that is also a shortcut of the window."""
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return is_sideways and event.modifiers() == Qt.KeyboardModifier.ControlModifier

    def key(self, event: QKeyEvent) -> bool:
        """Scroll, zoom, move the read-out cursor, select; False for a key without a meaning here."""
        axis, selection = self._axis, self._selection
        keys, key, modifiers = Qt.Key, Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        sideways = {keys.Key_Left: -1, keys.Key_Right: 1}.get(key, 0)
        upwards = {keys.Key_Up: 1, keys.Key_Down: -1}.get(key, 0)
        start, end = axis.visible_s
        if key == keys.Key_Escape and selection.region is None:
            return False
        if (sideways and (shift or control)) or (upwards and control):
            self._mouse_at = None
        if sideways and shift:
            selection.extend(0.01 * sideways)
        elif sideways and control:
            selection.move_cursor(0.01 * sideways, 0)
        elif upwards and control:
            selection.move_cursor(0, 0.02 * upwards)
        elif sideways:
            axis.scroll(0.1 * sideways)
        elif upwards or key in (keys.Key_Plus, keys.Key_Equal, keys.Key_Minus):
            is_in = upwards > 0 or key in (keys.Key_Plus, keys.Key_Equal)
            axis.zoom(_KEY_ZOOM if is_in else 1 / _KEY_ZOOM)
        elif key in (keys.Key_PageUp, keys.Key_PageDown):
            axis.scroll(-0.9 if key == keys.Key_PageUp else 0.9)
        elif key == keys.Key_Home:
            axis.show(0.0, end - start)
        elif key == keys.Key_End:
            axis.scroll(1e9)
        elif key == keys.Key_0:
            axis.show_all()
        elif key in (keys.Key_Return, keys.Key_Enter):
            self.cursor_clicked.emit()
        elif key == keys.Key_Escape:
            selection.clear()
        else:
            return False
        return True
