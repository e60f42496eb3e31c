"""What a person changes of the list can be undone: clearing, removing, genres by hand, forgetting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    make_bundle,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.stored_answers import (
    Keeping,
    close,
    genres,
    jazz,
    names,
    redo_all,
    stored,
)


def test_a_cleared_list_comes_back_with_order_answers_and_what_was_queued(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    library: MainWindow,
    keeping: Keeping,
    make_sound: MakeSound,
) -> None:
    library.session.set_by_hand([track_named(library, "b.wav")], "ska")
    library.session.open([make_sound("e.wav"), make_sound("f.wav")])
    wait_for_rows(qtbot, library, 6)
    qtbot.waitUntil(lambda: len(keeping.taken) == 5)
    library.actions_.clear.trigger()
    assert len(library.session.tracks) == 0
    assert "Undo (Ctrl+Z) brings 6 tracks back" in library.job_bar.message.text()
    library.session.open([make_sound("g.wav")])
    wait_for_rows(qtbot, library, 1)
    assert library.actions_.undo.text() == "&Undo: clearing the list"
    library.actions_.undo.trigger()
    assert names(library) == [*"abcdefg"]
    assert genres(library) == ["jazz", "ska", "jazz", "jazz", None, None, None]
    assert states(library)[:6] == [State.DONE] * 4 + [State.STOPPED] * 2
    assert "Undone" in library.job_bar.message.text()
    close(library)
    second = make_window(with_engines(services, Keeping()))
    wait_for_rows(qtbot, second, 7)
    qtbot.waitUntil(lambda: second.session.restorer.is_restored)
    assert names(second) == [*"abcdefg"]
    assert genres(second)[:4] == ["jazz", "ska", "jazz", "jazz"]


@pytest.mark.parametrize("is_back_before", [True, False])
def test_a_track_done_anew_while_it_was_off_the_list_comes_back_with_its_new_answer(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, is_back_before: bool
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    a = track_named(library, "a.wav")
    library.session.classify_again([a])
    qtbot.waitUntil(lambda: len(keeping.taken) == 5)
    library.session.remove([a])
    if is_back_before:
        library.actions_.undo.trigger()
    keeping.let(1)
    qtbot.waitUntil(lambda: kept_genre(a.path) == "metal")
    wait_until_idle(qtbot, library)
    if not is_back_before:
        library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["metal", "jazz", "jazz", "jazz"])
    assert states(library) == [State.DONE] * 4


def test_a_row_that_was_read_before_a_new_answer_came_does_not_replace_it(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_shown = threading.Event()
    read = ResultStore.summaries_of

    def read_and_wait(store: ResultStore, *what: Any) -> Any:
        rows = list(read(store, *what))
        is_shown.wait()
        return rows

    keeping.answer = lambda path: jazz(path, "metal")
    a = track_named(library, "a.wav")
    library.session.classify_again([a])
    qtbot.waitUntil(lambda: len(keeping.taken) == 5)
    monkeypatch.setattr(ResultStore, "summaries_of", read_and_wait)
    library.session.remove([a])
    library.actions_.undo.trigger()
    try:
        keeping.let(1)
        qtbot.waitUntil(lambda: genres(library)[0] == "metal")
    finally:
        is_shown.set()
    with qtbot.waitSignal(library.session.store_client.rows_read):
        pass
    assert genres(library)[0] == "metal"


def kept_genre(path: str) -> str | None:
    with ResultStore.open() as store:
        result = store.result(path, make_bundle())
    return None if result is None or result.prediction is None else result.prediction.genre


def test_a_scan_that_clearing_the_list_broke_off_is_gone_on_with_when_that_is_undone(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, tmp_path: Path
) -> None:
    go_on = threading.Event()

    def scan(paths: list[Path], *, is_cancelled: Callable[[], bool], **_options: object) -> Iterator[Path]:
        yield paths[0] / "a.wav"
        while not go_on.wait(0.002):
            if is_cancelled():
                return
        yield paths[0] / "b.wav"

    window = make_window(with_engines(changed(services, scan=scan), slow))
    window.session.open([tmp_path / "one"])
    window.session.open([tmp_path / "two"])
    wait_for_rows(qtbot, window, 1)
    window.actions_.clear.trigger()
    assert not window.session.status().is_scanning
    window.actions_.undo.trigger()
    window.actions_.redo.trigger()
    window.actions_.undo.trigger()
    go_on.set()
    qtbot.waitUntil(lambda: not window.session.status().is_scanning)
    assert sorted(Path(track.path).relative_to(tmp_path).as_posix() for track in window.session.tracks.tracks()) == [
        f"{folder}/{name}.wav" for folder in ("one", "two") for name in "ab"
    ]


def test_removed_tracks_come_back_to_their_places_in_whatever_order_is_shown(qtbot: QtBot, library: MainWindow) -> None:
    tracks = list(library.session.tracks.tracks())
    library.session.tracks.sort(0, Qt.SortOrder.DescendingOrder)
    library.session.remove([tracks[1], tracks[3]])
    library.session.remove([tracks[0]])
    assert names(library) == ["c"]
    library.actions_.undo.trigger()
    library.actions_.undo.trigger()
    assert names(library) == [*"abcd"] and list(library.session.tracks.tracks()) == tracks
    shown = [library.session.tracks.track_in_row(row) for row in range(4)]
    assert shown == tracks[::-1]
    assert not library.actions_.undo.isEnabled() or "removing" not in library.actions_.undo.text()
    library.actions_.redo.trigger()
    assert names(library) == ["a", "c"]
    library.actions_.undo.trigger()
    assert names(library) == [*"abcd"]


def test_what_was_added_anew_meanwhile_is_there_once(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    paths = [Path(track.path) for track in library.session.tracks.tracks()]
    library.actions_.clear.trigger()
    library.session.open(paths[2:3])
    wait_for_rows(qtbot, library, 1)
    library.actions_.undo.trigger()
    assert sorted(names(library)) == [*"abcd"]
    assert sum(library.session.tracks.counts.values()) == 4


def test_a_list_cleared_under_another_model_comes_back_with_the_answers_of_the_present_one(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound
) -> None:
    other = make_predictor("other", "metal")
    services = changed(services, load_predictor=lambda bundle: other if bundle.name == "other" else make_predictor())
    window = make_window(with_engines(services, keeping))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    keeping.let(2)
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    window.actions_.clear.trigger()
    window.session.choose_model(other.bundle)
    qtbot.waitUntil(lambda: not window.session.status().needs_model)
    window.actions_.undo.trigger()
    wait_until_idle(qtbot, window)
    assert genres(window) == [None, None], "an answer of one model is none of the other"
    window.session.choose_model(make_bundle())
    qtbot.waitUntil(lambda: genres(window) == ["jazz"] * 2)


def test_genres_by_hand_are_undone_step_by_step_with_those_of_copies(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound, tmp_path: Path
) -> None:
    sound = make_sound("a.wav")
    (tmp_path / "copy.wav").write_bytes(sound.read_bytes())
    window = make_window(with_engines(services, keeping))
    window.session.open([sound, tmp_path / "copy.wav", make_sound("c.wav")])
    keeping.let(3)
    wait_for_rows(qtbot, window, 3)
    wait_until_idle(qtbot, window)
    a, copy, c = window.session.tracks.tracks()
    window.session.set_by_hand([a], "ska")
    window.session.set_by_hand([copy, c], "polka")
    assert genres(window) == ["polka"] * 3
    assert window.actions_.undo.text() == "&Undo: genre by hand of 2 tracks"
    window.actions_.undo.trigger()
    assert genres(window) == ["ska", "ska", "jazz"]
    window.actions_.undo.trigger()
    assert genres(window) == ["jazz"] * 3
    window.actions_.redo.trigger()
    assert genres(window) == ["ska", "ska", "jazz"]
    assert window.actions_.redo.text() == "&Do again: genre by hand of 2 tracks"
    close(window)
    with ResultStore.open() as store:
        assert store.find_by_hand(read_facts(sound).identity) == "ska"
        assert store.find_by_hand(read_facts(Path(c.path)).identity) is None


def test_undoing_a_genre_by_hand_gives_a_file_never_looked_at_what_its_copy_had(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    sound = make_sound("a.wav")
    identity = read_facts(sound).identity
    with ResultStore.open() as store:
        store.set_by_hand([identity], "zydeco")  # of a copy that is not on the list
    window = make_window(with_engines(services, SlowClassifier()))
    window.session.open([sound])
    wait_for_rows(qtbot, window, 1)
    window.session.set_by_hand(list(window.session.tracks.tracks()), "ska")
    window.actions_.undo.trigger()
    close(window)
    with ResultStore.open() as store:
        assert store.find_by_hand(identity) == "zydeco"


def classify_again(qtbot: QtBot, library: MainWindow, keeping: Keeping, genre: str) -> None:
    keeping.answer = lambda path: jazz(path, genre)
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == [genre] * 4)
    wait_until_idle(qtbot, library)


def test_all_results_that_were_forgotten_come_back(qtbot: QtBot, library: MainWindow, home: Path) -> None:
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    library.session.drop_all_results()
    qtbot.waitUntil(lambda: genres(library) == ["ska", None, None, None])
    assert stored(library) == []
    assert library.actions_.undo.text() == "&Undo: forgetting all results"
    library.actions_.undo.trigger()
    qtbot.waitUntil(lambda: genres(library) == ["ska", "jazz", "jazz", "jazz"])
    assert stored(library) == ["jazz"] * 4
    library.actions_.undo.trigger()
    assert genres(library) == ["jazz"] * 4
    close(library)
    assert not [*home.glob("data/*forgotten*")], "it is gone with the window"


def test_what_was_removed_is_counted_and_the_way_back_told(library: MainWindow) -> None:
    library.table.select_row(0)
    library.actions_.remove.trigger()
    assert library.job_bar.message.text() == (
        "Removed 1 track from the list. Undo (Ctrl+Z) brings back what was removed."
    )
