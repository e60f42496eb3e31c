"""What a store could not take before its window closed."""

from __future__ import annotations

from pathlib import Path

from genre_desktop.library.store.left_results import leave
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, facts_of, prediction_of, result_of

BUNDLE = card_only()


def test_what_was_left_is_taken_in_once_and_replaces_what_is_older(file: Path) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(1), BUNDLE)
        store.add_paths(["/music/1.mp3"])
        # The file has changed since, and another one is new.
        left = result_of(2, path="/music/1.mp3", facts=facts_of(2)), result_of(3)
        leave(store, ((result, BUNDLE) for result in left), ["/music/3.mp3"])
    for _ in range(2):
        with ResultStore.open(file) as store:
            store.finish_bringing_back()
            listed = [path for rows in store.summaries(BUNDLE) for path, _ in rows]
            found = [result.prediction for result in store.results(listed, BUNDLE)]
        assert listed == ["/music/1.mp3", "/music/3.mp3"] and found == [prediction_of(2), prediction_of(3)]
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_nothing_to_leave_leaves_nothing(file: Path) -> None:
    with ResultStore.open(file) as store:
        leave(store, [], [])
    with ResultStore.in_memory() as store:
        leave(store, [(result_of(1), BUNDLE)], ["/music/1.mp3"])
    assert [one.name for one in file.parent.iterdir()] == [file.name]
