from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.judge import bootstrap_interval, calibration_error, judge

LABELS = ("a", "b", "c")


def one_hot(chosen: list[int], confidence: float = 0.8) -> np.ndarray:
    rows = np.full((len(chosen), 3), (1 - confidence) / 2)
    rows[np.arange(len(chosen)), chosen] = confidence
    return rows


def test_figures_of_a_small_case_by_hand() -> None:
    truth = np.array([0, 0, 1, 1])
    verdict = judge(one_hot([0, 1, 1, 1]), truth, LABELS)
    assert verdict.accuracy == 0.75
    assert verdict.confusion.tolist() == [[1, 1, 0], [0, 2, 0], [0, 0, 0]]
    assert verdict.per_genre["a"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2}
    # Genre c does not occur: it is no part of the means.
    assert verdict.precision_macro == pytest.approx((1 + 2 / 3) / 2)
    assert verdict.recall_macro == pytest.approx(0.75)
    assert verdict.f1_macro == pytest.approx((2 / 3 + 0.8) / 2)
    assert verdict.ece == pytest.approx(0.05)  # 0.8 claimed, 0.75 true


def test_unsure_tracks_are_not_covered_but_count_in_the_accuracy() -> None:
    rows = np.concatenate([one_hot([0, 1], 0.9), one_hot([2, 2], 0.4)])
    verdict = judge(rows, np.array([0, 1, 0, 1]), LABELS, unsure_below=0.5)
    assert (verdict.accuracy, verdict.coverage, verdict.accuracy_covered) == (0.5, 0.5, 1.0)


def test_the_object_is_plain_json() -> None:
    values = judge(one_hot([0, 1, 2]), np.array([0, 1, 2]), LABELS).to_dict()
    assert json.loads(json.dumps(values)) == values
    assert list(values["per_genre"]) == list(LABELS)


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


def test_calibration_error_of_extremes() -> None:
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, True])) == 0
    assert calibration_error(np.array([1.0, 1.0]), np.array([False, False])) == 1


def test_nine_of_nine_are_no_certainty() -> None:
    low, high = bootstrap_interval(np.ones(9, np.bool_))
    assert low == pytest.approx(0.70, abs=0.01)
    assert high == 1.0


@pytest.mark.parametrize("shape", [(0, 3), (4, 2), (3, 3)])
def test_rows_that_do_not_fit_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="Received"):
        judge(np.full(shape, 0.3), np.zeros(4 if shape[0] else 0, np.int64), LABELS)
