"""The pass over the whole of the selected track: seen on its way, and said when it is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioNotFoundError, InternalError
from genre_desktop.gui.canvas import track_pass_line as pass_line
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.whole_track_pass import outcome_line
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import Summary, TrackResult
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    make_prediction,
    make_predictor,
    make_summary,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.session.test_complete_answers import quick


class Completer:
    """Stands for the engine of the pass: it is as far as a test says."""

    unkept = ()

    def __init__(self) -> None:
        self.share = 0.0
        self.may_answer = threading.Event()
        self.answer: Callable[[Path], TrackResult] = lambda path: TrackResult(
            path, make_prediction(), None, "test-model"
        )

    def classify(
        self, feed: PathQueue, _predictor: Any, *, is_cancelled: Callable[[], bool], on_progress: Any, **_: Any
    ) -> Iterator[TrackResult]:
        path = feed.take()
        assert path is not None
        told = -1.0
        while not self.may_answer.wait(0.002):
            if is_cancelled():
                return
            if self.share != told:
                told = self.share
                on_progress(path, told)
        yield self.answer(path)

    def close(self) -> None:
        pass


@pytest.fixture
def completer() -> Completer:
    return Completer()


@pytest.fixture
def make_passing(
    qtbot: QtBot, make_window: MakeWindow, services: Services, completer: Completer, make_sound: MakeSound
) -> Callable[[], MainWindow]:
    """Opens a window that listens to all of the first of two tracks."""

    def make() -> MainWindow:
        classifier = SlowClassifier(quick)
        classifier.let(100)
        window = make_window(with_engines(services, classifier, completer))
        window.session.open([make_sound("a.wav"), make_sound("b.wav")])
        wait_for_rows(qtbot, window, 2)
        wait_until_idle(qtbot, window)
        qtbot.waitUntil(lambda: window.session.selected.whole_pass.share is not None)
        return window

    return make


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show a pass from its beginning on."""
    monkeypatch.setattr(pass_line, "_SHOW_AFTER_MS", 0)


def words(window: MainWindow) -> str:
    return window.canvas.pass_line.words.text()


def test_it_is_seen_on_its_way_and_said_when_done(
    qtbot: QtBot, at_once: None, make_passing: Callable[[], MainWindow], completer: Completer
) -> None:
    window = make_passing()
    line = window.canvas.pass_line
    completer.share = 0.4
    qtbot.waitUntil(lambda: words(window) == "Listening to the whole track … 40\u00a0%")
    assert line.isVisible() and line.value() == 40
    completer.share = 0.999
    qtbot.waitUntil(lambda: words(window).endswith("… 99\u00a0%"))
    completer.may_answer.set()
    qtbot.waitUntil(lambda: words(window) == "Heard in full: still jazz, 83\u00a0%")
    assert not line.isVisible()
    window.table.select(track_named(window, "b.wav"))
    qtbot.waitUntil(lambda: words(window) == "Heard in full: still jazz, 83\u00a0%")
    window.table.select(track_named(window, "a.wav"))
    assert words(window) == "", "nothing is done that would have to be said"


def test_another_answer_is_said(qtbot: QtBot, make_passing: Callable[[], MainWindow], completer: Completer) -> None:
    completer.answer = lambda path: TrackResult(path, make_prediction("blues"), None, "test-model")
    window = make_passing()
    completer.may_answer.set()
    qtbot.waitUntil(lambda: words(window) == "Heard in full: now blues instead of jazz")


def test_a_short_one_does_not_flash(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_passing: Callable[[], MainWindow], completer: Completer
) -> None:
    monkeypatch.setattr(pass_line, "_SHOW_AFTER_MS", 3_600_000)
    window = make_passing()
    completer.share = 0.5
    qtbot.waitUntil(lambda: window.session.selected.whole_pass.share == 0.5)
    assert words(window) == "" and not window.canvas.pass_line.isVisible()
    completer.may_answer.set()
    qtbot.waitUntil(lambda: "still jazz" in words(window))


def test_another_selection_ends_it_without_a_word(
    qtbot: QtBot, at_once: None, make_passing: Callable[[], MainWindow], completer: Completer
) -> None:
    window = make_passing()
    completer.share = 0.4
    qtbot.waitUntil(lambda: words(window).endswith("40\u00a0%"))
    completer.share = 0.1
    window.table.select(track_named(window, "b.wav"))
    assert words(window) == "" and not window.canvas.pass_line.isVisible()
    qtbot.waitUntil(lambda: words(window).endswith("10\u00a0%"))


@pytest.mark.parametrize("how", ["stop", "model", "remove"])
def test_what_ends_the_pass_takes_its_words_away(
    qtbot: QtBot, at_once: None, make_passing: Callable[[], MainWindow], completer: Completer, how: str
) -> None:
    window = make_passing()
    completer.share = 0.4
    qtbot.waitUntil(lambda: words(window).endswith("40\u00a0%"))
    if how == "stop":
        window.session.cancel()
    elif how == "model":
        window.session.choose_model(make_predictor("other").bundle)
    else:
        window.track_list_controller.clear()
    assert words(window) == "" and not window.canvas.pass_line.isVisible()


@pytest.mark.parametrize("how", ["again", "model"])
def test_what_it_changed_is_not_said_of_another_answer(
    qtbot: QtBot, make_passing: Callable[[], MainWindow], completer: Completer, how: str
) -> None:
    window = make_passing()
    completer.may_answer.set()
    qtbot.waitUntil(lambda: "still jazz" in words(window))
    completer.may_answer.clear()
    if how == "again":
        window.session.classify_again([track_named(window, "a.wav")])
    else:
        window.session.choose_model(make_predictor("other").bundle)
    assert words(window) == ""


def test_a_file_that_has_gone_is_said_there(
    qtbot: QtBot, make_passing: Callable[[], MainWindow], completer: Completer
) -> None:
    completer.answer = lambda path: TrackResult(path, None, AudioNotFoundError(path=path), "test-model")
    window = make_passing()
    completer.may_answer.set()
    qtbot.waitUntil(lambda: words(window) == "Could not be heard in full")
    assert "a.wav" in window.canvas.pass_line.words.toolTip()
    assert window.canvas.pass_line.words.property("problem")


def test_a_fault_of_the_engine_is_said_there(
    qtbot: QtBot, make_passing: Callable[[], MainWindow], completer: Completer
) -> None:
    def fail(_path: Path) -> TrackResult:
        raise InternalError(reason="the process is gone")

    completer.answer = fail
    window = make_passing()
    completer.may_answer.set()
    qtbot.waitUntil(lambda: words(window) == "Could not be heard in full")
    assert "the process is gone" in window.canvas.pass_line.words.toolTip()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (make_summary("jazz"), make_summary("jazz", 0.9), "Heard in full: still jazz, 90\u00a0%"),
        (make_summary("jazz"), make_summary("blues"), "Heard in full: now blues instead of jazz"),
        (make_summary("jazz"), make_summary("unsure"), "Heard in full: now unsure instead of jazz"),
        (make_summary("unsure"), make_summary("unsure"), "Heard in full: still unsure"),
        (
            make_summary("not music"),
            make_summary("hiphop"),
            "Heard in full: now hip-hop instead of not music",
        ),
        (Summary(), make_summary("jazz"), "Heard in full"),
    ],
)
def test_what_it_changed_in_words(before: Summary, after: Summary, expected: str) -> None:
    assert outcome_line(before, after) == expected
