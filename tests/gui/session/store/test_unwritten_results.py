"""A store that cannot be written for a while, or at all: nothing is lost in silence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StorageError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.classify_task import ResultNotStored, RunEnded
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store import store_task
from genre_desktop.gui.session.store.messages import CheckStore
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_model import path_key
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store import connection as store_connection
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    make_bundle,
    make_prediction,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)


class Locked:
    """Another program that holds the store."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        self._connection.close()


class Hindered(SlowClassifier):
    """An engine whose results the store takes only at the end of a run, if the disk `is_hindered`."""

    def __init__(self) -> None:
        self.genre, self.is_hindered = "jazz", False
        super().__init__(lambda path: replace(jazz(path), prediction=make_prediction(self.genre)))

    def classify(self, feed: Any, predictor: Any, **how: Any) -> Iterator[TrackResult]:
        if not self.is_hindered:
            yield from super().classify(feed, predictor, **how)
            return
        how["on_problem"](StorageError(path="library.sqlite3", reason="full"))
        self.unkept: tuple[TrackResult, ...] = ()
        for result in super().classify(feed, predictor, **how | {"store": None}):
            self.unkept = (*self.unkept, result)
            yield result


def jazz(path: Path) -> TrackResult:
    return TrackResult(path, make_prediction("jazz"), None, "test-model", read_facts(path))


@pytest.fixture
def file(home: Path) -> Path:
    return home / "data" / "library.sqlite3"


