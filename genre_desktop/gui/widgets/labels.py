"""Text widgets that show what they are given as it stands: names of files and models may look like HTML."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from genre_desktop.gui.text.display import displayable_lines
from genre_desktop.gui.widgets.theme import scaled_font


class PlainLabel(QLabel):
    """A label of plain text. Qt's own guesses, and loads the pictures of what it takes for HTML."""

    def __init__(self, text: str = "", parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, **properties)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(displayable_lines(text))


class ElidedLabel(PlainLabel):
    """One line that gives way instead of widening the window: of a name both ends are kept, of a sentence the start.

    Parameters
    ----------
    text : str
    parent : QWidget, optional
    mode : Qt.TextElideMode
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
        """Show a text; where it does not fit, the shorter one that says the same."""
        super().setText(text)
        self._shorter = shorter
        self.setToolTip("")

    def seen_text(self) -> str:
        """What there is room for; nothing rather than a lone ellipsis."""
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
        painter.drawText(rect, int(self.alignment()), self.seen_text())


class ParagraphLabel(PlainLabel):
    """A wrapping label that asks for the height of all its lines. Qt's own gives lines up where a window scrolls."""

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
    """A line, and below it something to be clicked: the only label that is HTML, none of it foreign."""
    made = QLabel(parent=parent, textFormat=Qt.TextFormat.RichText, alignment=Qt.AlignmentFlag.AlignCenter)
    made.setText(f'{html.escape(text)}<br><a href="#">{html.escape(link)}</a>')
    return made


def picture(icon: QIcon, size: int, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop) -> QLabel:
    """A picture beside words."""
    made = PlainLabel(alignment=alignment)
    made.setPixmap(icon.pixmap(size, size))
    return made


def set_style_flags(widget: QWidget, **properties: bool) -> None:
    """Set properties the style sheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
