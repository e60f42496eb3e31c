"""The list of tracks in the store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genre_desktop.core.errors import DecoderCrashedError
from genre_desktop.library.result import Summary, summarise
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, facts_of, listed, result_of

BUNDLE = card_only()
OTHER = card_only("other")


def test_the_list_has_its_order_and_what_is_known_of_each_file(store: ResultStore) -> None:
    error = DecoderCrashedError(path="/music/2.mp3", reason="x")
    results = {"/music/1.mp3": result_of(1), "/music/2.mp3": result_of(2, error=error)}
    for result in results.values():
        store.save(result, BUNDLE)
    store.save_facts("/facts only.mp3", facts_of(3, title="T", tagged_genres=("Rock",)))
    store.add_paths(["/unknown.mp3", "/music/2.mp3"])
    store.add_paths(["/music/1.mp3", "/unknown.mp3", "/facts only.mp3"])
    found = listed(store)
    assert [path for path, _ in found] == ["/unknown.mp3", "/music/2.mp3", "/music/1.mp3", "/facts only.mp3"]
    rows = dict(found)
    assert rows["/unknown.mp3"] is None
    assert rows["/facts only.mp3"] == Summary(facts=facts_of(3, title="T", tagged_genres=("Rock",)))
    assert rows["/music/1.mp3"] == summarise(results["/music/1.mp3"])
    failed = rows["/music/2.mp3"]
    assert str(failed.error) == str(error) and replace(failed, error=None) == Summary(facts=facts_of(2))
    assert dict(listed(store, OTHER))["/music/1.mp3"] == Summary(facts=facts_of(1))


@pytest.mark.parametrize("batch", [1, 3, 7, 500])
def test_the_list_comes_in_batches(store: ResultStore, batch: int) -> None:
    paths = [f"/{number}.mp3" for number in range(7)]
    store.add_paths(paths)
    batches = list(store.summaries(BUNDLE, batch=batch))
    assert [len(rows) for rows in batches[:-1]] == [batch] * (len(batches) - 1)
    assert [path for rows in batches for path, _ in rows] == paths


def test_the_list_can_be_changed_while_it_is_read(store: ResultStore) -> None:
    store.add_paths(f"/{number}.mp3" for number in range(6))
    seen = []
    for rows in store.summaries(BUNDLE, batch=2):
        seen += [path for path, _ in rows]
        if len(seen) == 2:
            store.remove_paths(["/0.mp3", "/3.mp3"])
            store.save(result_of(9), BUNDLE)
            store.add_paths(["/new.mp3"])
    assert seen == ["/0.mp3", "/1.mp3", "/2.mp3", "/4.mp3", "/5.mp3", "/new.mp3"]


def test_paths_leave_the_list_and_their_results_stay(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    store.add_paths(["/a", "/music/1.mp3", "/b"])
    store.remove_paths(["/music/1.mp3", "/not there"])
    assert [path for path, _ in listed(store)] == ["/a", "/b"]
    store.clear_paths()
    assert listed(store) == []
    assert store.find_result("id-1", BUNDLE) is not None


def test_the_list_can_be_put_in_order(store: ResultStore) -> None:
    store.add_paths(["/b", "/x", "/a", "/y"])
    store.arrange_paths(["/a", "/new", "/b"])
    assert [path for path, _ in listed(store)] == ["/a", "/new", "/b", "/x", "/y"]


def test_summaries_of_some_files_of_the_list(store: ResultStore) -> None:
    for n in (1, 2, 3):
        store.save(result_of(n), BUNDLE)
    store.add_paths([f"/music/{n}.mp3" for n in (1, 2, 4)])
    rows = dict(store.summaries_of([f"/music/{n}.mp3" for n in (2, 3, 4)], BUNDLE))
    assert rows == {path: summary for path, summary in listed(store) if path != "/music/1.mp3"}


def test_a_list_whose_results_are_all_of_another_model(store: ResultStore) -> None:
    store.add_paths(["/music/1.mp3", "/music/2.mp3"])
    assert not store.has_other_results_only(BUNDLE)
    store.save(result_of(3), OTHER)  # not on the list
    assert not store.has_other_results_only(BUNDLE)
    store.save(result_of(1), OTHER)
    assert store.has_other_results_only(BUNDLE) and not store.has_other_results_only(OTHER)
    store.save(result_of(2), BUNDLE)
    assert not store.has_other_results_only(BUNDLE)
