"""Start of the window: it is on screen first, and loads the model and other heavy libraries after that."""

from __future__ import annotations

import ctypes
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
from genre_desktop.core.errors import NoDisplayError
from genre_desktop.core.i18n import tr
from genre_desktop.core.run_marker import RunMarker
from genre_desktop.core.settings import Settings, load_settings
from genre_desktop.gui.canvas.track_canvas import import_plots
from genre_desktop.gui.crash.crash_controller import CrashController
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.previous_run_check import PreviousRunCheck
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.application import Application, bring_to_front
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
    instance : SingleInstance, optional
        Receives the launches that follow this one; their files are opened in this window.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    NoDisplayError
        There is no screen.
    """
    ensure_display()
    with RunMarker() as marker:
        install_qt_message_handler()
        try:
            return _run(paths, instance, marker)
        finally:
            remove_qt_message_handler()


def _run(paths: Sequence[str], instance: SingleInstance | None, marker: RunMarker) -> int:
    settings = load_settings()
    app = create_app(settings.language)
    services = Services(prepare_canvas=import_plots)
    window = create_window(app, services, settings)
    StartupTimer(window)
    hook = ExceptionHook(window)
    CrashController(window, hook)
    hook.install()
    ShutdownSignals(window, marker).install()
    window.painted.connect(PreviousRunCheck(window, services.recordings).start)
    connect_file_open_events(app, window)
    if instance is not None:
        connect_later_launches(window, instance)
    window.show()
    window.session.open([Path(path) for path in paths])
    status = app.exec()
    if instance is not None:
        instance.close()  # the shutdown below may take a while; a launch meanwhile opens its own window
    if not window.session.shutdown():
        # Something hangs in the system (a network drive). Without this the process would live on without a window.
        _log.warning("a worker did not end; leaving without it")
        marker.end()
        logging.shutdown()
        os._exit(status)
    hook.uninstall()
    return status


def ensure_display() -> None:
    """Check for a screen and the libraries that Qt needs for it: on X11 Qt aborts the process without them.

    Raises
    ------
    NoDisplayError
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not sys.platform.startswith("linux") or platform not in ("", "xcb", "wayland"):
        return
    if os.environ.get("WAYLAND_DISPLAY") and platform != "xcb":
        return
    if not os.environ.get("DISPLAY"):
        raise NoDisplayError(reason=tr("neither DISPLAY nor WAYLAND_DISPLAY is set"))
    try:
        # Not part of Qt's wheels, and missing on many servers.
        ctypes.CDLL("libxcb-cursor.so.0")
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise NoDisplayError(reason=tr("a library is missing: {error}", error=error)) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if failed:
        raise NoDisplayError(reason=tr("the display {name} does not answer", name=os.environ["DISPLAY"]))


def create_app(language: str | None = None) -> Application:
    """Create the application with its name, icon and language (None: the system's)."""
    QGuiApplication.setApplicationDisplayName("Genre Desktop")
    QGuiApplication.setDesktopFileName("genre-desktop")
    app = Application(["genre-desktop"])
    app.setApplicationName("genre-desktop")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(locations.resources() / "icons" / "genre-desktop.png")))
    install_language(app, language)
    return app


def create_window(app: QApplication, services: Services, settings: Settings) -> MainWindow:
    """Create the window, not shown yet; it starts its work once it has been painted."""
    # The default lets a decoding thread hold the interpreter for 5 ms whenever the GUI thread needs it.
    sys.setswitchinterval(0.001)
    window = MainWindow(services, ThemeSwitch(app, settings.theme), settings)
    window.painted.connect(window.session.start)
    return window


def connect_file_open_events(app: Application, window: MainWindow) -> None:
    """Open the files of "Open with" that macOS sends as events instead of arguments."""
    app.url_requested.connect(lambda url: window.session.open(urls=[url]))


def connect_later_launches(window: MainWindow, instance: SingleInstance) -> None:
    """Open the files of later launches of the program in this window, and bring it to the front."""

    def open_files(launch: LaunchMessage) -> None:
        window.session.open([Path(path) for path in launch.paths])
        bring_to_front(window, launch)

    instance.launched.connect(open_files)
    instance.listen()
    if instance.is_second:
        window.job_bar.show_message(tr("The window that was open already does not answer: this is another one."))
