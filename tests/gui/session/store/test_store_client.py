"""What the session asks of the store: opening it, results, genres by hand, closing."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StoreBusyError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.columns import Column, cell_text
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    genre_of,
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
