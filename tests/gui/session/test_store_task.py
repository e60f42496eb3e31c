"""What the librarian does when the store fails it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import AudioNotFoundError, StoreBusyError, StoreDamagedError
from genre_desktop.gui.session.store.messages import (
    AddToList,
    AllResultsDropped,
    BackUp,
    BringBack,
    BroughtBack,
    ByHandKept,
    CatchUp,
    DropAllResults,
    GiveBackByHand,
    ListPart,
    ListRead,
    OpenStore,
    ReadList,
    RemoveFromList,
    SetByHand,
    StoreOpened,
)
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.gui.session.store.unwritten_genres import UnwrittenGenres
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover, recover_in_use
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


def rows_of(librarian: StoreTask) -> list[str]:
    told = Told()
    answer = librarian(ReadList(make_bundle()), told)  # type: ignore[arg-type]
    assert isinstance(answer, ListRead) and answer.problem is None
    return [path for part in told.partials if isinstance(part, ListPart) for path, _ in part.rows]


def test_the_store_is_opened_once_and_paths_come_and_go(store: ResultStore) -> None:
    opened: list[int] = []
    librarian, told = StoreTask(lambda: opened.append(1) or store), Told()  # type: ignore[func-returns-value]
    librarian(AddToList(("/a", "/b", "/c")), told)  # type: ignore[arg-type]
    librarian(RemoveFromList(("/b",)), told)  # type: ignore[arg-type]
    assert [type(news) for news in told.partials] == [StoreOpened] and opened == [1]
    assert rows_of(librarian) == ["/a", "/c"]
    librarian(RemoveFromList(None), told)  # type: ignore[arg-type]
    assert rows_of(librarian) == []


def test_what_a_run_has_mended_meanwhile_is_not_mended_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_paths = ResultStore.add_paths

    def meet_damage(store: ResultStore, _paths: object) -> None:
        monkeypatch.setattr(ResultStore, "add_paths", add_paths)
        assert recover_in_use(store) is not None  # as a run does on its own thread
        raise StoreDamagedError(path=store.path, reason="as it was before")

    monkeypatch.setattr(ResultStore, "add_paths", meet_damage)
    librarian, told = StoreTask(lambda: ResultStore.open(tmp_path / "library.sqlite3")), Told()
    librarian(AddToList(("/a",)), told)  # type: ignore[arg-type]
    assert [type(news) for news in told.partials] == [StoreOpened]
    assert len([*tmp_path.glob("*damaged*.sqlite3")]) == 1
    assert rows_of(librarian) == ["/a"]
    librarian.close()


def test_a_list_that_breaks_off_is_answered_all_the_same(store: ResultStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_self: ResultStore, _bundle: Any) -> Iterator[list[Any]]:
        yield [("/a", None)]
        raise StoreDamagedError(path="/data", reason="a page is gone")

    monkeypatch.setattr(ResultStore, "summaries", break_off)
    librarian, told = StoreTask(lambda: store), Told()
    answer = librarian(ReadList(make_bundle()), told)  # type: ignore[arg-type]
    assert isinstance(answer, ListRead) and isinstance(answer.problem, StoreDamagedError)
    assert isinstance(told.partials[-1], ListPart)


def test_a_genre_for_files_of_which_one_is_not_there(store: ResultStore, make_sound: MakeSound, tmp_path: Path) -> None:
    sound = make_sound("a.wav")
    tracks = ((str(tmp_path / "gone.wav"), None), (str(sound), None), ("/elsewhere", "known identity"))
    earlier: dict[str, str | None] = {}
    answer = StoreTask(lambda: store)(SetByHand(tracks, "ska", earlier), Told())  # type: ignore[arg-type]
    assert isinstance(answer, ByHandKept) and isinstance(answer.problem, AudioNotFoundError)
    assert answer.refused == (tracks[0][0],) and [*answer.genres.values()] == ["ska", "ska"]
    assert [*earlier.values()] == [None, None]
    assert store.find_by_hand(read_facts(sound).identity) == "ska", "the others have theirs"
    assert store.find_by_hand("known identity") == "ska"


def test_a_slow_drive_is_seen_to_get_on_while_genres_are_kept(store: ResultStore, make_sound: MakeSound) -> None:
    told = Told()
    tracks = tuple((str(make_sound(f"{name}.wav")), None) for name in "abcd")
    StoreTask(lambda: store)(SetByHand(tracks, "ska", {}), told)  # type: ignore[arg-type]
    assert told.shares == [0.0, 0.25, 0.5, 0.75]


def test_a_genre_for_a_file_that_is_another_one_by_now_is_that_of_its_present_sound(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound, other = make_sound("a.wav"), make_sound("b.wav")
    facts = read_facts(sound)
    store.save_facts(str(sound), facts)
    librarian, earlier = StoreTask(lambda: store), {}
    sound.write_bytes(other.read_bytes())
    present = read_facts(sound).identity
    store.set_by_hand([present], "polka")
    kept = librarian(SetByHand(((str(sound), facts.identity),), "ska", earlier), Told())  # type: ignore[arg-type]
    assert isinstance(kept, ByHandKept) and kept.refused == ()
    assert store.find_by_hand(present) == store.find_by_hand(facts.identity) == "ska"
    librarian(GiveBackByHand(earlier), Told())  # type: ignore[arg-type]
    assert store.find_by_hand(present) == "polka" and store.find_by_hand(facts.identity) is None
    sound.unlink()
    kept = librarian(SetByHand(((str(sound), facts.identity),), "ska", {}), Told())  # type: ignore[arg-type]
    assert isinstance(kept, ByHandKept) and kept.refused == () and kept.problem is None


def test_what_was_said_last_of_a_file_that_is_another_one_by_now_counts(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound, other = make_sound("a.wav"), make_sound("b.wav")
    facts = read_facts(sound)
    store.save_facts(str(sound), facts)
    librarian = StoreTask(lambda: store)
    sound.write_bytes(other.read_bytes())
    present = read_facts(sound).identity
    for genre in ("ska", "polka", None):
        librarian(SetByHand(((str(sound), facts.identity),), genre, {}), Told())  # type: ignore[arg-type]
        assert store.find_by_hand(present) == store.find_by_hand(facts.identity) == genre


def test_a_genre_for_what_is_left_of_a_file_is_there_at_the_next_start(
    store: ResultStore, make_sound: MakeSound
) -> None:
    sound = make_sound("a.wav")
    store.add_paths([str(sound)])
    store.save_facts(str(sound), read_facts(sound))
    sound.write_bytes(sound.read_bytes()[:5000])
    left = read_facts(sound).identity  # as the window has it where the file was dropped again
    StoreTask(lambda: store)(SetByHand(((str(sound), left),), "ska", {}), Told())  # type: ignore[arg-type]
    ((_, summary),) = store.summaries_of([str(sound)], make_bundle())
    assert summary is not None and summary.by_hand == "ska"


def test_nothing_more_is_read_once_the_window_closes(store: ResultStore) -> None:
    librarian = StoreTask(lambda: store)
    librarian(AddToList(tuple(f"/{n}" for n in range(5000))), Told())  # type: ignore[arg-type]
    librarian.hurry()
    assert rows_of(librarian) == []


def test_a_genre_that_is_taken_back_is_out_of_the_backup_at_once(home: Path) -> None:
    librarian, told = StoreTask(open_or_recover), Told()
    for given in ("ska", None):
        librarian(SetByHand((("/a", "id-1"),), given, {}), told)  # type: ignore[arg-type]
        librarian(BackUp(), told) if given else None  # type: ignore[arg-type,func-returns-value]
    # As if it were killed: neither closed nor backed up.
    assert "ska" not in (home / "data" / "genres-by-hand.json").read_text()
    with open_or_recover() as again:
        assert again.all_by_hand() == [] and again.recovery_notice is None
    librarian.close()


def test_what_an_earlier_window_could_not_keep_goes_before_what_is_set_in_this_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_or_recover() as store:
        manual_genre_backup.write_pending(store, {"id-1": "polka", "id-2": "polka"})
    librarian, told = StoreTask(open_or_recover), Told()
    with monkeypatch.context() as context:
        context.setattr(ResultStore, "set_by_hand", busy)
        librarian(OpenStore(), told)  # type: ignore[arg-type]
        with pytest.raises(StoreBusyError):
            librarian(SetByHand((("/a", "id-1"),), "ska", {}), told)  # type: ignore[arg-type]
    assert librarian(CatchUp(), told) is not None  # type: ignore[arg-type]
    librarian.close()
    for _ in range(2):
        with open_or_recover() as store:
            assert (store.find_by_hand("id-1"), store.find_by_hand("id-2")) == ("ska", "polka")
    assert not [*home.glob("data/*pending*")]


def busy(*_: object) -> None:
    raise StoreBusyError(path="library.sqlite3")


def test_what_comes_of_changes_by_hand_that_wait_and_are_partly_undone() -> None:
    changes = UnwrittenGenres()
    first: dict[str, str | None] = {}
    second: dict[str, str | None] = {}
    changes.set(["a", "a", "b"], "ska", first)
    changes.set(["b", "c", "c"], "polka", second)
    assert changes.genres == {"a": "ska", "b": "polka", "c": "polka"}
    changes.give_back(second)
    assert changes.genres == {"a": "ska", "b": "ska"}
    changes.give_back(first)
    assert changes.genres == {}
    changes.give_back({"d": None})  # of a change that was written
    assert changes.genres == {"d": None}


def test_a_second_window_leaves_what_the_first_may_want_back(home: Path) -> None:
    first, second, told = StoreTask(open_or_recover), StoreTask(open_or_recover), Told()
    first(OpenStore(), told)  # type: ignore[arg-type]
    forgotten = first(DropAllResults(), told)  # type: ignore[arg-type]
    assert isinstance(forgotten, AllResultsDropped) and forgotten.aside is not None
    second(OpenStore(), told)  # type: ignore[arg-type]
    second.close()
    answer = first(BringBack(forgotten.aside), told)  # type: ignore[arg-type]
    assert isinstance(answer, BroughtBack) and answer.problem is None
    first.close()
    assert not [*home.glob("data/*.held"), *home.glob("data/*forgotten*")]
