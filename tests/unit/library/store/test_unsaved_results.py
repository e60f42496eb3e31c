"""Results that could not be saved before the window was closed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.unsaved_results import write_unsaved
from tests.support.stored_results import card_only, facts_of, prediction_of, result_of

BUNDLE = card_only()
EARLIER, LATER = (int(time.time()) + seconds for seconds in (-3_600, 3_600))


def test_unsaved_results_are_merged_once_and_replace_older_ones(file: Path) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
        store.add_paths(["/music/1.mp3"])
        # The file has changed since, and another one is new.
        left = result_of(2, path="/music/1.mp3", facts=facts_of(2)), result_of(3)
        write_unsaved(store, ((result, BUNDLE, LATER) for result in left), ["/music/3.mp3"])
    for _ in range(2):
        with ResultStore.open(file) as store:
            store.finish_restoring()
            listed = [path for rows in store.summaries(BUNDLE) for path, _ in rows]
            found = [result.prediction for result in store.results(listed, BUNDLE)]
        assert listed == ["/music/1.mp3", "/music/3.mp3"] and found == [prediction_of(2), prediction_of(3)]
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_without_results_no_file_is_written(file: Path) -> None:
    with ResultStore.open(file) as store:
        write_unsaved(store, [], [])
    with ResultStore.in_memory() as store:
        write_unsaved(store, [(result_of(1), BUNDLE, LATER)], ["/music/1.mp3"])
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_results_that_are_in_the_log_alone_are_merged(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers: list[sqlite3.Connection] = []
    add_paths = ResultStore.add_paths

    def add_and_read(store: ResultStore, paths: Iterable[str]) -> None:
        add_paths(store, paths)
        readers.append(sqlite3.connect(store.path or ""))
        readers[0].execute("BEGIN").execute("SELECT count(*) FROM list").fetchone()  # as if there were no room

    with ResultStore.open(file) as store:
        with monkeypatch.context() as context:
            context.setattr(ResultStore, "add_paths", add_and_read)
            write_unsaved(store, [(result_of(1), BUNDLE, LATER)], ["/music/1.mp3"])
        store.finish_restoring()
        readers[0].close()
        assert [result.prediction for result in store.results(["/music/1.mp3"], BUNDLE)] == [prediction_of(1)]


def test_facts_of_a_file_that_was_classified_by_another_program_since_are_left(file: Path) -> None:
    with ResultStore.open(file) as store:
        store.add_paths(["/music/1.mp3"])
        write_unsaved(store, [(result_of(1), BUNDLE, EARLIER)], [])
        store.save(result_of(2, path="/music/1.mp3", facts=facts_of(2)), BUNDLE)
        store.finish_restoring()
        (listed,) = store.summaries(BUNDLE)
        summary = listed[0][1]
        assert summary is not None and summary.facts == facts_of(2), "that of the file as it is now"
        assert store.find_result("id-1", BUNDLE) is not None
