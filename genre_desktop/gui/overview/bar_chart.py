"""A bar chart whose bars select the tracks behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.theme import ThemeSwitch


class BarChart(QWidget):
    """A bar chart whose bars can be hovered, clicked, and reached with the arrow keys.

    An abstract class: each kind of chart says in `bar_text` and `bar_rect` what its bars mean and where they are. (It
    is no `abc.ABC`, since the classes of Qt have a metaclass of their own.)
    """

    chosen = Signal(int)  # number of the bar

    def __init__(self, themes: ThemeSwitch, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._counts: tuple[int, ...] = ()
        self._current = 0
        self._hovered: int | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        themes.changed.connect(self.update)

    @property
    def counts(self) -> tuple[int, ...]:
        """Numbers of tracks of the bars, in their order."""
        return self._counts

    def bar_text(self, number: int) -> str:
        """A bar as a sentence, for tool tip and screen readers."""
        raise NotImplementedError

    def bar_rect(self, number: int) -> QRectF:
        """Area of a bar with its name and number, in which it is hovered and clicked."""
        raise NotImplementedError

    def set_counts(self, counts: Sequence[int]) -> None:
        """Replace the numbers of tracks."""
        self._counts = tuple(counts)
        self._current = min(self._current, max(len(self._counts) - 1, 0))
        self._hovered = None
        self.setAccessibleDescription("; ".join(map(self.bar_text, range(len(self._counts)))))
        self.updateGeometry()
        self.update()

    def _bar_at(self, point: QPointF) -> int | None:
        return next((number for number in range(len(self._counts)) if self.bar_rect(number).contains(point)), None)

    def _move_to(self, to: int) -> None:
        if self._counts:
            self._current = min(max(to, 0), len(self._counts) - 1)
            # A screen reader reads the tool tip of the bar that the keyboard moved to.
            QToolTip.showText(
                self.mapToGlobal(self.bar_rect(self._current).center().toPoint()),
                plain_tip(self.bar_text(self._current)),
                self,
            )
            self.update()

    # -- events --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if number is None else plain_tip(self.bar_text(number)), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._bar_at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.ArrowCursor if hovered is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._current = number
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        if key in steps:
            self._move_to(self._current + steps[key])
        elif key == Qt.Key.Key_Home:
            self._move_to(0)
        elif key == Qt.Key.Key_End:
            self._move_to(len(self._counts) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._counts:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def paint_highlight(self, painter: QPainter, number: int) -> None:
        """Paint the ground of a bar that is hovered or the current one of the keyboard."""
        if number != self._hovered and not (self.hasFocus() and number == self._current):
            return
        colours = self._themes.colours
        painter.setPen(QPen(QColor(colours.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(self.bar_rect(number).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
