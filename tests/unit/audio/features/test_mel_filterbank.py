from dataclasses import replace

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
from tests.unit.audio.features.tensorflow_reference import tensorflow_filters


@settings(deadline=None, max_examples=60)
@given(configs())
def test_filters_are_librosas(config):
    ours = mel_filters(config)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, librosa_filters(config), rtol=1e-5, atol=1e-6)


@settings(deadline=None, max_examples=60)
@given(configs())
def test_filters_of_htk_are_tensorflows(config):
    config = replace(config, mel_scale="htk", n_fft=config.n_fft // 2 * 2)
    theirs = tensorflow_filters(config)
    assert mel_filters(config).max() <= 1.0
    np.testing.assert_allclose(mel_filters(config), theirs, atol=2e-4)


@given(st.floats(0.0, 48_000.0), st.sampled_from(["slaney", "htk"]))
def test_the_mel_scale_is_librosas_and_has_an_inverse(hz, scale):
    # librosa rounds the constant of HTK's scale differently: 2595 decades are 1126.994 nepers.
    is_htk = scale == "htk"
    near = 1e-5 if is_htk else 1e-9
    assert hz_to_mel(hz, scale) == pytest.approx(librosa.hz_to_mel(hz, htk=is_htk), rel=near, abs=1e-9)
    assert mel_to_hz(hz_to_mel(hz, scale), scale) == pytest.approx(hz, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(configs(), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_the_grouped_product_is_the_plain_one(config, n_frames, seed):
    config = replace(config, mel_scale=("slaney", "htk")[seed % 2])
    power = np.random.default_rng(seed).random((n_frames, 1 + config.n_fft // 2), dtype=np.float32)
    plain = power.astype(np.float64) @ mel_filters(config).T.astype(np.float64)
    np.testing.assert_allclose(mel_projection(config)(power), plain, rtol=2e-5, atol=1e-9)


def test_filters_are_computed_once_and_cannot_be_spoilt():
    filters = mel_filters(FeatureConfig())
    assert mel_filters(FeatureConfig(hop_length=915)) is filters
    with pytest.raises(ValueError, match="read-only"):
        filters[0, 0] = 1.0


@pytest.mark.parametrize("scale", ["slaney", "htk"])
def test_centres_rise_from_fmin_to_fmax(scale):
    config = FeatureConfig(fmin=50.0, fmax=8_000.0, mel_scale=scale)
    centres = mel_centres_hz(config)
    assert centres.shape == (128,)
    assert centres[0] > 50.0 and centres[-1] < 8_000.0
    assert np.all(np.diff(centres) > 0)
