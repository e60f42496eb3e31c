"""Labels of plain text: names of files and models may look like HTML."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from genre_desktop.gui.text.display import displayable_lines
from genre_desktop.gui.widgets.theme import scaled_font


class PlainLabel(QLabel):
    """A label of plain text. QLabel guesses the format, and loads the images of a text that looks like HTML."""

    def __init__(self, text: str = "", parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, **properties)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(displayable_lines(text))


class ElidedLabel(PlainLabel):
    """One line that is elided instead of widening the window.

    Parameters
    ----------
    text : str
    parent : QWidget, optional
    mode : Qt.TextElideMode
        By default both ends are kept, as suits a name; of a sentence the start should be.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        self._shorter = ""
        self._mode = mode
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str, shorter: str = "") -> None:
        """Show a text; the shorter one with the same meaning where it does not fit."""
        super().setText(text)
        self._shorter = shorter
        self.setToolTip("")

    def visible_text(self) -> str:
        """The text as painted: elided to the width; empty rather than a lone ellipsis."""
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        for text in filter(None, (self.text(), self._shorter)):
            if metrics.horizontalAdvance(text) <= width:
                return text
        elided = metrics.elidedText(self.text(), self._mode, width)
        return "" if elided == "…" else elided

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.contentsRect()
        painter.setPen(self.palette().windowText().color())
        painter.drawText(rect, int(self.alignment()), self.visible_text())


class ParagraphLabel(PlainLabel):
    """A wrapping label with the height of all its lines as its minimum; a QLabel in a scroll area may lose lines."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, wordWrap=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(self.width()))


def label(text: str = "", *, scale: float = 1.0, bold: bool = False, muted: bool = False) -> PlainLabel:
    """A wrapping label."""
    made = PlainLabel(text, wordWrap=True)
    if scale != 1.0 or bold:
        made.setFont(scaled_font(scale, bold=bold))
    made.setProperty("muted", muted)
    return made


def label_with_link(text: str, link: str, parent: QWidget) -> QLabel:
    """A line of text with a link below it: the only label of HTML, and every text in it is escaped."""
    made = QLabel(parent=parent, textFormat=Qt.TextFormat.RichText, alignment=Qt.AlignmentFlag.AlignCenter)
    made.setText(f'{html.escape(text)}<br><a href="#">{html.escape(link)}</a>')
    return made


def icon_label(icon: QIcon, size: int, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop) -> QLabel:
    """A label that shows an icon in a size."""
    made = PlainLabel(alignment=alignment)
    made.setPixmap(icon.pixmap(size, size))
    return made


def set_style_flags(widget: QWidget, **properties: bool) -> None:
    """Set properties that the style sheet selects by, and apply the style sheet again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
