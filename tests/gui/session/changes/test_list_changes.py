"""Changes of the list without a window: what they do, and the undo history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.session.session import Session
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import make_prediction

PATHS = [str(Path(f"/music/{name}.wav").absolute()) for name in "abc"]


@pytest.fixture
def abc(session: Session) -> list[Track]:
    new, _ = session.tracks.add(PATHS)
    for path in PATHS:
        session.set_result(TrackResult(Path(path), make_prediction(), None, "test-model"))
    return new


def listed(session: Session) -> list[str]:
    return [track.path for track in session.tracks.tracks()]


def test_removing_and_putting_back(session: Session, abc: list[Track], record: Callable[[Any], list[Any]]) -> None:
    requested, texts = record(session.track_requested), record(session.undo_changed)
    session.remove([abc[1]])
    assert listed(session) == [PATHS[0], PATHS[2]] and texts[-1] == ("removing 1 track", None)
    session.changes.undo()
    assert listed(session) == PATHS and abc[1].state is State.DONE and requested == [abc[1]]
    assert texts[-1] == (None, "removing 1 track")
    session.changes.redo()
    assert listed(session) == [PATHS[0], PATHS[2]]


def test_removing_nothing_is_no_step(session: Session, abc: list[Track]) -> None:
    session.remove([])
    session.set_by_hand([], "ska")
    assert session.changes.undo_text is None and session.changes.redo_text is None


def test_genres_by_hand_are_numbered_for_the_store(qtbot: QtBot, session: Session, abc: list[Track]) -> None:
    session.set_by_hand([abc[0]], "ska")
    session.set_by_hand([abc[0]], "polka")
    session.changes.undo()
    assert abc[0].by_hand == "ska"
    session.changes.undo()
    assert abc[0].by_hand is None
    session.changes.redo()
    assert abc[0].by_hand == "ska"


def test_classifying_again_is_spent_once_no_track_waits_for_it(session: Session, abc: list[Track]) -> None:
    session.pause()
    session.queue.set_paused(True)
    session.classify_again(abc[:2])
    assert session.changes.undo_text == "classifying 2 tracks again"
    assert [track.state for track in abc] == [State.WAITING, State.WAITING, State.DONE]
    assert all(track.is_answered for track in abc), "answers stay"
    session.changes.undo()
    assert [track.state for track in abc] == [State.DONE] * 3 and not session.queue.is_busy
    session.changes.redo()
    session.cancel()
    assert session.changes.undo_text is None, "nothing of it is left"
