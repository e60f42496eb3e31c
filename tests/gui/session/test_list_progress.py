"""Progress is that of the whole list, whatever was paused, stopped, dropped, known or left from last time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    make_prediction,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)


def answer_but_first(path: Path) -> TrackResult:
    """The first track fails."""
    if path.name == "0.wav":
        return TrackResult(path, None, AudioEmptyError(path=path), "test-model", read_facts(path))
    return TrackResult(path, make_prediction(), None, "test-model", read_facts(path))


@pytest.fixture
def engine() -> SlowClassifier:
    return SlowClassifier(answer_but_first)


@pytest.fixture
def eight(
    qtbot: QtBot, make_window: MakeWindow, services: Services, engine: SlowClassifier, make_sound: MakeSound
) -> MainWindow:
    """Three of eight tracks are done, one of them in vain."""
    window = make_window(with_engines(services, engine))
    window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(8)])
    engine.let(3)
    qtbot.waitUntil(lambda: finished(window)() == 3)
    qtbot.waitUntil(lambda: State.WORKING in states(window))
    return window


def finished(window: MainWindow) -> Callable[[], int]:
    return lambda: states(window).count(State.DONE) + states(window).count(State.FAILED)


def shown(window: MainWindow) -> tuple[str, int, int]:
    window.session.emit_status()
    bar = window.job_bar
    return bar.text(), bar.progress.value(), bar.progress.maximum()


def test_it_stays_so_over_pause_stop_continue_and_drops(
    qtbot: QtBot, eight: MainWindow, engine: SlowClassifier, make_sound: MakeSound
) -> None:
    session = eight.session
    assert shown(eight) == ("3 of 8", 3, 8) and eight.job_bar.failures.text() == "1 failed"
    session.pause()
    assert shown(eight) == ("Paused · 3 of 8", 3, 8)
    session.resume()
    assert shown(eight) == ("3 of 8", 3, 8)
    session.cancel()
    assert shown(eight) == ("5 of 8 not classified yet", 3, 8)
    assert eight.job_bar.progress.isVisible() and not eight.job_bar.progress.isEnabled()
    assert eight.job_bar.failures.text() == "1 failed"
    session.resume()
    assert shown(eight) == ("3 of 8", 3, 8)
    session.open([make_sound("late.wav", seconds=1)])
    wait_for_rows(qtbot, eight, 9)
    qtbot.waitUntil(lambda: not session.status().is_scanning)
    assert shown(eight) == ("3 of 9", 3, 9)
    engine.let(10)
    wait_until_idle(qtbot, eight)
    assert shown(eight)[0] == "9 files done"


def test_what_was_stopped_is_counted_while_something_dropped_later_is_done(
    qtbot: QtBot, eight: MainWindow, engine: SlowClassifier, make_sound: MakeSound
) -> None:
    eight.session.cancel()
    eight.session.open([make_sound("late.wav", seconds=1), make_sound("later.wav", seconds=1)])
    wait_for_rows(qtbot, eight, 10)
    qtbot.waitUntil(lambda: not eight.session.status().is_scanning)
    status = eight.session.status()
    assert (status.n_done, status.n_total, status.n_queued, status.n_stopped) == (3, 10, 2, 5)
    assert shown(eight) == ("3 of 10 · 5 stopped", 3, 10)
    eight.session.pause()
    eight.session.resume()
    assert eight.session.status().n_stopped == 5, "a pause is over; what was stopped is another matter"
    engine.let(2)
    wait_until_idle(qtbot, eight)
    assert shown(eight) == ("5 of 10 not classified yet", 5, 10)


def test_a_redo_takes_only_what_is_redone_off_the_count(
    qtbot: QtBot, eight: MainWindow, engine: SlowClassifier
) -> None:
    engine.let(10)
    wait_until_idle(qtbot, eight)
    qtbot.waitUntil(lambda: not eight.session.queue.classifier.busy)
    engine.permits = type(engine.permits)(0)
    eight.session.classify_again([track_named(eight, "4.wav"), track_named(eight, "5.wav")])
    qtbot.waitUntil(lambda: State.WORKING in states(eight))
    assert shown(eight) == ("6 of 8 · 2 being classified again", 6, 8)


def test_it_is_the_same_at_the_next_start(
    qtbot: QtBot, make_window: MakeWindow, services: Services, eight: MainWindow, make_sound: MakeSound
) -> None:
    eight.session.open([make_sound("late.wav", seconds=1)])
    wait_for_rows(qtbot, eight, 9)
    eight.close_now()
    assert eight.session.shutdown()
    second = make_window(with_engines(services, SlowClassifier(answer_but_first)))
    qtbot.waitUntil(lambda: states(second).count(State.STOPPED) == 6)
    assert shown(second) == ("6 of 9 not classified yet", 3, 9)
    assert second.job_bar.failures.text() == "1 failed"
    second.session.resume()
    assert shown(second) == ("3 of 9", 3, 9)


def test_what_the_store_knew_has_no_say_in_the_pace(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    engine = SlowClassifier(
        lambda path: TrackResult(path, make_prediction(), None, "test-model", read_facts(path), is_stored=True)
    )
    window = make_window(with_engines(services, engine))
    pace, now = window.session.queue.estimate, [0.0]
    pace._clock = lambda: now[0]
    window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(4)])
    wait_for_rows(qtbot, window, 4)
    for n in range(3):
        now[0] += 2.0
        engine.let(1)
        qtbot.waitUntil(lambda n=n: finished(window)() == n + 1)
    status = window.session.status()
    assert (status.n_done, status.files_per_s, status.remaining_s) == (3, None, None)


def test_retrying_failures_leaves_what_was_stopped_alone(
    qtbot: QtBot, eight: MainWindow, engine: SlowClassifier
) -> None:
    eight.session.cancel()
    engine.let(10)
    eight.actions_.retry_failed.trigger()
    wait_until_idle(qtbot, eight)
    assert states(eight).count(State.STOPPED) == 5
