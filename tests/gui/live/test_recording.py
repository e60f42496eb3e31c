"""Recording a live session."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import soundfile
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.gui.live.live_session import LiveState
from tests.gui.conftest import MakeSound, MakeWindow


def test_a_recording_gets_its_table(
    qtbot: QtBot, live_window: MakeWindow, make_sound: MakeSound, tmp_path: Path
) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    messages: list[str] = []
    window.live.message.connect(messages.append)
    view.record.click()
    assert view.record.isChecked()
    window.live.simulate(str(make_sound(seconds=4.0)))
    qtbot.waitUntil(lambda: session.recording is not None)
    assert "Recording" in view._state.text()
    qtbot.waitUntil(lambda: session.state is LiveState.ENDED and session.recording is None)
    qtbot.waitUntil(lambda: len(list((tmp_path / "recordings").glob("Live*"))) == 2)
    table, sound = sorted((tmp_path / "recordings").iterdir())
    assert sound.suffix == ".wav" and table.stem == sound.stem
    assert soundfile.info(sound).duration == pytest.approx(4.0, abs=0.3)
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert row["genre"] == "jazz"
    assert any(sentence.startswith("Recorded 0:04 to ") for sentence in messages)


def test_a_folder_that_cannot_be_written_does_not_end_the_session(
    qtbot: QtBot, live_window: MakeWindow, tmp_path: Path
) -> None:
    (tmp_path / "recordings").write_text("in the way")
    window = live_window()
    messages: list[str] = []
    window.live.message.connect(messages.append)
    window.live.view.record.click()
    window.live.view.start.click()
    qtbot.waitUntil(lambda: window.live.session.state is LiveState.LISTENING)
    assert any("cannot be written" in sentence for sentence in messages)
    assert not window.live.view.record.isChecked()
    qtbot.waitUntil(lambda: window.live.view.spectrogram.n_written > 10)


def test_the_window_closes_while_it_listens_and_records(qtbot: QtBot, live_window: MakeWindow, tmp_path: Path) -> None:
    window = live_window()
    window.live.view.record.click()
    window.live.view.start.click()
    qtbot.waitUntil(lambda: window.live.session.recording is not None)
    qtbot.waitUntil(lambda: window.live.session.answer is not None)
    window.close_now()
    assert window.session.shutdown()
    table, sound = sorted((tmp_path / "recordings").iterdir())
    assert soundfile.info(sound).duration > 0
    assert table.stem == sound.stem
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert row["genre"] == "jazz"


def test_the_window_asks_before_it_closes_during_a_recording(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    window.live.view.start.click()
    qtbot.waitUntil(lambda: window.live.session.state is LiveState.LISTENING)
    assert not window.quit_controller.must_ask()
    window.live.view.record.click()
    assert window.quit_controller.must_ask()
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox) and box.text().startswith("Sound is being recorded.")
    box.reject()
