"""Questions and messages that stay within their screen and show names as plain text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QScrollArea, QWidget

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.text.display import displayable_lines, error_message
from genre_desktop.gui.widgets.screen_fit import ScreenFit
from genre_desktop.gui.widgets.scroll_area import layout_fits, let_scroll, scroll_bar_width

_TEXT_LABELS = ("qt_msgbox_label", "qt_msgbox_informativelabel")
"""Names of the labels of a QMessageBox."""


class MessageBox(QMessageBox):
    """A question or a message in plain text; a text that is too long for the screen scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        ScreenFit(self, self._make_scrollable)

    def setText(self, text: str) -> None:
        super().setText(displayable_lines(text))

    def setInformativeText(self, text: str) -> None:
        super().setInformativeText(displayable_lines(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        for area in self.findChildren(QScrollArea):
            if area.widget() is None:  # another style lays a message box out anew
                area.deleteLater()

    def _make_scrollable(self, room: QSize) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible() or layout_fits(layout, self.width(), room):
            return
        labels = [made for name in _TEXT_LABELS if (made := self.findChild(QLabel, name)) is not None]
        labels = sorted((made for made in labels if made.parent() is self), key=lambda made: made.height())
        spare = room - (self.size() - QSize(0, sum(made.height() for made in labels)))
        for n_before, made in enumerate(labels):  # the shortest first: short texts need not scroll
            height = min(made.height(), spare.height() // (len(labels) - n_before))
            width = min(made.width(), made.width() + spare.width())
            spare -= QSize(0, height)
            if (width, height) == made.size().toTuple():
                continue
            made.setWordWrap(True)
            area = QScrollArea()
            layout.replaceWidget(made, area)
            let_scroll(made, area)
            if made.minimumSizeHint().width() <= width:
                area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setMinimumSize(width + scroll_bar_width(self), max(height, made.fontMetrics().height()))
            made.show()
            area.show()
        layout.activate()


def question(parent: QWidget, title: str, text: str, more: str, yes: str, no: str = "") -> MessageBox:
    """A question; Enter and Escape answer no, and yes emits `MessageBox.accepted`."""
    box = MessageBox(parent)
    box.setWindowTitle(title)
    box.setIcon(MessageBox.Icon.Question)
    box.setText(text)
    box.setInformativeText(more)
    box.addButton(yes, MessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(no or tr("Cancel"), MessageBox.ButtonRole.RejectRole)
    # The key that opened the question may be followed by Enter.
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    return box


def failure(parent: QWidget, title: str, error: GenreDesktopError) -> MessageBox:
    """A message that a command failed: why, and the error code to search for."""
    box = MessageBox(parent)
    box.setWindowTitle(title)
    box.setIcon(MessageBox.Icon.Warning)
    box.setText(error_message(error))
    box.setInformativeText(f"{tr('Error code')}: {error.code}")
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.addButton(MessageBox.StandardButton.Close)
    box.finished.connect(box.deleteLater)
    return box
