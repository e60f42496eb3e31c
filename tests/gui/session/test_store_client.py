"""What the window keeps from start to start, and what it asks of the store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError, BundleHashError, StorageError, StoreBusyError
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
    second.clear()
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


def test_a_folder_dropped_again_asks_for_known_files_too(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    sounds = [make_sound("a.wav"), make_sound("b.wav")]
    window.session.open(sounds)
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    before = window.session.tracks.find(sounds[0])
    assert before is not None and before.summary is not None and before.summary.facts is not None
    identity = before.summary.facts.identity
    time.sleep(0.01)
    sounds[0].write_bytes(make_sound("other.wav", seconds=7).read_bytes())
    window.session.open(sounds)
    qtbot.waitUntil(lambda: window.session.scanner.worker.busy or window.session.queue.is_busy)
    assert states(window) == [State.DONE] * 2, "what is known stays in view meanwhile"
    wait_until_idle(qtbot, window)
    assert before.summary.facts.identity != identity
    assert before.summary.duration_s == pytest.approx(7, abs=0.1)


def test_a_store_that_cannot_be_opened_is_told_and_work_goes_on(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    def refuse() -> ResultStore:
        raise StoreBusyError(path="/data/library.sqlite3")

    window = make_window(changed(services, open_store=refuse))
    qtbot.waitUntil(lambda: "Another program holds" in window.job_bar.message.text())
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]


def test_a_damaged_store_is_kept_aside_and_told_in_a_bar_that_stays(
    qtbot: QtBot, make_window: MakeWindow, services: Services, home: Path
) -> None:
    path = home / "data" / "library.sqlite3"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"This was a database once. " * 100)
    window = make_window()
    qtbot.waitUntil(lambda: len(window.notices.notices()) == 1)
    assert "had to be begun anew" in window.notices.notices()[0].words.text()
    close(window)
    (aside,) = path.parent.glob("library.damaged-*.sqlite3")
    assert aside.read_bytes().startswith(b"This was a database once.")


def test_a_genre_by_hand_is_kept_goes_first_and_can_be_taken_back(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    first = make_window()
    first.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, first, 2)
    wait_until_idle(qtbot, first)
    first.session.set_by_hand([track_named(first, "a.wav")], "ska")
    assert cell_text(track_named(first, "a.wav"), Column.GENRE) == "Ska"
    first.session.classify_again(first.session.tracks.tracks())
    wait_until_idle(qtbot, first)
    assert cell_text(track_named(first, "a.wav"), Column.GENRE) == "Ska", "a run does not overwrite it"
    close(first)
    second = make_window()
    wait_for_rows(qtbot, second, 2)
    wait_until_idle(qtbot, second)
    track = track_named(second, "a.wav")
    assert cell_text(track, Column.GENRE) == "Ska" and genre_of(track) == "jazz"
    second.session.set_by_hand([track], None)
    assert cell_text(track, Column.GENRE) == "Jazz"
    close(second)
    third = make_window()
    wait_for_rows(qtbot, third, 2)
    wait_until_idle(qtbot, third)
    assert track_named(third, "a.wav").by_hand is None


def test_a_genre_by_hand_is_for_all_copies_and_for_tracks_not_listened_to(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, tmp_path: Path, home: Path
) -> None:
    sound = make_sound("a.wav")
    (tmp_path / "copy.wav").write_bytes(sound.read_bytes())
    waiting = make_sound("waiting.wav")
    keeping = SlowClassifier(answer_with_facts)
    keeping.let(2)
    window = make_window(with_engines(services, keeping))
    window.session.open([sound, tmp_path / "copy.wav", waiting])
    qtbot.waitUntil(lambda: states(window)[:2] == [State.DONE] * 2)
    window.session.set_by_hand([track_named(window, "a.wav"), track_named(window, "waiting.wav")], "ska")
    assert [track.by_hand for track in window.session.tracks.tracks()] == ["ska"] * 3
    close(window)
    with ResultStore.open() as store:
        assert store.find_by_hand(read_facts(waiting).identity) == "ska"
        assert store.find_by_hand(read_facts(sound).identity) == "ska"


def test_what_was_asked_last_is_still_written_when_the_window_closes(
    qtbot: QtBot, make_window: MakeWindow, services: Services, tmp_path: Path, home: Path
) -> None:
    window = make_window(with_engines(services, SlowClassifier()))
    window.session.open([tmp_path / f"{n}.wav" for n in range(3000)])
    wait_for_rows(qtbot, window, 3000)
    close(window)
    with sqlite3.connect(home / "data" / "library.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM list").fetchone() == (3000,)
    connection.close()


def test_results_of_another_model_are_no_answer(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: SlowClassifier, make_sound: MakeSound
) -> None:
    keeping.let(1)
    first = make_window(with_engines(services, keeping))
    first.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: states(first) == [State.DONE])
    close(first)
    other = make_predictor("other", "metal")
    services = changed(services, default_bundle=lambda: other.bundle, load_predictor=lambda _bundle: other)
    second = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: states(second) == [State.WORKING])


def test_an_answer_of_yesterday_does_not_undo_what_a_person_says(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    (track,) = window.session.tracks.tracks()
    assert track.summary is not None
    for said in ("metal", None):
        window.session.set_by_hand([track], said)
        late = replace(track.summary, by_hand="jazz")  # asked for before, delivered now
        window.session.tracks.set_summaries([(track.path, late)])
        assert track.summary.by_hand == said


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


def test_a_store_that_fails_in_an_unforeseen_way_is_replaced(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    def forbidden() -> Any:
        raise PermissionError(13, "Permission denied")

    window = make_window(changed(services, open_store=forbidden))
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]
    assert not window.session.keeps_results
