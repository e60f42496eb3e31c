"""Another model shows what it knows of the list; more than a few tracks that are new to it are offered, not begun."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import BundleHashError
from genre_desktop.gui.main_window.job_bar import resume_label
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_task import ImportModel, ModelEntry, ModelsListed, RemoveModel
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.importing.bundle_changes import Update
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    genre_of,
    make_bundle,
    make_prediction,
    make_predictor,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)

MANY = 7
BROKEN = "broken"
Change = Callable[[MainWindow], ModelBundle]


def choose(window: MainWindow) -> ModelBundle:
    bundle = make_bundle("other")
    window.model_selection.choose(bundle)
    return bundle


def finish_request(window: MainWindow, listed: ModelsListed) -> None:
    """Give the controller of models an answer of its worker."""
    window.models_controller._requests.append(listed.request)
    window.models_controller._on_done(listed)


def remove(window: MainWindow) -> ModelBundle:
    used, other = window.session.bundle, make_bundle("other")
    assert used is not None
    finish_request(window, ModelsListed(RemoveModel(used), (ModelEntry(other, 0, None),), other))
    return other


def update(window: MainWindow) -> ModelBundle:
    used = window.session.bundle
    assert used is not None
    newer = make_bundle("newer")
    newer.card["name"] = used.name
    entries = (ModelEntry(newer, 0, None),)
    finish_request(
        window, ModelsListed(ImportModel(Path("x.zip")), entries, newer, bundle=newer, update=Update(used, newer))
    )
    return newer


def back_to_shipped(window: MainWindow) -> ModelBundle:
    used, shipped = window.session.bundle, make_bundle("shipped")
    assert used is not None
    shipped.card["name"] = used.name
    finish_request(window, ModelsListed(RemoveModel(used), (ModelEntry(shipped, 0, None),), shipped))
    return shipped


def choose_broken(window: MainWindow) -> ModelBundle:
    bundle = make_bundle(BROKEN)
    window.model_selection.choose(bundle)
    return bundle


CHANGES = [choose, remove, update, back_to_shipped, choose_broken]


class KeepingClassifier(SlowClassifier):
    """An engine whose answers name the model that was asked, and are kept."""

    def classify(self, feed: Any, predictor: Predictor, **options: Any) -> Any:
        self._answer = lambda path: TrackResult(
            path, make_prediction(model=predictor.bundle.name), None, predictor.bundle.name, read_facts(path)
        )
        return super().classify(feed, predictor, **options)


@pytest.fixture
def engine() -> KeepingClassifier:
    return KeepingClassifier()


@pytest.fixture
def window(make_window: MakeWindow, services: Services, engine: KeepingClassifier) -> MainWindow:
    def load(bundle: ModelBundle) -> Predictor:
        if bundle.path.name == BROKEN:
            raise BundleHashError(path=bundle.path, received="a", expected="b")
        return Predictor(bundle, make_predictor().predict)

    return make_window(with_engines(changed(services, load_predictor=load), engine))


@pytest.fixture
def listed(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> MainWindow:
    """Many tracks; nothing is done yet."""
    window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(MANY)])
    wait_for_rows(qtbot, window, MANY)
    qtbot.waitUntil(lambda: not window.session.status().is_scanning)
    return window


@pytest.fixture
def done(qtbot: QtBot, listed: MainWindow, engine: KeepingClassifier) -> MainWindow:
    """Many tracks that the first model has answered."""
    engine.let(MANY)
    wait_until_idle(qtbot, listed)
    qtbot.waitUntil(lambda: not listed.session.queue.classifier.busy)
    engine.permits = type(engine.permits)(0)
    engine.taken.clear()
    return listed


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the store has answered and the model has come, or will not."""

    def is_settled() -> bool:
        status = window.session.status()
        return not window.session.store_client.is_reading_list and (not status.needs_model or status.has_no_model)

    qtbot.waitUntil(is_settled)
    qtbot.wait(30)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_started_after_stop(
    qtbot: QtBot, listed: MainWindow, engine: KeepingClassifier, change: Change
) -> None:
    engine.let(2)
    qtbot.waitUntil(lambda: states(listed).count(State.DONE) == 2)
    listed.session.cancel()
    n_taken = len(engine.taken)
    change(listed)
    settle(qtbot, listed)
    assert states(listed) == [State.STOPPED] * MANY
    assert not listed.session.is_busy and len(engine.taken) == n_taken


@pytest.mark.parametrize("change", CHANGES)
def test_not_even_a_few_are_started_after_stop(
    qtbot: QtBot, window: MainWindow, engine: KeepingClassifier, make_sound: MakeSound, change: Change
) -> None:
    window.session.open([make_sound("a.wav", seconds=1), make_sound("b.wav", seconds=1)])
    qtbot.waitUntil(lambda: State.WORKING in states(window) and len(states(window)) == 2)
    window.session.cancel()
    n_taken = len(engine.taken)
    change(window)
    settle(qtbot, window)
    assert states(window) == [State.STOPPED] * 2 and len(engine.taken) == n_taken


