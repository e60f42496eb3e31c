"""Listening in the window, with a real process that listens to inputs that do not exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from genre_desktop.gui.live.level_meter import FLOOR_DB
from genre_desktop.gui.live.live_session import LiveState
from genre_desktop.gui.session.services import Services
from tests.gui.conftest import MakeSound, MakeWindow
from tests.support import fake_input


def test_start_brings_answers_and_stop_ends_them(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    assert view.start.hasFocus()
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    assert session.state is LiveState.OPENING and view.start.text() == "Stop"
    qtbot.waitUntil(lambda: window.live.session.answer is not None)
    assert window.panel._title.text() == "Jazz"
    assert window.panel._name.text() == "Microphone"
    assert dict(window.panel.bars.rows())["jazz"] == pytest.approx(0.82, abs=0.01)
    assert view.spectrogram.n_written > 100
    assert view.meter.peak_db > -30.0
    assert "Latency" in view._performance.text() and "Load" in view._performance.text()
    assert view._state.text() == "Listening."
    assert [span.genre for span in view.strip.spans()] == ["jazz"]
    performance = session.performance
    assert performance.latency_s is not None and performance.worst_latency_s is not None
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    assert session.state is LiveState.IDLE and view.start.text() == "Start"
    assert view.meter.peak_db == FLOOR_DB
    assert session.timeline is not None and len(session.timeline)
    n = view.spectrogram.n_written
    qtbot.wait(150)
    assert view.spectrogram.n_written == n
    assert not session._timer.isActive()


def test_a_session_whose_device_is_unplugged_goes_on_when_another_is_chosen(
    qtbot: QtBot, live_window: MakeWindow
) -> None:
    window = live_window(fake_input.vanishing)
    view, session = window.live.view, window.live.session
    qtbot.waitUntil(lambda: bool(session.devices))
    view.start.click()
    qtbot.waitUntil(lambda: session.state is LiveState.BROKEN)
    assert "Microphone is gone" in view._state.text()
    assert view.start.text() == "Start"
    view.input._menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: session.state is LiveState.LISTENING)
    assert session.error is None and view._state.text().startswith("Listening")


@pytest.mark.parametrize(
    ("make_system", "words"),
    [(fake_input.without_portaudio, "PortAudio library is missing"), (fake_input.crashing, "ended unexpectedly")],
)
def test_a_missing_library_or_a_crashed_driver_is_a_sentence(
    qtbot: QtBot, live_window: MakeWindow, make_system: Any, words: str
) -> None:
    window = live_window(make_system)
    qtbot.waitUntil(lambda: not window.live.session.is_looking)
    window.live.view.start.click()
    qtbot.waitUntil(lambda: window.live.session.state is LiveState.BROKEN)
    assert words in window.live.view._invitation_text.text()


def test_sound_waits_for_a_model(
    qtbot: QtBot, live_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    window = live_window()
    window.live.session.set_predictor(None)
    window.live.view.start.click()
    qtbot.waitUntil(lambda: window.live.session.state is LiveState.LISTENING)
    assert "waiting for the model" in window.live.view._state.text()
    assert window.panel._line.text() == "Waiting for the model."
    qtbot.wait(300)
    assert window.live.session.answer is None
    window.live.session.set_predictor(services.load_predictor(services.default_bundle()))
    qtbot.waitUntil(lambda: window.live.session.answer is not None)


def test_a_file_stands_in_for_an_input(
    qtbot: QtBot, live_window: MakeWindow, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = live_window()
    window.live_button.click()
    path = make_sound("An evening.wav", seconds=4.0)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.actions_.simulate.trigger()
    assert window.live.is_on
    qtbot.waitUntil(lambda: window.live.session.state is LiveState.ENDED)
    assert window.live.view._state.text() == "The file is at its end."
    assert window.live.session.timeline is not None
    assert window.live.session.timeline.end_s == 4.0
    assert window.live.view.input.text().startswith("An evening.wav")


def test_silence_is_no_music(qtbot: QtBot, live_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(6 * 22_050, np.float32), 22_050)
    window = live_window()
    window.live.simulate(str(path))
    qtbot.waitUntil(lambda: window.live.session.answer is not None)
    assert window.panel._title.text() == "No music"
    assert window.live.view._state.text() == "Listening: no music."
