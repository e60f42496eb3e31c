"""Genres by hand that result from changes which are not written yet."""

from __future__ import annotations

from genre_desktop.gui.session.store.unwritten_genres import UnwrittenGenres


def test_unwritten_changes_of_which_some_are_undone() -> None:
    changes = UnwrittenGenres()
    changes.set(1, ["a", "a", "b"], "ska")
    changes.set(2, ["b", "c", "c"], "polka")
    assert changes.genres == {"a": "ska", "b": "polka", "c": "polka"}
    changes.restore(2, {})
    assert changes.genres == {"a": "ska", "b": "ska"}
    changes.restore(1, {})
    assert changes.genres == {}
    changes.restore(3, {"d": None})  # a change that was written
    assert changes.genres == {"d": None}
