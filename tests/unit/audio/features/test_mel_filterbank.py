import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.mel_filterbank import (
    hz_to_mel,
    mel_centres_hz,
    mel_filters,
    mel_projection,
    mel_to_hz,
)
from tests.unit.audio.features.librosa_reference import configs, librosa, librosa_filters


@settings(deadline=None, max_examples=60)
@given(configs())
def test_filters_are_librosas(config):
    ours = mel_filters(config)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, librosa_filters(config), rtol=1e-5, atol=1e-6)


@given(st.floats(0.0, 48_000.0))
def test_the_mel_scale_is_librosas_and_has_an_inverse(hz):
    assert hz_to_mel(hz) == pytest.approx(librosa.hz_to_mel(hz), rel=1e-9, abs=1e-9)
    assert mel_to_hz(hz_to_mel(hz)) == pytest.approx(hz, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(configs(), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_the_grouped_product_is_the_plain_one(config, n_frames, seed):
    power = np.random.default_rng(seed).random((n_frames, 1 + config.n_fft // 2), dtype=np.float32)
    plain = power.astype(np.float64) @ mel_filters(config).T.astype(np.float64)
    np.testing.assert_allclose(mel_projection(config)(power), plain, rtol=2e-5, atol=1e-9)


def test_filters_are_computed_once_and_cannot_be_spoilt():
    filters = mel_filters(FeatureConfig())
    assert mel_filters(FeatureConfig(hop_length=915)) is filters
    with pytest.raises(ValueError, match="read-only"):
        filters[0, 0] = 1.0


def test_centres_rise_from_fmin_to_fmax():
    config = FeatureConfig(fmin=50.0, fmax=8_000.0)
    centres = mel_centres_hz(config)
    assert centres.shape == (128,)
    assert centres[0] > 50.0 and centres[-1] < 8_000.0
    assert np.all(np.diff(centres) > 0)
