"""Requests to the store, also where it is locked, damaged or cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import AudioNotFoundError, StoreBusyError, StoreDamagedError
from genre_desktop.gui.session.store.messages import (
    AddToList,
    AllResultsDropped,
    ByHandSaved,
    DropAllResults,
    ListPart,
    ListRead,
    OpenStore,
    ReadList,
    RemoveFromList,
    RestoreByHand,
    RestoreResults,
    ResultsRestored,
    SetByHand,
    StoreOpened,
    WriteBackup,
    WriteUnwritten,
)
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.store import manual_genre_backup as by_hand_backup
from genre_desktop.library.store.rescue import mend_once, open_rescued
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import MakeSound, make_bundle


class Told:
    """Stands for a worker's report."""

    def __init__(self) -> None:
        self.partials: list[Any] = []
        self.partial = self.partials.append
        self.shares: list[float] = []
        self.progress = self.shares.append


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as opened:
        yield opened


def rows_of(task: StoreTask) -> list[str]:
    told = Told()
    answer = task(ReadList(make_bundle()), told)  # type: ignore[arg-type]
    assert isinstance(answer, ListRead) and answer.problem is None
    return [path for part in told.partials if isinstance(part, ListPart) for path, _ in part.rows]


def test_the_store_is_opened_once_and_paths_come_and_go(store: ResultStore) -> None:
    opened: list[int] = []
    task, told = StoreTask(lambda: opened.append(1) or store), Told()  # type: ignore[func-returns-value]
    task(AddToList(("/a", "/b", "/c")), told)  # type: ignore[arg-type]
    task(RemoveFromList(("/b",)), told)  # type: ignore[arg-type]
    assert [type(news) for news in told.partials] == [StoreOpened] and opened == [1]
    assert rows_of(task) == ["/a", "/c"]
    task(RemoveFromList(None), told)  # type: ignore[arg-type]
    assert rows_of(task) == []


def test_what_a_run_has_mended_meanwhile_is_not_mended_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_paths = ResultStore.add_paths

    def meet_damage(store: ResultStore, _paths: object) -> None:
        monkeypatch.setattr(ResultStore, "add_paths", add_paths)
        assert mend_once(store) is not None  # as a run does on its own thread
        raise StoreDamagedError(path=store.path, reason="as it was before")

    monkeypatch.setattr(ResultStore, "add_paths", meet_damage)
    task, told = StoreTask(lambda: ResultStore.open(tmp_path / "library.sqlite3")), Told()
    task(AddToList(("/a",)), told)  # type: ignore[arg-type]
    assert [type(news) for news in told.partials] == [StoreOpened]
    assert len([*tmp_path.glob("*damaged*.sqlite3")]) == 1
    assert rows_of(task) == ["/a"]
    task.close()


def test_a_list_that_breaks_off_is_answered_all_the_same(store: ResultStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_self: ResultStore, _bundle: Any) -> Iterator[list[Any]]:
        yield [("/a", None)]
        raise StoreDamagedError(path="/data", reason="a page is gone")

    monkeypatch.setattr(ResultStore, "summaries", break_off)
    task, told = StoreTask(lambda: store), Told()
    answer = task(ReadList(make_bundle()), told)  # type: ignore[arg-type]
    assert isinstance(answer, ListRead) and isinstance(answer.problem, StoreDamagedError)
    assert isinstance(told.partials[-1], ListPart)


def test_a_genre_for_files_of_which_one_is_not_there(store: ResultStore, make_sound: MakeSound, tmp_path: Path) -> None:
    sound = make_sound("a.wav")
    tracks = ((str(tmp_path / "gone.wav"), None), (str(sound), None), ("/elsewhere", "known identity"))
    task = StoreTask(lambda: store)
    answer = task(SetByHand(tracks, "ska", 1), Told())  # type: ignore[arg-type]
    assert isinstance(answer, ByHandSaved) and isinstance(answer.problem, AudioNotFoundError)
    assert answer.refused == (tracks[0][0],) and [*answer.genres.values()] == ["ska", "ska"]
    assert store.find_by_hand(read_facts(sound).identity) == "ska", "the others have theirs"
    assert store.find_by_hand("known identity") == "ska"
    restored = task(RestoreByHand(1), Told())  # type: ignore[arg-type]
    assert isinstance(restored, ByHandSaved) and [*restored.genres.values()] == [None, None]


