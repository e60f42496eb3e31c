"""Pause, Continue and Stop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import (
    MakeSound,
    SlowClassifier,
    states,
    wait_for_rows,
    wait_until_idle,
)


@pytest.fixture
def running(qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound) -> MainWindow:
    """One of five tracks is done."""
    slow_window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(5)])
    slow.let(1)
    qtbot.waitUntil(lambda: states(slow_window).count(State.DONE) == 1)
    qtbot.waitUntil(slow_window.job_bar.pause.isVisible)
    return slow_window


def test_a_pause_holds_the_run_and_continue_goes_on(qtbot: QtBot, running: MainWindow, slow: SlowClassifier) -> None:
    running.job_bar.pause.click()
    qtbot.waitUntil(lambda: running.job_bar.text() == "Paused · 1 of 5")
    slow.let(10)
    qtbot.wait(100)
    assert states(running).count(State.DONE) == 1
    assert running.job_bar.resume.isVisible() and not running.job_bar.pause.isVisible()
    assert running.actions_.pause.text() == "&Continue"
    qtbot.keyClick(running, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(qtbot, running)
    assert states(running) == [State.DONE] * 5


def test_stop_ends_a_pause_and_the_rest_can_be_gone_on_with(
    qtbot: QtBot, running: MainWindow, slow: SlowClassifier
) -> None:
    running.actions_.pause.trigger()
    qtbot.waitUntil(lambda: running.session.status().is_paused)
    running.job_bar.cancel.click()
    assert not running.session.status().is_paused
    assert running.job_bar.text() == "4 of 5 not classified yet"
    slow.let(10)
    running.job_bar.resume.click()
    wait_until_idle(qtbot, running)
    assert states(running) == [State.DONE] * 5


def test_files_dropped_into_a_pause_wait_with_the_others(
    qtbot: QtBot, running: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    running.session.pause()
    qtbot.waitUntil(lambda: running.job_bar.text() == "Paused · 1 of 5")
    slow.let(10)
    running.session.open([make_sound("late.wav")])
    wait_for_rows(qtbot, running, 6)
    qtbot.waitUntil(lambda: running.job_bar.text() == "Paused · 1 of 6")
    running.session.resume()
    wait_until_idle(qtbot, running)
    assert states(running) == [State.DONE] * 6
