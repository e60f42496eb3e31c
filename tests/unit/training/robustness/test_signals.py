from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.robustness.spectra import RATE
from training.robustness.signals import SIGNALS, Signal, find_signal

MADE = [signal for signal in SIGNALS if not signal.unavailable and "babble" not in signal.name]
each_signal = pytest.mark.parametrize("signal", MADE, ids=lambda signal: signal.name)


@each_signal
def test_a_seed_gives_the_same_samples_of_the_length_and_level_asked_for(signal: Signal) -> None:
    first, again = (signal.make(2.5, RATE, seed=4, peak_db=-20.0) for _ in range(2))
    assert first.dtype == np.float32
    assert first.shape == (40_000,)
    np.testing.assert_array_equal(first, again)
    if signal.name not in ("digital silence", "silence with dither"):
        assert np.abs(first).max() == pytest.approx(0.1, rel=1e-5)


@each_signal
@pytest.mark.parametrize("rate", [8_000, 48_000])
def test_every_rate_works(signal: Signal, rate: int) -> None:
    sound = signal.make(1.0, rate)
    assert sound.shape == (rate,)
    assert np.isfinite(sound).all()


@pytest.mark.parametrize("name", ["white noise", "wind", "applause", "dialling (DTMF)", "speech-like, a man"])
def test_another_seed_gives_other_samples(name: str) -> None:
    one, two = (find_signal(name).make(2.0, RATE, seed=seed) for seed in (0, 1))
    assert not np.array_equal(one, two)


def test_noises_do_not_share_their_samples() -> None:
    white, fading = find_signal("white noise").make(2.0, RATE), find_signal("noise fading in").make(2.0, RATE)
    assert abs(np.corrcoef(white, fading)[0, 1]) < 0.05


def test_names_are_unique() -> None:
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)
    with pytest.raises(KeyError):
        find_signal("a symphony")
