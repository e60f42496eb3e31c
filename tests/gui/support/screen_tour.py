"""Opens every window on given screens, and prints what does not stay within its screen.

    python -m tests.gui.support.screen_tour [--language de] [--points 18] [--first] [--pictures FOLDER]

``--points`` is the size of the font; with ``--first`` only the main window is opened, as at a start. Pictures show the
screen. Screens come from the environment: ``QT_QPA_PLATFORM`` (``offscreen:configfile=...`` names a JSON
file) and ``QT_SCALE_FACTOR``.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QMenu, QWidget

from genre_desktop.audio.picture import picture_process as reading
from genre_desktop.core.settings import LANGUAGES, load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_app, create_window
from genre_desktop.gui.widgets import screen_fit
from genre_desktop.gui.widgets.screen_fit import ScreenFit
from genre_desktop.model.live.live_engine import LiveEngine
from tests.gui.conftest import SlowClassifier, with_engines
from tests.gui.support.all_windows import every_window, predictor_called
from tests.gui.support.fake_player import FakePlayers
from tests.gui.support.thread_process import ThreadProcess
from tests.support import fake_input

NAME = "Sinfonie Nr. 9 d-Moll op. 125 – IV. Finale (Presto, Allegro assai)"


def problems_of(widget: QWidget) -> list[str]:
    """Problems with the place of a window, or of the buttons that close it."""
    if isinstance(widget, QMenu):
        return []  # placed by Qt
    available, frame = widget.screen().availableGeometry(), widget.frameGeometry()
    found = [] if available.contains(frame) else [f"{_rect_text(frame)} is not within {_rect_text(available)}"]
    for button in must_be_seen(widget):
        place = QRect(button.mapTo(widget, QPoint()), button.size())
        if not widget.rect().contains(place) or button.visibleRegion().boundingRect() != button.rect():
            found.append(f"{button.text()!r} at {_rect_text(place)} is not seen whole in {_rect_text(widget.rect())}")
    return found


def must_be_seen(widget: QWidget) -> list[QAbstractButton]:
    """Buttons that must be visible at every size: those of a dialog, and Stop."""
    if isinstance(widget, MainWindow):
        return [widget.job_bar.cancel] if widget.job_bar.cancel.isVisible() else []
    boxes = widget.findChildren(QDialogButtonBox)
    return [button for box in boxes for button in box.buttons() if button.isVisible() and button.window() is widget]


def tour(language: str, points: float, folder: Path | None, *, only_first: bool) -> None:
    """Open all windows, and print the problems of each as JSON."""
    predictor = predictor_called(NAME)
    services = Services(
        start_picture_process=lambda on_message, on_end: ThreadProcess(reading.main, on_message, on_end),
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda _bundle: predictor,
        start_player=FakePlayers(),
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

    def settle(widget: QWidget) -> None:
        timers = [timer for fit in widget.findChildren(ScreenFit) for timer in fit.findChildren(QTimer)]

        def is_quiet() -> bool:
            app.processEvents()  # a layout that comes late resizes the window, and starts them again
            return not any(timer.isActive() for timer in timers)

        wait(lambda: is_quiet() and is_quiet())

    window = create_window(app, with_engines(services, SlowClassifier()), load_settings())
    window.show()
    wait(lambda: window.canvas.plots is not None and not window.session.status().needs_model)
    wait(lambda: not window.session.store_client.is_reading_list)
    found: dict[str, list[str]] = {}
    for screen in app.screens()[::-1] if len(app.screens()) > 1 else []:  # ends on the first, where it began
        window.resize(1900, 1000)
        window.windowHandle().setScreen(screen)
        window.move(screen.geometry().center())
        settle(window)
        if problems := problems_of(window) if window.screen() is screen else ["it did not go there"]:
            found[f"moved to {screen.name()}"] = problems
    n_seen = 0
    for name, widget in every_window(window, wait, NAME):
        settle(widget)
        n_seen += 1
        if problems := problems_of(widget):
            found[name] = problems
        if folder is not None and not isinstance(widget, QMenu):
            _save_screen(widget, folder / f"{name.replace(' ', '-')}.png")
        if only_first:
            break
    print(json.dumps({"n": n_seen, "problems": found}))
    window.close_now()
    window.session.shutdown()


def main() -> None:
    """Read the arguments, and open the windows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--points", type=float, default=10)
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.pictures is not None:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    elif "offscreen" in os.environ.get("QT_QPA_PLATFORM", ""):
        screen_fit._SETTLED_MS = 1  # no window manager, no hand that drags
    tour(arguments.language, arguments.points, arguments.pictures, only_first=arguments.first)


def _save_screen(widget: QWidget, path: Path) -> None:
    """Save a picture of the screen."""
    screen = widget.screen()
    shot = screen.grabWindow(0) if screen.grabWindow(0).width() else widget.grab()
    shot.save(str(path))


def _rect_text(rect: QRect) -> str:
    return f"{rect.width()}x{rect.height()} at {rect.x()},{rect.y()}"


if __name__ == "__main__":
    main()
