"""Text widgets that show what they are given as it stands: names of files and models may look like HTML."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from genre_desktop.gui.names import shown_lines
from genre_desktop.gui.theme import scaled_font


class PlainLabel(QLabel):
    """A label of plain text. Qt's own guesses, and loads the pictures of what it takes for HTML."""

    def __init__(self, text: str = "", parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, **properties)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(shown_lines(text))


class ElidedLabel(PlainLabel):
    """One line that gives way in the middle instead of widening the window."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip("")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.contentsRect()
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, int(self.alignment()), text)


def label(text: str = "", *, scale: float = 1.0, bold: bool = False, muted: bool = False) -> PlainLabel:
    """A wrapping label."""
    made = PlainLabel(text, wordWrap=True)
    if scale != 1.0 or bold:
        made.setFont(scaled_font(scale, bold=bold))
    made.setProperty("muted", muted)
    return made


def label_with_link(text: str, link: str, parent: QWidget) -> QLabel:
    """A line, and below it something to be clicked: the only label that is HTML, none of it foreign."""
    made = QLabel(parent=parent, textFormat=Qt.TextFormat.RichText, alignment=Qt.AlignmentFlag.AlignCenter)
    made.setText(f'{html.escape(text)}<br><a href="#">{html.escape(link)}</a>')
    return made


def picture(icon: QIcon, size: int, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop) -> QLabel:
    """A picture beside words."""
    made = PlainLabel(alignment=alignment)
    made.setPixmap(icon.pixmap(size, size))
    return made


def mark(widget: QWidget, **properties: bool) -> None:
    """Set properties the style sheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
