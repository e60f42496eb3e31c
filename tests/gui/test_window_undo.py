"""No answer and no genre by hand is lost: classifying again, undoing, forgetting."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.errors import AudioNotFoundError, DecoderCrashedError, StoreBusyError
from genre_desktop.gui.main_window import MainWindow
from genre_desktop.gui.services import Services
from genre_desktop.gui.track import State, spoken
from genre_desktop.library import by_hand_backup
from genre_desktop.library.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store import ResultStore
from genre_desktop.library.store_rescue import open_rescued
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    make_bundle,
    make_prediction,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)

Answer = Callable[[Path], TrackResult]


class Keeping(SlowClassifier):
    """An engine whose results the store keeps; its answer can be changed."""

    def __init__(self) -> None:
        super().__init__(lambda path: self.answer(path))
        self.answer: Answer = jazz


def jazz(path: Path, genre: str = "jazz") -> TrackResult:
    return TrackResult(path, make_prediction(genre), None, "test-model", read_facts(path))


@pytest.fixture
def keeping() -> Keeping:
    return Keeping()


@pytest.fixture
def library(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound
) -> MainWindow:
    """A window with four tracks that have answers."""
    window = make_window(with_engines(services, keeping))
    window.session.open([make_sound(f"{name}.wav") for name in "abcd"])
    keeping.let(4)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 4)
    wait_until_idle(qtbot, window)
    return window


def genres(window: MainWindow) -> list[str | None]:
    return [track.genre for track in window.session.tracks.tracks()]


def names(window: MainWindow) -> list[str]:
    return [track.name[0] for track in window.session.tracks.tracks()]


def stored(window: MainWindow) -> list[str]:
    paths = [track.path for track in window.session.tracks.tracks()]
    with ResultStore.open() as store:
        return [result.prediction.genre for result in store.results(paths, make_bundle()) if result.prediction]


def redo_all(window: MainWindow) -> None:
    window.table.view.selectAll()
    window.actions_.again.trigger()


def close(window: MainWindow) -> None:
    window.close_now()
    assert window.session.shutdown()


# --- classifying again ----------------------------------------------------------------------


def test_answers_stay_while_tracks_are_classified_again_and_after_quitting(
    qtbot: QtBot, make_window: MakeWindow, services: Services, library: MainWindow, keeping: Keeping
) -> None:
    redo_all(library)
    # What is being redone is marked.
    qtbot.waitUntil(lambda: states(library) == [State.WORKING, *[State.WAITING] * 3])
    assert genres(library) == ["jazz"] * 4
    close(library)
    again = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, again, 4)
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * 4)
    assert genres(again) == ["jazz"] * 4


def test_a_new_answer_takes_the_place_of_the_old_one(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == ["metal"] * 4)
    wait_until_idle(qtbot, library)
    assert stored(library) == ["metal"] * 4


@pytest.mark.parametrize("is_looked_at", [True, False])
def test_a_failure_keeps_the_old_answer_and_is_told(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, is_looked_at: bool
) -> None:
    facts = read_facts if is_looked_at else lambda _path: None
    keeping.answer = lambda path: TrackResult(
        path, None, DecoderCrashedError(path=path, reason="signal 11"), "test-model", facts(path)
    )
    redo_all(library)
    keeping.let(4)
    wait_until_idle(qtbot, library)
    assert genres(library) == ["jazz"] * 4 and states(library) == [State.DONE] * 4
    assert "keeps its earlier answer" in library.job_bar.message.text()
    qtbot.waitUntil(library.actions_.failures.isEnabled)
    library.desk.show_failures()
    dialog = library.desk._failures
    assert dialog is not None and len(dialog.model.tracks) == 4
    assert dialog.model.data(dialog.model.index(0, 2)) == "GD-304"
    dialog.close()
    assert stored(library) == ["jazz"] * 4
    keeping.answer = jazz
    library.actions_.retry_failed.trigger()
    keeping.let(4)
    wait_until_idle(qtbot, library)
    qtbot.waitUntil(lambda: not library.actions_.failures.isEnabled())


def test_another_file_in_the_place_of_the_one_that_was_answered_has_no_answer_of_it(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, make_sound: MakeSound
) -> None:
    make_sound("a.wav", seconds=7)
    error = DecoderCrashedError(path="a.wav", reason="signal 11")
    keeping.answer = lambda path: TrackResult(path, None, error, "test-model", read_facts(path))
    library.session.retry([track_named(library, "a.wav")])
    keeping.let(1)
    wait_until_idle(qtbot, library)
    assert genres(library) == [None, "jazz", "jazz", "jazz"]
    assert spoken(track_named(library, "a.wav")).startswith("a.wav: failed")


def test_a_folder_dropped_again_whose_drive_is_gone_keeps_its_answers(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    keeping.answer = lambda path: TrackResult(path, None, AudioNotFoundError(path=path), "test-model", None)
    library.session.open([Path(track.path) for track in library.session.tracks.tracks()])
    keeping.let(4)
    qtbot.waitUntil(lambda: len(keeping.taken) == 8)
    wait_until_idle(qtbot, library)
    assert genres(library) == ["jazz"] * 4


def test_stop_leaves_the_answers(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    redo_all(library)
    qtbot.waitUntil(lambda: len(keeping.taken) == 5)
    library.session.cancel()
    assert genres(library) == ["jazz"] * 4 and states(library) == [State.DONE] * 4


def test_another_model_meanwhile_and_back_again(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound
) -> None:
    other = make_predictor("other", "metal")
    services = changed(services, load_predictor=lambda bundle: other if bundle.name == "other" else make_predictor())
    window = make_window(with_engines(services, keeping))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    keeping.let(2)
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    redo_all(window)
    window.session.choose_model(other.bundle)
    assert genres(window) == [None, None], "it is no answer of the other model"
    window.session.choose_model(make_bundle())
    qtbot.waitUntil(lambda: genres(window) == ["jazz"] * 2)


# --- the question ---------------------------------------------------------------------------


def questions(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_classifying_many_tracks_again_asks_and_does_not_by_default(
    qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound, tmp_path: Path
) -> None:
    slow_window.session.open([tmp_path / f"{n}.wav" for n in range(30)])
    slow.let(25)
    wait_for_rows(qtbot, slow_window, 30)
    qtbot.waitUntil(lambda: states(slow_window).count(State.DONE) == 25)
    slow_window.session.cancel()
    n_taken = len(slow.taken)
    redo_all(slow_window)
    (box,) = questions(slow_window)
    assert "25 tracks" in box.text(), "those without an answer are no repetition"
    default = box.defaultButton()
    assert default is box.escapeButton()
    default.click()
    qtbot.waitUntil(lambda: not questions(slow_window))
    assert states(slow_window).count(State.DONE) == 25 and len(slow.taken) == n_taken
    redo_all(slow_window)
    (box,) = questions(slow_window)
    next(one for one in box.buttons() if one is not box.defaultButton()).click()
    qtbot.waitUntil(lambda: slow_window.session.tracks.counts[State.WAITING] > 20)
    assert genres(slow_window).count("jazz") == 25


def test_a_long_time_is_asked_about_too(qtbot: QtBot, library: MainWindow) -> None:
    library.redo_question._files_per_s = 0.01
    redo_all(library)
    (box,) = questions(library)
    assert "about 7 min" in box.informativeText()
    box.reject()
    library.redo_question._files_per_s = 10.0
    redo_all(library)
    assert not questions(library)


# --- undo -----------------------------------------------------------------------------------


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
    qtbot.waitUntil(lambda: second.session.restoration.is_done)
    assert names(second) == [*"abcdefg"]
    assert genres(second)[:4] == ["jazz", "ska", "jazz", "jazz"]


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


def test_undoing_takes_from_the_queue_what_is_not_done_yet(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(1)
    qtbot.waitUntil(lambda: genres(library).count("metal") == 1)
    assert library.actions_.undo.text() == "&Undo: classifying 4 tracks again"
    library.actions_.undo.trigger()
    assert states(library) == [State.DONE] * 4
    keeping.let(1)  # the one that was under way
    wait_until_idle(qtbot, library)
    assert genres(library)[2:] == ["jazz", "jazz"] and len(keeping.taken) <= 6


def test_what_is_done_again_already_is_no_step_any_more(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    redo_all(library)
    keeping.let(4)
    wait_until_idle(qtbot, library)
    qtbot.waitUntil(lambda: library.actions_.undo.text() == "&Undo: genre by hand of 1 track")
    library.actions_.undo.trigger()
    assert genres(library) == ["jazz"] * 4
    assert "classifying" not in library.actions_.redo.text()


def test_all_results_that_were_forgotten_come_back(qtbot: QtBot, library: MainWindow, home: Path) -> None:
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    library.session.forget_all()
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


# --- the backup -----------------------------------------------------------------------------


def test_genres_by_hand_outlive_the_store(
    qtbot: QtBot, make_window: MakeWindow, services: Services, library: MainWindow, keeping: Keeping, home: Path
) -> None:
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    paths = [Path(track.path) for track in library.session.tracks.tracks()]
    close(library)
    for file in home.glob("data/library.sqlite3*"):
        file.unlink()
    second = make_window(with_engines(services, keeping))
    qtbot.waitUntil(lambda: len(second.notices.notices()) == 1)
    assert "1 genres set by hand" in second.notices.notices()[0].words.text()
    second.session.open(paths)
    wait_for_rows(qtbot, second, 4)
    keeping.let(4)
    wait_until_idle(qtbot, second)
    with ResultStore.open() as store:
        assert store.find_by_hand(read_facts(paths[0]).identity) == "ska"
        assert by_hand_backup.restore(store) == 0


def test_a_genre_set_while_another_program_holds_the_store_is_there_at_the_next_start(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound, home: Path
) -> None:
    with open_rescued() as store:
        assert store.all_by_hand() == []

    def refuse() -> ResultStore:
        raise StoreBusyError(path=home)

    window = make_window(changed(with_engines(services, keeping), open_store=refuse))
    sound = make_sound("a.wav")
    window.session.open([sound])
    wait_for_rows(qtbot, window, 1)
    window.session.set_by_hand(list(window.session.tracks.tracks()), "ska")
    close(window)
    with open_rescued() as store:
        assert store.find_by_hand(read_facts(sound).identity) == "ska"


def test_a_genre_by_hand_that_cannot_be_kept_is_not_shown_as_if_it_were(
    qtbot: QtBot, slow_window: MainWindow, tmp_path: Path
) -> None:
    slow_window.session.open([tmp_path / "gone.wav"])
    wait_for_rows(qtbot, slow_window, 1)
    slow_window.session.set_by_hand(list(slow_window.session.tracks.tracks()), "ska")
    qtbot.waitUntil(lambda: genres(slow_window) == [None])
    assert "There is no file" in slow_window.job_bar.message.text()


def test_a_list_in_a_damaged_file_is_read_all_the_same(
    qtbot: QtBot, library: MainWindow, make_window: MakeWindow, services: Services, home: Path
) -> None:
    close(library)
    file = home / "data" / "library.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'results'").fetchone()[0]
    with file.open("r+b") as opened:
        opened.seek((root - 1) * 4096)
        opened.write(b"\xaa" * 4096)
    second = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: len(second.notices.notices()) == 1)
    wait_for_rows(qtbot, second, 4)
    assert "4 files of the list" in second.notices.notices()[0].words.text()
    assert not [*file.parent.glob("*.new-*")] and len([*file.parent.glob("*damaged*.sqlite3")]) == 1


def test_the_store_is_checked_after_the_list_is_there(
    qtbot: QtBot, library: MainWindow, make_window: MakeWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(library)
    checked = threading.Event()
    monkeypatch.setattr(ResultStore, "is_sound", lambda *_: checked.set() or False)
    second = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: len(second.notices.notices()) == 1)
    assert checked.is_set() and genres(second) == ["jazz"] * 4
    assert stored(second) == ["jazz"] * 4, "what can be read is in the new file, with which the window goes on"
