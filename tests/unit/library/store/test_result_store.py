from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import AudioNotFoundError, DamagedAudioError, DecoderCrashedError
from genre_desktop.library.result import FileFacts, Summary, TrackResult, summarise
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.set_aside import discard_asides, mark_wanted
from genre_desktop.model.prediction import Prediction
from tests.support.stored_results import card_only, facts_of, prediction_of, result_of

BUNDLE = card_only()
OTHER = card_only("other")


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ResultStore]:
    made = ResultStore.open(tmp_path / "deep" / "er" / "library.sqlite3")
    if request.param == "memory":
        made.close()
        made = ResultStore.in_memory()
    with made:
        yield made


def listed(store: ResultStore, bundle=BUNDLE, **options) -> list[tuple[str, Summary | None]]:
    return [row for batch in store.summaries(bundle, **options) for row in batch]


# --- facts ----------------------------------------------------------------------------------


def test_facts_are_found_until_size_or_time_change(store: ResultStore) -> None:
    facts = facts_of(1, title="Tïtle", artist="A", album="B", tagged_genres=("Jazz", "Hard Bop"))
    store.remember("/a.mp3", facts)
    assert store.find_facts("/a.mp3", facts.size, facts.mtime_ns) == facts
    assert store.find_facts("/a.mp3", facts.size + 1, facts.mtime_ns) is None
    assert store.find_facts("/a.mp3", facts.size, facts.mtime_ns + 1) is None
    assert store.find_facts("/b.mp3", facts.size, facts.mtime_ns) is None


def test_facts_of_a_changed_file_replace_the_old_ones(store: ResultStore) -> None:
    old, new = facts_of(1), facts_of(2)
    store.remember("/a.mp3", old)
    store.remember("/a.mp3", new)
    assert store.find_facts("/a.mp3", old.size, old.mtime_ns) is None
    assert store.find_facts("/a.mp3", new.size, new.mtime_ns) == new


def test_a_time_beyond_the_year_2262_does_no_harm(store: ResultStore) -> None:
    facts = facts_of(1, mtime_ns=2**64)
    store.remember("/a.mp3", facts)
    found = store.find_facts("/a.mp3", facts.size, 2**64)
    assert found is not None and found.identity == facts.identity


# --- results --------------------------------------------------------------------------------


def test_a_result_comes_back_as_it_was(store: ResultStore) -> None:
    result = result_of(1)
    store.save(result, BUNDLE)
    found = store.find_result("id-1", BUNDLE)
    assert found is not None and found.error is None
    assert found.prediction == result.prediction
    assert store.find_facts("/music/1.mp3", 1001, 10**18 + 1) == result.facts
    assert store.detail("/music/1.mp3", BUNDLE) == replace(result, is_stored=True)


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
    store.save(replace(result, prediction=replace(result.prediction, problem=problem)), BUNDLE)
    store.save(result_of(2, error=DecoderCrashedError(path="/music/2.mp3", reason="signal 11")), BUNDLE)
    store.remember("/elsewhere/1.mp3", facts_of(1))
    moved = store.detail("/elsewhere/1.mp3", BUNDLE)
    assert moved.prediction.problem.values == {**problem.values, "path": Path("/elsewhere/1.mp3")}
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


# --- genres by hand -------------------------------------------------------------------------


