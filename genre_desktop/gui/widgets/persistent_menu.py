"""Menus that stay open while several things are chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSpinBox, QWidget, QWidgetAction

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text.display import menu_text
from genre_desktop.gui.widgets.labels import label
from genre_desktop.model.genre_colours import genre_colour

_SWATCH = 16


@dataclass(frozen=True)
class Choice:
    """One entry.

    Attributes
    ----------
    key : str
    text : str
    n : int
        How many tracks it would show.
    genre : str or None
        Whose colour stands beside it.
    """

    key: str
    text: str
    n: int
    genre: str | None = None


class PersistentMenu(QMenu):
    """Stays open when an entry that can be checked is clicked, or chosen by Space."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class ChoiceMenu(PersistentMenu):
    """Any number of choices; none of them means all."""

    chosen = Signal(object)  # frozenset of str

    def offer(self, choices: Iterable[Choice], chosen: frozenset[str]) -> None:
        """Fill the menu anew."""
        self.clear()
        everything = self.addAction(tr("All"))
        everything.triggered.connect(lambda: self._choose_all())
        self.addSeparator()
        for choice in choices:
            action = self.addAction(f"{menu_text(choice.text)}\t{numeral(choice.n, ',')}")
            action.setData(choice.key)
            action.setCheckable(True)
            action.setChecked(choice.key in chosen)
            if choice.genre is not None:
                action.setIcon(_swatch(choice.genre))
            action.triggered.connect(self._tell)

    def _entries(self) -> list[QAction]:
        return [action for action in self.actions() if action.isCheckable()]

    def _tell(self) -> None:
        self.chosen.emit(frozenset(action.data() for action in self._entries() if action.isChecked()))

    def _choose_all(self) -> None:
        self.chosen.emit(frozenset())


class RangeMenu(PersistentMenu):
    """A range of confidences, in per cent: those of the words that the window uses, or any other."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The same steps as the words of `wording.confidence_words`.
        for text, low, high in (
            (tr("All"), 0, 100),
            (tr("Very sure: 90\u00a0% and more"), 90, 100),
            (tr("Fairly sure: 70 to 89\u00a0%"), 70, 89),
            (tr("More likely than not: 50 to 69\u00a0%"), 50, 69),
            (tr("A guess: below 50\u00a0%"), 0, 49),
        ):
            action = self.addAction(text)
            action.triggered.connect(lambda _checked=False, low=low, high=high: self.chosen.emit(low, high))
        self.addSeparator()
        self.low, self.high = _figure(tr("Least confidence")), _figure(tr("Most confidence"))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(24, 6, 16, 6)
        layout.addWidget(label(tr("From")))
        layout.addWidget(self.low)
        layout.addWidget(label(tr("to")))
        layout.addWidget(self.high)
        action = QWidgetAction(self)
        action.setDefaultWidget(row)
        self.addAction(action)
        self.low.valueChanged.connect(lambda low: self._tell(low, max(low, self.high.value())))
        self.high.valueChanged.connect(lambda high: self._tell(min(high, self.low.value()), high))

    def offer(self, low: int, high: int) -> None:
        """Show the range that is chosen."""
        for box, value in ((self.low, low), (self.high, high)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)

    def _tell(self, low: int, high: int) -> None:
        self.offer(low, high)
        self.chosen.emit(low, high)


def _figure(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, 100)
    box.setSingleStep(5)
    box.setSuffix("\u00a0%")
    for part in (box, box.lineEdit()):
        part.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setKeyboardTracking(False)  # "8" on the way to "80" filters nothing
    return box


def _swatch(genre: str) -> QIcon:
    """A genre's colour; with a tick in it where the genre is chosen, for the style draws none beside an icon."""
    icon = QIcon()
    colour = QColor(genre_colour(genre))
    for state in (QIcon.State.Off, QIcon.State.On):
        picture = QPixmap(_SWATCH, _SWATCH)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(128, 128, 128, 140), 1))
        painter.setBrush(colour)
        if state == QIcon.State.On:
            painter.drawRoundedRect(QRectF(0.5, 0.5, _SWATCH - 1, _SWATCH - 1), 3, 3)
            ink = Qt.GlobalColor.black if colour.lightnessF() > 0.5 else Qt.GlobalColor.white
            painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([QPointF(4, 8.5), QPointF(7, 11.5), QPointF(12, 5)])
        else:
            painter.drawRoundedRect(QRectF(3.5, 3.5, _SWATCH - 7, _SWATCH - 7), 2, 2)
        painter.end()
        icon.addPixmap(picture, QIcon.Mode.Normal, state)
    return icon
