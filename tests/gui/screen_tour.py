"""Brings up every window on the screens that Qt is told of, and prints what does not stay within its screen.

    python -m tests.gui.screen_tour LANGUAGE POINTS [FOLDER]

``POINTS`` is the size of the font. With a folder, each window is photographed as its screen shows it. Screens come from
the environment: ``QT_QPA_PLATFORM`` (``offscreen:configfile=...`` names a JSON file) and ``QT_SCALE_FACTOR``.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QMenu, QWidget

from genre_desktop.audio import reading
from genre_desktop.gui.app import create_app, create_window
from genre_desktop.gui.main_window import MainWindow
from genre_desktop.gui.services import Services
from genre_desktop.model.live_engine import LiveEngine
from genre_desktop.settings import load_settings
from tests import fake_input
from tests.gui.conftest import SlowClassifier, with_engines
from tests.gui.every_window import every_window, predictor_called
from tests.gui.threads_for_processes import ThreadServant
from tests.gui.voices import Voices

SETTLED_S = 0.5
"""Longer than a window takes to be put right."""

NAME = "Sinfonie Nr. 9 d-Moll op. 125 – IV. Finale (Presto, Allegro assai)"


def problems_of(widget: QWidget) -> list[str]:
    """What is wrong with where a window is, and where in it the buttons are that it is closed with."""
    available, frame = widget.screen().availableGeometry(), widget.frameGeometry()
    found = [] if available.contains(frame) else [f"{_told(frame)} is not within {_told(available)}"]
    for button in must_be_seen(widget):
        place = QRect(button.mapTo(widget, QPoint()), button.size())
        if not widget.rect().contains(place) or button.visibleRegion().boundingRect() != button.rect():
            found.append(f"{button.text()!r} at {_told(place)} is not seen whole in {_told(widget.rect())}")
    return found


def must_be_seen(widget: QWidget) -> list[QAbstractButton]:
    """Buttons that have to be in sight at every size: those of a dialog, and Stop."""
    if isinstance(widget, MainWindow):
        return [widget.job_bar.cancel] if widget.job_bar.cancel.isVisible() else []
    boxes = widget.findChildren(QDialogButtonBox)
    return [button for box in boxes for button in box.buttons() if button.isVisible() and button.window() is widget]


def main(language: str, points: float, folder: Path | None) -> None:
    """Print JSON: what is wrong, by window; nothing where all is well."""
    predictor = predictor_called(NAME)
    services = Services(
        new_reader=lambda on_message, on_end: ThreadServant(reading.main, on_message, on_end),
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda _bundle: predictor,
        new_voice=Voices(),
        new_live_engine=lambda: LiveEngine(fake_input.two_inputs),
    )
    app = create_app(language)
    font = app.font()
    font.setPointSizeF(points)
    app.setFont(font)

    def wait(condition: Callable[[], bool]) -> None:
        until = time.monotonic() + 120
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError("the window did not reach the state in time")
            app.processEvents()
            time.sleep(0.005)

    def settle() -> None:
        until = time.monotonic() + SETTLED_S
        wait(lambda: time.monotonic() > until)

    window = create_window(app, with_engines(services, SlowClassifier()), load_settings())
    window.show()
    wait(lambda: window.canvas.plots is not None and not window.session.status().needs_model)
    wait(lambda: not window.session.kept.is_asked)
    found: dict[str, list[str]] = {}
    n_seen = 0
    for name, widget in every_window(window, wait, NAME):
        settle()
        n_seen += 1
        if problems := problems_of(widget):
            found[name] = problems
        if folder is not None and not isinstance(widget, QMenu):
            _photograph(widget, folder / f"{name.replace(' ', '-')}.png")
    print(json.dumps({"n": n_seen, "problems": found}))
    window.close_now()
    window.session.shutdown()


def _photograph(widget: QWidget, path: Path) -> None:
    """What a person sees who has only this screen."""
    screen = widget.screen()
    shot = screen.grabWindow(0) if screen.grabWindow(0).width() else widget.grab()
    shot.save(str(path))


def _told(rect: QRect) -> str:
    return f"{rect.width()}x{rect.height()} at {rect.x()},{rect.y()}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory():
        main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
