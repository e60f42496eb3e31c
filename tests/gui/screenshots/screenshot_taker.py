"""Windows that are opened, brought into a state, and saved as pictures."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from genre_desktop.core.settings import Settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_window
from genre_desktop.gui.widgets import screen_fit
from genre_desktop.gui.widgets.theme import ThemeSwitch

SIZES = ((1280, 800), (1920, 1080))
_SCREEN = QRect(0, 0, 2560, 1440)


def enlarge_screen(app: QApplication) -> None:
    """Allow windows as large as the pictures: the screen of Qt's offscreen platform is 800 pixels wide."""
    if app.platformName() == "offscreen":
        screen_fit.available_geometry = lambda _screen: _SCREEN


class ScreenshotTaker:
    """Opens windows, and saves pictures of them.

    Parameters
    ----------
    app : QApplication
    folder : Path
        Folder of the pictures.
    services : Services
    scratch : str
        Folder for data folders, one for each window.
    """

    def __init__(self, app: QApplication, folder: Path, services: Services, scratch: str) -> None:
        self.app = app
        self.scratch = scratch
        self.folder = folder
        self.services = services
        enlarge_screen(app)

    def wait(self, condition: Callable[[], bool], timeout_s: float = 120.0) -> None:
        """Handle events until a condition holds."""
        until = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError("the window did not reach the state in time")
            self.app.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.4) -> None:
        """Handle events for some time."""
        until = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > until)

    def open(self, services: Services | None = None) -> MainWindow:
        """Open a window with a data folder of its own."""
        os.environ["GENRE_DESKTOP_HOME"] = tempfile.mkdtemp(dir=self.scratch)
        window = create_window(self.app, services or self.services, Settings(theme="light"))
        window.show()
        self.wait(lambda: window.canvas.plots is not None)
        return window

    def take(self, window: MainWindow, name: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
        """Save a picture for each theme and size."""
        for theme, width in self._looks(window, sizes):
            self._save(window.grab(), f"{name}-{theme}-{width}")

    def take_over(
        self, window: MainWindow, dialog: QWidget, name: str, sizes: tuple[tuple[int, int], ...] = SIZES
    ) -> None:
        """Save pictures of the window with a dialog in its middle, framed as by a window manager."""
        for theme, width in self._looks(window, sizes):
            picture, top = window.grab(), dialog.grab()
            painter = QPainter(picture)
            at = QPoint((picture.width() - top.width()) // 2, (picture.height() - top.height()) // 2)
            painter.setPen(QPen(QColor("#808080"), 2))
            painter.drawRect(QRect(at, top.size()))
            painter.drawPixmap(at, top)
            painter.end()
            self._save(picture, f"{name}-{theme}-{width}")

    def _looks(self, window: MainWindow, sizes: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, int]]:
        """Bring the window into each theme and size; gives the theme and the width."""
        (themes,) = self.app.findChildren(ThemeSwitch)
        for theme in ("light", "dark"):
            window.settings.set(theme=theme)
            themes.choose(theme)  # also if the theme was changed without the settings
            for width, height in sizes:
                window.resize(width, height)
                self.settle(0.15)
                yield theme, width

    def _save(self, picture: QPixmap, name: str) -> None:
        path = self.folder / f"{name}.png"
        picture.save(str(path))
        print(path)

    def close(self, window: MainWindow) -> None:
        """Close and delete a window."""
        window.close_now()
        window.session.shutdown()
        shiboken6.delete(window)
        for themes in self.app.findChildren(ThemeSwitch):
            shiboken6.delete(themes)


def open_dialog(window: MainWindow, kind: type) -> Any:
    """The dialog of a class that is open."""
    (dialog,) = (dialog for dialog in window.findChildren(kind) if dialog.isVisible())
    return dialog
