from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, result_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def filled(file: Path) -> Path:
    with ResultStore.open(file) as store:
        for number in range(60):
            store.save(result_of(number, n_segments=40), card_only())
        store.add_paths(f"/music/{number}.mp3" for number in range(60))
        store.set_by_hand([f"id-{number}" for number in range(20)], "jazz")
    return file


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ResultStore]:
    made = ResultStore.open(tmp_path / "deep" / "er" / "library.sqlite3")
    if request.param == "memory":
        made.close()
        made = ResultStore.in_memory()
    with made:
        yield made