@pytest.fixture
def library(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window with three tracks that have answers; locks are not waited for."""
    monkeypatch.setattr(store_connection, "BUSY_S", 0.05)
    engine = SlowClassifier(jazz)
    engine.let(100)
    window = make_window(with_engines(services, engine))
    window.session.open([make_sound(f"{name}.wav") for name in "abc"])
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 3)
    wait_until_idle(qtbot, window)
    return window


def close(window: MainWindow) -> None:
    window.close_now()
    assert window.session.shutdown()


def identity(window: MainWindow, name: str) -> str:
    found = track_named(window, name).identity
    assert found is not None
    return found


def by_hand() -> list[str]:
    with open_or_recover() as store:
        return [genre for _, genre, _ in store.all_by_hand()]


def test_a_genre_set_while_another_program_holds_the_store_is_kept_once_it_lets_go(
    qtbot: QtBot, library: MainWindow, file: Path
) -> None:
    other = Locked(file)
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    qtbot.waitUntil(lambda: "Another program" in library.job_bar.message.text())
    other.let_go()
    library.session.store_client._write_again_soon.timeout.emit()
    qtbot.waitUntil(lambda: "is kept now" in library.job_bar.message.text())
    assert not library.quit_controller.must_ask()
    close(library)
    assert by_hand() == ["ska"]
    assert "ska" in (file.parent / "genres-by-hand.json").read_text()


def test_a_genre_set_while_another_program_holds_the_store_outlives_the_window(
    qtbot: QtBot, library: MainWindow, file: Path
) -> None:
    other = Locked(file)
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    library.session.set_by_hand([track_named(library, "b.wav")], "polka")
    library.actions_.undo.trigger()
    close(library)
    other.let_go()
    assert by_hand() == ["ska"]


def test_a_store_that_another_program_holds_at_the_start_is_waited_for(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    library: MainWindow,
    make_sound: MakeSound,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    close(library)
    monkeypatch.setattr(store_task, "LOCKED_S", 1e6)
    other = Locked(file)
    engine = SlowClassifier(jazz)
    engine.let(100)
    window = make_window(with_engines(services, engine), wait_for_model=False)
    window.session.open([make_sound("d.wav")])
    qtbot.waitUntil(lambda: "Waiting until it lets go" in window.job_bar.message.text())
    qtbot.waitUntil(window.quit_controller.must_ask)
    other.let_go()
    wait_for_rows(qtbot, window, 4)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 4)
    assert window.session.keeps_results
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: not window.quit_controller.must_ask())
    close(window)
    with open_or_recover() as store:
        listed = [Path(path).name for rows in store.summaries(make_bundle()) for path, known in rows if known]
    assert sorted(listed) == ["a.wav", "b.wav", "c.wav", "d.wav"]


def test_a_list_changed_while_another_program_holds_the_store_is_there_at_the_next_start(
    qtbot: QtBot, library: MainWindow, make_sound: MakeSound, file: Path
) -> None:
    other = Locked(file)
    library.session.remove([track_named(library, "b.wav")])
    library.session.open([make_sound("d.wav")])
    wait_for_rows(qtbot, library, 3)
    qtbot.waitUntil(lambda: "Another program" in library.job_bar.message.text())
    other.let_go()
    close(library)
    with open_or_recover() as store:
        listed = [Path(path).name for rows in store.summaries(make_bundle()) for path, _ in rows]
    assert listed == ["a.wav", "c.wav", "d.wav"]


def test_what_another_program_kept_from_the_store_until_the_end_is_there_at_the_next_start(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    make_sound: MakeSound,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store_connection, "BUSY_S", 0.05)
    window = make_window(services)
    window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: states(window) == [State.DONE])
    wait_until_idle(qtbot, window)
    other = Locked(file)
    window.session.open([make_sound(f"{name}.wav", seconds=6) for name in "bcd"])
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 4)
    window.session.remove([track_named(window, "c.wav")])
    wait_until_idle(qtbot, window)
    close(window)
    other.let_go()
    again = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, again, 3)
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * 3)
    assert [track.name for track in again.session.tracks.tracks()] == ["a.wav", "b.wav", "d.wav"]
    close(again)
    assert sorted(one.name for one in file.parent.glob("library*")) == ["library.sqlite3"]


@pytest.mark.parametrize("is_locked", [True, False])
def test_what_a_run_could_not_keep_is_kept_though_the_window_closes_under_it(
    qtbot: QtBot, make_window: MakeWindow, library: MainWindow, services: Services, file: Path, is_locked: bool
) -> None:
    engine = SlowClassifier()
    paths = [track.path for track in library.session.tracks.tracks()]
    close(library)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE results SET saved_at = saved_at - 60")
    window = make_window(with_engines(services, engine))
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 3)
    engine.unkept = (replace(jazz(Path(paths[0])), prediction=make_prediction("metal")),)
    window.session.classify_again(window.session.tracks.tracks())
    qtbot.waitUntil(lambda: bool(engine.taken))
    other = Locked(file) if is_locked else None
    close(window)
    if other is not None:
        other.let_go()
    again = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: [track.genre for track in again.session.tracks.tracks()] == ["metal", "jazz", "jazz"])


def test_undoing_what_was_forgotten_can_be_tried_again(
    qtbot: QtBot, library: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.session.drop_all_results()
    qtbot.waitUntil(lambda: library.actions_.undo.text() == "&Undo: forgetting all results")
    with monkeypatch.context() as context:
        context.setattr(ResultStore, "restore_results", refuse)
        library.actions_.undo.trigger()
        qtbot.waitUntil(lambda: "cannot be written" in library.job_bar.message.text())
    qtbot.waitUntil(lambda: library.actions_.undo.text() == "&Undo: forgetting all results")
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: [track.genre for track in library.session.tracks.tracks()] == ["jazz"] * 3)


def refuse(*_: object, **__: object) -> None:
    raise StorageError(path="library.sqlite3", reason="database or disk is full")


def test_answers_met_by_a_full_disk_are_kept_when_there_is_room_again(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(services)
    with monkeypatch.context() as context:
        context.setattr(ResultStore, "save", refuse)
        window.session.open([make_sound(f"{name}.wav") for name in "ab"])
        qtbot.waitUntil(lambda: states(window) == [State.DONE] * 2)
        wait_until_idle(qtbot, window)
        window.close()
        (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
        assert "not kept" in box.text() or "could not be kept" in box.text()
        box.reject()
    paths = [track.path for track in window.session.tracks.tracks()]
    close(window)
    with open_or_recover() as store:
        assert len([*store.results(paths, make_bundle())]) == 2


def test_answers_that_are_kept_late_do_not_come_after_they_were_undone(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, file: Path
) -> None:
    window = make_window(with_engines(services, engine := Hindered()))
    window.session.open([make_sound(f"{name}.wav") for name in "ab"])
    engine.let(2)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 2)
    wait_until_idle(qtbot, window)
    engine.genre, engine.is_hindered = "metal", True
    window.session.classify_again(list(window.session.tracks.tracks()))
    engine.let(1)
    qtbot.waitUntil(lambda: track_named(window, "a.wav").genre == "metal" and len(engine.taken) == 4)
    window.session.changes.undo()
    qtbot.waitUntil(lambda: track_named(window, "a.wav").genre == "jazz")
    engine.let(1)  # the one that was under way
    qtbot.waitUntil(lambda: path_key(track_named(window, "b.wav").path) not in window.session._editor._undone)
    close(window)
    with open_or_recover() as store:
        paths = [track.path for track in window.session.tracks.tracks()]
        found = [*store.results(paths, make_bundle())]
    assert [result.prediction.genre for result in found if result.prediction] == ["jazz"] * 2


def test_quitting_while_known_tracks_are_looked_at_again_counts_rightly(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    engine = SlowClassifier(jazz)
    window = make_window(with_engines(services, engine))
    paths = [make_sound(f"{name}.wav") for name in "abc"]
    window.session.open(paths)
    engine.let(3)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 3)
    wait_until_idle(qtbot, window)
    window.session.open(paths)
    qtbot.waitUntil(lambda: window.session.status().n_queued == 3)
    assert not window.quit_controller.must_ask(), window.quit_controller._reasons()


def test_a_window_that_is_killed_while_it_undoes_forgetting_has_the_results_at_the_next_start(
    qtbot: QtBot, library: MainWindow, monkeypatch: pytest.MonkeyPatch, make_window: MakeWindow, services: Services
) -> None:
    library.session.drop_all_results()
    qtbot.waitUntil(lambda: library.actions_.undo.text() == "&Undo: forgetting all results")
    with monkeypatch.context() as context:
        context.setattr(ResultStore, "_merge_and_delete", lambda *_: None)  # as if it ended there
        library.actions_.undo.trigger()
        close(library)
    again = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, again, 3)
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * 3)


def test_a_store_that_cannot_be_mended_is_told_before_quitting(
    qtbot: QtBot, library: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(store: ResultStore) -> StorageError:
        store.path = None
        return StorageError(path="library.sqlite3", reason="full")

    monkeypatch.setattr("genre_desktop.library.store.recovery.recover_in_use", fail)
    monkeypatch.setattr(ResultStore, "is_intact", lambda *_: False)
    library.session.store_client._worker.submit(CheckStore())
    qtbot.waitUntil(lambda: bool(library.notices.notices()))
    assert library.quit_controller.must_ask()


def test_the_pass_over_one_track_does_not_take_back_that_results_of_the_run_wait(
    qtbot: QtBot, make_window: MakeWindow, services: Services
) -> None:
    window = make_window(services)
    queue = window.session.queue
    full, end = ResultNotStored(StorageError(path="library.sqlite3", reason="full")), RunEnded(make_bundle(), ())
    queue.classifier.partial.emit(full)
    queue.full_run_ended.emit(end)
    qtbot.wait(20)
    assert queue.has_unstored_results and window.quit_controller.must_ask()
    queue.run_ended.emit(end)
    qtbot.waitUntil(lambda: not queue.has_unstored_results)
    queue.full_classifier.partial.emit(full)
    assert queue.has_unstored_results
    queue.full_run_ended.emit(end)
    qtbot.waitUntil(lambda: not queue.has_unstored_results)


@pytest.mark.parametrize("is_waited_for", [True, False])
def test_what_was_done_without_a_store_is_there_once_it_can_be_opened(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    library: MainWindow,
    make_sound: MakeSound,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_waited_for: bool,
) -> None:
    close(library)
    monkeypatch.setattr(store_task, "LOCKED_S", 1e6 if is_waited_for else 0.0)
    other = Locked(file)
    engine = SlowClassifier(jazz)
    engine.let(100)
    window = make_window(with_engines(services, engine), wait_for_model=False)
    window.session.open([make_sound("d.wav")])
    wait_for_rows(qtbot, window, 1)
    if is_waited_for:
        qtbot.waitUntil(lambda: "Waiting until it lets go" in window.job_bar.message.text())
    else:
        qtbot.waitUntil(lambda: states(window) == [State.DONE])
    window.expect_end(True)  # the session of the desktop: nobody is asked
    close(window)
    other.let_go()
    again = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, again, 4)
    qtbot.waitUntil(lambda: states(again)[:3] == [State.DONE] * 3)
    if not is_waited_for:
        qtbot.waitUntil(lambda: states(again) == [State.DONE] * 4)
    close(again)
    assert sorted(one.name for one in file.parent.glob("library*")) == ["library.sqlite3"]
