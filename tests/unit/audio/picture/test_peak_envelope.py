"""The pool that halves its resolution, and the waveform and spectrogram overviews on it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.picture.halving_pool import HalvingPool
from genre_desktop.audio.picture.peak_envelope import PeakEnvelope


def _pieces(values, cuts):
    return np.split(values, sorted(cut % (len(values) + 1) for cut in cuts))


_CUTS = st.lists(st.integers(0, 5_000), max_size=10)


@settings(deadline=None)
@given(st.integers(0, 3_000), st.integers(2, 40), st.integers(1, 9), st.integers(0, 2**32 - 1), _CUTS)
def test_bins_hold_exactly_what_falls_into_them(count, max_bins, bin_items, seed, cuts):
    values = np.random.default_rng(seed).normal(size=count)
    pool = HalvingPool(np.maximum, max_bins, bin_items)
    for piece in _pieces(values, cuts):
        pool.push(piece)
    bins = pool.bins()
    assert len(bins) <= max_bins
    assert len(bins) == -(-count // pool.bin_items)
    assert pool.bin_items % bin_items == 0
    for index, value in enumerate(bins):
        assert value == values[index * pool.bin_items : (index + 1) * pool.bin_items].max()


def test_the_resolution_is_no_coarser_than_it_must_be():
    pool = HalvingPool(np.add, 10)
    pool.push(np.ones(10))
    assert pool.bin_items == 1
    pool.push(np.ones(1))
    assert pool.bin_items == 2


def test_a_pool_of_one_bin_is_refused():
    with pytest.raises(ValueError, match="Received: 1"):
        HalvingPool(np.add, 1)


@settings(deadline=None)
@given(st.integers(1, 20_000), st.integers(0, 2**32 - 1), _CUTS)
def test_the_envelope_is_exact(count, seed, cuts):
    samples = np.random.default_rng(seed).normal(size=count).astype(np.float32)
    envelope = PeakEnvelope(1_000, max_bins=32, bin_samples=8)
    for piece in _pieces(samples, cuts):
        envelope.push(piece)
    peaks = envelope.snapshot()
    per_bin = round(peaks.seconds_per_bin * 1_000)
    assert len(peaks.low) == len(peaks.high) == len(peaks.rms) == -(-count // per_bin) <= 32
    for index in range(len(peaks.low)):
        part = samples[index * per_bin : (index + 1) * per_bin]
        assert peaks.low[index] == part.min()
        assert peaks.high[index] == part.max()
        assert peaks.rms[index] == pytest.approx(np.sqrt(np.mean(part.astype(np.float64) ** 2)), rel=1e-5)


def test_a_short_envelope_keeps_its_finest_resolution():
    envelope = PeakEnvelope(22_050)
    envelope.push(np.zeros(22_050, np.float32))
    assert envelope.snapshot().seconds_per_bin == pytest.approx(64 / 22_050)


def test_nothing_pushed_gives_an_empty_envelope():
    peaks = PeakEnvelope(22_050).snapshot()
    assert len(peaks.low) == len(peaks.rms) == 0
