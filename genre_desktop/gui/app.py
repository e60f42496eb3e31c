"""Start of the window: on screen first, everything heavy behind it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from genre_desktop import __version__, i18n, locations
from genre_desktop.gui.display_check import ensure_display
from genre_desktop.gui.faults import Faults
from genre_desktop.gui.last_time import LastTime
from genre_desktop.gui.leaving import Leaving
from genre_desktop.gui.main_window import MainWindow
from genre_desktop.gui.services import Services
from genre_desktop.gui.theme import ThemeSwitch
from genre_desktop.session_mark import SessionMark
from genre_desktop.settings import Settings, load_settings

_log = logging.getLogger(__name__)


def main(paths: Sequence[str]) -> int:
    """Open the window and run until it is closed.

    Parameters
    ----------
    paths : sequence of str
        Files and folders to open.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    NoDisplayError
        Where there is no screen.
    """
    ensure_display()
    with SessionMark() as mark:
        return _run(paths, mark)


def _run(paths: Sequence[str], mark: SessionMark) -> int:
    app = create_app()
    services = Services()
    window = create_window(app, services, load_settings())
    faults = Faults(window)
    faults.install()
    Leaving(window, mark).attend()
    window.painted.connect(LastTime(window, services.recordings).look)
    window.show()
    window.session.open([Path(path) for path in paths])
    status = app.exec()
    if not window.session.shutdown():
        # Something hangs in the system (a network drive): do not stay behind invisibly.
        _log.warning("a worker did not end; leaving without it")
        mark.end()
        logging.shutdown()
        os._exit(status)
    faults.uninstall()
    return status


def create_app() -> QApplication:
    """The application with its name, icon and language."""
    QGuiApplication.setApplicationDisplayName("Genre Desktop")
    QGuiApplication.setDesktopFileName("genre-desktop")
    app = QApplication(["genre-desktop"])
    app.setApplicationName("genre-desktop")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(locations.resources() / "icons" / "genre-desktop.png")))
    _install_language(app)
    return app


def create_window(app: QApplication, services: Services, settings: Settings) -> MainWindow:
    """The window, not yet shown; it starts its work once it has been painted."""
    # Decoding threads otherwise keep the interpreter for 5 ms each time the window wants it.
    sys.setswitchinterval(0.001)
    window = MainWindow(services, ThemeSwitch(app, settings.theme), settings)
    window.painted.connect(window.session.start)
    return window


def _install_language(app: QApplication) -> None:
    translator = QTranslator(app)
    if translator.load(QLocale(), "genre-desktop", "_", str(locations.resources() / "translations")):
        app.installTranslator(translator)
        i18n.set_translator(lambda text: QCoreApplication.translate("genre_desktop", text))
