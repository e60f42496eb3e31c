"""What is read of a damaged store, wherever the damage is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.errors import StoreRescuedError
from tests.support.stored_results import result_of
from tests.unit.library.store.damaged_store import BUNDLE, N_BY_HAND, PAGE, N, fill, n_by_hand, n_right, overwrite, use


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return fill(tmp_path / "data" / "library.sqlite3")


def test_wherever_a_page_is_damaged_the_rest_and_all_genres_by_hand_are_read(file: Path) -> None:
    whole = file.read_bytes()
    n_pages = len(whole) // PAGE
    losses = []
    for page in range(1, n_pages):
        file.write_bytes(whole)
        overwrite(file, page)
        before = file.read_bytes()
        with use(file) as store:
            assert n_by_hand(store) == N_BY_HAND, page
            losses.append(N - n_right(store))
            is_reported = isinstance(store.recovery_notice, StoreRescuedError)
            if is_reported:
                (damaged,) = file.parent.glob("library.damaged-*.sqlite3")
                assert damaged.read_bytes() == before and damaged.name in str(store.recovery_notice)
                damaged.unlink()
            store.save(result_of(1), BUNDLE)
        with use(file) as store:
            assert store.recovery_notice is None, "nothing is reported or recovered twice"
            assert n_by_hand(store) == N_BY_HAND
    # A leaf costs its rows; only the page at which the details begin costs all of them.
    assert sum(loss == N for loss in losses) <= 1
    assert sorted(losses)[len(losses) * 3 // 4] < N // 20 and sorted(losses)[-2] < N // 4


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with use(file) as store:
        assert n_by_hand(store) == N_BY_HAND
        assert isinstance(store.recovery_notice, StoreRescuedError)
        store.save(result_of(1), BUNDLE)
        assert store.find_result("id-1", BUNDLE) is not None
    with use(file) as store:
        assert store.recovery_notice is None


def test_a_header_that_was_overwritten(file: Path) -> None:
    overwrite(file, 0)
    with use(file) as store:
        assert isinstance(store.recovery_notice, StoreRescuedError)
        assert n_by_hand(store) == N_BY_HAND


def test_without_a_backup_genres_by_hand_are_read_from_the_damaged_file(file: Path) -> None:
    for backup in file.parent.glob("genres-by-hand*"):
        backup.unlink()
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'details'").fetchone()[0]
    overwrite(file, root - 1)
    with use(file) as store:
        assert isinstance(store.recovery_notice, StoreRescuedError)
        assert n_by_hand(store) == N_BY_HAND
        assert f"results: {N};" in str(store.recovery_notice), (
            "what the table shows stays without what only details tell"
        )


@pytest.mark.parametrize("table", ["results", "files"])
def test_a_table_whose_root_page_is_lost_is_read_from_its_leaf_pages(file: Path, table: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    overwrite(file, root - 1)
    with use(file) as store:
        assert isinstance(store.recovery_notice, StoreRescuedError)
        assert n_right(store) == N
        names = [f"/music/{number}.mp3" for number in range(N)]
        assert len([*store.results(names, BUNDLE)]) > N * 0.95  # a row in twenty of `files` stands in the page itself
        assert [path for rows in store.summaries(BUNDLE) for path, _ in rows] == names
