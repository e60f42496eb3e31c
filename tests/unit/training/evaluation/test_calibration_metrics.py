from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import training.evaluation.calibration_metrics
from training.evaluation.calibration_metrics import (
    brier_scores,
    calibration_error,
    ece_if_perfect,
    log_losses,
)


def test_scores_of_single_tracks_by_hand() -> None:
    rows = np.array([[1, 0, 0], [0, 1, 0], [0.5, 0.25, 0.25]], np.float32)
    truth = np.array([0, 0, 0])
    assert brier_scores(rows, truth).tolist() == [0, 2, 0.375]
    assert log_losses(rows, truth) == pytest.approx([0, -np.log(1e-12), np.log(2)])
    assert rows[0, 0] == 1  # the caller's rows are left alone


def test_calibration_error_of_extremes() -> None:
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, True])) == 0
    assert calibration_error(np.array([1.0, 1.0]), np.array([False, False])) == 1


@given(arrays(np.float64, st.integers(1, 50), elements=st.floats(0, 1)), st.integers(0, 9))
def test_what_chance_shows_is_a_calibration_error(confidence: np.ndarray, seed: int) -> None:
    perfect = ece_if_perfect(confidence, seed)
    assert 0 <= perfect.mean <= 1
    assert 0 <= perfect.p95 <= 1
    assert ece_if_perfect(confidence[::-1], seed) == perfect


def test_chance_shows_less_the_more_tracks_there_are() -> None:
    small, large = (ece_if_perfect(np.full(n, 0.8)) for n in (50, 5000))
    # One bin: the mean distance of a share from its expectation.
    for n, perfect in ((50, small), (5000, large)):
        assert perfect.mean == pytest.approx(np.sqrt(2 * 0.8 * 0.2 / (np.pi * n)), rel=0.05)
        assert perfect.p95 == pytest.approx(1.96 * np.sqrt(0.8 * 0.2 / n), rel=0.1)


def test_the_simulation_is_the_calibration_error_of_simulated_answers() -> None:
    rng = np.random.default_rng(5)
    confidence = rng.uniform(0.2, 1, 120)
    errors = [calibration_error(confidence, rng.random(120) < confidence) for _ in range(2000)]
    perfect = ece_if_perfect(confidence)
    assert perfect.mean == pytest.approx(np.mean(errors), rel=0.03)
    assert perfect.p95 == pytest.approx(np.percentile(errors, 95), rel=0.05)


def test_a_simulation_in_parts_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    confidence = np.linspace(0.1, 1, 30)
    whole = ece_if_perfect(confidence)
    monkeypatch.setattr(training.evaluation.calibration_metrics, "MAX_CELLS", 7 * 30)
    assert ece_if_perfect(confidence) == whole
