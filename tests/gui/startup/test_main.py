from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import NoDisplayError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.startup import main as app
from genre_desktop.gui.startup.main import ensure_display
from tests.support.waiting import PATIENCE_S

REPOSITORY = Path(__file__).resolve().parents[3]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


def run_python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    values = {**os.environ, "QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": "", **environment}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=REPOSITORY,
        env=values,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


@linux_only
def test_without_a_display_the_program_ends_with_an_error() -> None:
    code = "import sys; from genre_desktop.__main__ import main; sys.exit(main([]))"
    ended = run_python(code)
    assert ended.returncode == 2
    assert ended.stderr.startswith("GD-501: No window can be opened here")
    assert "Traceback" not in ended.stderr


@linux_only
@pytest.mark.parametrize("platform", ["", "xcb"])
def test_a_display_that_does_not_answer_is_no_abort(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(NoDisplayError, match=r":4711|library"):
        ensure_display()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600"])
def test_platforms_without_a_screen_of_their_own_need_none(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    ensure_display()


def test_the_path_to_the_window_imports_nothing_heavy() -> None:
    code = (
        "import sys, genre_desktop.gui.startup.main;"
        "heavy = 'tensorflow keras librosa numba matplotlib sounddevice sklearn scipy av soundfile soxr pyqtgraph';"
        "print([name for name in heavy.split() if name in sys.modules])"
    )
    assert run_python(code).stdout.strip() == "[]"


def test_nothing_is_loaded_before_the_window_is_on_screen(
    qtbot: QtBot, qapp: QApplication, make_window: Callable[..., MainWindow], services: object
) -> None:
    window = app.create_window(qapp, services, app.load_settings())
    try:
        threads = {thread.name for thread in threading.enumerate()}
        assert not threads & {"prepare", "model"}
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: not window.session.status().needs_model)
    finally:
        window.close()
        assert window.session.shutdown()
        window.deleteLater()


_RUN_MAIN = """
import sys
from PySide6.QtCore import QTimer
from genre_desktop.gui.startup import main as app
from genre_desktop.core.log import configure_logging
from tests.gui.conftest import make_predictor

configure_logging()

predictor = make_predictor()
real_create = app.create_window

def create(application, services, settings):
    services = app.Services(
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda bundle: predictor,
    )
    window = real_create(application, services, settings)
    timer = QTimer(window, interval=20)
    timer.timeout.connect(lambda: close_when_done(window))
    timer.start()
    return window

def close_when_done(window):
    tracks = list(window.session.tracks.tracks())
    if len(tracks) == 2 and window.session.status().n_done == 2:
        if said:
            print([track.name for track in tracks], [track.summary.genre for track in tracks], said)
            window.close()
        elif window.job_bar.show_message != said.append:
            window.job_bar.show_message = said.append
            raise ValueError("broken slot")

said = []

app.create_window = create
sys.exit(app.main(sys.argv[1:]))
"""


def test_main_opens_the_paths_it_is_given_and_returns_when_closed(make_sound: Callable[..., Path]) -> None:
    paths = [str(make_sound("a.wav")), str(make_sound("b.wav"))]
    ended = run_python(_RUN_MAIN, *paths, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("['a.wav', 'b.wav'] ['jazz', 'jazz'] ['GD-900:")
    assert "broken slot" in ended.stdout, "a fault in a slot is told, and the window goes on"
    assert "QThread" not in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process")
def test_an_interrupt_closes_the_window() -> None:
    code = _RUN_MAIN.replace("    timer.start()", "    timer.timeout.connect(interrupt)\n    timer.start()")
    code = "import os, signal\ninterrupt = lambda: os.kill(os.getpid(), signal.SIGINT)\n" + code
    ended = run_python(code, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 0, ended.stderr


def test_the_application_has_a_name_and_an_icon(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "Application", lambda _arguments: qapp)
    made = app.create_app()
    assert made.applicationDisplayName() == "Genre Desktop"
    assert not made.windowIcon().isNull()
