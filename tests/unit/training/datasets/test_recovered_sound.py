"""Sound from spectrograms."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import log_mel
from training.datasets.recovered_sound import PEAK, recover_sound
from training.robustness.synthetic_music import make_music

CONFIG = FeatureConfig()


@pytest.mark.parametrize("piece", ["piano alone", "drums alone"])
def test_the_spectrogram_of_recovered_sound_is_like_the_given_one(piece: str) -> None:
    given = log_mel(make_music(piece, 3.0, CONFIG.sample_rate, seed=1), CONFIG)
    columns = np.arange(0, len(given), 2)
    sound = recover_sound(given[columns], columns, CONFIG)
    assert sound.dtype == np.float32 and np.abs(sound).max() == pytest.approx(PEAK)
    assert len(sound) == columns[-1] * CONFIG.hop_length
    found = log_mel(sound, CONFIG)[: columns[-1]]
    same = given[: len(found)]
    loud = same > same.max() - 40.0
    difference = (found - same)[loud]
    # Up to its level, which is its own.
    assert np.std(difference) < 4.0
    other = np.roll(same, len(same) // 3, axis=0)
    assert np.std((found - other)[loud]) > 1.5 * np.std(difference)


def test_the_same_seed_gives_the_same_sound() -> None:
    given, columns = np.random.default_rng(0).normal(-40, 8, (30, CONFIG.n_mels)), np.arange(30)
    one, same, other = (recover_sound(given, columns, CONFIG, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_silence_is_finite() -> None:
    assert np.isfinite(recover_sound(np.full((20, CONFIG.n_mels), -120.0), np.arange(20), CONFIG)).all()
