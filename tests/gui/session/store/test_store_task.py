"""Requests to the store, also where it is locked, damaged or cannot be opened."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import StoreBusyError, StoreDamagedError
from genre_desktop.gui.session.store.messages import (
    AddToList,
    AllResultsDropped,
    DropAllResults,
    DropUndone,
    ListPart,
    ListRead,
    OpenStore,
    ReadList,
    ReadRows,
    RemoveFromList,
    RestoreAnswers,
    RestoreResults,
    ResultsRestored,
    RowsRead,
    SaveResults,
    StoreOpened,
    WriteUnwritten,
)
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.recovery import open_or_recover, recover_in_use
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import make_bundle, make_prediction
from tests.gui.support.task_context import RecordingContext
from tests.support.stored_results import facts_of

PATH = "/music/1.mp3"


def busy(*_: object, **__: object) -> None:
    raise StoreBusyError(path="library.sqlite3")


def answer_of(genre: str) -> TrackResult:
    return TrackResult(Path(PATH), make_prediction(genre), None, "test-model", facts_of(1))


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
    forgotten = first(DropAllResults(0), context)
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
    forgotten = second(DropAllResults(0), context)
    assert isinstance(forgotten, AllResultsDropped) and forgotten.aside is not None
    first.close()
    third(OpenStore(), context)
    third.close()
    answer = second(RestoreResults(forgotten.aside), context)
    assert isinstance(answer, ResultsRestored) and answer.problem is None
    second.close()
    assert [one.name for one in home.glob("data/library*")] == ["library.sqlite3"]


def test_what_is_redone_late_is_not_dropped_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task, context, bundle = StoreTask(open_or_recover), RecordingContext(), make_bundle()
    task(OpenStore(), context)
    store = context.parts[0].store
    store.save(answer_of("jazz"), bundle)
    store.current_step = 1
    store.save(answer_of("metal"), bundle)
    tracks = ((PATH, "id-1"),)
    task(RestoreAnswers(1, tracks, bundle, False, 0, 1), context)
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "undo_step", busy)
        for request in (RestoreAnswers(1, tracks, bundle, True, 0, 1), DropUndone(2)):
            with contextlib.suppress(StoreBusyError):
                task(request, context)
    task(WriteUnwritten(), context)
    assert [result.prediction.genre for result in store.results([PATH], bundle)] == ["metal"]
    task.close()


@pytest.mark.parametrize("is_busy", [False, True])
def test_results_of_a_file_that_is_replaced_while_in_use_are_there_at_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_busy: bool
) -> None:
    task, context, bundle = StoreTask(open_or_recover), RecordingContext(), make_bundle()
    task(OpenStore(), context)
    context.parts[0].store.save(answer_of("jazz"), bundle)
    context.parts[0].store.add_paths([PATH])
    path = home / "data" / "library.sqlite3"
    path.rename(home / "moved.sqlite3")
    with monkeypatch.context() as patch:
        if is_busy:
            patch.setattr("genre_desktop.library.store.recovery.merge_copy", busy)
        task.close()
    again = StoreTask(open_or_recover)
    assert rows_of(again) == [PATH]
    again.close()
    with open_or_recover() as store:
        assert [result.prediction.genre for result in store.results([PATH], bundle)] == ["jazz"]


@pytest.mark.parametrize("is_tried_again", [True, False])
def test_results_that_cannot_be_brought_back_are_there_at_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_tried_again: bool
) -> None:
    task, context, bundle = StoreTask(open_or_recover), RecordingContext(), make_bundle()
    task(OpenStore(), context)
    context.parts[0].store.save(answer_of("jazz"), bundle)
    forgotten = task(DropAllResults(0), context)
    assert isinstance(forgotten, AllResultsDropped) and forgotten.aside is not None
    with monkeypatch.context() as patch:
        patch.setattr("genre_desktop.library.store.result_store.merge_copy", busy)
        answer = task(RestoreResults(forgotten.aside), context)
        assert isinstance(answer, ResultsRestored) and isinstance(answer.problem, StoreBusyError)
    if is_tried_again:
        answer = task(RestoreResults(forgotten.aside), context)
        assert isinstance(answer, ResultsRestored) and answer.problem is None
    task.close()
    again = StoreTask(open_or_recover)
    again(OpenStore(), context)
    again.close()
    with open_or_recover() as store:
        assert [result.prediction.genre for result in store.results([PATH], bundle) if result.prediction] == ["jazz"]
    assert [one.name for one in home.glob("data/library*")] == ["library.sqlite3"]


def test_rows_are_read_after_what_could_not_be_written_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task, context, bundle = StoreTask(open_or_recover), RecordingContext(), make_bundle()
    task(AddToList((PATH,)), context)
    context.parts[0].store.save(answer_of("jazz"), bundle)
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "save", busy)
        for request in (SaveResults((answer_of("metal"),), bundle, int(time.time())), ReadRows((PATH,), bundle, 0)):
            with contextlib.suppress(StoreBusyError):
                task(request, context)
    task(WriteUnwritten(), context)
    rows = [row for part in context.parts if isinstance(part, RowsRead) for row in part.rows]
    assert [summary.genre for _, summary in rows if summary is not None] == ["metal"]
    task.close()


@pytest.mark.parametrize("is_closed", [False, True], ids=["written later", "left to the next start"])
def test_a_result_that_waits_to_be_written_does_not_replace_a_newer_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_closed: bool
) -> None:
    task, context, bundle = StoreTask(open_or_recover), RecordingContext(), make_bundle()
    task(AddToList((PATH, "/music/2.mp3")), context)
    made_at = int(time.time()) - 60
    changed = replace(answer_of("metal"), path=Path("/music/2.mp3"), facts=facts_of(3))
    waiting = answer_of("metal"), replace(changed, facts=facts_of(2))
    with monkeypatch.context() as patch:
        patch.setattr(ResultStore, "save", busy)
        with pytest.raises(StoreBusyError):
            task(SaveResults(waiting, bundle, made_at), context)
    store = task._store
    assert store is not None
    for newer in (answer_of("jazz"), replace(changed, prediction=make_prediction("jazz"))):
        store.save(newer, bundle)  # by a run, once the store was free again
    if is_closed:
        task.close()
        task = StoreTask(open_or_recover)
        task(OpenStore(), context)
    else:
        task(WriteUnwritten(), context)
    for path in (PATH, "/music/2.mp3"):
        found = task._store.result(path, bundle) if task._store else None
        assert found is not None and found.prediction is not None and found.prediction.genre == "jazz", path
    task.close()
