import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.patches import PatchStream, cut_patches, join_patches, scale_patches
from genre_desktop.core.errors import FeatureConfigError


def _config(patch_frames=8, patch_hop=4):
    return FeatureConfig(n_mels=3, n_mfcc=1, patch_frames=patch_frames, patch_hop=patch_hop)


def _frames(count):
    return np.arange(count * 3, dtype=np.float32).reshape(count, 3)


@pytest.mark.parametrize(
    ("n_frames", "starts"),
    [
        (7, []),
        (8, [0]),
        (9, [0]),  # one frame left: less than half a hop
        (10, [0, 2]),  # two left: a patch at the end
        (12, [0, 4]),
        (15, [0, 4, 7]),
        (16, [0, 4, 8]),
    ],
)
def test_patches_stand_every_hop_and_at_the_end(n_frames, starts):
    frames, config = _frames(n_frames), _config()
    patches = cut_patches(frames, config)
    assert len(patches) == len(starts)
    assert patches.values.shape == (len(starts), 8, 3)
    assert patches.values.dtype == np.float32
    assert patches.start_s.dtype == np.float64
    np.testing.assert_allclose(patches.start_s, np.array(starts) * config.frame_s)
    for values, start in zip(patches.values, starts, strict=True):
        np.testing.assert_array_equal(values, frames[start : start + 8])


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 12), st.integers(1, 20), st.data())
def test_pieces_of_any_size_give_the_whole(n_frames, patch_frames, patch_hop, data):
    config, frames = _config(patch_frames, patch_hop), _frames(n_frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, n_frames), max_size=8)))
    stream = PatchStream(config)
    streamed = join_patches([*(stream.push(piece) for piece in np.split(frames, cuts)), stream.finish()])
    whole = cut_patches(frames, config)
    np.testing.assert_array_equal(streamed.values, whole.values)
    np.testing.assert_array_equal(streamed.start_s, whole.start_s)


@settings(deadline=None)
@given(st.integers(8, 200), st.integers(1, 8))
def test_all_but_half_a_hop_is_covered(n_frames, patch_hop):
    config = _config(8, patch_hop)
    starts = np.round(cut_patches(_frames(n_frames), config).start_s / config.frame_s)
    assert starts[0] == 0
    assert np.all(np.diff(starts) <= patch_hop)
    assert n_frames - (starts[-1] + 8) < patch_hop / 2


def test_a_long_stream_keeps_few_frames():
    stream = PatchStream(_config())
    for _ in range(500):
        stream.push(_frames(7))
    assert len(stream._frames) <= 8 + 4


def test_scaling_is_relative_to_the_loudest_value_of_each_patch():
    config = _config()
    patches = np.array([[[-10.0, -50.0, -200.0]] * 8, [[-30.0, -70.0, -220.0]] * 8], dtype=np.float32)
    scaled = scale_patches(patches, config)
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(scaled[0, 0], [1.0, 0.5, 0.0])
    np.testing.assert_array_equal(scaled[0], scaled[1])  # the level is of no account


def test_scaling_leaves_its_input_alone_and_takes_no_patches():
    patches = np.full((1, 8, 3), -40.0, np.float32)
    scale_patches(patches, _config())
    assert np.all(patches == -40.0)
    assert scale_patches(np.empty((0, 8, 3), np.float32), _config()).shape == (0, 8, 3)


def _log_power(reference_db=-7.0):
    return FeatureConfig(
        n_mels=3, n_mfcc=1, patch_frames=8, patch_hop=4, scaling="log_power", reference_db=reference_db
    )


levels_db = arrays(np.float32, (2, 8, 3), elements=st.floats(-100, 20, width=32))


@settings(deadline=None)
@given(levels_db, st.floats(-60, 60))
def test_log_power_does_not_know_the_level(patches, gain_db):
    scaled = scale_patches(patches, _log_power())
    np.testing.assert_allclose(scale_patches(patches + np.float32(gain_db), _log_power()), scaled, atol=2e-5)


@settings(deadline=None)
@given(levels_db, st.floats(-30, 10))
def test_log_power_gives_every_patch_the_reference_level(patches, reference_db):
    scaled = scale_patches(patches, _log_power(reference_db))
    assert scaled.dtype == np.float32 and scaled.min() >= 0
    power = (10.0 ** scaled.astype(np.float64) - 1.0) / 10_000.0
    np.testing.assert_allclose(10 * np.log10(power.mean(axis=(1, 2))), reference_db, atol=0.02)


@settings(deadline=None)
@given(levels_db, st.floats(-30, 10))
def test_log_power_is_the_published_formula_at_its_level(patches, reference_db):
    """Of a patch whose mean power is the reference level: log10(10000 x + 1) of its power x."""
    power = 10.0 ** (patches.astype(np.float64) / 10.0)
    power *= 10.0 ** (reference_db / 10.0) / power.mean(axis=(1, 2), keepdims=True)
    at_level = 10.0 * np.log10(power)
    np.testing.assert_allclose(
        scale_patches(at_level, _log_power(reference_db)), np.log10(10_000.0 * power + 1.0), atol=2e-5
    )


@pytest.mark.parametrize("level_db", [-1_000.0, 400.0, 3_000.0])
def test_log_power_of_any_level_is_a_number(level_db):
    """A float32 holds no power above 385 dB; a file of floats may ask for it."""
    patches = level_db + np.random.default_rng(0).uniform(-60, 0, (2, 8, 3)).astype(np.float32)
    scaled = scale_patches(patches, _log_power())
    assert np.isfinite(scaled).all()
    np.testing.assert_allclose(scaled, scale_patches(patches - np.float32(level_db), _log_power()), atol=1e-3)


@settings(deadline=None)
@given(levels_db, st.floats(-30, 10), st.floats(-60, 60))
def test_log_magnitude_is_the_published_formula_at_its_level(patches, reference_db, gain_db):
    """log(x + 0.001) of the magnitude x of a patch whose mean square is the reference level."""
    power = 10.0 ** (patches.astype(np.float64) / 10.0)
    power *= 10.0 ** (reference_db / 10.0) / power.mean(axis=(1, 2), keepdims=True)
    config = dataclasses.replace(_log_power(reference_db), scaling="log_magnitude")
    scaled = scale_patches(patches + np.float32(gain_db), config)
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(scaled, np.log(np.sqrt(power) + 0.001), atol=3e-5)


def test_log_power_weighs_each_patch_by_itself_and_leaves_its_input_alone():
    patches = np.stack([np.full((8, 3), -40.0), np.full((8, 3), -3.0)]).astype(np.float32)
    before = patches.copy()
    np.testing.assert_allclose(scale_patches(patches, _log_power(0.0)), np.log10(10_001.0), rtol=1e-6)
    np.testing.assert_array_equal(patches, before)
    assert scale_patches(patches[:0], _log_power()).shape == (0, 8, 3)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), "loud", None])
def test_a_reference_level_is_a_finite_number(value):
    with pytest.raises(FeatureConfigError, match="reference_db"):
        FeatureConfig.from_dict({"reference_db": value})


def test_settings_survive_a_card_and_old_cards_have_the_default_level():
    config = _log_power(-7.5)
    values = json.loads(json.dumps(config.to_dict()))
    assert FeatureConfig.from_dict(values) == config
    del values["reference_db"]
    assert FeatureConfig.from_dict(values) == _log_power(0.0)
    with pytest.raises(FeatureConfigError, match="scaling"):
        FeatureConfig.from_dict({**values, "scaling": "loudness"})