@pytest.mark.parametrize("change", CHANGES[:-1])
def test_a_long_list_is_offered_to_the_other_model_and_not_started(
    qtbot: QtBot, done: MainWindow, engine: KeepingClassifier, change: Change
) -> None:
    bundle = change(done)
    settle(qtbot, done)
    assert states(done) == [State.STOPPED] * MANY and engine.taken == [] and not done.session.is_busy
    qtbot.waitUntil(done.job_bar.resume.isVisible)
    assert done.job_bar.resume.text() == f"Classify 7 tracks with {bundle.name}"
    done.table.select_row(0)
    qtbot.waitUntil(lambda: done.panel._line.text() == "Tracks > Continue (Ctrl+P) goes on with it.")
    pause = done.actions_.pause
    assert (pause.text(), pause.shortcut().toString(), pause.isEnabled()) == ("&Continue", "Ctrl+P", True)
    qtbot.waitUntil(lambda: done.job_bar.text() == "7 tracks not classified yet")
    engine.let(MANY)
    done.job_bar.resume.click()
    wait_until_idle(qtbot, done)
    assert states(done) == [State.DONE] * MANY


def test_a_running_list_is_offered_too(qtbot: QtBot, listed: MainWindow, engine: KeepingClassifier) -> None:
    engine.let(1)
    qtbot.waitUntil(lambda: State.DONE in states(listed) and State.WORKING in states(listed))
    n_taken = len(engine.taken)
    choose(listed)
    settle(qtbot, listed)
    assert states(listed) == [State.STOPPED] * MANY and len(engine.taken) == n_taken


@pytest.mark.parametrize("change", CHANGES[:-1])
def test_a_few_tracks_are_classified_at_once(
    qtbot: QtBot, window: MainWindow, engine: KeepingClassifier, make_sound: MakeSound, change: Change
) -> None:
    engine.let(10)
    window.session.open([make_sound("a.wav", seconds=1), make_sound("b.wav", seconds=1)])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    change(window)
    settle(qtbot, window)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE] * 2 and len(engine.taken) == 4


def test_stored_results_of_the_other_model_are_shown_after_stop(
    qtbot: QtBot, done: MainWindow, engine: KeepingClassifier, make_sound: MakeSound
) -> None:
    first = done.session.bundle
    assert first is not None
    done.session.open([make_sound("new.wav", seconds=1)])
    qtbot.waitUntil(lambda: State.WORKING in states(done))
    done.session.cancel()
    choose(done)
    settle(qtbot, done)
    assert states(done) == [State.STOPPED] * (MANY + 1)
    engine.taken.clear()
    done.model_selection.choose(first)
    settle(qtbot, done)
    assert states(done) == [State.DONE] * MANY + [State.STOPPED]
    assert {genre_of(track) for track in done.session.tracks.tracks()} == {"jazz", None}
    assert engine.taken == []
    engine.let(1)
    done.session.resume()
    wait_until_idle(qtbot, done)
    assert [path.name for path in engine.taken] == ["new.wav"]


def test_a_model_that_cannot_be_loaded_starts_nothing_and_results_of_the_one_before_stay(
    qtbot: QtBot, done: MainWindow, engine: KeepingClassifier
) -> None:
    first = done.session.bundle
    assert first is not None
    choose_broken(done)
    settle(qtbot, done)
    assert states(done) == [State.STOPPED] * MANY and not done.session.is_busy
    qtbot.waitUntil(lambda: done.job_bar.text() == "There is no model")
    assert not done.job_bar.resume.isVisible(), "there is nobody to go on with"
    done.table.select_row(0)
    assert "choose another one in the Model menu" in done.panel._line.text()
    done.actions_.pause.trigger()
    assert states(done) == [State.STOPPED] * MANY
    done.model_selection.choose(first)
    settle(qtbot, done)
    assert states(done) == [State.DONE] * MANY and engine.taken == []


def test_files_dropped_before_a_model_is_loaded_are_classified_by_the_first_one(
    qtbot: QtBot, window: MainWindow, engine: KeepingClassifier, make_sound: MakeSound
) -> None:
    choose_broken(window)
    settle(qtbot, window)
    window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(MANY)])
    wait_for_rows(qtbot, window, MANY)
    qtbot.waitUntil(lambda: "waiting: there is no model" in window.job_bar.text())
    engine.let(MANY)
    choose(window)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * MANY)


def test_stop_while_the_store_is_read_keeps_its_tracks_stopped(
    qtbot: QtBot, done: MainWindow, engine: KeepingClassifier
) -> None:
    few = list(done.session.tracks.tracks())[3:]
    done.session.remove(few)
    choose(done)
    assert done.session.store_client.is_reading_list
    done.session.cancel()
    settle(qtbot, done)
    assert states(done) == [State.STOPPED] * 3 and engine.taken == []


def test_a_running_scan_starts_nothing_with_a_model_chosen_meanwhile(
    qtbot: QtBot, make_window: MakeWindow, services: Services, engine: KeepingClassifier, make_sound: MakeSound
) -> None:
    sounds = [make_sound(f"{n}.wav", seconds=1) for n in range(MANY)]
    may_go_on = threading.Event()

    def scan(*_arguments: Any, **_options: Any) -> Any:
        yield sounds[0]
        may_go_on.wait(10)
        yield from sounds[1:]

    def load(bundle: ModelBundle) -> Predictor:
        return Predictor(bundle, make_predictor().predict)

    window = make_window(with_engines(changed(services, load_predictor=load, scan=scan), engine))
    window.session.open([sounds[0].parent])
    qtbot.waitUntil(lambda: states(window) == [State.WORKING])
    choose(window)
    may_go_on.set()
    wait_for_rows(qtbot, window, MANY)
    settle(qtbot, window)
    assert states(window)[1:] == [State.STOPPED] * (MANY - 1)


def test_a_long_name_does_not_push_the_bar_out_of_the_window() -> None:
    text, tip = resume_label(JobStatus(n_total=9, n_stopped=9, offered_model="R&B " + "x" * 100))
    assert len(text) < 60 and "R&&B" in text and "R&B " + "x" * 100 in tip
