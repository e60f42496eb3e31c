"""Genres set by hand in the store."""

from __future__ import annotations

from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, listed, result_of

BUNDLE = card_only()
OTHER = card_only("other")


def test_a_genre_by_hand_belongs_to_the_content_whatever_the_model(store: ResultStore) -> None:
    store.save(result_of(1), BUNDLE)
    store.add_paths(["/music/1.mp3"])
    store.set_by_hand(["id-1", "id-2"], "Zydeco")
    assert store.find_by_hand("id-1") == store.find_by_hand("id-2") == "Zydeco"
    assert store.find_by_hand("id-3") is None
    store.save(result_of(1), BUNDLE)
    store.drop_all_results()
    store.save(result_of(1), BUNDLE)
    assert store.result("/music/1.mp3", BUNDLE).by_hand == "Zydeco"
    assert [summary.by_hand for _, summary in listed(store) + listed(store, OTHER)] == ["Zydeco", "Zydeco"]
    store.set_by_hand(["id-1"], "jazz")
    assert store.find_by_hand("id-1") == "jazz"
    store.set_by_hand(["id-1"], None)
    assert store.find_by_hand("id-1") is None and store.find_by_hand("id-2") == "Zydeco"
