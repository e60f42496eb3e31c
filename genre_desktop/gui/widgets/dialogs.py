"""What all dialogs are made of: they stay within their screen, and show names as they stand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMessageBox,
    QScrollArea,
    QStyle,
    QWidget,
)

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.text.display import displayable_lines, error_message
from genre_desktop.gui.widgets.screen_fit import ScreenFit
from genre_desktop.gui.widgets.scroll_area import let_scroll, scrolling

_GAP = 8
_WORDS = ("qt_msgbox_label", "qt_msgbox_informativelabel")


class Dialog(QDialog):
    """A dialog that is never larger than its screen: where it needs more room, all but its buttons scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._area: QScrollArea | None = None
        self._buttons: QDialogButtonBox | None = None
        ScreenFit(self, self._let_scroll)

    def fit_content(self, width: int) -> None:
        """Be as wide as that, or as the content needs, and as high as the content is then.

        By itself Qt opens a window with at most two thirds of the screen's height, and cuts off what is longer.
        """
        layout = self._content()
        assert layout is not None
        layout.activate()
        width = max(width, layout.totalMinimumSize().width())
        height = max(layout.totalHeightForWidth(width), layout.totalMinimumHeightForWidth(width))
        if self._buttons is not None:
            height += self._buttons.height() + 2 * _GAP
        self.resize(width, height)

    def _content(self) -> QLayout | None:
        content = None if self._area is None else self._area.widget()
        return self.layout() if content is None else content.layout()

    def _let_scroll(self, room: QSize) -> None:
        layout = self.layout()
        if self._area is not None or layout is None or _fits(layout, self.width(), room):
            return
        size = self.size()
        last = layout.itemAt(layout.count() - 1)
        buttons = None if last is None else last.widget()
        content = QWidget()
        if isinstance(buttons, QDialogButtonBox):
            layout.removeWidget(buttons)
            self._buttons = buttons
        content.setLayout(layout)  # which takes it off the dialog
        self._area = scrolling(content)
        outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        if self._buttons is not None:
            self._place_buttons(self._buttons, outer, layout, room)
        self.resize(size + QSize(_scroll_bar(self), 0))

    def _place_buttons(self, buttons: QDialogButtonBox, outer: QBoxLayout, content: QLayout, room: QSize) -> None:
        """Below what scrolls; in a column beside it where they are too many for a row."""
        margins = content.contentsMargins()
        row = QHBoxLayout()
        row.addWidget(buttons)
        if buttons.sizeHint().width() + margins.left() + margins.right() > room.width():
            buttons.setOrientation(Qt.Orientation.Vertical)
            outer.setDirection(QBoxLayout.Direction.LeftToRight)
            row.setContentsMargins(_GAP, margins.top(), margins.right(), margins.bottom())
        else:
            row.setContentsMargins(margins.left(), _GAP, margins.right(), margins.bottom())
            content.setContentsMargins(margins.left(), margins.top(), margins.right(), _GAP)
        outer.addLayout(row)


class MessageBox(QMessageBox):
    """A question or a message in plain text; words that are too many for the screen scroll."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        ScreenFit(self, self._let_scroll)

    def setText(self, text: str) -> None:
        super().setText(displayable_lines(text))

    def setInformativeText(self, text: str) -> None:
        super().setInformativeText(displayable_lines(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        for area in self.findChildren(QScrollArea):
            if area.widget() is None:  # another look lays a message box out anew
                area.deleteLater()

    def _let_scroll(self, room: QSize) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible() or _fits(layout, self.width(), room):
            return
        labels = [made for name in _WORDS if (made := self.findChild(QLabel, name)) is not None]
        labels = sorted((made for made in labels if made.parent() is self), key=lambda made: made.height())
        spare = room - (self.size() - QSize(0, sum(made.height() for made in labels)))
        for n_before, made in enumerate(labels):  # the shortest first: what is short stays as it is
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
            area.setMinimumSize(width + _scroll_bar(self), max(height, made.fontMetrics().height()))
            made.show()
            area.show()
        layout.activate()


def question(parent: QWidget, title: str, text: str, more: str, yes: str, no: str = "") -> MessageBox:
    """A question that is answered with no by Enter and by Escape; `MessageBox.accepted` says yes."""
    box = MessageBox(parent)
    box.setWindowTitle(title)
    box.setIcon(MessageBox.Icon.Question)
    box.setText(text)
    box.setInformativeText(more)
    box.addButton(yes, MessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(no or tr("Cancel"), MessageBox.ButtonRole.RejectRole)
    # The key that asked may be followed by Enter.
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    return box


def failure(parent: QWidget, title: str, error: GenreDesktopError) -> MessageBox:
    """A message that what a person asked for was not done: why, and the code to search for."""
    box = MessageBox(parent)
    box.setWindowTitle(title)
    box.setIcon(MessageBox.Icon.Warning)
    box.setText(error_message(error))
    box.setInformativeText(f"{tr('Error code')}: {error.code}")
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.addButton(MessageBox.StandardButton.Close)
    box.finished.connect(box.deleteLater)
    return box


def _scroll_bar(widget: QWidget) -> int:
    return widget.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, widget)


def _fits(layout: QLayout, width: int, room: QSize) -> bool:
    """Whether a layout has enough in a room, as wide as its window is or as the room is at most."""
    needed = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        width = min(max(width, needed.width()), room.width())
        needed.setHeight(max(needed.height(), layout.totalMinimumHeightForWidth(width)))
    return needed.width() <= room.width() and needed.height() <= room.height()
