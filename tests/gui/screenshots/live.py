"""Pictures of live mode, for a person to look at: ``python -m tests.gui.screenshots.live FOLDER [--sound FILE ...]``.

With the shipped model, on the simulated input; without sound files on a demo clip.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import soundfile

from genre_desktop.audio.devices.sound_system import SoundSystem
from genre_desktop.core import locations
from genre_desktop.core.settings import LANGUAGES
from genre_desktop.gui.live.live_session import LiveState
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_app
from genre_desktop.model.live.live_engine import LiveEngine
from tests.gui.screenshots.screenshot_taker import ScreenshotTaker
from tests.support.fake_input import two_inputs, without_portaudio
from tests.support.sounds import load_audio

RATE = 44_100


def write_programme(tracks: list[Path], target: Path) -> Path:
    """Write the beginnings of tracks to one file, with a pause between them."""
    pause = np.zeros(6 * RATE, np.float32)
    parts = [part for path in tracks for part in (load_audio(path, RATE).samples[: 20 * RATE], pause)]
    soundfile.write(target, np.concatenate(parts[:-1]), RATE)
    return target


def open_live(taker: ScreenshotTaker, new_system: Callable[[], SoundSystem]) -> MainWindow:
    """Open a window in live mode, with the inputs of a made-up sound system."""
    window = taker.open(Services(new_live_engine=lambda: LiveEngine(new_system)))
    window.live_button.click()
    return window


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sound", type=Path, nargs="*", help="files that are played one after the other")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        tracks = arguments.sound or sorted(locations.demo_clips().glob("*.ogg"))[:2]
        played = write_programme(tracks, Path(scratch) / "An evening.wav")
        taker = ScreenshotTaker(create_app(arguments.language), arguments.folder, Services(), scratch)
        window = open_live(taker, without_portaudio)
        taker.wait(lambda: window.live.session.error is not None)
        taker.take(window, "1-no-portaudio")
        taker.close(window)
        window = open_live(taker, two_inputs)
        taker.wait(lambda: bool(window.live.session.devices))
        taker.take(window, "2-empty")
        taker.wait(lambda: window.live.session.has_model)
        window.live.simulate(str(played))
        taker.wait(lambda: window.live.session.state is LiveState.LISTENING)
        taker.settle(13.0)
        taker.take(window, "3-music")
        window.live.session.set_recording(True)
        taker.wait(lambda: window.live.session.answer is not None and window.live.session.answer.reason != "")
        taker.take(window, "4-no-music")
        taker.wait(lambda: window.live.session.state is LiveState.ENDED)
        taker.wait(lambda: window.live.session.recording is None)
        taker.take(window, "5-ended")
        taker.close(window)


if __name__ == "__main__":
    main()
