from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import training.intervals
from training.intervals import (
    N_BOOTSTRAP,
    bootstrap_interval,
    bootstrap_sums,
    paired_difference,
    wilson_interval,
)


def test_songs_of_one_artist_stand_or_fall_together() -> None:
    right = np.repeat([True, False, True, True], 25)
    alone = bootstrap_interval(right)
    by_artist = bootstrap_interval(right, [f"artist {i // 25}" for i in range(100)])
    assert by_artist[1] - by_artist[0] > 2 * (alone[1] - alone[0])


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 5))
def test_the_interval_holds_the_share(right: list[bool], seed: int) -> None:
    hits = np.array(right)
    low, high = bootstrap_interval(hits, seed=seed)
    assert 0 <= low <= hits.mean() <= high <= 1
    assert bootstrap_interval(hits, seed=seed) == (low, high)


def test_nine_of_nine_are_no_certainty() -> None:
    low, high = bootstrap_interval(np.ones(9, np.bool_))
    assert low == pytest.approx(0.70, abs=0.01)
    assert high == 1.0


def test_wilson_by_hand() -> None:
    # Newcombe 1998, table I: 81 of 263.
    assert wilson_interval(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(0.0, 0) == (0.0, 1.0)


def test_drawn_sums_are_those_of_whole_groups() -> None:
    values = np.array([[1.0, 0], [1, 0], [0, 1], [1, 0]])
    sums = bootstrap_sums(values, ["a", "a", "b", "a"])
    assert sums.shape == (N_BOOTSTRAP, 2)
    # Two groups are drawn: three of a and one of b, in any mixture.
    assert {tuple(row) for row in sums.tolist()} == {(6.0, 0.0), (3.0, 1.0), (0.0, 2.0)}


def test_sums_drawn_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(0).random((30, 2))
    whole = bootstrap_sums(values, seed=4)
    monkeypatch.setattr(training.intervals, "MAX_CELLS", 7 * 30)
    np.testing.assert_allclose(bootstrap_sums(values, seed=4), whole)


def test_a_pairs_difference_is_narrower_than_two_accuracies() -> None:
    rng = np.random.default_rng(0)
    first = rng.random(290) < 0.8
    second = first.copy()
    second[np.flatnonzero(first)[:12]] = False
    result = paired_difference(first, second)
    assert result.difference == pytest.approx(12 / 290)
    assert (result.only_first, result.only_second, result.n) == (12, 0, 290)
    assert result.is_clear
    low, high = bootstrap_interval(first)
    assert result.ci95[1] - result.ci95[0] < 0.6 * (high - low)
    # The same twelve tracks, all by one artist: one artist tells nothing.
    artists = ["one" if gone else str(i) for i, gone in enumerate(first & ~second)]
    assert not paired_difference(first, second, artists).is_clear


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_a_difference_is_in_its_interval_and_turns_with_the_order(pairs: list[tuple[bool, bool]]) -> None:
    first, second = np.array(pairs).T
    forth, back = paired_difference(first, second), paired_difference(second, first)
    assert forth.difference == -back.difference
    assert forth.ci95 == pytest.approx((-back.ci95[1], -back.ci95[0]))
    assert -1 <= forth.ci95[0] <= forth.difference <= forth.ci95[1] <= 1


def test_two_models_that_agree_on_ten_tracks_are_not_known_to_be_equal() -> None:
    low, high = paired_difference(np.ones(10, bool), np.ones(10, bool)).ci95
    assert low < -0.2 and high > 0.2


def test_equal_models_are_seldom_told_apart() -> None:
    rng = np.random.default_rng(0)
    clear = [paired_difference(*(rng.random((2, 100)) < 0.7)).is_clear for _ in range(100)]
    assert sum(clear) <= 10


@pytest.mark.parametrize("sizes", [(0, 0), (3, 4)])
def test_other_tracks_cannot_be_paired(sizes: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="Received"):
        paired_difference(np.ones(sizes[0], bool), np.ones(sizes[1], bool))
