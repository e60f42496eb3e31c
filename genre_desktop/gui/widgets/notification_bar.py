"""Notifications above the panes: what happened, buttons for what can be done, and one to dismiss it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.widgets.labels import label


class Notification(QFrame):
    """One notification; it stays until it is dismissed.

    Attributes
    ----------
    words : PlainLabel
    dismiss : QPushButton
    """

    dismissed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName(text)
        self.words = label(text)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 4, 6, 4)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.words, 1)
        self.dismiss = self.add_button(tr("Dismiss"), self._dismiss)

    def add_button(self, text: str, slot: Callable[[], object]) -> QPushButton:
        """Add a button on the left of those that are there."""
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.clicked.connect(lambda: slot())
        self._layout.insertWidget(1, button)
        return button

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
        self.deleteLater()


class NotificationBar(QWidget):
    """The notifications, the latest on top; hidden without one."""

    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_notice(self, text: str) -> Notification:
        """Show a notification, to which buttons can be added."""
        notice = Notification(text)
        self._layout.insertWidget(0, notice)
        notice.dismissed.connect(self._hide_if_empty)
        self.show()
        self.appeared.emit()
        return notice

    def notices(self) -> list[Notification]:
        """The visible notifications."""
        return [notice for notice in self.findChildren(Notification) if not notice.isHidden()]

    def _hide_if_empty(self) -> None:
        if not self.notices():
            self.hide()
