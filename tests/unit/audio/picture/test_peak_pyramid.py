from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.picture.peak_envelope import PeakEnvelope, Peaks
from genre_desktop.audio.picture.peak_pyramid import FACTOR, PeakPyramid

RATE = 1_000
BIN = 8


def pyramid(samples: NDArray[np.float32], **options: int) -> PeakPyramid:
    envelope = PeakEnvelope(RATE, 1 << 20, BIN)
    envelope.push(samples)
    return PeakPyramid.of(envelope.snapshot(), **options)


def noise(count: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=count).astype(np.float32)


@settings(deadline=None)
@given(st.integers(1, 60_000), st.integers(0, 100))
def test_each_level_is_the_outline_of_the_sound(count: int, seed: int) -> None:
    samples = noise(count, seed)
    made = pyramid(samples, coarsest_bins=10)
    assert made.levels[-1].low.size <= 10
    for number, level in enumerate(made.levels):
        per_bin = BIN * FACTOR**number
        assert level.seconds_per_bin == pytest.approx(per_bin / RATE)
        starts = np.arange(0, count, per_bin)
        np.testing.assert_array_equal(level.low, np.minimum.reduceat(samples, starts))
        np.testing.assert_array_equal(level.high, np.maximum.reduceat(samples, starts))
        # The last bin may be shorter than those before: what it is made of weighs as if it were full.
        counts = np.diff(np.append(starts, count))
        rms = np.sqrt(np.add.reduceat(np.square(samples, dtype=np.float64), starts) / counts)
        np.testing.assert_allclose(level.rms[:-1], rms[:-1], rtol=1e-4)
        assert np.all(level.rms <= np.maximum(level.high, -level.low) * (1 + 1e-5))


@settings(deadline=None)
@given(st.integers(1, 60_000), st.floats(-5, 70), st.floats(0.001, 70), st.integers(1, 3_000), st.integers(0, 100))
def test_a_window_covers_what_is_asked_with_a_bin_a_column(
    count: int, start_s: float, length_s: float, n_columns: int, seed: int
) -> None:
    samples = noise(count, seed)
    made = pyramid(samples, coarsest_bins=10)
    end_s = start_s + length_s
    window = made.window(start_s, end_s, n_columns)
    duration_s = count / RATE
    covered_from, covered_to = window.start_s, window.start_s + window.low.size * window.seconds_per_bin
    if start_s < duration_s and end_s > 0:
        assert covered_from <= max(start_s, 0) + 1e-6
        assert covered_to >= min(end_s, duration_s) - 1e-6
    assert window.low.size == window.high.size == window.rms.size
    finest = made.levels[0].seconds_per_bin
    assert window.seconds_per_bin == finest or window.seconds_per_bin <= length_s / n_columns
    # No more is drawn than needed: the next coarser level would have less than a bin a column.
    if window.seconds_per_bin < made.levels[-1].seconds_per_bin:
        assert window.seconds_per_bin * FACTOR > length_s / n_columns
    at = round(window.start_s * RATE)
    part = samples[at : round(covered_to * RATE)]
    if part.size:
        assert window.high.max() == part.max() and window.low.min() == part.min()


def test_a_view_of_hours_draws_few_bins() -> None:
    n_bins = 1_000_000
    flat = np.zeros(n_bins, np.float32)
    made = PeakPyramid.of(Peaks(flat, flat, flat, 0.01))
    for length_s in (10_000.0, 3_000.0, 100.0, 20.0):
        window = made.window(0.0, length_s, 1_500)
        assert 1_500 <= window.low.size <= 1_500 * FACTOR + 3


def test_the_finest_levels_can_be_left_out() -> None:
    samples = noise(50_000)
    small = pyramid(samples, coarsest_bins=10, finest_bins=500)
    whole = pyramid(samples, coarsest_bins=10)
    assert small.levels[0].low.size <= 500
    kept = whole.levels[-len(small.levels) :]
    for one, other in zip(small.levels, kept, strict=True):
        np.testing.assert_array_equal(one.high, other.high)
        np.testing.assert_allclose(one.rms, other.rms)


def test_nothing_has_an_empty_window() -> None:
    empty = np.empty(0, np.float32)
    made = PeakPyramid.of(Peaks(empty, empty, empty, 0.01))
    assert made.window(0.0, 1.0, 100).low.size == 0
