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
from genre_desktop.library.store.recovery import open_or_recover, recover_in_use
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import make_bundle
from tests.gui.support.task_context import RecordingContext


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as opened:
        yield opened


def rows_of(task: StoreTask) -> list[str]:
    context = RecordingContext()
    answer = task(ReadList(make_bundle(), 0), context)
    assert isinstance(answer, ListRead) and answer.problem is None
    return [path for part in context.parts if isinstance(part, ListPart) for path, _ in part.rows]


def test_the_store_is_opened_once_and_paths_come_and_go(store: ResultStore) -> None:
    opened: list[int] = []
    task, context = StoreTask(lambda: opened.append(1) or store), RecordingContext()  # type: ignore[func-returns-value]
    task(AddToList(("/a", "/b", "/c")), context)
    task(RemoveFromList(("/b",)), context)
    assert [type(news) for news in context.parts] == [StoreOpened] and opened == [1]
    assert rows_of(task) == ["/a", "/c"]
    task(RemoveFromList(None), context)
    assert rows_of(task) == []


def test_what_a_run_has_mended_meanwhile_is_not_mended_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_paths = ResultStore.add_paths

    def meet_damage(store: ResultStore, _paths: object) -> None:
        monkeypatch.setattr(ResultStore, "add_paths", add_paths)
        assert recover_in_use(store) is not None  # as a run does on its own thread
        raise StoreDamagedError(path=store.path, reason="as it was before")

    monkeypatch.setattr(ResultStore, "add_paths", meet_damage)
    task, context = StoreTask(lambda: ResultStore.open(tmp_path / "library.sqlite3")), RecordingContext()
    task(AddToList(("/a",)), context)
    assert [type(news) for news in context.parts] == [StoreOpened]
    assert len([*tmp_path.glob("*damaged*.sqlite3")]) == 1
    assert rows_of(task) == ["/a"]
    task.close()


def test_a_list_that_breaks_off_is_answered_all_the_same(store: ResultStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_self: ResultStore, _bundle: Any) -> Iterator[list[Any]]:
        yield [("/a", None)]
        raise StoreDamagedError(path="/data", reason="a page is gone")

    monkeypatch.setattr(ResultStore, "summaries", break_off)
    task, context = StoreTask(lambda: store), RecordingContext()
    answer = task(ReadList(make_bundle(), 0), context)
    assert isinstance(answer, ListRead) and isinstance(answer.problem, StoreDamagedError)
    assert isinstance(context.parts[-1], ListPart)


def test_nothing_more_is_read_once_the_window_closes(store: ResultStore) -> None:
    task = StoreTask(lambda: store)
    task(AddToList(tuple(f"/{n}" for n in range(5000))), RecordingContext())
    task.stop_reading()
    assert rows_of(task) == []


def test_a_second_window_leaves_what_the_first_may_want_back(home: Path) -> None:
    first, second, context = StoreTask(open_or_recover), StoreTask(open_or_recover), RecordingContext()
    first(OpenStore(), context)
    forgotten = first(DropAllResults(), context)
    assert isinstance(forgotten, AllResultsDropped) and forgotten.aside is not None
    second(OpenStore(), context)
    second.close()
    answer = first(RestoreResults(forgotten.aside), context)
    assert isinstance(answer, ResultsRestored) and answer.problem is None
    first.close()
    assert not [*home.glob("data/*.held"), *home.glob("data/*forgotten*")]


def test_a_window_that_closes_leaves_what_another_may_want_back(home: Path) -> None:
    first, second, third = (StoreTask(open_or_recover) for _ in range(3))
    context = RecordingContext()
    first(OpenStore(), context)
    second(OpenStore(), context)
    forgotten = second(DropAllResults(), context)
    assert isinstance(forgotten, AllResultsDropped) and forgotten.aside is not None
    first.close()
    third(OpenStore(), context)
    third.close()
    answer = second(RestoreResults(forgotten.aside), context)
    assert isinstance(answer, ResultsRestored) and answer.problem is None
    second.close()
    assert [one.name for one in home.glob("data/library*")] == ["library.sqlite3"]
