"""A long run: pause, pace, keeping awake."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.job_bar import status_text
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text import formatting as wording
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
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
    assert wording.rate(rate) == expected


# --- keeping awake ------------------------------------------------------------------------


class Bed:
    """Stands for the system."""

    def __init__(self) -> None:
        self.is_awake = threading.Event()

    def stay_awake(self, is_done: Callable[[], bool]) -> None:
        self.is_awake.set()
        while not is_done():
            threading.Event().wait(0.005)
        self.is_awake.clear()


@pytest.fixture
def bed(monkeypatch: pytest.MonkeyPatch) -> Bed:
    monkeypatch.setattr("genre_desktop.gui.session.keep_awake._DELAY_MS", 10)
    return Bed()


def test_the_computer_is_kept_awake_while_work_goes_on(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, bed: Bed, make_sound: MakeSound
) -> None:
    window = make_window(with_engines(changed(services, stay_awake=bed.stay_awake), slow))
    assert not bed.is_awake.is_set()
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    qtbot.waitUntil(bed.is_awake.is_set)
    window.session.pause()
    qtbot.waitUntil(lambda: not bed.is_awake.is_set())
    window.session.resume()
    qtbot.waitUntil(bed.is_awake.is_set)
    slow.let(10)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: not bed.is_awake.is_set())


def test_a_system_that_fails_to_stay_awake_costs_nothing(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, bed: Bed, make_sound: MakeSound
) -> None:
    asked = threading.Event()

    def fail(_is_done: Callable[[], bool]) -> None:
        asked.set()
        raise OSError("no bus")

    window = make_window(with_engines(changed(services, stay_awake=fail), slow))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    qtbot.waitUntil(asked.is_set)
    slow.let(10)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE] * 2


def test_closing_lets_go_of_the_system(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, bed: Bed, tmp_path: Path
) -> None:
    window = make_window(with_engines(changed(services, stay_awake=bed.stay_awake), slow))
    window.session.open([tmp_path / "a.wav", tmp_path / "b.wav"])
    qtbot.waitUntil(bed.is_awake.is_set)
    window.close_now()
    assert window.session.shutdown()
    assert not bed.is_awake.is_set()
