"""Answers that are stored after the window has turned away from them: undone, stopped, closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    changed,
    make_bundle,
    make_prediction,
    make_predictor,
    states,
    track_named,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.stored_answers import Keeping, answered_library, close, genres, jazz, redo_all, stored


class Late:
    """Answers of a classifier that come when a test lets them, and are stored though the run was cancelled."""

    def __init__(self, keeping: Keeping) -> None:
        self.is_answering, self.may_answer = threading.Event(), threading.Event()
        keeping.answer = self.answer
        keeping.let(1)

    def answer(self, path: Path) -> TrackResult:
        self.is_answering.set()
        self.may_answer.wait()
        return jazz(path, "metal")


@pytest.fixture
def late(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> Iterator[Late]:
    """An answer of the first track that is under way."""
    late = Late(keeping)
    library.session.classify_again([track_named(library, name) for name in ("a.wav", "b.wav")])
    qtbot.waitUntil(late.is_answering.is_set)
    qtbot.waitUntil(lambda: states(library)[0] is State.WORKING)
    yield late
    late.may_answer.set()


def test_an_answer_that_is_stored_after_stop_can_be_undone(qtbot: QtBot, library: MainWindow, late: Late) -> None:
    library.session.cancel()
    late.may_answer.set()
    qtbot.waitUntil(lambda: genres(library) == ["metal", "jazz", "jazz", "jazz"])
    qtbot.waitUntil(lambda: library.actions_.undo.text() == "&Undo: classifying 2 tracks again")
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
    close(library)
    assert stored(library) == ["jazz"] * 4


@pytest.mark.parametrize("is_stopped", [True, False], ids=["stopped", "closed"])
def test_an_answer_that_is_stored_after_it_was_undone_does_not_stay(
    qtbot: QtBot, library: MainWindow, late: Late, is_stopped: bool
) -> None:
    library.actions_.undo.trigger()
    if is_stopped:
        library.session.cancel()
        late.may_answer.set()
        qtbot.waitUntil(lambda: not library.session.queue.classifier.busy)
    else:
        threading.Timer(0.2, late.may_answer.set).start()
    close(library)
    assert genres(library) == ["jazz"] * 4
    assert stored(library) == ["jazz"] * 4


class Completer:
    """Stands for the engine that listens to tracks in full, and stores its answer though it was cancelled."""

    unkept = ()

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = threading.Event()

    def classify(self, feed: PathQueue, predictor: Any, *, store: Any = None, **_: Any) -> Iterator[TrackResult]:
        path = feed.take()
        assert path is not None
        self.asked.append(path.name)
        self.may_answer.wait()
        result = jazz(path, "disco")
        store.save(result, predictor.bundle)
        yield result

    def close(self) -> None:
        pass


@pytest.fixture
def completer() -> Iterator[Completer]:
    made = Completer()
    yield made
    made.may_answer.set()


def from_parts(path: Path, genre: str) -> TrackResult:
    return replace(jazz(path), prediction=make_prediction(genre, is_complete=False))


@pytest.mark.parametrize("is_undone", [True, False], ids=["undone", "another track selected"])
def test_table_and_store_say_the_same_when_the_pass_over_a_track_ends_too_late(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    make_sound: MakeSound,
    keeping: Keeping,
    completer: Completer,
    is_undone: bool,
) -> None:
    keeping.answer = lambda path: from_parts(path, "jazz")
    window = make_window(with_engines(services, keeping, completer))
    window.session.open([make_sound(f"{name}.wav") for name in "ab"])
    completer.may_answer.set()
    keeping.let(2)
    qtbot.waitUntil(lambda: genres(window) == ["disco", "jazz"])
    completer.may_answer.clear()
    b = track_named(window, "b.wav")
    keeping.answer = lambda path: from_parts(path, "metal")
    window.session.classify_again([b])
    keeping.let(1)
    qtbot.waitUntil(lambda: b.genre == "metal")
    wait_until_idle(qtbot, window)
    window.track_list_controller.select(b)
    qtbot.waitUntil(lambda: completer.asked[-1] == "b.wav")
    if is_undone:
        window.actions_.undo.trigger()
        qtbot.waitUntil(lambda: b.genre == "jazz")
    else:
        window.track_list_controller.select(track_named(window, "a.wav"))
    completer.may_answer.set()
    qtbot.waitUntil(lambda: b.genre == ("jazz" if is_undone else "disco"))
    close(window)
    assert stored(window) == genres(window) == ["disco", "jazz" if is_undone else "disco"]


def test_answers_that_were_restored_while_their_tracks_are_classified_again_are_shown(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == ["metal"] * 4)
    wait_until_idle(qtbot, library)
    library.actions_.undo.trigger()
    redo_all(library)  # before the earlier answers have been read
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
    assert {State.WORKING, State.WAITING}.issuperset(states(library))
    library.session.cancel()
    close(library)
    assert stored(library) == genres(library) == ["jazz"] * 4


def test_answers_that_were_restored_while_their_tracks_were_off_the_list_are_shown(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == ["metal"] * 4)
    wait_until_idle(qtbot, library)
    library.actions_.undo.trigger()
    library.track_list_controller.clear()  # before the earlier answers have been read
    qtbot.waitUntil(lambda: not library.session.store_client._worker.busy)
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
    close(library)
    assert stored(library) == ["jazz"] * 4


def choose_model(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.session.choose_model(make_bundle(name))
    qtbot.waitUntil(lambda: window.session.is_model_loaded and not window.session.store_client.is_reading_list)


@pytest.mark.parametrize("is_undone", [True, False], ids=["undone", "not undone"])
def test_an_answer_that_is_stored_after_another_model_was_chosen(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    keeping: Keeping,
    make_sound: MakeSound,
    is_undone: bool,
) -> None:
    predictors = {name: make_predictor(name) for name in ("test-model", "other")}
    services = changed(services, load_predictor=lambda bundle: predictors[bundle.name])
    window = make_window(with_engines(services, keeping))
    answered_library(qtbot, window, keeping, [make_sound(f"{name}.wav") for name in "abcd"])
    late = Late(keeping)
    window.session.classify_again([track_named(window, name) for name in ("a.wav", "b.wav")])
    qtbot.waitUntil(late.is_answering.is_set)
    if is_undone:
        window.actions_.undo.trigger()
    window.session.choose_model(make_bundle("other"))
    late.may_answer.set()
    choose_model(qtbot, window, "other")
    if not is_undone:
        qtbot.waitUntil(lambda: stored(window) == ["metal", "jazz", "jazz", "jazz"])
    window.session.cancel()
    choose_model(qtbot, window, "test-model")
    if not is_undone:
        qtbot.waitUntil(lambda: genres(window) == ["metal", "jazz", "jazz", "jazz"])
        qtbot.waitUntil(lambda: window.actions_.undo.text() == "&Undo: classifying 2 tracks again")
        window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(window) == ["jazz"] * 4)
    close(window)
    assert stored(window) == ["jazz"] * 4


def test_an_answer_that_is_stored_after_it_was_undone_and_its_track_removed_does_not_stay(
    qtbot: QtBot, library: MainWindow, late: Late
) -> None:
    library.actions_.undo.trigger()
    library.session.remove([track_named(library, "a.wav")])
    late.may_answer.set()
    qtbot.waitUntil(lambda: not library.session.queue.classifier.busy)
    library.actions_.undo.trigger()
    close(library)
    assert stored(library) == genres(library) == ["jazz"] * 4


def test_an_answer_that_comes_in_the_moment_of_stop_is_shown(
    qtbot: QtBot, library: MainWindow, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = library.session.queue.classifier
    flush = worker._delivery.flush

    def flush_too_early() -> None:
        flush()
        late.may_answer.set()
        until = time.monotonic() + 10
        while stored(library)[0] != "metal" and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.1)

    with monkeypatch.context() as patch:
        patch.setattr(worker._delivery, "flush", flush_too_early)
        library.session.cancel()
    qtbot.waitUntil(lambda: genres(library) == ["metal", "jazz", "jazz", "jazz"])


def test_answers_that_come_while_all_results_are_forgotten_are_shown(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop, may_answer = ResultStore.drop_all_results, threading.Event()

    def drop_slowly(store: ResultStore) -> Path | None:
        copy = drop(store)
        may_answer.wait()
        return copy

    monkeypatch.setattr(ResultStore, "drop_all_results", drop_slowly)
    library.session.drop_all_results()
    library.session.open([make_sound("e.wav")])
    keeping.let(1)
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 5)
    may_answer.set()
    qtbot.waitUntil(lambda: genres(library) == [None] * 4 + ["jazz"])
    assert states(library) == [State.STOPPED] * 4 + [State.DONE] and stored(library) == ["jazz"]


def test_an_undo_for_which_the_store_has_no_time_leaves_newer_answers(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == ["metal"] * 4)
    wait_until_idle(qtbot, library)
    may_undo, undo_step = threading.Event(), ResultStore.undo_step

    def undo_late(store: ResultStore, *arguments: Any, **how: Any) -> int:
        may_undo.wait()
        return undo_step(store, *arguments, **how)

    monkeypatch.setattr(ResultStore, "undo_step", undo_late)
    library.actions_.undo.trigger()
    keeping.answer = lambda path: jazz(path, "disco")
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == ["disco"] * 4)
    may_undo.set()
    qtbot.waitUntil(lambda: not library.session.store_client._worker.busy)
    assert stored(library) == genres(library) == ["disco"] * 4
    for action, genre in ((library.actions_.undo, "jazz"), (library.actions_.redo, "disco")):
        action.trigger()
        qtbot.waitUntil(lambda genre=genre: genres(library) == [genre] * 4)
        assert stored(library) == [genre] * 4


def test_a_track_that_was_heard_in_full_too_late_is_not_classified_again_once_that_is_undone(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    make_sound: MakeSound,
    keeping: Keeping,
    completer: Completer,
) -> None:
    keeping.answer = lambda path: from_parts(path, "jazz")
    window = make_window(with_engines(services, keeping, completer))
    window.session.open([make_sound("a.wav")])
    keeping.let(1)
    qtbot.waitUntil(lambda: completer.asked == ["a.wav"])
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(window)
    completer.may_answer.set()
    qtbot.waitUntil(lambda: genres(window) == ["disco"])
    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(window) == ["jazz"])
    keeping.let(1)
    qtbot.waitUntil(lambda: not window.session.queue.classifier.busy)
    assert states(window) == [State.DONE] and not window.session.queue.is_busy
    close(window)
    assert stored(window) == genres(window) == ["jazz"]


def test_what_is_classified_again_while_all_results_are_forgotten_has_no_answer_either(
    qtbot: QtBot, library: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop, may_drop = ResultStore.drop_all_results, threading.Event()

    def drop_late(store: ResultStore) -> Path | None:
        may_drop.wait()
        return drop(store)

    monkeypatch.setattr(ResultStore, "drop_all_results", drop_late)
    library.session.drop_all_results()
    redo_all(library)
    may_drop.set()
    qtbot.waitUntil(lambda: genres(library) == [None] * 4)
    assert {State.WAITING, State.WORKING}.issuperset(states(library))
    library.session.cancel()
    assert states(library) == [State.STOPPED] * 4 and stored(library) == []
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
