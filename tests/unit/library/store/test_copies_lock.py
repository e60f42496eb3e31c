"""The lock file of a store's copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.library.store.copies_lock import CopiesLock
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, result_of


@pytest.fixture
def copy(file: Path) -> Path:
    with ResultStore.open(file) as store:
        store.save(result_of(1), card_only())
        copy = store.drop_all_results()
    assert copy is not None
    return copy


def test_copies_are_deleted_by_the_process_that_holds_the_lock_alone(file: Path, copy: Path) -> None:
    first, second = CopiesLock(file), CopiesLock(file)
    second.delete_copies()
    assert copy.exists()
    second.close()
    first.delete_copies()
    assert not copy.exists() and file.exists()
    first.close()
    first.close()
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_the_lock_is_free_again_once_it_is_closed(file: Path, copy: Path) -> None:
    CopiesLock(file).close()
    lock = CopiesLock(file)
    lock.delete_copies()
    lock.close()
    assert not copy.exists()


def test_a_store_in_memory_has_no_copies() -> None:
    lock = CopiesLock(None)
    lock.delete_copies()
    lock.close()
