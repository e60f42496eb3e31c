"""The locks of a store's copies: each window deletes what no window wants back any more."""

from __future__ import annotations

from pathlib import Path

from genre_desktop.library.store.copy_locks import CopyLocks
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.store_copy import delete_copies
from tests.support.stored_results import card_only, result_of


def test_a_copy_is_deleted_once_its_store_is_closed(file: Path) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(1), card_only())
        copy = store.drop_all_results()
        assert copy is not None
        delete_copies(file)
        assert copy.exists()
    delete_copies(file)
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_copy_of_a_window_that_was_killed_is_deleted(file: Path) -> None:
    left = [file.with_name(f"library.forgotten-1.sqlite3{ending}") for ending in ("", "-journal", ".held")]
    for one in left:
        one.touch()
    delete_copies(file)
    assert not any(one.exists() for one in left)
    delete_copies(None)


def test_a_copy_is_held_by_one_window_and_free_after_that(file: Path) -> None:
    first, second = CopyLocks(), CopyLocks()
    assert first.hold(file) and not second.hold(file)
    first.release()
    first.release()
    assert second.hold(file)
    second.release()
    assert not first.hold(file / "below a file")
    assert [*file.parent.iterdir()] == []


def test_copies_of_two_windows_have_different_names(file: Path) -> None:
    with ResultStore.open(file) as first, ResultStore.open(file) as second:
        copies = {first.drop_all_results(), second.drop_all_results()}
    assert len(copies) == 2