def test_a_genre_by_hand_belongs_to_the_content_whatever_the_model(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand(["id-1", "id-2"], "Zydeco")
    assert store.find_by_hand("id-1") == store.find_by_hand("id-2") == "Zydeco"
    assert store.find_by_hand("id-3") is None
    store.save(result_of(1), BUNDLE)
    store.forget_all()
    store.save(result_of(1), BUNDLE)
    assert store.detail("/music/1.mp3", BUNDLE).by_hand == "Zydeco"
    assert [summary.by_hand for _, summary in listed(store) + listed(store, OTHER)] == ["Zydeco", "Zydeco"]
    store.set_by_hand(["id-1"], "jazz")
    assert store.find_by_hand("id-1") == "jazz"
    store.set_by_hand(["id-1"], None)
    assert store.find_by_hand("id-1") is None and store.find_by_hand("id-2") == "Zydeco"


# --- the list -------------------------------------------------------------------------------


def test_the_list_keeps_the_order_and_says_what_is_known(store: ResultStore) -> None:
    error = DecoderCrashedError(path="/music/2.mp3", reason="x")
    results = {"/music/1.mp3": result_of(1), "/music/2.mp3": result_of(2, error=error)}
    for result in results.values():
        store.save(result, BUNDLE)
    store.remember("/facts only.mp3", facts_of(3, title="T", tagged_genres=("Rock",)))
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


@pytest.mark.skipif(sys.platform == "win32", reason="names are not bytes on Windows")
def test_names_of_any_bytes(store: ResultStore) -> None:
    path = os.fsdecode(b"/caf\xe9/\xff\xfe\n.mp3")
    error = DamagedAudioError(path=Path(path), seconds_read=1.0, reason="x")
    store.save(result_of(1, path=path, error=error), BUNDLE)
    store.add_paths([path])
    assert store.detail(path, BUNDLE).error.values == error.values
    ((listed_path, summary),) = listed(store)
    assert listed_path == path and summary.error.values == error.values
    store.remove_paths([path])
    assert listed(store) == []


# --- the file -------------------------------------------------------------------------------


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


def test_all_results_are_forgotten_and_what_a_person_said_stays(store: ResultStore) -> None:
    a, b = result_of(1), result_of(2)
    for result in (a, b):
        store.save(result, BUNDLE)
    store.save(a, OTHER)
    assert a.facts is not None and b.facts is not None
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand([a.facts.identity], "polka")
    store.forget_all()
    for bundle in (BUNDLE, OTHER):
        assert store.find_result(a.facts.identity, bundle) is None
        assert list(store.results(["/music/1.mp3", "/music/2.mp3"], bundle)) == []
    assert store.find_by_hand(a.facts.identity) == "polka"
    ((path, summary),) = listed(store)
    assert path == "/music/1.mp3" and summary is not None and summary.by_hand == "polka" and summary.facts == a.facts
    assert store.find_facts("/music/2.mp3", b.facts.size, b.facts.mtime_ns) is None


def test_forgetting_everything_gives_the_disk_its_space_back() -> None:
    with ResultStore.open() as store:
        for number in range(300):
            store.save(result_of(number), BUNDLE)
        path = store.path
        assert path is not None
    full = path.stat().st_size
    with ResultStore.open() as store:
        store.forget_all()
    assert path.stat().st_size < full / 2


def test_what_was_forgotten_can_be_brought_back_and_does_not_replace_what_is_newer() -> None:
    error = DecoderCrashedError(path="/music/2.mp3", reason="signal 11")
    with ResultStore.open() as store:
        store.add_paths(["/music/1.mp3", "/music/2.mp3", "/music/3.mp3"])
        for number in (1, 2, 3):
            store.save(result_of(number), BUNDLE)
        aside = store.forget_all()
        assert aside is not None and aside.exists()
        newer = result_of(1, n_segments=3)
        store.save(newer, BUNDLE)
        store.save(result_of(2, error=error), BUNDLE)
        store.bring_back(aside)
        assert store.find_result("id-1", BUNDLE).prediction == newer.prediction
        assert store.find_result("id-2", BUNDLE).prediction == result_of(2).prediction
        assert store.find_result("id-3", BUNDLE).prediction == result_of(3).prediction
        assert not aside.exists(), "it is used up"
        again, third = store.forget_all(), store.forget_all()
        assert again is not None and third is not None and again != third, "each can be undone"
        assert store.path is not None
    discard_asides(store.path)
    assert not again.exists() and not third.exists() and store.path.exists()


def test_the_list_can_be_put_in_order(store: ResultStore) -> None:
    store.add_paths(["/b", "/x", "/a", "/y"])
    store.arrange_paths(["/a", "/new", "/b"])
    assert [path for path, _ in listed(store)] == ["/a", "/new", "/b", "/x", "/y"]


def test_results_that_could_not_be_brought_back_yet_do_not_make_way_for_others(tmp_path: Path) -> None:
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        store.save(result_of(1), BUNDLE)
        aside = store.forget_all()
        assert aside is not None
        mark_wanted(aside)  # and ended before it was done
        store.save(result_of(2), BUNDLE)
        other = store.forget_all()
        assert other is not None
        store.bring_back(other)
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        store.finish_bringing_back()
        assert [store.find_result(f"id-{n}", BUNDLE) is not None for n in (1, 2)] == [True, True]


# --- files that were cut off ----------------------------------------------------------------

DAMAGE = DamagedAudioError(path="/music/1.mp3", seconds_read=3.0, reason="it ends")
CUT = facts_of(2, size=500)


def heard(facts: FileFacts, problem: DamagedAudioError | None = None, n: int = 5, **values: Any) -> TrackResult:
    return replace(
        result_of(n, path="/music/1.mp3", facts=facts), prediction=replace(prediction_of(n), problem=problem, **values)
    )


def confidences(store: ResultStore) -> list[float | None]:
    return [None if summary is None else summary.confidence for _, summary in listed(store)]


@pytest.mark.parametrize(
    "result",
    [heard(CUT, DAMAGE), result_of(2, path="/music/1.mp3", facts=CUT, error=DAMAGE)],
    ids=["half", "nothing"],
)
def test_what_is_left_of_a_file_does_not_replace_the_answer_of_the_whole(
    store: ResultStore, result: TrackResult
) -> None:
    whole = heard(facts_of(1, size=1000, title="Song"), n=9)
    store.save(whole, BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.remember("/music/1.mp3", CUT, may_be_cut_off=True)
    store.save(result, BUNDLE)
    assert confidences(store) == [whole.prediction.confidence]
    again = heard(facts_of(3, size=2000, title="Song"), DAMAGE)
    store.save(again, BUNDLE)
    assert confidences(store) == [again.prediction.confidence], "of a larger one it is another file"


@pytest.mark.parametrize("given_to_rest", [None, "ska"])
def test_what_is_left_of_a_file_has_the_genre_by_hand_of_the_whole(
    store: ResultStore, given_to_rest: str | None
) -> None:
    whole = heard(facts_of(1, size=1000, title="Song"))
    store.save(whole, BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand([whole.facts.identity], "polka")
    if given_to_rest is not None:
        store.set_by_hand([CUT.identity], given_to_rest)
    another = OTHER  # which has not heard the whole
    store.remember("/music/1.mp3", CUT, may_be_cut_off=True)
    store.save(heard(CUT, DAMAGE), another)
    ((_, summary),) = store.summaries_of(["/music/1.mp3"], another)
    assert summary is not None and summary.by_hand == (given_to_rest or "polka")


def test_another_smaller_file_under_the_same_name_has_its_own_answer(store: ResultStore) -> None:
    store.save(heard(facts_of(1, size=1000, title="Song")), BUNDLE)
    store.add_paths(["/music/1.mp3"])
    for other in (heard(facts_of(3, size=700, title="Other"), DAMAGE, n=6), heard(CUT, n=7)):
        store.remember("/music/1.mp3", other.facts, may_be_cut_off=True)
        store.save(other, BUNDLE)
        assert confidences(store) == [other.prediction.confidence]


def test_a_file_whose_tags_shrank_is_not_taken_for_one_that_was_cut_off(store: ResultStore) -> None:
    store.save(heard(facts_of(1, size=1000, title="Song")), BUNDLE)
    store.remember("/music/1.mp3", facts_of(1, size=900), may_be_cut_off=True)
    assert store.find_facts("/music/1.mp3", 900, facts_of(1).mtime_ns) is not None


@pytest.mark.parametrize("is_complete", [True, False])
def test_an_answer_of_damaged_sound_replaces_one_of_the_whole_only_where_it_rests_on_more(
    store: ResultStore, is_complete: bool
) -> None:
    whole, damaged = heard(facts_of(1), is_complete=is_complete), heard(facts_of(1), DAMAGE, n=6)
    store.save(whole, BUNDLE)
    store.save(damaged, BUNDLE)
    assert answer(store).confidence == (whole if is_complete else damaged).prediction.confidence
    store.save(heard(facts_of(1), n=7), BUNDLE)
    assert answer(store) == prediction_of(7)


# --- answers before others ------------------------------------------------------------------


def redone(store: ResultStore, n: int, seed: int, step: int) -> TrackResult:
    """Another answer for some content."""
    if step != store.step:
        store.step = step
        store.forget_undone(step)
    result = replace(result_of(n), prediction=prediction_of(seed))
    store.save(result, BUNDLE)
    return result


def answer(store: ResultStore, n: int = 1) -> Prediction:
    found = store.find_result(f"id-{n}", BUNDLE)
    assert found is not None and found.prediction is not None
    return found.prediction


def test_answers_that_were_replaced_come_back_step_by_step_and_go_again(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    first, second, third = answer(store), *(redone(store, 1, 4 + step, step).prediction for step in (1, 2))
    assert first != second != third == answer(store)
    for _ in range(2):
        assert store.take_back(2, ["id-1"], BUNDLE) == 1
        assert answer(store) == second
        assert store.take_back(1, ["id-1", "id-1", "unknown"], BUNDLE) == 1
        assert answer(store) == first, "with its probabilities and segments"
        assert store.take_back(1, ["id-1"], BUNDLE) == 0, "asked twice it is the same"
        assert store.take_back(1, ["id-1"], BUNDLE, is_redone=True) == 1
        assert answer(store) == second
        assert store.take_back(2, ["id-1"], BUNDLE, is_redone=True) == 1
        assert answer(store) == third
    assert store.take_back(1, ["id-1"], OTHER) == 0


def test_a_track_that_was_done_after_a_later_step_had_begun_comes_back_with_its_own(store: ResultStore) -> None:
    for n in (1, 2):
        store.save(result_of(n), BUNDLE)
    first = answer(store, 1), answer(store, 2)
    redone(store, 1, 5, 1)
    redone(store, 1, 6, 2)
    redone(store, 2, 7, 2)  # of step 1
    store.take_back(2, ["id-1"], BUNDLE)
    assert answer(store, 1) == prediction_of(5) and answer(store, 2) == prediction_of(7)
    store.take_back(1, ["id-1", "id-2"], BUNDLE)
    assert (answer(store, 1), answer(store, 2)) == first


def test_an_earlier_answer_comes_back_complete_or_not_and_none_takes_the_place_of_nothing(store: ResultStore) -> None:
    partial = replace(result_of(1), prediction=replace(prediction_of(1), is_complete=False))
    store.save(partial, BUNDLE)
    redone(store, 1, 5, 1)
    assert answer(store).is_complete
    store.take_back(1, ["id-1"], BUNDLE)
    assert answer(store) == partial.prediction
    store.forget_all()
    assert store.take_back(1, ["id-1"], BUNDLE, is_redone=True) == 0
    assert store.find_result("id-1", BUNDLE) is None


def test_what_was_undone_cannot_come_after_another_step(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    redone(store, 1, 5, 1)
    store.take_back(1, ["id-1"], BUNDLE)
    redone(store, 1, 6, 2)
    assert store.take_back(1, ["id-1"], BUNDLE, is_redone=True) == 0
    assert answer(store) == prediction_of(6)


def test_an_answer_is_kept_where_the_one_before_cannot_be_set_aside(
    store: ResultStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(result_of(1), BUNDLE)
    monkeypatch.setattr("genre_desktop.library.store.earlier_results._COPY", "INTO nothing SELECT ?, ?, ?")
    redone(store, 1, 5, 1)
    assert answer(store) == prediction_of(5) and store.lost_steps == {1}
    assert store.take_back(1, ["id-1"], BUNDLE) == 0


def test_what_was_forgotten_for_good_does_not_come_from_what_was_set_aside(
    store: ResultStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    store.save(result_of(1), BUNDLE)
    redone(store, 1, 5, 1)
    monkeypatch.setattr("genre_desktop.library.store.result_store.set_aside", full)
    store.forget_all()
    assert store.take_back(1, ["id-1"], BUNDLE) == 0


def test_some_of_the_list_are_read_alone(store: ResultStore) -> None:
    for n in (1, 2, 3):
        store.save(result_of(n), BUNDLE)
    store.add_paths([f"/music/{n}.mp3" for n in (1, 2, 4)])
    rows = dict(store.summaries_of([f"/music/{n}.mp3" for n in (2, 3, 4)], BUNDLE))
    assert rows == {path: summary for path, summary in listed(store) if path != "/music/1.mp3"}
