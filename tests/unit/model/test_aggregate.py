from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from genre_desktop.model.aggregate import aggregate, calibrate, track_probabilities
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
