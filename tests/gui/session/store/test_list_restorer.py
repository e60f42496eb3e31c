"""The list at the next start, and when another model is chosen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError, BundleHashError, StorageError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.columns import Column, cell_text
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
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
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)


def answer_with_facts(path: Path) -> TrackResult:
    return TrackResult(path, make_prediction(), None, "test-model", read_facts(path))


@pytest.fixture
def keeping() -> SlowClassifier:
    """An engine whose results the store keeps."""
    return SlowClassifier(answer_with_facts)


def close(window: MainWindow) -> None:
    window.close_now()
    assert window.session.shutdown()


def test_list_and_results_are_there_at_the_next_start(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: SlowClassifier, make_sound: MakeSound
) -> None:
    first = make_window(with_engines(services, keeping))
    first.session.open([make_sound("a.wav"), make_sound("b.wav")])
    keeping.let(2)
    wait_for_rows(qtbot, first, 2)
    wait_until_idle(qtbot, first)
    close(first)
    again = SlowClassifier()
    second = make_window(with_engines(services, again))
    wait_for_rows(qtbot, second, 2)
    wait_until_idle(qtbot, second)
    assert states(second) == [State.DONE, State.DONE]
    assert cell_text(track_named(second, "a.wav"), Column.GENRE) == "Jazz"
    assert again.taken == [], "nothing is listened to again"
    second.table.select(track_named(second, "b.wav"))
    qtbot.waitUntil(lambda: second.panel.bars.rows()[0] == ("jazz", 0.83))
    qtbot.waitUntil(lambda: second.canvas.plots.timeline.span_at(1.0) is not None)


def test_a_few_unfinished_tracks_are_gone_on_with(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: SlowClassifier, make_sound: MakeSound
) -> None:
    first = make_window(with_engines(services, keeping))
    first.session.open([make_sound(f"{n}.wav") for n in range(4)])
    keeping.let(1)
    qtbot.waitUntil(lambda: State.DONE in states(first))
    close(first)
    again = SlowClassifier(answer_with_facts)
    again.let(10)
    second = make_window(with_engines(services, again))
    qtbot.waitUntil(lambda: states(second) == [State.DONE] * 4)
    assert len(again.taken) == 3
    assert "Going on with 3 tracks of last time." in second.job_bar.message.text()


def test_many_unfinished_tracks_wait_to_be_continued(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    first = make_window(with_engines(services, SlowClassifier()))
    first.session.open([make_sound(f"{n}.wav") for n in range(8)])
    wait_for_rows(qtbot, first, 8)
    close(first)
    again = SlowClassifier()
    again.let(10)
    second = make_window(with_engines(services, again))
    qtbot.waitUntil(lambda: states(second) == [State.STOPPED] * 8)
    qtbot.waitUntil(lambda: second.job_bar.text() == "8 tracks not classified yet")
    assert "Continue goes on with them" in second.job_bar.message.text()
    assert again.taken == []
    assert second.job_bar.resume.isVisible() and not second.job_bar.pause.isVisible()
    second.job_bar.resume.click()
    wait_until_idle(qtbot, second)
    assert states(second) == [State.DONE] * 8


@pytest.mark.parametrize(("n", "state"), [(3, State.DONE), (7, State.STOPPED)])
def test_after_an_update_of_the_model_it_is_told_why_nothing_is_classified(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    keeping: SlowClassifier,
    make_sound: MakeSound,
    n: int,
    state: State,
) -> None:
    first = make_window(with_engines(services, keeping))
    first.session.open([make_sound(f"{number}.wav") for number in range(n)])
    keeping.let(n)
    qtbot.waitUntil(lambda: states(first) == [State.DONE] * n)
    close(first)
    newer = make_predictor("test-model 2")
    again = SlowClassifier(answer_with_facts)
    again.let(n)
    second = make_window(
        changed(
            with_engines(services, again),
            list_bundles=lambda: [newer.bundle],
            default_bundle=lambda: newer.bundle,
            load_predictor=lambda _bundle: newer,
        )
    )
    qtbot.waitUntil(lambda: states(second) == [state] * n)
    qtbot.waitUntil(lambda: "The model has changed" in second.job_bar.message.text())
    assert f"{n} tracks of last time" in second.job_bar.message.text()


def test_removed_and_cleared_tracks_do_not_come_back(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    first = make_window(with_engines(services, SlowClassifier()))
    first.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, first, 2)
    first.session.remove([track_named(first, "a.wav")])
    close(first)
    second = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, second, 1)
    assert track_named(second, "b.wav")
    second.track_list_controller.clear()
    close(second)
    third = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: third.session.restorer.is_restored)
    assert len(third.session.tracks) == 0 and third.drop_zone.isVisible()


def test_failures_are_kept_and_tried_again_when_asked(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    slow = SlowClassifier(
        lambda path: TrackResult(path, None, AudioEmptyError(path=path), "test-model", read_facts(path))
    )
    slow.let(1)
    first = make_window(with_engines(services, slow))
    first.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: states(first) == [State.FAILED])
    close(first)
    again = SlowClassifier(answer_with_facts)
    again.let(1)
    second = make_window(with_engines(services, again))
    qtbot.waitUntil(lambda: states(second) == [State.FAILED])
    assert again.taken == []
    second.actions_.retry_failed.trigger()
    wait_until_idle(qtbot, second)
    assert states(second) == [State.DONE]


def test_going_back_to_a_model_asks_the_store_and_not_the_network(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    predictors = {"one": make_predictor("one", "jazz"), "two": make_predictor("two", "metal")}
    window = make_window(
        changed(
            services,
            list_bundles=lambda: [predictor.bundle for predictor in predictors.values()],
            default_bundle=lambda: predictors["one"].bundle,
            load_predictor=lambda bundle: predictors[bundle.name],
        )
    )
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    taken: list[object] = []
    for reported in (window.session.queue.track_started, window.session.queue.result_ready):
        reported.connect(taken.append)
    for name, genre in (("two", "metal"), ("one", "jazz")):
        wait_until_idle(qtbot, window)
        window.session.choose_model(predictors[name].bundle)
        wait_until_idle(qtbot, window)
        assert {genre_of(track) for track in window.session.tracks.tracks()} == {genre}
        if name == "two":
            taken.clear()
    assert taken == [], "the second time nothing was queued"


def test_another_model_goes_on_where_the_list_cannot_be_read(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)

    def busy(*_: object, **__: object) -> Any:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(type(window.session.store), "summaries", busy)
    window.session.choose_model(make_bundle("another"))
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]


def test_clearing_a_list_that_could_not_be_read_to_its_end_leaves_the_rest_on_it(
    make_window: MakeWindow, services: Services, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ResultStore.open() as store:
        store.add_paths(str(make_sound(f"{name}.wav")) for name in "abcd")
    whole = ResultStore.summaries

    def broken(store: ResultStore, bundle: ModelBundle) -> Iterator[Any]:
        yield next(whole(store, bundle, batch=2))
        raise StorageError(path="library.sqlite3", reason="Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "summaries", broken)
        window = make_window(with_engines(services, SlowClassifier()))
    assert len(window.session.tracks) == 2
    window.actions_.clear.trigger()
    window.actions_.undo.trigger()
    window.close()
    assert window.session.shutdown()
    with ResultStore.open() as store:
        listed = [Path(path).name for rows in store.summaries(make_bundle()) for path, _ in rows]
    assert listed == [f"{name}.wav" for name in "abcd"]


def test_taking_off_what_was_just_dropped_leaves_the_list_of_last_time(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    first = make_window()
    first.session.open([make_sound("kept.wav")])
    wait_for_rows(qtbot, first, 1)
    wait_until_idle(qtbot, first)
    first.close()
    assert first.session.shutdown()

    def none() -> Any:
        raise BundleHashError(path="model", received="a", expected="b")

    second = make_window(changed(services, default_bundle=none), wait_for_model=False)
    second.session.open([make_sound("new.wav")])
    wait_for_rows(qtbot, second, 1)
    second.session.remove(list(second.session.tracks.tracks()))
    second.close()
    assert second.session.shutdown()
    third = make_window()
    wait_for_rows(qtbot, third, 1)
    assert [track.name for track in third.session.tracks.tracks()] == ["kept.wav"]


def test_what_was_removed_before_the_list_of_last_time_is_read_stays_removed(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [make_sound(f"{name}.wav") for name in "ab"]
    with ResultStore.open() as store:
        store.add_paths(map(str, paths))
    may_read, summaries = threading.Event(), ResultStore.summaries

    def read_late(store: ResultStore, bundle: ModelBundle) -> Any:
        may_read.wait()
        return summaries(store, bundle)

    monkeypatch.setattr(ResultStore, "summaries", read_late)
    window = make_window(with_engines(services, SlowClassifier()), wait_for_model=False)
    window.session.open(paths[:1])
    wait_for_rows(qtbot, window, 1)
    window.session.remove(list(window.session.tracks.tracks()))
    may_read.set()
    qtbot.waitUntil(lambda: window.session.restorer.is_restored)
    assert [track.name for track in window.session.tracks.tracks()] == ["b.wav"]
    close(window)
    with ResultStore.open() as store:
        assert [path for rows in store.summaries(make_bundle()) for path, _ in rows] == [str(paths[1])]
