"""A dialog of several pages."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label


class PagesDialog(Dialog):
    """A dialog of several pages: their names on the left, one of them on the right.

    Attributes
    ----------
    list : QListWidget
        The names.
    stack : QStackedWidget
        The pages.
    buttons : QDialogButtonBox
    message : PlainLabel
        A problem, shown above the buttons.
    """

    def __init__(self, title: str, pages: Iterable[tuple[str, QWidget]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        for name, page in pages:
            self.list.addItem(name)
            self.stack.addWidget(page)
        self.list.setFixedWidth(max(150, self.list.sizeHintForColumn(0) + 24))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, self.list.fontMetrics().height() + 14))
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.message = label()
        self.message.setProperty("problem", True)
        self.message.hide()
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.list)
        middle.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def show_problem(self, text: str) -> None:
        """Show what went wrong; an empty text hides it."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
