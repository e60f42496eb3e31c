from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from genre_desktop.model.aggregate import AGGREGATIONS, Aggregation, aggregate, calibrate, track_probabilities
from genre_desktop.model.prediction import UNSURE, SegmentScores

LABELS = ("blues", "jazz", "rock")


@st.composite
def probabilities(draw: st.DrawFn) -> NDArray[np.float32]:
    n = draw(st.integers(1, 12))
    raw = draw(arrays(np.float32, (n, 3), elements=st.floats(0.0009765625, 1.0, width=32)))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True), np.float32)


def scores(rows: NDArray[np.float32], patch_s: float = 3.0) -> SegmentScores:
    return SegmentScores(rows, np.arange(len(rows)) * 1.5, patch_s)


@given(probabilities())
def test_all_of_the_track_counts_whatever_the_order(rows: NDArray[np.float32]) -> None:
    whole = track_probabilities(rows)
    assert whole.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(track_probabilities(rows[::-1]), whole, atol=1e-12)
    np.testing.assert_allclose(track_probabilities(np.concatenate([rows, rows])), whole, atol=1e-12)


@given(probabilities(), st.floats(0.3, 4.0))
def test_temperature_keeps_the_order_and_the_sum(rows: NDArray[np.float32], temperature: float) -> None:
    changed = calibrate(rows, temperature)
    np.testing.assert_allclose(changed.sum(axis=1), 1.0, atol=1e-5)
    # Float ties may fall either way: the winner is as probable as the winner before.
    winner = changed.argmax(axis=1)
    np.testing.assert_allclose(rows[np.arange(len(rows)), winner], rows.max(axis=1), rtol=1e-4)


def test_temperature_one_changes_nothing_and_above_one_softens() -> None:
    rows = np.array([[0.8, 0.15, 0.05]], np.float32)
    np.testing.assert_allclose(calibrate(rows, 1.0), rows, atol=1e-6)
    assert calibrate(rows, 2.0)[0, 0] < 0.8 < calibrate(rows, 0.5)[0, 0]


@pytest.mark.parametrize("method", AGGREGATIONS)
def test_a_long_track_is_not_copied_many_times(method: Aggregation) -> None:
    rows = np.full((5_000, 1_000), 1e-3, np.float32)
    tracemalloc.start()
    aggregate(scores(rows), tuple(map(str, range(1_000))), model="m", duration_s=5.0, method=method)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * rows.nbytes


@pytest.mark.parametrize("method", AGGREGATIONS)
def test_all_segments_of_a_long_track_count(method: Aggregation) -> None:
    rows = np.random.default_rng(0).dirichlet((1.0, 2.0, 3.0), 1_000).astype(np.float32)
    halves = [track_probabilities(part, 1.5, method) for part in (rows[:500], rows[500:])]
    whole = track_probabilities(rows, 1.5, method)
    joint = np.sqrt(halves[0] * halves[1]) if method == "mean_logit" else halves[0] + halves[1]
    np.testing.assert_allclose(whole, joint / joint.sum(), atol=1e-6)


def test_the_answer_names_genre_confidence_and_segments() -> None:
    rows = np.array([[0.9, 0.05, 0.05], [0.7, 0.2, 0.1], [0.1, 0.8, 0.1]], np.float32)
    prediction = aggregate(scores(rows), LABELS, model="m", duration_s=5.0)
    assert prediction.genre == "blues"
    assert prediction.confidence == pytest.approx((0.9 + 0.7 + 0.1) / 3, abs=1e-6)
    assert [segment.genre for segment in prediction.segments] == ["blues", "blues", "jazz"]
    assert prediction.segments[1].start_s == 1.5
    assert prediction.segments[1].end_s == 4.5
    assert prediction.segments[2].end_s == 5.0  # a padded last patch does not reach beyond the track
    assert prediction.probabilities is not None
    assert list(prediction.probabilities) == list(LABELS)
    assert sum(prediction.probabilities.values()) == pytest.approx(1.0)
    assert "2 of 3 segments" in prediction.reasons[0]


def test_a_close_second_is_named() -> None:
    rows = np.array([[0.45, 0.4, 0.15]], np.float32)
    reasons = " ".join(aggregate(scores(rows), LABELS, model="m", duration_s=5.0).reasons)
    assert "could also be jazz (40 %)" in reasons


def test_below_the_threshold_it_is_unsure_but_keeps_its_figures() -> None:
    rows = np.array([[0.45, 0.4, 0.15]], np.float32)
    prediction = aggregate(scores(rows), LABELS, model="m", duration_s=5.0, unsure_below=0.5)
    assert prediction.genre == UNSURE
    assert prediction.confidence == pytest.approx(0.45)
    assert prediction.probabilities is not None


@given(st.integers(1, 10), st.integers(1, 6), st.floats(0.3, 4.0), st.integers(0, 10_000))
def test_mean_logits_answer_as_the_head_would_for_the_mean_features(
    n_segments: int, n_features: int, temperature: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    features, weights, bias = (
        rng.normal(0, 2, (n_segments, n_features)),
        rng.normal(0, 1, (n_features, 3)),
        rng.random(3),
    )

    def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))

    segments = softmax(features @ weights + bias).astype(np.float32)
    whole = track_probabilities(segments, temperature, "mean_logit")
    expected = softmax((features.mean(axis=0) @ weights + bias) / temperature)
    np.testing.assert_allclose(whole, expected, rtol=1e-4, atol=1e-7)


@given(probabilities(), st.floats(0.3, 4.0))
def test_mean_logits_count_all_of_the_track_whatever_the_order(rows: NDArray[np.float32], temperature: float) -> None:
    whole = track_probabilities(rows, temperature, "mean_logit")
    assert whole.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(track_probabilities(rows[::-1], temperature, "mean_logit"), whole, atol=1e-9)
    np.testing.assert_allclose(track_probabilities(np.tile(rows, (2, 1)), temperature, "mean_logit"), whole, atol=1e-9)
    # The temperature never changes the answer.
    np.testing.assert_allclose(whole[track_probabilities(rows, 1.0, "mean_logit").argmax()], whole.max(), rtol=1e-6)


def test_mean_logits_of_certain_segments_are_finite() -> None:
    """Float32 gives 0 for a genre that is out of the question."""
    rows = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.9, 0.1, 0.0]], np.float32)
    whole = track_probabilities(rows, 1.0, "mean_logit")
    assert np.isfinite(whole).all() and whole.argmax() == 0 and whole[2] < 1e-6


def test_the_way_of_averaging_changes_the_answer_and_not_the_segments() -> None:
    """Two lukewarm segments against a certain one: their mean probability and mean logit differ."""
    rows = np.array(
        [[0.5, 0.45, 0.05], [0.5, 0.45, 0.05], [0.0001, 0.9998, 0.0001], [0.9998, 0.0001, 0.0001]], np.float32
    )
    rows = np.concatenate([rows, rows[2:3]])
    by_logit = aggregate(scores(rows), LABELS, model="m", duration_s=9.0, method="mean_logit")
    by_probability = aggregate(scores(rows), LABELS, model="m", duration_s=9.0)
    assert by_logit.segments == by_probability.segments
    assert by_logit.confidence == pytest.approx(track_probabilities(rows, 1.0, "mean_logit").max())
    assert by_logit.confidence != pytest.approx(by_probability.confidence or 0, abs=0.05)
