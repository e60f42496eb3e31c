"""The selected track: what is emitted of it, and which predictions are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.tracks.track import Track
from genre_desktop.library.result import TrackResult, summarise
from tests.gui.conftest import MakeSound, make_prediction, wait_until_idle

A, B = (str(Path(f"/music/{name}.wav").absolute()) for name in "ab")


@pytest.fixture
def ab(session: Session) -> list[Track]:
    new, _ = session.tracks.add([A, B])
    return new


def answer(session: Session, track: Track) -> None:
    session.set_result(TrackResult(Path(track.path), make_prediction(), None, "test-model"))


def test_selecting_emits_the_track_then_its_result_with_the_prediction(
    session: Session, ab: list[Track], record: Callable[[Any], list[Any]]
) -> None:
    a, b = ab
    answer(session, b)
    order: list[Any] = []
    session.shown_changed.connect(lambda track: order.append(("track", track)))
    session.result_changed.connect(lambda track, prediction: order.append((track, prediction)))
    session.show(a)
    session.show(b)
    session.show(None)
    assert order == [
        *(("track", a), (a, None)),
        *(("track", b), (b, make_prediction())),
        *(("track", None), (None, None)),
    ]
    assert session.shown is None and session.shown_prediction is None


def test_only_the_selected_track_is_emitted_again(
    session: Session, ab: list[Track], record: Callable[[Any], list[Any]]
) -> None:
    a, b = ab
    emitted = record(session.result_changed)
    session.selected.refresh()
    assert emitted == [], "none is selected"
    session.show(a)
    emitted.clear()
    session.set_by_hand([b], "ska")
    assert emitted == []
    session.set_by_hand([a], "ska")
    assert emitted == [(a, None)]


def test_predictions_are_dropped_with_their_answers(session: Session, ab: list[Track]) -> None:
    a, b = ab
    answer(session, a)
    answer(session, b)
    session.selected.update_dropped([a])
    assert session.selected.prediction_of(a) is None and session.selected.prediction_of(b) is not None
    session.selected.cache_prediction(b, None)
    assert session.selected.prediction_of(b) is None
    answer(session, a)
    session.selected.clear_predictions()
    assert session.selected.prediction_of(a) is None


def test_a_prediction_that_is_not_at_hand_is_read_from_the_store(
    qtbot: QtBot, session: Session, ab: list[Track], record: Callable[[Any], list[Any]]
) -> None:
    a, _ = ab
    answer(session, a)
    session.selected.clear_predictions()
    emitted = record(session.result_changed)
    session.show(a)
    assert emitted == [(a, None)]
    prediction = make_prediction(duration_s=9.0)
    session.store_client.detail_read.emit(TrackResult(Path(a.path), prediction, None, "another-model"))
    assert emitted == [(a, None)], "of a model that is not in use"
    session.store_client.detail_read.emit(TrackResult(Path(a.path), prediction, None, "test-model"))
    assert emitted == [(a, None), (a, prediction)]


def test_a_prediction_that_is_not_the_answer_in_the_table_is_not_shown(session: Session, ab: list[Track]) -> None:
    a, _ = ab
    session.show(a)
    answer(session, a)
    assert session.shown_prediction == make_prediction()
    for other in (make_prediction("metal"), make_prediction(is_complete=False), make_prediction(confidence=0.7)):
        # As the store has it, where results that were forgotten have come back.
        session.tracks.set_summaries([(a.path, summarise(TrackResult(Path(a.path), other, None, "test-model")))])
        assert session.shown_prediction is None


@pytest.mark.parametrize("is_shown", [True, False], ids=["shown", "another one shown"])
def test_the_picture_of_a_file_that_has_other_sound_by_now_is_read_anew(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, is_shown: bool
) -> None:
    session, paths = window.session, [make_sound("a.wav"), make_sound("b.wav")]
    durations: list[float] = []
    session.picture_changed.connect(lambda picture: durations.append(picture.duration_s))
    session.open(paths)
    qtbot.waitUntil(lambda: len(session.tracks) == 2)
    wait_until_idle(qtbot, window)
    a, b = session.tracks.tracks()
    for track in (b, a) if is_shown else (a, b):
        window.track_list_controller.select(track)
        qtbot.waitUntil(lambda: not session.reader.is_reading and durations[-1:] == [5.0])
        durations.clear()
    make_sound("a.wav", 8)
    session.open(paths[:1])
    qtbot.waitUntil(lambda: a.summary is not None and a.summary.duration_s == 8.0)
    window.track_list_controller.select(a)
    qtbot.waitUntil(lambda: not session.reader.is_reading and durations[-1:] == [8.0])
