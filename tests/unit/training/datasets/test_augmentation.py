from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.datasets.augmentation import AugmentSettings, augment_patches, augment_waveform

NOTHING = AugmentSettings(stretch=0, shift_bands=0, noise_db=(-300, -300), tilt_db=0)


def patches(n: int = 3, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).uniform(-80, 0, (n, 40, 24)).astype(np.float32)


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_nothing_asked_changes_nothing() -> None:
    np.testing.assert_allclose(augment_patches(patches(), NOTHING, rng()), patches(), atol=1e-3)


@settings(deadline=None)
@given(st.floats(0, 0.3), st.floats(0, 6), st.floats(0, 10), st.integers(0, 99))
def test_any_setting_gives_finite_patches_of_the_same_form(
    stretch: float, shift: float, tilt: float, seed: int
) -> None:
    ranges = AugmentSettings(stretch, shift, (-70, -20), tilt)
    before = patches()
    changed = augment_patches(before, ranges, np.random.default_rng(seed))
    assert changed.shape == before.shape
    assert changed.dtype == np.float32
    assert np.isfinite(changed).all()
    np.testing.assert_array_equal(before, patches())  # the input is left alone
    np.testing.assert_array_equal(changed, augment_patches(before, ranges, np.random.default_rng(seed)))


def test_a_shift_moves_a_tone_along_the_bands() -> None:
    tone = np.full((50, 40, 24), -80, np.float32)
    tone[:, :, 12] = 0
    ranges = AugmentSettings(0, 4.0, (-300, -300), 0)
    peaks = augment_patches(tone, ranges, rng()).mean(axis=1).argmax(axis=1)
    assert len(set(peaks.tolist())) > 3
    assert peaks.min() >= 8
    assert peaks.max() <= 16


def test_a_stretch_moves_beats_about_the_middle() -> None:
    beat = np.full((50, 41, 24), -80, np.float32)
    beat[:, 20] = 0
    beat[:, 35] = 0
    ranges = AugmentSettings(0.2, 0, (-300, -300), 0)
    levels = augment_patches(beat, ranges, rng()).mean(axis=2)
    assert (levels[:, 20] > -1).all()  # the middle stays
    assert len({int(row[25:].argmax()) for row in levels}) > 2


def test_noise_fills_the_gaps_and_spares_the_loud() -> None:
    quiet = np.full((20, 40, 24), -80, np.float32)
    quiet[:, 20] = 0
    noisy = augment_patches(quiet, AugmentSettings(0, 0, (-40, -40), 0), rng())
    assert np.median(noisy[:, :20]) == pytest.approx(-41.6, abs=0.5)  # median of exponential power: ln 2
    np.testing.assert_allclose(noisy[:, 20], 0, atol=0.05)


def test_a_waveform_is_stretched_shifted_and_noisy_by_seed() -> None:
    rate = 22_050
    tone = np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate).astype(np.float32)
    first, again, other = (augment_waveform(tone, rate, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert first.dtype == np.float32
    assert 0.9 * len(tone) / 1.01 < len(first) < len(tone) / 0.89
    assert len(first) != len(other)
    pitches = [np.abs(np.fft.rfft(x)).argmax() * rate / len(x) for x in (first, other)]
    assert all(440 * 2 ** (-2.2 / 12) < pitch < 440 * 2 ** (2.2 / 12) for pitch in pitches)
    assert abs(pitches[0] - pitches[1]) > 1
