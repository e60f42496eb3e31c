"""The application as a whole: what the desktop asks of it."""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from genre_desktop.gui.startup.launch_message import LaunchMessage


class Application(QApplication):
    """Hears what the desktop asks of the program as a whole.

    A subclass and no event filter: a filter on the application is asked about every event of every widget.
    """

    url_requested = Signal(object)  # QUrl that "Open with" names on macOS, or that was dropped on the program's icon

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.url_requested.emit(event.url())
            return True
        return super().event(event)


def bring_to_front(window: QWidget, call: LaunchMessage) -> None:
    """Show the window to the person who has just started the program again."""
    if call.activation:
        os.environ["XDG_ACTIVATION_TOKEN"] = call.activation  # where Qt's Wayland plugin looks for it
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    os.environ.pop("XDG_ACTIVATION_TOKEN", None)  # good for once
