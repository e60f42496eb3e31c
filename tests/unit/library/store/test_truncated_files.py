"""Results from files that were cut off, and from damaged sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import DamagedAudioError
from genre_desktop.library.result import FileFacts, TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import answer, card_only, facts_of, listed, prediction_of, result_of

BUNDLE = card_only()
OTHER = card_only("other")
DAMAGE = DamagedAudioError(path="/music/1.mp3", seconds_read=3.0, reason="it ends")
CUT = facts_of(2, size=500)


def classified(facts: FileFacts, problem: DamagedAudioError | None = None, n: int = 5, **values: Any) -> TrackResult:
    return replace(
        result_of(n, path="/music/1.mp3", facts=facts),
        prediction=replace(prediction_of(n), warnings=() if problem is None else (problem,), **values),
    )


def confidences(store: ResultStore) -> list[float | None]:
    return [None if summary is None else summary.confidence for _, summary in listed(store)]


@pytest.mark.parametrize(
    "result",
    [classified(CUT, DAMAGE), result_of(2, path="/music/1.mp3", facts=CUT, error=DAMAGE)],
    ids=["half", "nothing"],
)
def test_a_truncated_file_does_not_replace_the_answer_of_the_whole(store: ResultStore, result: TrackResult) -> None:
    whole = classified(facts_of(1, size=1000, title="Song"), n=9)
    store.save(whole, BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.save_facts("/music/1.mp3", CUT, may_be_truncated=True)
    store.save(result, BUNDLE)
    assert confidences(store) == [whole.prediction.confidence]
    again = classified(facts_of(3, size=2000, title="Song"), DAMAGE)
    store.save(again, BUNDLE)
    assert confidences(store) == [again.prediction.confidence], "of a larger one it is another file"


@pytest.mark.parametrize("given_to_rest", [None, "ska"])
def test_a_truncated_file_has_the_genre_by_hand_of_the_whole(store: ResultStore, given_to_rest: str | None) -> None:
    whole = classified(facts_of(1, size=1000, title="Song"))
    store.save(whole, BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand([whole.facts.identity], "polka")
    if given_to_rest is not None:
        store.set_by_hand([CUT.identity], given_to_rest)
    store.save_facts("/music/1.mp3", CUT, may_be_truncated=True)
    store.save(classified(CUT, DAMAGE), OTHER)  # which has no answer of the whole
    ((_, summary),) = store.summaries_of(["/music/1.mp3"], OTHER)
    assert summary is not None and summary.by_hand == (given_to_rest or "polka")


def test_another_smaller_file_under_the_same_name_has_its_own_answer(store: ResultStore) -> None:
    store.save(classified(facts_of(1, size=1000, title="Song")), BUNDLE)
    store.add_paths(["/music/1.mp3"])
    for other in (classified(facts_of(3, size=700, title="Other"), DAMAGE, n=6), classified(CUT, n=7)):
        store.save_facts("/music/1.mp3", other.facts, may_be_truncated=True)
        store.save(other, BUNDLE)
        assert confidences(store) == [other.prediction.confidence]


def test_a_file_whose_tags_shrank_is_no_truncated_file(store: ResultStore) -> None:
    store.save(classified(facts_of(1, size=1000, title="Song")), BUNDLE)
    store.save_facts("/music/1.mp3", facts_of(1, size=900), may_be_truncated=True)
    assert store.find_facts("/music/1.mp3", 900, facts_of(1).mtime_ns) is not None


@pytest.mark.parametrize("is_complete", [True, False])
def test_an_answer_of_damaged_sound_replaces_one_of_intact_sound_only_if_it_has_more_patches(
    store: ResultStore, is_complete: bool
) -> None:
    whole, damaged = classified(facts_of(1), is_complete=is_complete), classified(facts_of(1), DAMAGE, n=6)
    store.save(whole, BUNDLE)
    store.save(damaged, BUNDLE)
    assert answer(store).confidence == (whole if is_complete else damaged).prediction.confidence
    store.save(classified(facts_of(1), n=7), BUNDLE)
    assert answer(store) == prediction_of(7)


@pytest.mark.parametrize(
    ("earlier", "later", "kept"),
    [
        ({"size": 700, "title": "Song"}, {"size": 1000, "title": "Song"}, "polka"),
        ({"size": 700}, {"size": 1000, "title": "Song"}, "polka"),
        ({"size": 1000, "title": "Song"}, {"size": 900}, "polka"),
        ({"size": 1000, "title": "Song"}, {"size": 1000, "title": "Another"}, None),
        ({"size": 1000, "artist": "Ann"}, {"size": 700, "artist": "Bob"}, None),
    ],
    ids=["downloaded to the end", "tagged since", "converted", "another song", "another artist"],
)
def test_a_genre_by_hand_stays_with_a_file_whose_sound_changes_unless_its_tags_tell_of_another_track(
    store: ResultStore, earlier: dict[str, Any], later: dict[str, Any], kept: str | None
) -> None:
    store.save(classified(facts_of(1, **earlier)), BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand(["id-1"], "polka")
    store.save_facts("/music/1.mp3", facts_of(3, **later))
    ((_, summary),) = store.summaries_of(["/music/1.mp3"], BUNDLE)
    assert summary is not None and summary.by_hand == kept
    store.save(classified(facts_of(3, **later), n=6), BUNDLE)
    assert store.find_by_hand("id-3") == kept and store.find_by_hand("id-1") == "polka"


@pytest.mark.parametrize("first", [1, 2])
def test_untagged_files_that_exchange_their_names_keep_their_own_genres(store: ResultStore, first: int) -> None:
    for number in (1, 2):
        store.save(result_of(number), BUNDLE)
    store.set_by_hand(["id-1"], "polka")
    for number in (first, 3 - first):
        store.save(result_of(3 - number, path=f"/music/{number}.mp3"), BUNDLE)
    assert [store.find_by_hand(f"id-{number}") for number in (1, 2)] == ["polka", None]


def test_untagged_files_that_are_numbered_anew_keep_their_own_genres(store: ResultStore) -> None:
    for number in (1, 2, 3):
        store.save(result_of(number), BUNDLE)
    store.set_by_hand(["id-1"], "polka")
    for number in (1, 2, 3):
        store.save_facts(f"/music/{number - 1}.mp3", facts_of(number))
    assert [store.find_by_hand(f"id-{number}") for number in (1, 2, 3)] == ["polka", None, None]


def test_a_file_replaced_by_a_better_copy_of_the_same_song_has_its_genre(store: ResultStore) -> None:
    for number in (1, 2):
        store.save(result_of(number, facts=facts_of(number, title="Song")), BUNDLE)
    store.set_by_hand(["id-1"], "polka")
    store.save(result_of(2, path="/music/1.mp3", facts=facts_of(2, title="Song")), BUNDLE)
    assert store.find_by_hand("id-2") == "polka"


def test_a_changed_file_that_is_as_before_again_has_the_genre_that_was_set_meanwhile(store: ResultStore) -> None:
    for identity in (1, 2):
        store.save(result_of(identity, path="/music/1.mp3"), BUNDLE)
    store.set_by_hand(["id-2"], "polka")
    store.save(result_of(1), BUNDLE)
    assert store.find_by_hand("id-1") == "polka"


@pytest.mark.parametrize("first", [1, 2])
def test_untagged_files_that_exchange_their_names_keep_their_genres_though_the_program_is_closed_between(
    file: Path, first: int
) -> None:
    with ResultStore.open(file) as store:
        for number in (1, 2):
            store.save(result_of(number), BUNDLE)
        store.set_by_hand(["id-1"], "polka")
    for number in (first, 3 - first):
        with ResultStore.open(file) as store:
            store.save_facts(f"/music/{number}.mp3", facts_of(3 - number))
            store.save(result_of(3 - number, path=f"/music/{number}.mp3"), BUNDLE)
    with ResultStore.open(file) as store:
        assert [store.find_by_hand(f"id-{number}") for number in (1, 2)] == ["polka", None]
