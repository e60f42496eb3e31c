"""Start of the window: on screen first, everything heavy behind it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.i18n import tr
from genre_desktop.core.run_marker import RunMarker
from genre_desktop.core.settings import Settings, load_settings
from genre_desktop.gui.canvas.track_canvas import import_plots
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.previous_session import PreviousRunCheck
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.application import Application, bring_to_front
from genre_desktop.gui.startup.display_check import ensure_display
from genre_desktop.gui.startup.language import install_language
from genre_desktop.gui.startup.launch_message import LaunchMessage
from genre_desktop.gui.startup.qt_message_log import install_qt_message_handler, remove_qt_message_handler
from genre_desktop.gui.startup.shutdown_signals import ShutdownSignals
from genre_desktop.gui.startup.startup_timing import StartupTimer
from genre_desktop.gui.widgets.theme import ThemeSwitch

if TYPE_CHECKING:
    from genre_desktop.gui.startup.single_instance import SingleInstance

_log = logging.getLogger(__name__)


def main(paths: Sequence[str], instance: SingleInstance | None = None) -> int:
    """Open the window and run until it is closed.

    Parameters
    ----------
    paths : sequence of str
        Files and folders to open.
    instance : Instance, optional
        Hears of later starts, whose files come into this window.

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
    with RunMarker() as mark:
        install_qt_message_handler()
        try:
            return _run(paths, instance, mark)
        finally:
            remove_qt_message_handler()


def _run(paths: Sequence[str], instance: SingleInstance | None, mark: RunMarker) -> int:
    settings = load_settings()
    app = create_app(settings.language)
    services = Services(prepare_canvas=import_plots)
    window = create_window(app, services, settings)
    StartupTimer(window)
    faults = ExceptionHook(window)
    faults.install()
    ShutdownSignals(window, mark).attend()
    window.painted.connect(PreviousRunCheck(window, services.recordings).look)
    open_what_the_desktop_names(app, window)
    if instance is not None:
        _hear_of_later_starts(window, instance)
    window.show()
    window.session.open([Path(path) for path in paths])
    status = app.exec()
    if instance is not None:
        instance.close()  # ending may take a while, and the next start has a window of its own
    if not window.session.shutdown():
        # Something hangs in the system (a network drive): do not stay behind invisibly.
        _log.warning("a worker did not end; leaving without it")
        mark.end()
        logging.shutdown()
        os._exit(status)
    faults.uninstall()
    return status


def create_app(language: str | None = None) -> Application:
    """The application with its name, icon and language (``None`` for the system's)."""
    QGuiApplication.setApplicationDisplayName("Genre Desktop")
    QGuiApplication.setDesktopFileName("genre-desktop")
    app = Application(["genre-desktop"])
    app.setApplicationName("genre-desktop")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(locations.resources() / "icons" / "genre-desktop.png")))
    install_language(app, language)
    return app


def create_window(app: QApplication, services: Services, settings: Settings) -> MainWindow:
    """The window, not yet shown; it starts its work once it has been painted."""
    # Decoding threads otherwise keep the interpreter for 5 ms each time the window wants it.
    sys.setswitchinterval(0.001)
    window = MainWindow(services, ThemeSwitch(app, settings.theme), settings)
    window.painted.connect(window.session.start)
    return window


def open_what_the_desktop_names(app: Application, window: MainWindow) -> None:
    """Take what "Open with" names, where the desktop sends an event instead of arguments (macOS)."""
    app.url_requested.connect(lambda url: window.session.open(urls=[url]))


def _hear_of_later_starts(window: MainWindow, instance: SingleInstance) -> None:
    """Open what a second start of the program was to open."""

    def answer(call: LaunchMessage) -> None:
        window.session.open([Path(path) for path in call.paths])
        bring_to_front(window, call)

    instance.called.connect(answer)
    instance.listen()
    if instance.is_second:
        window.job_bar.show_message(tr("The window that was open already does not answer: this is another one."))
