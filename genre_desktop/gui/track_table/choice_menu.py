"""A menu for choosing any number of values of a filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text.display import menu_text
from genre_desktop.gui.widgets.persistent_menu import PersistentMenu
from genre_desktop.model.genre_colours import genre_colour

_SWATCH = 16


@dataclass(frozen=True)
class Choice:
    """One entry of a `ChoiceMenu`.

    Attributes
    ----------
    key : str
    text : str
    n : int
        Number of tracks that it would show.
    genre : str or None
        Genre whose colour is shown beside the text.
    """

    key: str
    text: str
    n: int
    genre: str | None = None


class ChoiceMenu(PersistentMenu):
    """A menu of which any number of entries is checked; none means no restriction."""

    chosen = Signal(object)  # frozenset of keys

    def set_choices(self, choices: Iterable[Choice], chosen: frozenset[str]) -> None:
        """Replace the entries; those with a key in `chosen` are checked."""
        self.clear()
        everything = self.addAction(tr("All"))
        everything.triggered.connect(lambda: self.chosen.emit(frozenset()))
        self.addSeparator()
        for choice in choices:
            action = self.addAction(f"{menu_text(choice.text)}\t{numeral(choice.n, ',')}")
            action.setData(choice.key)
            action.setCheckable(True)
            action.setChecked(choice.key in chosen)
            if choice.genre is not None:
                action.setIcon(_swatch(choice.genre))
            action.triggered.connect(self._emit_chosen)

    def _emit_chosen(self) -> None:
        self.chosen.emit(frozenset(action.data() for action in self.actions() if action.isChecked()))


def _swatch(genre: str) -> QIcon:
    """A square in a genre's colour; with a tick in it for a checked entry, as the style draws none beside an icon."""
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
