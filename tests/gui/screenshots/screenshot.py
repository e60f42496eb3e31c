"""Opens windows, brings them into a state, takes pictures."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from genre_desktop.core.settings import Settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_window
from genre_desktop.gui.widgets import screen_fit
from genre_desktop.gui.widgets.theme import ThemeSwitch

SIZES = ((1280, 800), (1920, 1080))
_ROOM = QRect(0, 0, 2560, 1440)


def give_room(app: QApplication) -> None:
    """Let windows be as large as the pictures: the screen of Qt's offscreen platform is 800 pixels wide."""
    if app.platformName() == "offscreen":
        screen_fit.available_geometry = lambda _screen: _ROOM


class Photographer:
    """Opens windows, brings them into a state, takes pictures."""

    def __init__(self, app: QApplication, folder: Path, services: Services, scratch: str) -> None:
        self.app = app
        self.scratch = scratch
        self.folder = folder
        self.services = services
        give_room(app)

    def wait(self, condition: Callable[[], bool], timeout_s: float = 120.0) -> None:
        until = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError("the window did not reach the state in time")
            self.app.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.4) -> None:
        until = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > until)

    def open(self, services: Services | None = None) -> MainWindow:
        # Each window has a list of its own.
        os.environ["GENRE_DESKTOP_HOME"] = tempfile.mkdtemp(dir=self.scratch)
        window = create_window(self.app, services or self.services, Settings(theme="light"))
        window.show()
        self.wait(lambda: window.canvas.plots is not None)
        return window

    def take(self, window: MainWindow, name: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
        """One picture a size and theme."""
        (themes,) = self.app.findChildren(ThemeSwitch)
        for theme in ("light", "dark"):
            themes.choose(theme)
            for width, height in sizes:
                window.resize(width, height)
                self.settle(0.15)
                path = self.folder / f"{name}-{theme}-{width}.png"
                window.grab().save(str(path))
                print(path)

    def take_over(self, window: MainWindow, dialog: QWidget, name: str) -> None:
        """Pictures of the window with a dialog in its middle, where the window system would put it."""
        (themes,) = self.app.findChildren(ThemeSwitch)
        for theme in ("light", "dark"):
            themes.choose(theme)
            for width, height in SIZES:
                window.resize(width, height)
                self.settle(0.15)
                picture = window.grab()
                top = dialog.grab()
                painter = QPainter(picture)
                at = QPoint((width - top.width()) // 2, (height - top.height()) // 2)
                painter.setPen(QPen(QColor("#808080"), 2))
                painter.drawRect(QRect(at, top.size()))
                painter.drawPixmap(at, top)
                painter.end()
                path = self.folder / f"{name}-{theme}-{width}.png"
                picture.save(str(path))
                print(path)

    def close(self, window: MainWindow) -> None:
        window.close_now()
        window.session.shutdown()
        shiboken6.delete(window)
        for themes in self.app.findChildren(ThemeSwitch):
            shiboken6.delete(themes)
