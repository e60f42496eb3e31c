"""A combo box whose entries have keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from genre_desktop.gui.text.display import displayable, plain_tip

_PREFERRED_LETTERS = 27
_MIN_LETTERS = 10


class KeyedComboBox(QComboBox):
    """A combo box whose entries have keys; it ignores the wheel and draws its arrow in the colours of the theme.

    Parameters
    ----------
    name : str
        For screen readers.
    parent : QWidget, optional
    """

    chosen = Signal(object)  # key; only when a person chose it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_PREFERRED_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def set_entries(self, entries: Sequence[tuple[Any, str]], current: Any) -> None:
        """Replace the entries; equal ones are kept, so that an open list does not close.

        Parameters
        ----------
        entries : sequence of (key, str)
            Keys and texts.
        current : key
            Of the selected entry; an unknown key selects none.
        """
        present = [(self.itemData(row), self.itemText(row)) for row in range(self.count())]
        shown = [(key, displayable(text)) for key, text in entries]
        if present != shown:
            self.clear()
            for key, text in shown:
                self.addItem(text, key)
                self.setItemData(self.count() - 1, plain_tip(text), Qt.ItemDataRole.ToolTipRole)
        keys = [key for key, _ in shown]
        self.setCurrentIndex(keys.index(current) if current in keys else -1)

    def choose(self, key: Any) -> None:
        """Select an entry as a person does, with the signal."""
        row = next(row for row in range(self.count()) if self.itemData(row) == key)
        self.setCurrentIndex(row)
        self.activated.emit(row)

    def key(self) -> Any:
        """Key of the selected entry."""
        return self.currentData()

    def minimumSizeHint(self) -> QSize:
        letters = min(_MIN_LETTERS, self.minimumContentsLength())
        spare = (self.minimumContentsLength() - letters) * self.fontMetrics().horizontalAdvance("X")  # as Qt counts
        return super().minimumSizeHint() - QSize(spare, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the page; it must not change a choice in passing.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = self.palette().currentColorGroup()
        painter.setPen(QPen(self.palette().color(group, self.foregroundRole()), 1.5))
        x, y = self.width() - 17.0, self.height() / 2 - 1.5
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y), QPointF(x, y + 4), QPointF(x + 4, y)]))
