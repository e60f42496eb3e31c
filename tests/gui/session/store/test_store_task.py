"""Requests to the store, also where it is locked, damaged or cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import StoreDamagedError
from genre_desktop.gui.session.store.messages import (
    AddToList,
    AllResultsDropped,
    DropAllResults,
    ListPart,
    ListRead,
    OpenStore,
    ReadList,
    RemoveFromList,
    RestoreResults,
    ResultsRestored,
    StoreOpened,
)
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.library.store.rescue import mend_once, open_rescued
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import make_bundle


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


def test_nothing_more_is_read_once_the_window_closes(store: ResultStore) -> None:
    task = StoreTask(lambda: store)
    task(AddToList(tuple(f"/{n}" for n in range(5000))), Told())  # type: ignore[arg-type]
    task.stop_reading()
    assert rows_of(task) == []


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
