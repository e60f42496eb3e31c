"""The Qt application: events that the desktop sends to the program as a whole."""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from genre_desktop.gui.startup.launch_message import LaunchMessage


class Application(QApplication):
    """A QApplication that turns file-open events of macOS into a signal.

    A subclass and no event filter: Qt calls a filter on the application for every event of every widget.
    """

    url_requested = Signal(object)  # QUrl: chosen by "Open with" on macOS, or dropped on the program's icon

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.url_requested.emit(event.url())
            return True
        return super().event(event)


def bring_to_front(window: QWidget, launch: LaunchMessage) -> None:
    """Raise and activate the window after a later launch of the program."""
    if launch.activation:
        os.environ["XDG_ACTIVATION_TOKEN"] = launch.activation  # Qt's Wayland plugin reads it from there
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    os.environ.pop("XDG_ACTIVATION_TOKEN", None)  # a token is valid once
