"""What diagnostics can only learn from the window."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from genre_desktop.diagnostics import Row

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow


def window_facts(window: MainWindow) -> Iterable[Row]:
    """Screen, platform plugin, the model in use, how much there is on the list."""
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