def test_a_slow_drive_is_seen_to_get_on_while_genres_are_kept(store: ResultStore, make_sound: MakeSound) -> None:
    told = Told()
    tracks = tuple((str(make_sound(f"{name}.wav")), None) for name in "abcd")
    StoreTask(lambda: store)(SetByHand(tracks, "ska", 2), told)  # type: ignore[arg-type]
    assert told.shares == [0.0, 0.25, 0.5, 0.75]


def test_a_genre_for_a_file_that_is_another_one_by_now_is_that_of_its_present_sound(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound, other = make_sound("a.wav"), make_sound("b.wav")
    facts = read_facts(sound)
    store.remember(str(sound), facts)
    task = StoreTask(lambda: store)
    sound.write_bytes(other.read_bytes())
    present = read_facts(sound).identity
    store.set_by_hand([present], "polka")
    kept = task(SetByHand(((str(sound), facts.identity),), "ska", 1), Told())  # type: ignore[arg-type]
    assert isinstance(kept, ByHandSaved) and kept.refused == ()
    assert store.find_by_hand(present) == store.find_by_hand(facts.identity) == "ska"
    task(RestoreByHand(1), Told())  # type: ignore[arg-type]
    assert store.find_by_hand(present) == "polka" and store.find_by_hand(facts.identity) is None
    sound.unlink()
    kept = task(SetByHand(((str(sound), facts.identity),), "ska", 2), Told())  # type: ignore[arg-type]
    assert isinstance(kept, ByHandSaved) and kept.refused == () and kept.problem is None


def test_nothing_more_is_read_once_the_window_closes(store: ResultStore) -> None:
    task = StoreTask(lambda: store)
    task(AddToList(tuple(f"/{n}" for n in range(5000))), Told())  # type: ignore[arg-type]
    task.stop_reading()
    assert rows_of(task) == []


def test_a_genre_that_is_taken_back_is_out_of_the_backup_at_once(home: Path) -> None:
    task, told = StoreTask(open_rescued), Told()
    for change, given in enumerate(("ska", None)):
        task(SetByHand((("/a", "id-1"),), given, change), told)  # type: ignore[arg-type]
        task(WriteBackup(), told) if given else None  # type: ignore[arg-type,func-returns-value]
    # As if it were killed: neither closed nor backed up.
    assert "ska" not in (home / "data" / "genres-by-hand.json").read_text()
    with open_rescued() as again:
        assert again.all_by_hand() == [] and again.news is None
    task.close()


def test_what_an_earlier_window_could_not_keep_goes_before_what_is_set_in_this_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_rescued() as store:
        by_hand_backup.put_pending(store, {"id-1": "polka", "id-2": "polka"})
    task, told = StoreTask(open_rescued), Told()
    with monkeypatch.context() as context:
        context.setattr(ResultStore, "set_by_hand", busy)
        task(OpenStore(), told)  # type: ignore[arg-type]
        with pytest.raises(StoreBusyError):
            task(SetByHand((("/a", "id-1"),), "ska", 2), told)  # type: ignore[arg-type]
    assert task(WriteUnwritten(), told) is not None  # type: ignore[arg-type]
    task.close()
    for _ in range(2):
        with open_rescued() as store:
            assert (store.find_by_hand("id-1"), store.find_by_hand("id-2")) == ("ska", "polka")
    assert not [*home.glob("data/*pending*")]


def busy(*_: object) -> None:
    raise StoreBusyError(path="library.sqlite3")


def test_a_second_window_leaves_what_the_first_may_want_back(home: Path) -> None:
    first, second, told = StoreTask(open_rescued), StoreTask(open_rescued), Told()
    first(OpenStore(), told)  # type: ignore[arg-type]
    forgotten = first(DropAllResults(), told)  # type: ignore[arg-type]
    assert isinstance(forgotten, AllResultsDropped) and forgotten.aside is not None
    second(OpenStore(), told)  # type: ignore[arg-type]
    second.close()
    answer = first(RestoreResults(forgotten.aside), told)  # type: ignore[arg-type]
    assert isinstance(answer, ResultsRestored) and answer.problem is None
    first.close()
    assert not [*home.glob("data/*.held"), *home.glob("data/*forgotten*")]
