"""Undo and redo of the steps in which results were replaced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import answer, card_only, prediction_of, result_of

BUNDLE = card_only()
OTHER = card_only("other")


def classified_again(store: ResultStore, n: int, seed: int, step: int) -> TrackResult:
    """Another result for some content, saved in a step."""
    if step != store.current_step:
        store.current_step = step
        store.drop_undone(step)
    result = replace(result_of(n), prediction=prediction_of(seed))
    store.save(result, BUNDLE)
    return result


def test_replaced_results_are_put_back_step_by_step_and_again(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    first, second, third = answer(store), *(classified_again(store, 1, 4 + step, step).prediction for step in (1, 2))
    assert first != second != third == answer(store)
    for _ in range(2):
        assert store.undo_step(2, ["id-1"], BUNDLE) == 1
        assert answer(store) == second
        assert store.undo_step(1, ["id-1", "id-1", "unknown"], BUNDLE) == 1
        assert answer(store) == first, "with its probabilities and segments"
        assert store.undo_step(1, ["id-1"], BUNDLE) == 0, "a second call changes nothing"
        assert store.undo_step(1, ["id-1"], BUNDLE, is_redone=True) == 1
        assert answer(store) == second
        assert store.undo_step(2, ["id-1"], BUNDLE, is_redone=True) == 1
        assert answer(store) == third
    assert store.undo_step(1, ["id-1"], OTHER) == 0


def test_a_track_that_was_classified_after_a_later_step_had_begun_is_put_back_with_its_own_step(
    store: ResultStore,
) -> None:
    for n in (1, 2):
        store.save(result_of(n), BUNDLE)
    first = answer(store, 1), answer(store, 2)
    classified_again(store, 1, 5, 1)
    classified_again(store, 1, 6, 2)
    classified_again(store, 2, 7, 2)  # of step 1
    store.undo_step(2, ["id-1"], BUNDLE)
    assert answer(store, 1) == prediction_of(5) and answer(store, 2) == prediction_of(7)
    store.undo_step(1, ["id-1", "id-2"], BUNDLE)
    assert (answer(store, 1), answer(store, 2)) == first


def test_a_partial_result_is_put_back_and_nothing_where_results_were_deleted(store: ResultStore) -> None:
    partial = replace(result_of(1), prediction=replace(prediction_of(1), is_complete=False))
    store.save(partial, BUNDLE)
    classified_again(store, 1, 5, 1)
    assert answer(store).is_complete
    store.undo_step(1, ["id-1"], BUNDLE)
    assert answer(store) == partial.prediction
    store.drop_all_results()
    assert store.undo_step(1, ["id-1"], BUNDLE, is_redone=True) == 0
    assert store.find_result("id-1", BUNDLE) is None


def test_what_was_undone_cannot_be_redone_after_another_step(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    classified_again(store, 1, 5, 1)
    store.undo_step(1, ["id-1"], BUNDLE)
    classified_again(store, 1, 6, 2)
    assert store.undo_step(1, ["id-1"], BUNDLE, is_redone=True) == 0
    assert answer(store) == prediction_of(6)


def test_a_result_is_saved_although_the_one_before_cannot_be_kept(
    store: ResultStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(result_of(1), BUNDLE)
    monkeypatch.setattr("genre_desktop.library.store.replaced_results._copy", lambda _: "INTO nothing SELECT ?, ?, ?")
    classified_again(store, 1, 5, 1)
    assert answer(store) == prediction_of(5) and store.incomplete_steps == {1}
    assert store.undo_step(1, ["id-1"], BUNDLE) == 0


def test_results_deleted_without_a_copy_are_not_put_back_by_an_undo() -> None:
    with ResultStore.in_memory() as store:
        store.save(result_of(1), BUNDLE)
        classified_again(store, 1, 5, 1)
        store.drop_all_results()
        assert store.undo_step(1, ["id-1"], BUNDLE) == 0


def test_an_undo_that_comes_late_leaves_the_result_of_a_later_step(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    first = answer(store)
    classified_again(store, 1, 5, 1)
    store.current_step = 2
    store.save(replace(result_of(1), prediction=prediction_of(6)), BUNDLE)
    for n in (1, 0):
        assert store.undo_step(1, ["id-1"], BUNDLE, until=1) == n, "a second call changes nothing"
    store.drop_undone(2)
    assert answer(store) == prediction_of(6)
    store.undo_step(2, ["id-1"], BUNDLE)
    assert answer(store) == first
    store.undo_step(2, ["id-1"], BUNDLE, is_redone=True)
    assert answer(store) == prediction_of(6)


def test_a_redo_that_comes_late_leaves_the_result_of_a_later_step(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    first = answer(store)
    classified_again(store, 1, 5, 1)
    store.undo_step(1, ["id-1"], BUNDLE)
    store.current_step = 2
    store.save(replace(result_of(1), prediction=prediction_of(6)), BUNDLE)
    store.undo_step(1, ["id-1"], BUNDLE, is_redone=True, until=1)
    store.drop_undone(2)
    assert answer(store) == prediction_of(6)
    store.undo_step(2, ["id-1"], BUNDLE)
    assert answer(store) == prediction_of(5)
    store.undo_step(1, ["id-1"], BUNDLE)
    assert answer(store) == first


def test_an_undo_leaves_what_another_program_has_found_since(file: Path) -> None:
    with ResultStore.open(file) as store, ResultStore.open(file) as other:
        for n in (1, 2):
            store.save(replace(result_of(n), prediction=replace(prediction_of(n), is_complete=False)), BUNDLE)
        first = answer(store, 2)
        for n in (1, 2):
            store.current_step = 1
            store.save(replace(result_of(n), prediction=replace(prediction_of(4 + n), is_complete=False)), BUNDLE)
        other.save(replace(result_of(1), prediction=prediction_of(7)), BUNDLE)  # of all of the track
        assert store.undo_step(1, ["id-1", "id-2"], BUNDLE) == 1
        assert (answer(store, 1), answer(store, 2)) == (prediction_of(7), first)
        assert store.undo_step(1, ["id-1", "id-2"], BUNDLE, is_redone=True) == 1
        assert answer(store, 1) == prediction_of(7)
