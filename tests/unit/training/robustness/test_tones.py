from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.robustness.spectra import RATE, decibels, spectrum
from training.robustness.signals import find_signal


@pytest.mark.parametrize(
    ("name", "expected"),
    [("sine 440 Hz", [440]), ("dial tone 350+440 Hz", [350, 440]), ("two sines", [440, 1_234]), ("morse code", [700])],
)
def test_tones_have_their_frequencies(name: str, expected: list[float]) -> None:
    frequency, power = spectrum(find_signal(name).make(10.0, RATE))
    peaks = (power[1:-1] > power[:-2]) & (power[1:-1] > power[2:]) & (power[1:-1] > 0.1 * power.max())
    assert frequency[1:-1][peaks] == pytest.approx(expected, abs=RATE / 4096)


def test_hum_is_harmonics_of_the_mains_over_a_little_noise() -> None:
    frequency, power = spectrum(find_signal("mains hum 50 Hz").make(10.0, RATE))
    # Bins are 3.9 Hz apart and a line is three wide.
    harmonic = np.abs((frequency + 25) % 50 - 25) < 9
    assert 30 < decibels(power[harmonic].sum() / power[~harmonic & (frequency > 25)].sum()) < 60


def test_a_chirp_climbs_all_the_time() -> None:
    for name in ("linear chirp", "exponential chirp"):
        sound = find_signal(name).make(8.0, RATE)
        crossings = [np.count_nonzero(np.diff(np.signbit(part))) for part in np.split(sound, 16)]
        assert (np.diff(crossings) > 0).all()


def test_clicks_leave_silence_between_them() -> None:
    for name in ("regular clicks", "random clicks"):
        sound = find_signal(name).make(10.0, RATE)
        assert np.mean(np.abs(sound) > 1e-3) < 0.02
    onsets = np.flatnonzero(find_signal("regular clicks").make(10.0, RATE) > 0.4)
    starts = onsets[np.diff(onsets, prepend=-RATE) > 100]
    assert np.diff(starts) == pytest.approx(np.full(19, RATE / 2), abs=1)
