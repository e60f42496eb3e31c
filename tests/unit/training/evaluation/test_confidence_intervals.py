from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import training.evaluation.confidence_intervals
from training.evaluation.confidence_intervals import (
    N_BOOTSTRAP,
    bootstrap_interval,
    bootstrap_sums,
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
    monkeypatch.setattr(training.evaluation.confidence_intervals, "MAX_CELLS", 7 * 30)
    np.testing.assert_allclose(bootstrap_sums(values, seed=4), whole)
