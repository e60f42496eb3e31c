"""The result store: facts, results, and what is there after a restart."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import AudioNotFoundError, DamagedAudioError, DecoderCrashedError
from genre_desktop.library.result import TrackResult, summarise
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, facts_of, listed, prediction_of, result_of

BUNDLE = card_only()
OTHER = card_only("other")


def test_facts_are_found_until_size_or_time_change(store: ResultStore) -> None:
    facts = facts_of(1, title="Tïtle", artist="A", album="B", tagged_genres=("Jazz", "Hard Bop"))
    store.save_facts("/a.mp3", facts)
    assert store.find_facts("/a.mp3", facts.size, facts.mtime_ns) == facts
    assert store.find_facts("/a.mp3", facts.size + 1, facts.mtime_ns) is None
    assert store.find_facts("/a.mp3", facts.size, facts.mtime_ns + 1) is None
    assert store.find_facts("/b.mp3", facts.size, facts.mtime_ns) is None


def test_facts_of_a_changed_file_replace_the_old_ones(store: ResultStore) -> None:
    old, new = facts_of(1), facts_of(2)
    store.save_facts("/a.mp3", old)
    store.save_facts("/a.mp3", new)
    assert store.find_facts("/a.mp3", old.size, old.mtime_ns) is None
    assert store.find_facts("/a.mp3", new.size, new.mtime_ns) == new


@pytest.mark.parametrize("mtime_ns", [2**64, -11_644_473_600 * 10**9], ids=["after 2262", "1601, the zero of NTFS"])
def test_a_time_that_no_integer_of_the_database_holds_does_no_harm(store: ResultStore, mtime_ns: int) -> None:
    facts = facts_of(1, mtime_ns=mtime_ns)
    store.save_facts("/a.mp3", facts)
    found = store.find_facts("/a.mp3", facts.size, mtime_ns)
    assert found is not None and found.identity == facts.identity


def test_a_result_comes_back_as_it_was(store: ResultStore) -> None:
    result = result_of(1)
    store.save(result, BUNDLE)
    found = store.find_result("id-1", BUNDLE)
    assert found is not None and found.error is None
    assert found.prediction == result.prediction
    assert store.find_facts("/music/1.mp3", 1001, 10**18 + 1) == result.facts
    assert store.result("/music/1.mp3", BUNDLE) == replace(result, is_stored=True)


def test_results_are_kept_a_model(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    assert store.find_result("id-1", OTHER) is None
    store.save(
        TrackResult(Path("/music/1.mp3"), replace(prediction_of(2), model="other"), None, "other", facts_of(1)), OTHER
    )
    assert store.find_result("id-1", BUNDLE).prediction == prediction_of(1)
    assert store.find_result("id-1", OTHER).prediction == replace(prediction_of(2), model="other")


def test_a_moved_file_has_the_result_and_its_errors_name_the_new_place(store: ResultStore) -> None:
    problem = DamagedAudioError(path=Path("/music/1.mp3"), seconds_read=12.5, reason="bad header")
    result = result_of(1)
    store.save(replace(result, prediction=replace(result.prediction, warnings=(problem,))), BUNDLE)
    store.save(result_of(2, error=DecoderCrashedError(path="/music/2.mp3", reason="signal 11")), BUNDLE)
    store.save_facts("/elsewhere/1.mp3", facts_of(1))
    moved = store.result("/elsewhere/1.mp3", BUNDLE)
    assert moved.prediction.loss.values == {**problem.values, "path": Path("/elsewhere/1.mp3")}
    assert moved.path == Path("/elsewhere/1.mp3")
    assert store.find_result("id-2", BUNDLE).error.values == {"path": "/music/2.mp3", "reason": "signal 11"}
    assert store.find_result("id-2", BUNDLE, "/z.mp3").error.values == {"path": "/z.mp3", "reason": "signal 11"}


def test_a_result_without_facts_is_not_kept(store: ResultStore) -> None:
    error = AudioNotFoundError(path="/gone.mp3")
    store.save(TrackResult(Path("/gone.mp3"), None, error, "small"), BUNDLE)
    assert list(store.results(["/gone.mp3"], BUNDLE)) == []


def test_a_partial_prediction_does_not_replace_a_complete_one(store: ResultStore) -> None:
    store.save(result_of(1, is_complete=False, n_segments=3), BUNDLE)
    store.save(result_of(1, n_segments=9), BUNDLE)
    store.save(result_of(1, is_complete=False, n_segments=3), BUNDLE)
    assert store.find_result("id-1", BUNDLE).prediction == prediction_of(1, n_segments=9)


def test_a_newer_prediction_of_the_same_kind_replaces_the_older(store: ResultStore) -> None:
    for complete in (False, True):
        for n in (3, 4):
            store.save(result_of(1, is_complete=complete, n_segments=n), BUNDLE)
            assert len(store.find_result("id-1", BUNDLE).prediction.segments) == n


def test_an_error_replaces_no_prediction_and_a_prediction_an_error(store: ResultStore) -> None:
    error = DecoderCrashedError(path="/music/1.mp3", reason="signal 11")
    store.save(result_of(1, is_complete=False), BUNDLE)
    store.save(result_of(1, error=error), BUNDLE)
    assert store.find_result("id-1", BUNDLE).error is None
    store.save(result_of(2, error=error), BUNDLE)
    assert store.find_result("id-2", BUNDLE).error.code == "GD-304"
    store.save(result_of(2, is_complete=False), BUNDLE)
    assert store.find_result("id-2", BUNDLE).error is None


def test_full_results_come_in_the_order_asked_for(store: ResultStore) -> None:
    for number in range(250):
        store.save(result_of(number), BUNDLE)
    numbers = [249, 3, 777, *range(100, 220), 0]
    found = list(store.results((f"/music/{number}.mp3" for number in numbers), BUNDLE))
    assert found == [replace(result_of(number), is_stored=True) for number in numbers if number != 777]


@pytest.mark.skipif(sys.platform == "win32", reason="names are not bytes on Windows")
def test_names_of_any_bytes(store: ResultStore) -> None:
    path = os.fsdecode(b"/caf\xe9/\xff\xfe\n.mp3")
    error = DamagedAudioError(path=Path(path), seconds_read=1.0, reason="x")
    store.save(result_of(1, path=path, error=error), BUNDLE)
    store.add_paths([path])
    assert store.result(path, BUNDLE).error.values == error.values
    ((listed_path, summary),) = listed(store)
    assert listed_path == path and summary.error.values == error.values
    store.remove_paths([path])
    assert listed(store) == []


def test_everything_is_there_after_a_restart() -> None:
    with ResultStore.open() as store:
        assert store.path == locations.user_data() / "library.sqlite3"
        store.save(result_of(1), BUNDLE)
        store.add_paths(["/music/1.mp3"])
        store.set_by_hand(["id-1"], "jazz")
    with ResultStore.open() as store:
        assert listed(store) == [("/music/1.mp3", replace(summarise(result_of(1)), by_hand="jazz"))]
        assert store.find_result("id-1", BUNDLE).prediction == prediction_of(1)


def test_closing_twice_does_no_harm(store: ResultStore) -> None:
    store.close()
    store.close()
