"""The job bar: status in words, focus, messages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.job_bar import status_text
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.text import formatting
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import (
    MakeSound,
    SlowClassifier,
    states,
    wait_for_rows,
)


@pytest.fixture
def running(qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound) -> MainWindow:
    """Three tracks, one of them under way."""
    slow_window.activateWindow()
    slow_window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(3)])
    wait_for_rows(qtbot, slow_window, 3)
    qtbot.waitUntil(lambda: State.WORKING in states(slow_window))
    qtbot.waitUntil(slow_window.actions_.stop.isEnabled)
    qtbot.waitUntil(slow_window.job_bar.pause.isVisible)
    return slow_window


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (JobStatus(), "Ready"),
        (JobStatus(needs_model=True), "Loading the model …"),
        (JobStatus(needs_model=True, n_stopped=3), "Loading the model …"),
        (JobStatus(needs_model=True, has_no_model=True), "There is no model"),
        (JobStatus(is_busy=True, is_scanning=True), "Looking for sound files …"),
        (JobStatus(is_busy=True), "Looking up what is known …"),
        (
            JobStatus(n_total=10_000, n_done=1234, n_queued=8766, is_busy=True, files_per_s=32.4, remaining_s=270),
            "1,234 of 10,000 · 32 files/s · about 4 min left",
        ),
        (
            JobStatus(
                n_total=500, n_done=12, n_queued=488, is_busy=True, is_scanning=True, files_per_s=1.44, remaining_s=3
            ),
            "12 of 500 · 1.4 files/s · still looking",
        ),
        (JobStatus(n_total=9, n_done=1, n_queued=8, is_busy=True, files_per_s=0.0), "1 of 9"),
        (JobStatus(n_total=9, n_done=1, n_queued=8, is_busy=True, files_per_s=0.0008), "1 of 9"),
        (JobStatus(n_total=9, n_done=1, n_queued=2, n_stopped=6, is_busy=True), "1 of 9 · 6 stopped"),
        (JobStatus(n_total=9, n_done=9, is_busy=True), "Looking up what is known …"),
        (JobStatus(n_total=5, n_done=1, n_queued=4, is_busy=True, is_paused=True), "Paused · 1 of 5"),
        (
            JobStatus(n_total=207, n_done=18, n_queued=189, n_redone=117, is_busy=True),
            "18 of 207 · 117 being classified again",
        ),
        (JobStatus(n_total=5, n_done=5), "5 files done"),
        (JobStatus(n_total=1, n_stopped=1), "1 track not classified yet"),
        (JobStatus(n_total=3000, n_done=1240, n_stopped=1760), "1,760 of 3,000 not classified yet"),
        (JobStatus(n_total=3000, n_stopped=3000, needs_model=True, has_no_model=True), "There is no model"),
    ],
)
def test_how_work_stands_in_words(status: JobStatus, expected: str) -> None:
    assert status_text(status) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(1234.5, "1,234 files/s"), (9.96, "10 files/s"), (1.44, "1.4 files/s"), (0.5, "30 files/min")],
)
def test_rates_are_as_precise_as_they_are_known(rate: float, expected: str) -> None:
    assert formatting.rate(rate) == expected


@pytest.mark.parametrize("name", ["pause", "resume", "cancel", "failures"])
def test_a_button_that_goes_hands_its_focus_to_none_that_does_something_else(
    qtbot: QtBot, running: MainWindow, slow: SlowClassifier, name: str
) -> None:
    """After a click on Pause, Space played nothing and pressed Stop."""
    bar = running.job_bar
    if name == "resume":
        running.session.pause()
        qtbot.waitUntil(bar.resume.isVisible)
    elif name == "failures":
        bar.failures.show()
    button = getattr(bar, name)
    button.setFocus()
    assert button.hasFocus()
    if name == "failures":
        running.session.emit_status()
    else:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not button.isVisible())
    partner = {"pause": bar.resume, "resume": bar.pause}.get(name)
    focused = QApplication.focusWidget()
    assert focused is partner or focused not in (bar.pause, bar.resume, bar.cancel, bar.failures, bar.skipped)


def test_a_message_goes_away_after_a_while(qtbot: QtBot, window: MainWindow) -> None:
    window.job_bar.show_message("Something happened.")
    assert window.job_bar._clear_message.isActive()
    window.job_bar._clear_message.timeout.emit()
    assert window.job_bar.message.text() == ""
