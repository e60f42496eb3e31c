"""Quiet bars above the panes: what happened, what can be done with it, and a way to be rid of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.widgets.labels import label


class Notification(QFrame):
    """One bar: it stays until it is dismissed."""

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
        self.dismiss = self.add(tr("Dismiss"), self._go)

    def add(self, text: str, slot: Callable[[], object]) -> QPushButton:
        """Offer something, left of what was offered before."""
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.clicked.connect(lambda: slot())
        self._layout.insertWidget(1, button)
        return button

    def _go(self) -> None:
        self.hide()
        self.dismissed.emit()
        self.deleteLater()


class NotificationBar(QWidget):
    """The bars, the latest on top; without one it takes no room."""

    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_notice(self, text: str) -> Notification:
        """Show a bar; what can be done is added to it."""
        notice = Notification(text)
        self._layout.insertWidget(0, notice)
        notice.dismissed.connect(self._shrink)
        self.show()
        self.appeared.emit()
        return notice

    def notices(self) -> list[Notification]:
        """Those that are shown."""
        return [notice for notice in self.findChildren(Notification) if not notice.isHidden()]

    def _shrink(self) -> None:
        if not self.notices():
            self.hide()
