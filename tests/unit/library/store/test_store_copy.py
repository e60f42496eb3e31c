"""All results deleted, and merged back from the copy that was made of them."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import AudioIsFolderError, DecoderCrashedError, GenreDesktopError, StorageError
from genre_desktop.library.store import result_store
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.store_copy import delete_copies, mark_for_restore
from genre_desktop.library.store.unsaved_results import write_unsaved
from tests.support.stored_results import answer, card_only, listed, prediction_of, result_of

BUNDLE = card_only()
OTHER = card_only("other")


def test_all_results_are_deleted_and_genres_by_hand_stay(store: ResultStore) -> None:
    a, b = result_of(1), result_of(2)
    for result in (a, b):
        store.save(result, BUNDLE)
    store.save(a, OTHER)
    assert a.facts is not None and b.facts is not None
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand([a.facts.identity], "polka")
    store.drop_all_results()
    for bundle in (BUNDLE, OTHER):
        assert store.find_result(a.facts.identity, bundle) is None
        assert list(store.results(["/music/1.mp3", "/music/2.mp3"], bundle)) == []
    assert store.find_by_hand(a.facts.identity) == "polka"
    ((path, summary),) = listed(store)
    assert path == "/music/1.mp3" and summary is not None and summary.by_hand == "polka" and summary.facts == a.facts
    assert store.find_facts("/music/2.mp3", b.facts.size, b.facts.mtime_ns) is None


def test_deleting_all_results_shrinks_the_file() -> None:
    with ResultStore.open() as store:
        for number in range(300):
            store.save(result_of(number), BUNDLE)
        path = store.path
        assert path is not None
    full = path.stat().st_size
    with ResultStore.open() as store:
        store.drop_all_results()
    assert path.stat().st_size < full / 2


def test_deleted_results_are_merged_back_and_do_not_replace_newer_ones() -> None:
    error = DecoderCrashedError(path="/music/2.mp3", reason="signal 11")
    with ResultStore.open() as store:
        store.add_paths(["/music/1.mp3", "/music/2.mp3", "/music/3.mp3"])
        for number in (1, 2, 3):
            store.save(result_of(number), BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None and copy.exists()
        newer = result_of(1, n_segments=3)
        store.save(newer, BUNDLE)
        store.save(result_of(2, error=error), BUNDLE)
        store.restore_results(copy)
        assert store.find_result("id-1", BUNDLE).prediction == newer.prediction
        assert store.find_result("id-2", BUNDLE).prediction == result_of(2).prediction
        assert store.find_result("id-3", BUNDLE).prediction == result_of(3).prediction
        assert not copy.exists(), "it is used up"
        again, third = store.drop_all_results(), store.drop_all_results()
        assert again is not None and third is not None and again != third, "each can be undone"
        assert store.path is not None
    delete_copies(store.path)
    assert not again.exists() and not third.exists() and store.path.exists()


def test_a_copy_still_to_be_merged_is_not_overwritten_by_another(tmp_path: Path) -> None:
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        store.save(result_of(1), BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None
        mark_for_restore(copy)  # and ended before it was done
        store.save(result_of(2), BUNDLE)
        other = store.drop_all_results()
        assert other is not None
        store.restore_results(other)
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        store.finish_restoring()
        assert [store.find_result(f"id-{n}", BUNDLE) is not None for n in (1, 2)] == [True, True]


def test_results_that_cannot_be_set_aside_are_not_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with ResultStore.open() as store:
        store.save(result_of(1), BUNDLE)
        monkeypatch.setattr(result_store, "write_copy", full)
        with pytest.raises(StorageError, match="disk is full"):
            store.drop_all_results()
        assert store.find_result("id-1", BUNDLE) is not None


def test_a_result_that_came_after_the_copy_is_not_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    copied = result_store.write_copy

    def slow(connection: sqlite3.Connection, *how: Any) -> Path:
        copy = copied(connection, *how)
        with ResultStore.open() as other:  # of the command line
            other.save(result_of(1, n_segments=3), BUNDLE)
            other.save(result_of(3), BUNDLE)
        return copy

    with ResultStore.open() as store:
        for number in (1, 2):
            store.save(result_of(number), BUNDLE)
        monkeypatch.setattr(result_store, "write_copy", slow)
        copy = store.drop_all_results()
        assert copy is not None
        assert [store.find_result(f"id-{n}", BUNDLE) is not None for n in (1, 2, 3)] == [True, False, True]
        store.restore_results(copy)
        assert [answer(store, n) for n in (1, 2, 3)] == [
            prediction_of(1, n_segments=3),
            prediction_of(2),
            prediction_of(3),
        ]


def test_newer_results_stay_though_the_clock_went_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with ResultStore.open() as store:
        store.save(result_of(1), BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None
        monkeypatch.setattr(result_store.time, "time", lambda: 1.0)
        store.save(result_of(1, n_segments=3), BUNDLE)
        store.restore_results(copy)
        assert answer(store) == prediction_of(1, n_segments=3)


def test_an_answer_of_all_of_a_track_comes_back_in_place_of_a_newer_one_of_parts() -> None:
    with ResultStore.open() as store:
        store.save(result_of(1), BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None
        store.save(result_of(1, is_complete=False), BUNDLE)
        store.restore_results(copy)
        assert answer(store) == prediction_of(1)


def test_a_result_that_came_after_the_copy_within_the_same_second_is_not_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copied = result_store.write_copy

    def slow(connection: sqlite3.Connection, *how: Any) -> Path:
        copy = copied(connection, *how)
        with ResultStore.open() as other:  # whose row gets the number of the one that it replaces
            other.save(result_of(1, n_segments=3), BUNDLE)
        return copy

    monkeypatch.setattr(result_store.time, "time", lambda: 1.0)
    with ResultStore.open() as store:
        store.save(result_of(1), BUNDLE)
        monkeypatch.setattr(result_store, "write_copy", slow)
        store.drop_all_results()
        assert answer(store) == prediction_of(1, n_segments=3)


def test_a_newer_result_with_a_note_that_costs_no_sound_stays() -> None:
    noted = replace(prediction_of(1, n_segments=3), warnings=(AudioIsFolderError(path="/music/1.mp3", kind="x"),))
    with ResultStore.open() as store:
        store.save(result_of(1), BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None
        store.save(replace(result_of(1), prediction=noted), BUNDLE)
        store.restore_results(copy)
        assert len(answer(store).segments) == 3


@pytest.mark.parametrize("first", ["a", "b"])
def test_an_error_that_comes_back_is_still_that_of_its_file(first: str) -> None:
    crash = DecoderCrashedError(path="/music/b.mp3", reason="signal 11")
    results = {"a": result_of(1, path="/music/a.mp3"), "b": result_of(1, path="/music/b.mp3", error=crash)}
    with ResultStore.open() as store:
        store.add_paths(["/music/a.mp3", "/music/b.mp3"])
        store.save(results.pop("b"), BUNDLE)
        copy = store.drop_all_results()
        assert copy is not None
        if first == "b":
            store.save(results.pop("a"), BUNDLE)
        store.restore_results(copy)
        for result in results.values():
            store.save(result, BUNDLE)
        (_, a), (_, b) = listed(store)
        assert a is not None and a.genre == "blues" and b is not None and b.genre is None


@pytest.mark.parametrize("content", [b"", b"no database" * 1000], ids=["empty", "damaged"])
def test_a_copy_that_cannot_be_merged_does_not_hold_up_the_others(file: Path, content: bytes) -> None:
    names = [f"library.wanted-{number}.sqlite3" for number in ("1", "left-0", "left-zz")]
    for name in names:
        file.with_name(name).write_bytes(content)
    with ResultStore.open(file) as store:
        write_unsaved(store, [(result_of(3), BUNDLE, int(time.time()))], ["/music/3.mp3"])
        with contextlib.suppress(GenreDesktopError):
            store.finish_restoring()
        assert answer(store, 3) == prediction_of(3)
    assert sorted(one.name for one in file.parent.glob("*wanted*")) == (names if content else [])


def test_results_that_were_deleted_can_be_restored_though_the_file_cannot_be_shrunk() -> None:
    class Broken:
        def __init__(self, connection: sqlite3.Connection) -> None:
            self._connection = connection

        def __getattr__(self, name: str) -> Any:
            return getattr(self._connection, name)

        def execute(self, statement: str, *values: Any) -> Any:
            if statement == "VACUUM":
                raise sqlite3.DatabaseError("database disk image is malformed")
            return self._connection.execute(statement, *values)

    with ResultStore.open() as store:
        store.save(result_of(1), BUNDLE)
        store._connection = Broken(store._connection)  # type: ignore[assignment]
        copy = store.drop_all_results()
        assert copy is not None and store.find_result("id-1", BUNDLE) is None
        store.restore_results(copy)
        assert answer(store) == prediction_of(1)
