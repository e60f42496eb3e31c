"""What the queue reports goes to the table, the selected track and the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError, StorageError
from genre_desktop.gui.session.classify_task import RunEnded
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import SlowClassifier, make_bundle, make_prediction

A = str(Path("/music/a.wav").absolute())


def queued(session: Session) -> Track:
    (track,), _ = session.tracks.add([A])
    session.queue.add([track])
    return track


def test_a_track_is_working_then_done_and_leaves_the_queue(
    qtbot: QtBot, session: Session, slow: SlowClassifier, record: Callable[[Any], list[Any]]
) -> None:
    emitted = record(session.result_changed)
    track = queued(session)
    session.show(track)
    qtbot.waitUntil(lambda: track.state is State.WORKING)
    slow.let(1)
    qtbot.waitUntil(lambda: track.state is State.DONE)
    assert not session.queue.is_pending(track)
    assert emitted[-1] == (track, make_prediction())


def test_a_failure_keeps_an_earlier_answer_and_says_so(session: Session, record: Callable[[Any], list[Any]]) -> None:
    messages = record(session.message)
    (track,), _ = session.tracks.add([A])
    session.set_result(TrackResult(Path(A), make_prediction(), None, "test-model"))
    session.queue.result_ready.emit(TrackResult(Path(A), None, AudioEmptyError(path=A), "test-model"))
    assert track.state is State.DONE and track.redo_error is not None
    assert messages[-1].startswith("a.wav keeps its earlier answer.")
    assert session.selected.prediction_of(track) == make_prediction()


def test_results_of_removed_tracks_change_nothing(session: Session) -> None:
    session.queue.track_started.emit(A)
    session.queue.result_ready.emit(TrackResult(Path(A), make_prediction(), None, "test-model"))
    assert len(session.tracks) == 0


def test_what_a_run_could_not_store_is_written_by_the_store_worker(
    qtbot: QtBot, session: Session, record: Callable[[Any], list[Any]]
) -> None:
    messages = record(session.message)
    unstored = TrackResult(Path(A), make_prediction(), None, "test-model")
    session.queue.run_ended.emit(RunEnded(make_bundle(), (unstored,)))
    qtbot.waitUntil(lambda: messages == ["What could not be kept before is kept now."])
    assert not session.has_unwritten_work


def test_problems_with_the_store_are_told(session: Session, record: Callable[[Any], list[Any]]) -> None:
    messages = record(session.message)
    session.queue.store_failed.emit(StorageError(path="a", reason="the disk is full"))
    assert len(messages) == 1 and "the disk is full" in messages[0]
