"""Dialogs that stay within their screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QWidget,
)

from genre_desktop.gui.widgets.screen_fit import ScreenFit
from genre_desktop.gui.widgets.scroll_area import layout_fits, scroll_bar_width, scrolling

_GAP = 8


class Dialog(QDialog):
    """A dialog that is never larger than its screen: where its content needs more room, all but the buttons scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._area: QScrollArea | None = None
        self._buttons: QDialogButtonBox | None = None
        ScreenFit(self, self._make_scrollable)

    def fit_content(self, width: int) -> None:
        """Resize to a width, or the wider one that the content needs, and to the height of the content at that width.

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

    def _make_scrollable(self, room: QSize) -> None:
        layout = self.layout()
        if self._area is not None or layout is None or layout_fits(layout, self.width(), room):
            return
        size = self.size()
        last = layout.itemAt(layout.count() - 1)
        buttons = None if last is None else last.widget()
        content = QWidget()
        if isinstance(buttons, QDialogButtonBox):
            layout.removeWidget(buttons)
            self._buttons = buttons
        content.setLayout(layout)  # moves it from the dialog to `content`
        self._area = scrolling(content)
        outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        if self._buttons is not None:
            self._place_buttons(self._buttons, outer, layout, room)
        self.resize(size + QSize(scroll_bar_width(self), 0))

    def _place_buttons(self, buttons: QDialogButtonBox, outer: QBoxLayout, content: QLayout, room: QSize) -> None:
        """Place the buttons below the scroll area; in a column beside it if a row of them is too wide."""
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


def show_and_raise(dialog: QDialog) -> None:
    """Show a modeless dialog in front of the other windows."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
