from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.robustness.spectra import RATE, decibels, spectrum
from training.robustness.signals import find_signal


@pytest.mark.parametrize(("name", "slope_db"), [("white noise", 0.0), ("pink noise", -3.0), ("brown noise", -6.0)])
def test_noise_has_its_colour(name: str, slope_db: float) -> None:
    frequency, power = spectrum(find_signal(name).make(30.0, RATE))
    octaves = [power[(frequency >= f) & (frequency < 2 * f)].mean() for f in (200.0, 400.0, 800.0, 1_600.0, 3_200.0)]
    steps = np.diff([decibels(octave) for octave in octaves])
    assert steps == pytest.approx([slope_db] * 4, abs=0.5)


def test_limited_noise_stays_in_its_band() -> None:
    frequency, power = spectrum(find_signal("noise 1-2 kHz").make(10.0, RATE))
    inside = power[(frequency > 1_000) & (frequency < 2_000)].sum()
    assert inside > 0.9 * power.sum()


def test_noise_that_fades_in_ends_40_db_louder() -> None:
    sound = find_signal("noise fading in").make(20.0, RATE)
    start, end = np.std(sound[:RATE]), np.std(sound[-RATE:])
    assert decibels((end / start) ** 2) == pytest.approx(38, abs=1)
