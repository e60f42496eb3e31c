"""Runs the window as the program does, and lets it do one thing once it is ready: ``CODE [PATH ...]``."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer

from genre_desktop.core.log import configure_logging
from genre_desktop.gui.startup import main as app
from tests.gui.conftest import changed, make_predictor

_create = app.create_window


def create(application: app.QApplication, services: app.Services, settings: app.Settings) -> app.MainWindow:
    """The window with a network that needs no loading."""
    predictor = make_predictor()
    services = changed(
        services,
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda bundle: predictor,
    )
    window = _create(application, services, settings)
    timer = QTimer(window, interval=20)
    timer.timeout.connect(lambda: act(window, timer))
    timer.start()
    return window


def act(window: app.MainWindow, timer: QTimer) -> None:
    """Do it, once the model is there and what the last window left has been told."""
    last_time = window.findChild(app.PreviousRunCheck)
    if not window.session.status().needs_model and not last_time._worker.busy:
        timer.stop()
        exec(sys.argv[1], {"window": window, "app": app})


if __name__ == "__main__":
    configure_logging()
    app.create_window = create
    sys.exit(app.main(sys.argv[2:]))
