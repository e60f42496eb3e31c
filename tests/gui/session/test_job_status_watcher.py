"""The status of the work, and when the computer is kept awake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import make_prediction

A, B, C = (str(Path(f"/music/{name}.wav").absolute()) for name in "abc")


def test_the_status_counts_the_list_and_the_queue(session: Session) -> None:
    (_a, b, c), _ = session.tracks.add([A, B, C])
    session.set_result(TrackResult(Path(A), make_prediction(), None, "test-model"))
    session.tracks.set_state([b], State.STOPPED)
    session.queue.add([c])
    status = session.status()
    assert (status.n_total, status.n_done, status.n_stopped, status.n_queued) == (3, 1, 1, 1)
    assert status.is_busy and not (status.is_scanning or status.is_paused or status.needs_model)
    session.pause()
    assert session.status().is_paused and session.status().files_per_s is None
    assert session.status().offered_model is None


def test_many_changes_are_one_emission(qtbot: QtBot, session: Session, record: Callable[[Any], list[Any]]) -> None:
    session.emit_status()
    emitted = record(session.job_changed)
    for _ in range(100):
        session.queue.changed.emit()
    assert emitted == []
    qtbot.waitUntil(lambda: bool(emitted))
    qtbot.wait(150)
    assert len(emitted) == 1


def test_the_computer_is_kept_awake_while_tracks_are_classified_and_it_may_be(session: Session) -> None:
    delay = session._watcher.keep_awake._soon
    (a,), _ = session.tracks.add([A])
    session.emit_status()
    assert not delay.isActive()
    session.queue.add([a])
    session.emit_status()
    assert delay.isActive()
    session.pause()
    session.emit_status()
    assert not delay.isActive()
    session.resume()
    session.set_processing(ProcessingSettings(stay_awake=False))
    session.emit_status()
    assert not delay.isActive()
