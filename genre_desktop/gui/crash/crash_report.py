"""What a report of an error holds and how its log is opened, for the dialogs that offer both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from genre_desktop.core.log import log_file
from genre_desktop.diagnostics import Row, diagnostics
from genre_desktop.gui.widgets import file_manager

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow


def crash_report(window: MainWindow, trace: str, *, with_names: bool) -> str:
    """Text of a report: a traceback, the diagnostics of the program, and those that only the window knows.

    Parameters
    ----------
    window : MainWindow
    trace : str
    with_names : bool
        Leave names and paths of the user's files in it.

    Returns
    -------
    str
    """
    return diagnostics(window_facts(window), trace, with_names=with_names)


def window_facts(window: MainWindow) -> Iterable[Row]:
    """Rows of the report about the window: screens, platform plugin, model in use, number of tracks."""
    screens = [
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}, "
        f"{screen.logicalDotsPerInch():.0f} dpi"
        for screen in QGuiApplication.screens()
    ]
    platform = QGuiApplication.platformName()
    yield "Qt", f"{qVersion()}, platform {platform}, on {QSysInfo.prettyProductName()}"
    yield "Screens", "; ".join(screens) or "none"
    yield "Window", f"{window.width()} x {window.height()}, {QLocale().name()}"
    bundle, tracks = window.session.bundle, window.session.tracks
    if bundle is None:
        model = "none yet"
    else:
        name = bundle.name if bundle.is_shipped else "one of the user's"
        model = f"{name}, {bundle.fingerprint}, {'loaded' if window.session.is_model_loaded else 'not loaded'}"
    yield "Model in use", model
    counts = ", ".join(f"{count} {state.name.lower()}" for state, count in tracks.counts.items() if count)
    yield "Tracks", f"{len(tracks)}" + (f" ({counts})" if counts else "")


def open_log(window: MainWindow) -> None:
    """Show the log: in its window, or in the file manager while a modal dialog blocks the program's windows."""
    if QApplication.activeModalWidget() is None:
        window.help_controller.show_log()
    else:
        file_manager.reveal_or_report(log_file(), window.job_bar.show_message)
