from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.model.aggregate import Aggregation, track_probabilities
from training.evaluation.calibration import (
    TEMPERATURE_RANGE,
    UnsureThreshold,
    fit_temperature,
    fit_unsure_below,
)
from training.evaluation.metrics import compute_metrics


def overconfident(n: int = 400) -> tuple[list[np.ndarray], np.ndarray]:
    """Segments three times as sure as they may be."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, n)
    logits = rng.normal(0, 1, (n, 1, 4)) + 1.2 * np.eye(4)[truth][:, None]
    powers = np.exp(3 * logits)
    return list((powers / powers.sum(axis=2, keepdims=True)).astype(np.float32)), truth


def test_overconfidence_is_found_and_mended() -> None:
    segments, truth = overconfident()
    temperature = fit_temperature(segments, truth)
    assert 2 < temperature < 4.5
    before, after = (
        compute_metrics(
            np.array([track_probabilities(rows, t) for rows in segments]),
            truth,
            ("a", "b", "c", "d"),
        )
        for t in (1.0, temperature)
    )
    assert after.ece < before.ece / 2
    assert after.accuracy == before.accuracy


def test_the_temperature_stays_in_its_range() -> None:
    certain = [np.array([[0.97, 0.01, 0.01, 0.01]], np.float32)] * 5
    assert fit_temperature(certain, np.zeros(5, np.int64)) == pytest.approx(TEMPERATURE_RANGE[0], rel=0.01)
    assert fit_temperature(certain, np.ones(5, np.int64)) == pytest.approx(TEMPERATURE_RANGE[1], rel=0.01)


def test_a_temperature_belongs_to_the_way_that_makes_one_answer_of_the_segments() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 300)
    # Segments that differ soften their mean, but not the mean of their logits.
    logits = rng.normal(0, 1, (300, 1, 4)) + 1.2 * np.eye(4)[truth][:, None] + rng.normal(0, 0.8, (300, 10, 4))
    powers = np.exp(3 * logits)
    segments = list((powers / powers.sum(axis=2, keepdims=True)).astype(np.float32))

    def loss(method: Aggregation, temperature: float) -> float:
        whole = [track_probabilities(rows, temperature, method) for rows in segments]
        return float(-np.log([row[i] for row, i in zip(whole, truth, strict=True)]).mean())

    methods: tuple[Aggregation, ...] = ("mean_probability", "mean_logit")
    fitted = {method: fit_temperature(segments, truth, method) for method in methods}
    assert fitted["mean_probability"] == fit_temperature(segments, truth)
    assert fitted["mean_logit"] > 1.1 * fitted["mean_probability"]
    for method, temperature in fitted.items():
        assert loss(method, temperature) < min(loss(method, temperature * 0.9), loss(method, temperature / 0.9))


def test_the_threshold_of_unsure_by_hand() -> None:
    confidence = np.array([0.3, 0.9, 0.8, 0.5, 0.6, 0.7])
    right = np.array([False, True, True, False, True, True])
    found = fit_unsure_below(confidence, right, min_accuracy=0.9, min_coverage=0.5)
    assert (found.threshold, found.accuracy, found.covers_enough) == (pytest.approx(0.55), 1.0, True)
    assert found.coverage == pytest.approx(4 / 6)
    # The promise of accuracy wins over that of coverage.
    assert fit_unsure_below(confidence, right, min_accuracy=0.9) == replace(found, covers_enough=False)
    # No more is refused than is needed: five of six would not do, four of five would.
    assert fit_unsure_below(confidence, right, min_accuracy=0.8).threshold == pytest.approx(0.4)
    assert fit_unsure_below(confidence, right, min_accuracy=0.6).threshold == 0.0


def test_one_wrong_track_among_the_surest_refuses_nobody() -> None:
    confidence = np.linspace(1, 0.5, 100)
    right = np.ones(100, bool)
    right[[0, 3]] = False
    assert fit_unsure_below(confidence, right).threshold == 0.0


def test_where_nothing_keeps_the_promise_everything_is_refused() -> None:
    found = fit_unsure_below(np.array([0.99, 0.9]), np.array([False, True]))
    assert found == UnsureThreshold(1.0, 0.0, (0.0, 1.0), 0.0, covers_enough=False)


@given(
    st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=60),
    st.sampled_from([0.5, 0.8, 0.92]),
)
def test_the_threshold_keeps_its_promise_and_is_the_lowest_that_does(
    tracks: list[tuple[int, bool]], min_accuracy: float
) -> None:
    confidence = np.array([twentieth for twentieth, _ in tracks]) / 20
    right = np.array([right for _, right in tracks])
    found = fit_unsure_below(confidence, right, min_accuracy=min_accuracy)
    kept = [t for t in confidence.tolist() if right[confidence >= t].mean() >= min_accuracy]
    if not kept:
        assert found.coverage == 0
        return
    named = confidence >= found.threshold
    assert named.tolist() == (confidence >= min(kept)).tolist()
    assert (found.coverage, found.accuracy) == (named.mean(), pytest.approx(right[named].mean()))
    assert found.accuracy_ci95[0] <= found.accuracy <= found.accuracy_ci95[1]


def test_few_artists_make_the_promise_less_sure() -> None:
    rng = np.random.default_rng(0)
    artist = rng.integers(0, 8, 200)
    right = rng.random(200) < np.linspace(0.82, 1, 8)[artist]
    confidence = np.full(200, 0.9)
    alone, grouped = (
        fit_unsure_below(confidence, right, min_accuracy=0.8, groups=groups).accuracy_ci95
        for groups in (None, [str(i) for i in artist])
    )
    assert grouped[1] - grouped[0] > alone[1] - alone[0]


@pytest.mark.parametrize("sizes", [(0, 0), (3, 4)])
def test_a_threshold_needs_tracks(sizes: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="Received"):
        fit_unsure_below(np.ones(sizes[0]), np.ones(sizes[1], bool))
