"""A quick answer for every track, and all of the track that is looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioNotFoundError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.columns import Column, cell_text
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import Prediction, Segment
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import (
    GENRES,
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    make_bundle,
    make_prediction,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)

SPARSE = (Segment(20, 23, "jazz", 0.8), Segment(60, 63, "jazz", 0.8))


def quick(path: Path) -> TrackResult:
    prediction = make_prediction(segments=SPARSE, duration_s=80.0, is_complete=False)
    return TrackResult(path, prediction, None, "test-model")


class SlowCompleter:
    """Stands for the engine that listens to tracks in full: a track is done when a test says so."""

    unkept = ()

    def __init__(self, answer: Callable[[Path], TrackResult] | None = None) -> None:
        self.asked: list[str] = []
        self.cancelled: list[str] = []
        self.may_answer = threading.Event()
        self._answer = answer or (lambda path: TrackResult(path, make_prediction(), None, "test-model"))

    def classify(
        self, feed: PathQueue, _predictor: Any, *, is_cancelled: Callable[[], bool], **options: Any
    ) -> Iterator[TrackResult]:
        path = feed.take()
        assert path is not None and options["every_patch"]
        self.asked.append(path.name)
        while not self.may_answer.wait(0.002):
            if is_cancelled():
                self.cancelled.append(path.name)
                return
        yield self._answer(path)

    def close(self) -> None:
        pass


@pytest.fixture
def completer() -> SlowCompleter:
    return SlowCompleter()


@pytest.fixture
def quick_window(make_window: MakeWindow, services: Services, completer: SlowCompleter) -> MainWindow:
    classifier = SlowClassifier(quick)
    classifier.let(100)
    return make_window(with_engines(services, classifier, completer))


def prediction_of(window: MainWindow, name: str) -> Prediction:
    prediction = window.session.selected.prediction_of(track_named(window, name))
    assert prediction is not None
    return prediction


def test_the_selected_track_is_listened_to_in_full_and_the_others_are_not(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    n_scored: list[int] = []

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        n_scored.append(len(patches))
        return np.tile(np.eye(len(GENRES), dtype=np.float32)[3], (len(patches), 1))

    predictor = Predictor(make_bundle(), forward)
    window = make_window(changed(services, load_predictor=lambda _bundle: predictor))
    window.session.open([make_sound("a.wav", seconds=90), make_sound("b.wav", seconds=90)])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: prediction_of(window, "a.wav").is_complete)
    shown = window.session.shown
    assert shown is not None and shown.name == "a.wav"
    assert len(prediction_of(window, "a.wav").segments) == 60
    assert len(prediction_of(window, "b.wav").segments) == 6
    assert not prediction_of(window, "b.wav").is_complete
    assert sum(n_scored) == 6 + 6 + 60, n_scored
    window.table.select(track_named(window, "b.wav"))
    qtbot.waitUntil(lambda: prediction_of(window, "b.wav").is_complete)
    assert not window.session.is_busy


def test_until_then_the_timeline_shows_what_was_heard_with_gaps(
    qtbot: QtBot, quick_window: MainWindow, completer: SlowCompleter, make_sound: MakeSound
) -> None:
    quick_window.session.open([make_sound("a.wav", seconds=80)])
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"])
    plots = quick_window.canvas.plots
    assert plots is not None
    qtbot.waitUntil(lambda: not quick_window.session.reader.is_reading)
    assert states(quick_window) == [State.DONE], "the quick answer counts"
    assert not quick_window.session.is_busy
    assert plots.timeline.span_at(21) is not None
    assert plots.timeline.span_at(40) is None
    completer.may_answer.set()
    qtbot.waitUntil(lambda: prediction_of(quick_window, "a.wav").is_complete)
    assert plots.timeline.span_at(1) is not None
    assert plots.timeline.span_at(21) is None


def test_another_selection_cancels_it(
    qtbot: QtBot, quick_window: MainWindow, completer: SlowCompleter, make_sound: MakeSound
) -> None:
    quick_window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"])
    wait_until_idle(qtbot, quick_window)
    quick_window.table.select(track_named(quick_window, "b.wav"))
    qtbot.waitUntil(lambda: completer.asked == ["a.wav", "b.wav"])
    assert completer.cancelled == ["a.wav"]
    completer.may_answer.set()
    qtbot.waitUntil(lambda: prediction_of(quick_window, "b.wav").is_complete)
    assert not prediction_of(quick_window, "a.wav").is_complete


def test_another_genre_changes_table_and_panel_alike(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    completer = SlowCompleter(lambda path: TrackResult(path, make_prediction("pop", 0.6), None, "test-model"))
    classifier = SlowClassifier(quick)
    classifier.let(1)
    window = make_window(with_engines(services, classifier, completer))
    window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"])
    track = track_named(window, "a.wav")
    assert cell_text(track, Column.GENRE) == window.panel._title.text() == "Jazz"
    counts = dict(window.session.tracks.counts)
    completer.may_answer.set()
    qtbot.waitUntil(lambda: window.panel._title.text() == "Pop")
    assert cell_text(track, Column.GENRE) == "Pop"
    assert window.session.tracks.counts == counts
    assert window.session.status().n_done == 1
    assert window.table.current() is track


def test_a_file_that_went_away_keeps_its_answer(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    completer = SlowCompleter(lambda path: TrackResult(path, None, AudioNotFoundError(path=path), "test-model"))
    completer.may_answer.set()
    classifier = SlowClassifier(quick)
    classifier.let(1)
    window = make_window(with_engines(services, classifier, completer))
    window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"] and not window.session.queue.full_classifier.busy)
    assert states(window) == [State.DONE]
    assert len(prediction_of(window, "a.wav").segments) == len(SPARSE)


@pytest.mark.parametrize("end_it", ["choose model", "again", "remove", "stop"])
def test_what_makes_the_answer_void_cancels_it(
    qtbot: QtBot, quick_window: MainWindow, completer: SlowCompleter, make_sound: MakeSound, end_it: str
) -> None:
    quick_window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"])
    wait_until_idle(qtbot, quick_window)
    if end_it == "choose model":
        quick_window.session.choose_model(make_predictor("other").bundle)
    elif end_it == "again":
        quick_window.session.classify_again([track_named(quick_window, "a.wav")])
    elif end_it == "remove":
        quick_window.track_list_controller.clear()
    else:
        quick_window.session.cancel()
    assert not quick_window.session.queue.full_classifier.busy
    qtbot.waitUntil(lambda: completer.cancelled == ["a.wav"])
    if end_it in ("choose model", "again"):
        qtbot.waitUntil(lambda: completer.asked == ["a.wav", "a.wav"])
    if end_it == "stop":
        assert states(quick_window) == [State.DONE]


def test_closing_meanwhile_ends_cleanly(
    qtbot: QtBot, quick_window: MainWindow, completer: SlowCompleter, make_sound: MakeSound
) -> None:
    quick_window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"])
    quick_window.close()
    assert quick_window.session.shutdown()
    assert completer.cancelled == ["a.wav"]
