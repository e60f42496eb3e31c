"""Edits of table, queue and store at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.store.messages import ByHandSaved, RowsRead
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import make_bundle, make_prediction, make_summary

A, B = (str(Path(f"/music/{name}.wav").absolute()) for name in "ab")


def test_removing_the_last_track_clears_the_list_and_the_queue(
    session: Session, record: Callable[[Any], list[Any]]
) -> None:
    (a,), _ = session.tracks.add([A])
    session.queue.add([a])
    cleared = record(session._editor.cleared)
    session._editor.remove([a])
    assert len(cleared) == 1 and len(session.tracks) == 0 and not session.queue.is_busy


def test_rows_of_the_model_in_use_replace_answers_and_tracks_that_are_redone_go_on(
    session: Session, record: Callable[[Any], list[Any]]
) -> None:
    (a, b), _ = session.tracks.add([A, B])
    for path in (A, B):
        session.set_result(TrackResult(Path(path), make_prediction(), None, "test-model"))
    session.queue.set_paused(True)
    session.classify_again([b])
    changed, bundle = record(session._editor.answers_changed), session.bundle
    assert bundle is not None
    rows = ((A, make_summary("metal")), (B, make_summary("metal")))
    session.store_client.rows_read.emit(RowsRead(bundle, rows, session.tracks.revision))
    assert changed == [[a, b]] and (a.genre, b.genre) == ("metal", "metal")
    assert (a.state, b.state) == (State.DONE, State.WAITING)


def test_rows_that_were_read_before_a_newer_result_came_change_nothing(
    session: Session, record: Callable[[Any], list[Any]]
) -> None:
    (a,), _ = session.tracks.add([A])
    revision, changed, bundle = session.tracks.revision, record(session._editor.answers_changed), session.bundle
    assert bundle is not None
    session.set_result(TrackResult(Path(A), make_prediction(), None, "test-model"))
    session.store_client.rows_read.emit(RowsRead(bundle, ((A, make_summary("metal")),), revision))
    assert changed == [[]] and a.genre == "jazz"
    assert session.selected.prediction_of(a) == make_prediction()


def test_rows_of_another_model_change_nothing(session: Session) -> None:
    (a,), _ = session.tracks.add([A])
    other = make_bundle("other")
    assert not session._editor.is_in_use(other)
    session.store_client.rows_read.emit(RowsRead(other, ((A, make_summary("metal")),), 0))
    assert a.genre is None


def test_answers_that_cannot_be_restored_are_told(session: Session, record: Callable[[Any], list[Any]]) -> None:
    messages, bundle = record(session.message), session.bundle
    assert bundle is not None
    session.store_client.rows_read.emit(RowsRead(bundle, (), 0, is_incomplete=True))
    assert messages[0].startswith("Not all earlier answers could be kept for Undo")


def test_a_result_that_comes_after_undo_does_not_count(qtbot: QtBot, session: Session) -> None:
    (a,), _ = session.tracks.add([A])
    session.set_result(TrackResult(Path(A), make_prediction(), None, "test-model"))
    session.classify_again([a])
    qtbot.waitUntil(lambda: a.state is State.WORKING)
    session.changes.undo()
    late = TrackResult(Path(A), make_prediction("metal"), None, "test-model")
    assert session.bundle is not None
    assert session._editor.accepts(late, make_bundle("other")), "it is no answer of that model"
    assert not session._editor.accepts(late, session.bundle)
    assert session._editor.accepts(late, session.bundle), "once"


def test_a_genre_by_hand_that_was_refused_is_shown_no_more(session: Session) -> None:
    (a,), _ = session.tracks.add([A])
    session.set_by_hand([a], "ska")
    session.store_client.by_hand_saved.emit(ByHandSaved({}, (A,)))
    assert a.by_hand is None
