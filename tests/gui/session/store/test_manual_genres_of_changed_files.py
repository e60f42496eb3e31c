"""Genres by hand of files that change, are copies of each other, or are changed by another window meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StoreBusyError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.messages import ByHandSaved, ReadByHand, RestoreByHand, SetByHand, WriteUnwritten
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    changed,
    make_bundle,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.session.store.test_unwritten_results import Hindered
from tests.gui.support.stored_answers import Keeping, close
from tests.gui.support.task_context import RecordingContext


def wait_for_store(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.store_client._worker.busy)


def classified(qtbot: QtBot, window: MainWindow, *paths: Path) -> list[Track]:
    window.session.open(paths)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * len(paths))
    wait_until_idle(qtbot, window)
    return list(window.session.tracks.tracks())


def classify_again(qtbot: QtBot, window: MainWindow, tracks: list[Track]) -> None:
    window.session.classify_again(tracks)
    wait_until_idle(qtbot, window)
    wait_for_store(qtbot, window)


def stored(path: Path) -> str | None:
    with open_or_recover() as store:
        return store.find_by_hand(read_facts(path).identity)


def test_undo_takes_back_what_later_sound_of_the_file_was_given(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    window, sound = make_window(services), make_sound("a.wav")
    (track,) = classified(qtbot, window, sound)
    window.session.set_by_hand([track], "ska")
    wait_for_store(qtbot, window)
    make_sound("a.wav", 7)
    classify_again(qtbot, window, [track])
    assert track.by_hand == stored(sound) == "ska"
    window.actions_.undo.trigger()
    wait_for_store(qtbot, window)
    close(window)
    assert track.by_hand is None and stored(sound) is None


def test_undo_leaves_a_file_that_has_got_the_name_its_own_genre(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, tmp_path: Path
) -> None:
    window, paths = make_window(services), [make_sound("a.wav"), make_sound("b.wav")]
    a, b = classified(qtbot, window, *paths)
    window.session.set_by_hand([a], "ska")
    window.session.set_by_hand([b], "polka")
    wait_for_store(qtbot, window)
    for source, target in ((paths[0], tmp_path / "x"), (paths[1], paths[0]), (tmp_path / "x", paths[1])):
        source.rename(target)
    classify_again(qtbot, window, [a, b])
    assert (a.by_hand, b.by_hand) == ("polka", "ska")
    window.actions_.undo.trigger()  # what is called b.wav had it as a.wav
    qtbot.waitUntil(lambda: (a.by_hand, b.by_hand) == (None, "ska"))
    close(window)
    assert [stored(path) for path in paths] == [None, "ska"]


def test_two_copies_that_were_not_read_have_the_genre_that_was_set_last(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound, tmp_path: Path
) -> None:
    predictors = {name: make_predictor(name) for name in ("test-model", "other")}
    services = changed(services, load_predictor=lambda bundle: predictors[bundle.name])
    window = make_window(with_engines(services, keeping))
    paths = [make_sound("a.wav"), tmp_path / "b.wav"]
    shutil.copy(*paths)
    window.session.open(paths)
    wait_for_rows(qtbot, window, 2)
    window.session.cancel()
    a, b = window.session.tracks.tracks()
    window.session.set_by_hand([a], "ska")
    window.session.set_by_hand([b], "polka")
    qtbot.waitUntil(lambda: (a.by_hand, b.by_hand) == ("polka", "polka"))
    window.session.choose_model(make_bundle("other"))
    qtbot.waitUntil(lambda: window.session.is_model_loaded and a.identity is not None)
    wait_for_store(qtbot, window)
    assert (a.by_hand, b.by_hand) == ("polka", "polka")


def test_undo_leaves_what_another_window_has_set_since() -> None:
    one, other, context = StoreTask(open_or_recover), StoreTask(open_or_recover), RecordingContext()
    one(SetByHand((("/a", "id-1"), ("/b", "id-2")), "ska", 1), context)
    other(SetByHand((("/a", "id-1"),), "polka", 1), context)
    restored = one(RestoreByHand(1), context)
    assert isinstance(restored, ByHandSaved) and restored.genres == {"id-1": "polka", "id-2": None}
    one.close()
    other.close()
    with open_or_recover() as store:
        assert store.all_by_hand() == [("id-1", "polka", None)]


def test_a_genre_that_waits_to_be_written_is_not_read_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise StoreBusyError(path="library.sqlite3")

    task, context = StoreTask(open_or_recover), RecordingContext()
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "set_by_hand", busy)
        for request in (SetByHand((("/a", "id-1"),), "ska", 1), ReadByHand("id-1")):
            with pytest.raises(StoreBusyError):
                task(request, context)
    answer = task(WriteUnwritten(), context)
    assert isinstance(answer, ByHandSaved) and answer.genres == {"id-1": "ska"}
    task.close()


def test_the_backup_has_what_later_sound_of_a_file_was_given(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, home: Path
) -> None:
    window, sound = make_window(services), make_sound("a.wav")
    (track,) = classified(qtbot, window, sound)
    window.session.set_by_hand([track], "ska")
    close(window)
    make_sound("a.wav", 7)
    window = make_window(services)
    wait_for_rows(qtbot, window, 1)
    classify_again(qtbot, window, list(window.session.tracks.tracks()))
    close(window)
    backup = dict(manual_genre_backup._read(home / "data" / "genres-by-hand.json"))
    assert backup[read_facts(sound).identity] == "ska"


def test_a_genre_by_hand_that_a_run_could_not_look_up_is_shown_after_it(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    sound = make_sound("a.wav")
    with open_or_recover() as store:
        store.set_by_hand([read_facts(sound).identity], "ska")
    window = make_window(with_engines(services, engine := Hindered()))
    engine.is_hindered = True
    window.session.open([sound])
    engine.let(1)
    qtbot.waitUntil(lambda: states(window) == [State.DONE])
    qtbot.waitUntil(lambda: track_named(window, "a.wav").by_hand == "ska")


def test_a_file_that_has_become_a_copy_while_nothing_could_be_kept_has_no_other_genre_by_hand(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    paths = [make_sound(f"{name}.wav") for name in "ab"]
    window = make_window(with_engines(services, engine := Hindered()))
    window.session.open(paths)
    engine.let(2)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 2)
    wait_until_idle(qtbot, window)
    a = track_named(window, "a.wav")
    window.session.set_by_hand([a], "ska")
    wait_for_store(qtbot, window)
    shutil.copy(paths[1], paths[0])
    engine.is_hindered = True
    window.session.classify_again([a])
    engine.let(1)
    qtbot.waitUntil(lambda: a.identity == read_facts(paths[1]).identity and a.by_hand is None)
    close(window)
    with open_or_recover() as store:
        assert store.find_by_hand(read_facts(paths[1]).identity) is None


def test_undo_takes_back_what_a_file_was_given_by_the_identity_of_an_earlier_version(make_sound: MakeSound) -> None:
    sound = make_sound("a.wav")
    facts = read_facts(sound)
    assert facts.earlier_identity is not None
    task, context = StoreTask(open_or_recover), RecordingContext()
    task(SetByHand((("/drive/that/is/not/connected.wav", facts.earlier_identity),), "ska", 1), context)
    store = task._store
    assert store is not None
    store.save_facts(str(sound), facts)
    assert store.find_by_hand(facts.identity) == "ska"
    restored = task(RestoreByHand(1), context)
    assert isinstance(restored, ByHandSaved) and restored.genres[facts.identity] is None
    task.close()
    with open_or_recover() as again:
        assert again.all_by_hand() == []
