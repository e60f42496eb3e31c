"""Pictures of live mode, for eyes: ``python -m tests.gui.screenshots.live FOLDER [--sound FILE ...]``.

With the shipped model, on the simulated input; without sound files on a demo clip.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import soundfile
from PySide6.QtWidgets import QApplication

from genre_desktop.core import locations
from genre_desktop.core.settings import LANGUAGES, Settings
from genre_desktop.gui.live.live_session import LiveState
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_app, create_window
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.live.live_engine import LiveEngine
from tests.gui.screenshots.screenshot import give_room
from tests.support.fake_input import two_inputs, without_portaudio
from tests.support.sounds import load_audio

SIZES = ((1280, 800), (1920, 1080))
RATE = 44_100


def programme(sounds: list[Path], target: Path) -> Path:
    """One after the other, with a pause between them."""
    pause = np.zeros(6 * RATE, np.float32)
    parts = [part for path in sounds for part in (load_audio(path, RATE).samples[: 20 * RATE], pause)]
    soundfile.write(target, np.concatenate(parts[:-1]), RATE)
    return target


class Photographer:
    """Opens windows and takes pictures in both themes."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        give_room(app)

    def settle(self, seconds: float = 0.4) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._app.processEvents()
            time.sleep(0.004)

    def wait(self, is_so: Callable[[], bool], seconds: float = 120.0) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < until, "what was to be photographed did not come"
            self.settle(0.05)

    def open(self, services: Services) -> MainWindow:
        window = create_window(self._app, services, Settings(theme="light"))
        window.resize(*SIZES[0])
        window.show()
        window.live_button.click()
        return window

    def take(self, window: MainWindow, name: str) -> None:
        (themes,) = self._app.findChildren(ThemeSwitch)
        for size in SIZES:
            window.resize(*size)
            for theme in ("light", "dark"):
                themes.choose(theme)
                self.settle(0.3)
                window.grab().save(str(self._folder / f"{name}-{size[0]}-{theme}.png"))

    def close(self, window: MainWindow) -> None:
        window.close_now()
        assert window.session.shutdown()
        for themes in self._app.findChildren(ThemeSwitch):
            themes.setParent(None)
            themes.deleteLater()
        window.deleteLater()
        self.settle(0.1)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sound", type=Path, nargs="*", help="files that are played one after the other")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ[locations.HOME_VARIABLE] = scratch
        sounds = arguments.sound or sorted(locations.demo_clips().glob("*.ogg"))[:2]
        played = programme(sounds, Path(scratch) / "An evening.wav")
        photographer = Photographer(create_app(arguments.language), arguments.folder)
        window = photographer.open(Services(new_live_engine=lambda: LiveEngine(without_portaudio)))
        photographer.wait(lambda: window.live.session.error is not None)
        photographer.take(window, "1-no-portaudio")
        photographer.close(window)
        window = photographer.open(Services(new_live_engine=lambda: LiveEngine(two_inputs)))
        photographer.wait(lambda: bool(window.live.session.devices))
        photographer.take(window, "2-empty")
        photographer.wait(lambda: window.live.session.has_model)
        window.live.simulate(str(played))
        photographer.wait(lambda: window.live.session.state is LiveState.LISTENING)
        photographer.settle(13.0)
        photographer.take(window, "3-music")
        window.live.session.set_recording(True)
        photographer.wait(lambda: window.live.session.answer is not None and window.live.session.answer.reason != "")
        photographer.take(window, "4-no-music")
        photographer.wait(lambda: window.live.session.state is LiveState.ENDED)
        photographer.wait(lambda: window.live.session.recording is None)
        photographer.take(window, "5-ended")
        photographer.close(window)


if __name__ == "__main__":
    main()
