from __future__ import annotations

import math

import numpy as np
import pytest

from genre_desktop.model.aggregate import calibrate, track_probabilities
from genre_desktop.model.live.smoothing import Smoother

A = np.array([0.8, 0.15, 0.05], np.float32)
B = np.array([0.1, 0.2, 0.7], np.float32)
TAU = 4.0


@pytest.mark.parametrize("method", ["mean_logit", "mean_probability"])
def test_the_first_mean_is_that_of_the_first_scores(method: str) -> None:
    smoothed, alone = Smoother(1.7, method, TAU).push(A, 0.5)  # type: ignore[arg-type]
    np.testing.assert_allclose(smoothed, calibrate(A, 1.7), rtol=1e-5)
    np.testing.assert_allclose(alone, calibrate(A, 1.7), rtol=1e-5)


@pytest.mark.parametrize("method", ["mean_logit", "mean_probability"])
def test_with_equal_weights_it_is_the_answer_for_a_track(method: str) -> None:
    smoother = Smoother(1.7, method, 1e9)  # type: ignore[arg-type]
    for scores in (A, B, A, A):
        smoothed, _ = smoother.push(scores, 0.5)
    np.testing.assert_allclose(smoothed, track_probabilities(np.stack([A, B, A, A]), 1.7, method), rtol=1e-5)  # type: ignore[arg-type]


def test_weights_fall_by_a_factor_of_e_each_time_constant() -> None:
    smoother = Smoother(1.0, "mean_logit", TAU)
    smoother.push(A, 0.5)
    smoothed, _ = smoother.push(B, TAU)
    weights = np.array([math.exp(-1.0), 1.0])
    logs = weights @ np.log(np.stack([A, B])) / weights.sum()
    np.testing.assert_allclose(smoothed, np.exp(logs) / np.exp(logs).sum(), rtol=1e-5)


def test_a_step_has_the_response_of_a_first_order_filter() -> None:
    smoother = Smoother(1.0, "mean_probability", TAU)
    for _ in range(400):
        smoother.push(A, 0.5)
    for step in range(1, 20):
        smoothed, _ = smoother.push(B, 0.5)
        rest = math.exp(-0.5 * step / TAU)
        np.testing.assert_allclose(smoothed, rest * A + (1 - rest) * B, atol=1e-5)


def test_after_a_long_pause_what_was_before_is_forgotten() -> None:
    smoother = Smoother(1.0, "mean_logit", TAU)
    for _ in range(20):
        smoother.push(A, 0.5)
    smoother.wait(10 * TAU)
    smoothed, _ = smoother.push(B, 0.5)
    np.testing.assert_allclose(smoothed, B, atol=1e-3)


def test_a_share_of_nothing_is_no_infinity_and_days_are_no_overflow() -> None:
    smoother = Smoother(2.4, "mean_logit", TAU)
    for _ in range(1_000):
        smoothed, _ = smoother.push(np.array([1.0, 0.0, 0.0], np.float32), 0.5)
    smoother.wait(1e6)
    for _ in range(3):
        smoothed, _ = smoother.push(B, 0.5)
    assert np.isfinite(smoothed).all()
    assert smoothed.sum() == pytest.approx(1.0)
