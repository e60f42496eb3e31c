"""Stopping, clearing and closing while work is under way."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture import picture_process as reading
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.stored_answers import Keeping, genres, jazz
from tests.gui.support.thread_process import ThreadProcess
from tests.support.waiting import PATIENCE_S


def test_stop_keeps_what_is_done_and_says_so(
    qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    slow_window.session.open([make_sound(f"{n}.wav") for n in range(4)])
    slow.let(1)
    qtbot.waitUntil(lambda: State.DONE in states(slow_window) and State.WORKING in states(slow_window))
    qtbot.waitUntil(slow_window.job_bar.cancel.isVisible)
    qtbot.mouseClick(slow_window.job_bar.cancel, Qt.MouseButton.LeftButton)
    assert not slow_window.session.is_busy
    assert sorted(state.value for state in states(slow_window)) == ["done", "stopped", "stopped", "stopped"]
    assert not slow_window.job_bar.cancel.isVisible()
    slow_window.table.select_row(states(slow_window).index(State.STOPPED))
    assert slow_window.panel._line.text() == "Tracks > Continue (Ctrl+P) goes on with it."
    slow.let(10)
    slow_window.job_bar.resume.click()
    wait_until_idle(qtbot, slow_window)
    assert states(slow_window) == [State.DONE] * 4


def test_an_answer_that_is_stored_after_stop_is_shown_once_the_run_has_ended(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    is_answering, is_stopped = threading.Event(), threading.Event()

    def answer(path: Path) -> TrackResult:
        is_answering.set()
        is_stopped.wait()
        return jazz(path)

    keeping = Keeping()
    keeping.answer = answer
    window = make_window(with_engines(services, keeping))
    window.session.open([make_sound(f"{n}.wav") for n in range(2)])
    keeping.let(1)
    qtbot.waitUntil(is_answering.is_set)
    qtbot.waitUntil(lambda: states(window) == [State.WORKING, State.WAITING])
    window.session.cancel()
    assert states(window) == [State.STOPPED] * 2
    is_stopped.set()
    qtbot.waitUntil(lambda: states(window) == [State.DONE, State.STOPPED])
    assert genres(window) == ["jazz", None]


def test_stop_during_a_scan_keeps_what_was_found_and_says_that_there_may_be_more(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    sound, may_go_on = make_sound(), threading.Event()

    def scan(*_arguments: Any, **_options: Any) -> Any:
        yield sound
        may_go_on.wait(10)

    window = make_window(with_engines(changed(services, scan=scan), slow))
    window.session.open([sound.parent])
    qtbot.waitUntil(lambda: states(window) == [State.WORKING])
    assert window.session.status().is_scanning
    window.session.cancel()
    may_go_on.set()
    assert states(window) == [State.STOPPED]
    assert "open them again" in window.job_bar.message.text()


def test_stop_while_the_model_loads_holds_what_waits_for_it(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    may_load = threading.Event()

    def load(_bundle: ModelBundle) -> Any:
        may_load.wait(10)
        return make_predictor()

    window = make_window(with_engines(changed(services, load_predictor=load), slow), wait_for_model=False)
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    qtbot.waitUntil(lambda: window.job_bar.text() == "2 files waiting for the model to load")
    window.job_bar.cancel.click()
    may_load.set()
    qtbot.waitUntil(lambda: not window.session.status().needs_model)
    qtbot.waitUntil(lambda: window.job_bar.text() == "2 tracks not classified yet")
    assert slow.taken == [] and states(window) == [State.STOPPED] * 2
    slow.let(2)
    window.session.resume()
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE] * 2


def test_removed_rows_are_not_classified(
    qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    paths = [make_sound(f"{n}.wav") for n in range(4)]
    slow_window.session.open(paths)
    wait_for_rows(qtbot, slow_window, 4)
    qtbot.waitUntil(lambda: len(slow.taken) == 1)
    slow_window.table.select(track_named(slow_window, "2.wav"))
    slow_window.track_list_controller.remove_selected()
    assert slow_window.table.current().name == "3.wav", "the next row is selected"
    slow.let(4)
    wait_until_idle(qtbot, slow_window)
    assert "2.wav" not in [path.name for path in slow.taken]
    assert states(slow_window) == [State.DONE] * 3
    assert all(path.is_file() for path in paths), "removing a row leaves the file alone"


def test_clearing_the_list_stops_the_work_and_shows_the_drop_zone(
    qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound
) -> None:
    slow_window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, slow_window, 2)
    slow_window.actions_.clear.trigger()
    assert not slow_window.session.is_busy
    assert slow_window.drop_zone.isVisible()
    assert slow_window.panel._title.text() == "No track selected"


def test_closing_while_work_runs_ends_cleanly(
    qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound, home: Path
) -> None:
    slow_window.session.open([make_sound(f"{n}.wav") for n in range(10)])
    qtbot.waitUntil(lambda: State.WORKING in states(slow_window))
    before = threading.active_count()
    slow_window.close_now()
    assert not slow_window.isVisible()
    assert slow_window.session.shutdown()
    assert threading.active_count() < before
    assert (home / "config" / "settings.json").is_file()


def test_closing_while_the_model_loads_ends_cleanly(qtbot: QtBot, make_window: MakeWindow, services: Services) -> None:
    loading, may_load = threading.Event(), threading.Event()

    def load(_bundle: ModelBundle) -> Any:
        loading.set()
        may_load.wait(PATIENCE_S)
        return make_predictor()

    window = make_window(changed(services, load_predictor=load), wait_for_model=False)
    qtbot.waitUntil(loading.is_set)
    window.close()
    assert not window.isVisible()
    threading.Timer(0.05, may_load.set).start()
    assert window.session.shutdown()


def test_closing_while_a_track_is_read_ends_cleanly(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    opened, may_go_on = threading.Event(), threading.Event()

    def hook(_path: str) -> None:
        opened.set()
        may_go_on.wait(PATIENCE_S)

    def start_picture_process(on_message: Any, on_end: Any) -> ThreadProcess:
        return ThreadProcess(partial(reading.main, hook=hook), on_message, on_end)

    window = make_window(changed(services, start_picture_process=start_picture_process))
    window.session.open([make_sound()])
    qtbot.waitUntil(opened.is_set)
    window.close()
    threading.Timer(0.05, may_go_on.set).start()
    assert window.session.shutdown()
