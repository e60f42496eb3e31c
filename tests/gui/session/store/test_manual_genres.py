"""Genres by hand in the store, and the way back from each change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import TIT2
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioNotFoundError, StoreBusyError
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.messages import (
    ByHandSaved,
    OpenStore,
    RestoreByHand,
    SetByHand,
    WriteBackup,
    WriteUnwritten,
)
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import MakeSound, MakeWindow, make_bundle, make_prediction, states, wait_until_idle
from tests.gui.support.stored_answers import close
from tests.gui.support.task_context import RecordingContext


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as opened:
        yield opened


def busy(*_: object) -> None:
    raise StoreBusyError(path="library.sqlite3")


def test_a_genre_for_files_of_which_one_is_not_there(store: ResultStore, make_sound: MakeSound, tmp_path: Path) -> None:
    sound = make_sound("a.wav")
    tracks = ((str(tmp_path / "gone.wav"), None), (str(sound), None), ("/elsewhere", "known identity"))
    task = StoreTask(lambda: store)
    answer = task(SetByHand(tracks, "ska", 1), RecordingContext())
    assert isinstance(answer, ByHandSaved) and isinstance(answer.problem, AudioNotFoundError)
    assert answer.refused == (tracks[0][0],) and [*answer.genres.values()] == ["ska", "ska"]
    assert store.find_by_hand(read_facts(sound).identity) == "ska", "the others have theirs"
    assert store.find_by_hand("known identity") == "ska"
    restored = task(RestoreByHand(1), RecordingContext())
    assert isinstance(restored, ByHandSaved) and [*restored.genres.values()] == [None, None]


def test_a_genre_by_hand_of_an_earlier_identity_is_changed_and_restored(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound = make_sound("a.wav")
    facts = read_facts(sound)
    assert facts.earlier_identity is not None
    store.save_facts(str(sound), replace(facts, identity=facts.earlier_identity, earlier_identity=None))
    store.set_by_hand([facts.earlier_identity], "polka")
    task = StoreTask(lambda: store)
    task(SetByHand(((str(sound), facts.earlier_identity),), "ska", 1), RecordingContext())
    assert store.find_by_hand(facts.identity) == "ska"
    assert store.find_facts(str(sound), facts.size, facts.mtime_ns) == facts
    task(RestoreByHand(1), RecordingContext())
    assert store.find_by_hand(facts.identity) == "polka"


def test_a_slow_drive_is_seen_to_get_on_while_genres_are_kept(store: ResultStore, make_sound: MakeSound) -> None:
    context = RecordingContext()
    tracks = tuple((str(make_sound(f"{name}.wav")), None) for name in "abcd")
    StoreTask(lambda: store)(SetByHand(tracks, "ska", 2), context)
    assert context.fractions == [0.0, 0.25, 0.5, 0.75]


def test_a_genre_for_a_file_that_is_another_one_by_now_is_that_of_its_present_sound(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound, other = make_sound("a.wav"), make_sound("b.wav")
    facts = read_facts(sound)
    store.save_facts(str(sound), facts)
    task = StoreTask(lambda: store)
    sound.write_bytes(other.read_bytes())
    present = read_facts(sound).identity
    store.set_by_hand([present], "polka")
    kept = task(SetByHand(((str(sound), facts.identity),), "ska", 1), RecordingContext())
    assert isinstance(kept, ByHandSaved) and kept.refused == ()
    assert store.find_by_hand(present) == store.find_by_hand(facts.identity) == "ska"
    task(RestoreByHand(1), RecordingContext())
    assert store.find_by_hand(present) == "polka" and store.find_by_hand(facts.identity) is None
    sound.unlink()
    kept = task(SetByHand(((str(sound), facts.identity),), "ska", 2), RecordingContext())
    assert isinstance(kept, ByHandSaved) and kept.refused == () and kept.problem is None


def test_what_was_said_last_of_a_file_that_is_another_one_by_now_counts(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound, other = make_sound("a.wav"), make_sound("b.wav")
    facts = read_facts(sound)
    store.save_facts(str(sound), facts)
    task = StoreTask(lambda: store)
    sound.write_bytes(other.read_bytes())
    present = read_facts(sound).identity
    for change, genre in enumerate(("ska", "polka", None)):
        task(SetByHand(((str(sound), facts.identity),), genre, change), RecordingContext())
        assert store.find_by_hand(present) == store.find_by_hand(facts.identity) == genre


def test_a_genre_for_what_is_left_of_a_file_is_there_at_the_next_start(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound = make_sound("a.wav")
    store.add_paths([str(sound)])
    store.save_facts(str(sound), read_facts(sound))
    sound.write_bytes(sound.read_bytes()[:5000])
    left = read_facts(sound).identity  # as the window has it where the file was dropped again
    StoreTask(lambda: store)(SetByHand(((str(sound), left),), "ska", 1), RecordingContext())
    ((_, summary),) = store.summaries_of([str(sound)], make_bundle())
    assert summary is not None and summary.by_hand == "ska"


def test_a_genre_that_is_taken_back_is_out_of_the_backup_at_once(home: Path) -> None:
    task, context = StoreTask(open_or_recover), RecordingContext()
    for change, given in enumerate(("ska", None)):
        task(SetByHand((("/a", "id-1"),), given, change), context)
        task(WriteBackup(), context) if given else None  # type: ignore[func-returns-value]
    # As if it were killed: neither closed nor backed up.
    assert "ska" not in (home / "data" / "genres-by-hand.json").read_text()
    with open_or_recover() as again:
        assert again.all_by_hand() == [] and again.recovery_notice is None
    task.close()


def test_what_an_earlier_window_could_not_keep_goes_before_what_is_set_in_this_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_or_recover() as store:
        manual_genre_backup.write_pending(store, {"id-1": "polka", "id-2": "polka"})
    task, context = StoreTask(open_or_recover), RecordingContext()
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "set_by_hand", busy)
        task(OpenStore(), context)
        with pytest.raises(StoreBusyError):
            task(SetByHand((("/a", "id-1"),), "ska", 2), context)
    assert task(WriteUnwritten(), context) is not None
    task.close()
    for _ in range(2):
        with open_or_recover() as store:
            assert (store.find_by_hand("id-1"), store.find_by_hand("id-2")) == ("ska", "polka")
    assert not [*home.glob("data/*pending*")]


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_untagged_files_that_exchange_their_names_keep_their_own_genres(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    make_sound: MakeSound,
    tmp_path: Path,
    is_taken_back: bool,
) -> None:
    window = make_window(services)
    paths = [make_sound(f"{name}.wav") for name in "ab"]
    window.session.open(paths)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 2)
    wait_until_idle(qtbot, window)
    a, b = window.session.tracks.tracks()
    identities = b.identity, a.identity
    window.session.set_by_hand([a], "polka")
    if is_taken_back:  # of the other one
        for genre in ("ska", None):
            window.session.set_by_hand([b], genre)
    qtbot.waitUntil(lambda: not window.session.store_client._worker.busy)
    for source, target in ((paths[0], tmp_path / "x"), (paths[1], paths[0]), (tmp_path / "x", paths[1])):
        source.rename(target)
    window.session.classify_again([a, b])
    qtbot.waitUntil(lambda: (a.identity, b.identity) == identities)
    qtbot.waitUntil(lambda: (a.by_hand, b.by_hand) == (None, "polka"))
    close(window)
    with open_or_recover() as store:
        assert [store.find_by_hand(identity or "") for identity in identities] == [None, "polka"]


@pytest.mark.parametrize("was_updated", [False, True], ids=["", "after an update"])
def test_a_corrected_title_of_a_wav_file_keeps_answer_and_genre(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, was_updated: bool
) -> None:
    sound = make_sound("a.wav")
    correct_title(sound, "Frist Song")
    if was_updated:
        with open_or_recover() as store:  # as an earlier version left it
            facts = read_facts(sound)
            assert facts.earlier_identity is not None
            facts = replace(facts, identity=facts.earlier_identity, earlier_identity=None)
            before = TrackResult(sound, make_prediction("ska", 0.61), None, "test-model", facts)
            store.save(before, make_bundle())
            store.set_by_hand([facts.identity], "polka")
            store.add_paths([str(sound)])
    window = make_window(services)
    window.session.open([sound])
    qtbot.waitUntil(lambda: states(window) == [State.DONE])
    wait_until_idle(qtbot, window)
    (track,) = window.session.tracks.tracks()
    answer = track.summary
    assert answer is not None and (not was_updated or (answer.genre, answer.by_hand) == ("ska", "polka"))
    window.session.set_by_hand([track], "polka")
    qtbot.waitUntil(lambda: not window.session.store_client._worker.busy)
    correct_title(sound, "First Song")
    close(window)
    with open_or_recover() as store:
        store.clear_paths()
    window = make_window(services)
    window.session.open([sound])
    qtbot.waitUntil(lambda: states(window) == [State.DONE])
    (track,) = window.session.tracks.tracks()
    assert track.facts is not None and track.facts.title == "First Song"
    assert track.summary is not None and (track.by_hand, track.summary.confidence) == ("polka", answer.confidence)
    assert track.summary.genre == answer.genre


def correct_title(path: Path, title: str) -> None:
    file = mutagen.File(path)
    assert file is not None
    if file.tags is None:
        file.add_tags()
    file.tags["TIT2"] = TIT2(encoding=3, text=[title])
    file.save()
    later = os.stat(path).st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))


def test_undoing_what_cannot_be_written_leaves_what_an_earlier_window_could_not_write(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_or_recover() as store:
        manual_genre_backup.write_pending(store, {"id-1": "polka", "id-2": "polka"})
    task, context = StoreTask(open_or_recover), RecordingContext()
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "set_by_hand", busy)
        for request in (SetByHand((("/a", "id-1"), ("/b", "id-2")), "ska", 1), SetByHand((("/a", "id-1"),), "rap", 2)):
            with pytest.raises(StoreBusyError):
                task(request, context)
        for change in (2, 1):
            with pytest.raises(StoreBusyError):
                task(RestoreByHand(change), context)
            noted = dict(manual_genre_backup._read(home / "data" / "genres-by-hand.pending.json"))
            assert noted == {"id-1": "ska", "id-2": "ska"} if change == 2 else {"id-1": "polka", "id-2": "polka"}
    task(WriteUnwritten(), context)
    task.close()
    with open_or_recover() as store:
        assert [store.find_by_hand(f"id-{number}") for number in (1, 2)] == ["polka", "polka"]


def test_undoing_brings_back_the_genre_that_an_earlier_window_could_not_write(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_or_recover() as store:
        manual_genre_backup.write_pending(store, {"id-1": "polka"})
    task, context = StoreTask(open_or_recover), RecordingContext()
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "set_by_hand", busy)
        with pytest.raises(StoreBusyError):
            task(SetByHand((("/a", "id-1"),), "ska", 1), context)
    task(WriteUnwritten(), context)
    restored = task(RestoreByHand(1), context)
    assert isinstance(restored, ByHandSaved) and restored.genres == {"id-1": "polka"}
    task.close()
    with open_or_recover() as store:
        assert store.find_by_hand("id-1") == "polka"
