"""Classifying again is undone and redone: earlier answers come back, queued tracks leave the queue."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_model import path_key
from genre_desktop.library.store.recovery import recover_in_use
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    changed,
    make_bundle,
    make_predictor,
    states,
    track_named,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.stored_answers import (
    Keeping,
    answered_library,
    close,
    genres,
    jazz,
    redo_all,
    stored,
)


def classify_again(qtbot: QtBot, library: MainWindow, keeping: Keeping, genre: str) -> None:
    keeping.answer = lambda path: jazz(path, genre)
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == [genre] * 4)
    wait_until_idle(qtbot, library)


def test_undoing_takes_from_the_queue_what_is_not_done_yet_and_answers_back_from_what_is(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(1)
    qtbot.waitUntil(lambda: genres(library).count("metal") == 1)
    qtbot.waitUntil(lambda: len(keeping.taken) == 6)
    assert library.actions_.undo.text() == "&Undo: classifying 4 tracks again"
    library.actions_.undo.trigger()
    assert states(library) == [State.DONE] * 4
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
    keeping.let(1)  # the one that was under way
    qtbot.waitUntil(lambda: path_key(track_named(library, "b.wav").path) not in library.session._editor._undone)
    wait_until_idle(qtbot, library)
    library.actions_.redo.trigger()
    # What is done has its answer without being listened to once more.
    qtbot.waitUntil(lambda: genres(library) == ["metal", "metal", "jazz", "jazz"])
    keeping.let(2)
    qtbot.waitUntil(lambda: genres(library) == ["metal"] * 4)
    assert [path.name[0] for path in keeping.taken[4:]] == [*"abcd"]
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
    close(library)
    assert stored(library) == ["jazz"] * 4


def test_answers_that_could_not_be_set_aside_are_not_said_to_be_undone(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as context:
        context.setattr("genre_desktop.library.store.replaced_results._copy", lambda _: "INTO nothing SELECT ?, ?, ?")
        classify_again(qtbot, library, keeping, "metal")
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: "Not all earlier answers could be kept" in library.job_bar.message.text())
    assert genres(library) == ["metal"] * 4 == stored(library)


def test_answers_from_before_a_store_was_mended_come_back(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    classify_again(qtbot, library, keeping, "metal")
    store = library.session.store
    assert store is not None and recover_in_use(store) is not None
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["jazz"] * 4)
    assert "Undone" in library.job_bar.message.text() and stored(library) == ["jazz"] * 4


def test_answers_from_before_come_back_when_all_is_done_step_by_step(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    library.table.select(track_named(library, "a.wav"))
    classify_again(qtbot, library, keeping, "metal")
    classify_again(qtbot, library, keeping, "disco")
    for genre in ("metal", "jazz"):
        assert library.actions_.undo.text() == "&Undo: classifying 4 tracks again"
        library.actions_.undo.trigger()
        qtbot.waitUntil(lambda genre=genre: genres(library) == [genre] * 4)
        assert stored(library) == [genre] * 4
    assert not library.actions_.undo.isEnabled()
    shown = track_named(library, "a.wav")
    qtbot.waitUntil(lambda: getattr(library.session.selected.prediction_of(shown), "genre", None) == "jazz")
    for genre in ("metal", "disco"):
        library.actions_.redo.trigger()
        qtbot.waitUntil(lambda genre=genre: genres(library) == [genre] * 4)
    assert len(keeping.taken) == 12, "nothing is listened to for that"
    close(library)
    assert stored(library) == ["disco"] * 4


def test_an_answer_that_comes_late_does_not_take_what_can_be_done_again(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    a, b = (track_named(library, name) for name in ("a.wav", "b.wav"))
    keeping.answer = lambda path: jazz(path, "metal")
    library.session.classify_again([a])
    keeping.let(1)
    qtbot.waitUntil(lambda: a.genre == "metal")
    wait_until_idle(qtbot, library)
    library.session.classify_again([b])
    qtbot.waitUntil(lambda: len(keeping.taken) == 6)
    for _ in range(2):
        library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: a.genre == "jazz")
    keeping.let(1)  # the one that was under way
    qtbot.waitUntil(lambda: path_key(b.path) not in library.session._editor._undone)
    library.actions_.redo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["metal", "jazz", "jazz", "jazz"])
    close(library)
    assert stored(library) == ["metal", "jazz", "jazz", "jazz"]


def test_an_answer_that_was_replaced_while_its_track_was_off_the_list_comes_back(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    track = track_named(library, "a.wav")
    library.session.classify_again([track])
    qtbot.waitUntil(lambda: track.state is State.WORKING)
    library.session.remove([track])
    with qtbot.waitSignal(library.session.queue.result_ready):
        keeping.let(1)
    library.actions_.undo.trigger()
    assert library.actions_.undo.text() == "&Undo: classifying 1 track again"
    library.actions_.undo.trigger()
    close(library)
    assert stored(library) == ["jazz"] * 4


def test_classifying_again_is_undone_though_another_model_is_in_use(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound
) -> None:
    other = make_predictor("other", "disco")
    services = changed(services, load_predictor=lambda bundle: other if bundle.name == "other" else make_predictor())
    window = make_window(with_engines(services, keeping))
    answered_library(qtbot, window, keeping, [make_sound(f"{name}.wav") for name in "abcd"])
    classify_again(qtbot, window, keeping, "metal")
    keeping.answer = lambda path: jazz(path, "disco")
    window.session.choose_model(other.bundle)
    qtbot.waitUntil(lambda: window.session.queue.n_pending == 4)
    window.actions_.undo.trigger()
    assert window.session.queue.n_pending == 4, "what the other model is to hear has nothing to do with it"
    assert "Those are answers of test-model" in window.job_bar.message.text()
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(window) == ["disco"] * 4)
    window.session.choose_model(make_bundle())
    qtbot.waitUntil(lambda: genres(window) == ["jazz"] * 4)
    window.actions_.redo.trigger()
    qtbot.waitUntil(lambda: genres(window) == ["metal"] * 4)


def test_what_was_stopped_before_anything_was_done_is_no_step_any_more(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    redo_all(library)
    qtbot.waitUntil(lambda: len(keeping.taken) == 5)
    library.session.cancel()
    qtbot.waitUntil(lambda: library.actions_.undo.text() == "&Undo: genre by hand of 1 track")
    library.actions_.undo.trigger()
    assert genres(library) == ["jazz"] * 4
    assert "classifying" not in library.actions_.redo.text()


def test_what_was_answered_when_it_was_stopped_counts_and_can_be_undone(library: MainWindow, keeping: Keeping) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(1)
    while len(keeping.taken) < 6:
        time.sleep(0.01)  # and the window has not heard of the first one yet
    library.session.cancel()
    assert genres(library) == ["metal", "jazz", "jazz", "jazz"] == stored(library)
    assert library.actions_.undo.text() == "&Undo: classifying 4 tracks again"
    library.actions_.undo.trigger()
    close(library)
    assert stored(library) == ["jazz"] * 4
