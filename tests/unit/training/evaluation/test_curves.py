from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.evaluation.calibration_metrics import calibration_error
from training.evaluation.curves import MAX_COVERAGE_POINTS, coverage_curve, reliability_curve, trace_curves

answers = st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=60)


@given(answers)
def test_the_bins_are_those_of_the_calibration_error(given_answers: list[tuple[int, bool]]) -> None:
    confidence = np.array([percent for percent, _ in given_answers]) / 100
    right = np.array([right for _, right in given_answers])
    rows = reliability_curve(confidence, right)
    assert sum(row.n for row in rows) == len(right)
    assert sum(row.n * row.accuracy for row in rows) == pytest.approx(right.sum())
    error = sum(row.n * abs(row.confidence - row.accuracy) for row in rows) / len(right)
    assert error == pytest.approx(calibration_error(confidence, right))
    for row in rows:
        assert row.accuracy_ci95[0] <= row.accuracy + 1e-12 and row.accuracy <= row.accuracy_ci95[1] + 1e-12
        assert row.accuracy_ci95[1] - row.accuracy_ci95[0] > 0.1  # of at most 60


@given(answers)
def test_each_point_of_coverage_counts_what_is_at_or_above_its_threshold(
    given_answers: list[tuple[int, bool]],
) -> None:
    confidence = np.array([percent for percent, _ in given_answers]) / 100
    right = np.array([right for _, right in given_answers])
    rows = coverage_curve(confidence, right)
    assert [row.threshold for row in rows] == sorted(set(confidence.tolist()), reverse=True)
    for row in rows:
        named = confidence >= row.threshold
        assert (row.n, row.coverage) == (named.sum(), named.mean())
        assert row.accuracy == pytest.approx(right[named].mean())


def test_a_large_library_has_a_short_curve_from_end_to_end() -> None:
    rng = np.random.default_rng(0)
    confidence = rng.random(5000)
    rows = coverage_curve(confidence, rng.random(5000) < confidence)
    assert len(rows) == MAX_COVERAGE_POINTS
    assert (rows[0].threshold, rows[-1].threshold) == (confidence.max(), confidence.min())
    assert rows[-1].coverage == 1


def test_the_curves_are_plain_json() -> None:
    values = trace_curves(np.array([0.55, 0.57, 0.91]), np.array([False, True, True])).to_dict()
    assert json.loads(json.dumps(values)) == values
    assert values["reliability"][0] == {
        "low": 0.5,
        "high": 0.6,
        "confidence": 0.56,
        "accuracy": 0.5,
        "accuracy_ci95": [0.0945, 0.9055],
        "n": 2,
    }
    assert [row["threshold"] for row in values["coverage"]] == [0.91, 0.57, 0.55]
