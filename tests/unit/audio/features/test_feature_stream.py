"""Frames of a signal that arrives in blocks, and other features of the middle of its patches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.feature_stream import FeatureStream, patches_of
from genre_desktop.audio.features.log_mel import log_mel
from genre_desktop.audio.features.patches import (
    Patches,
    PatchStream,
    cut_patches,
    join_patches,
    network_input,
    scale_patches,
)
from genre_desktop.audio.features.subsonic_filter import subsonic_removed
from training.musicnn.network import MUSICNN_FEATURES
from training.yamnet.network import YAMNET_FEATURES

SMALL = FeatureConfig(sample_rate=8_000, n_fft=128, hop_length=64, n_mels=8, n_mfcc=1, fmax=4_000.0, patch_frames=24)
SMALL = replace(SMALL, patch_hop=12, middle=replace(SMALL, n_fft=64, hop_length=40, patch_frames=10))
TIGHT = replace(SMALL, n_fft=127, middle=replace(SMALL, middle=None, n_fft=191, patch_frames=23))  # as many samples
BOTH = replace(MUSICNN_FEATURES, middle=YAMNET_FEATURES)


def extract(config: FeatureConfig, pieces: list[NDArray[np.float32]]) -> Patches:
    features, stream = FeatureStream(config), PatchStream(config)
    parts = []
    for piece in pieces:
        parts.append(features.with_middle(stream.push(features.push(piece))))
        features.forget(stream.first_frame)
    parts.append(features.with_middle(stream.push(features.finish())))
    return join_patches([*parts, features.with_middle(stream.finish())])


def noise(n: int) -> NDArray[np.float32]:
    time = np.arange(n) / 16_000
    return (np.random.default_rng(5).normal(size=n) * np.sin(3 * time) ** 2).astype(np.float32)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from([SMALL, TIGHT]), st.integers(0, 6_000), st.data())
def test_pieces_of_any_size_give_the_whole(config: FeatureConfig, n: int, data: st.DataObject) -> None:
    samples = noise(n)
    cuts = sorted(data.draw(st.lists(st.integers(0, n), max_size=8)))
    whole, streamed = extract(config, [samples]), extract(config, np.split(samples, cuts))
    np.testing.assert_array_equal(streamed.start_s, whole.start_s)
    np.testing.assert_allclose(streamed.values, whole.values, atol=1e-3)
    assert whole.middle is not None and streamed.middle is not None
    assert config.middle is not None and whole.middle.shape == (len(whole), config.middle.patch_frames, 8)
    np.testing.assert_allclose(streamed.middle, whole.middle, atol=1e-3)


def test_without_a_middle_they_are_those_of_the_frames() -> None:
    samples = noise(60_000)
    config = replace(SMALL, middle=None)
    patches, expected = extract(config, [samples]), cut_patches(log_mel(samples, config), config)
    np.testing.assert_array_equal(patches.values, expected.values)
    assert patches.middle is None


def test_the_middle_is_a_patch_of_its_own_configuration() -> None:
    """Its frames are those of a sound that begins ten frames before it."""
    samples = noise(10 * 16_000)
    patches = extract(BOTH, list(np.array_split(samples, 7)))
    assert patches.middle is not None and len(patches) == 6
    for start_s, middle in zip(patches.start_s, patches.middle, strict=True):
        # The centre of the patch, and from there half of 96 frames to the left.
        first = round(start_s * 16_000) + 186 * 256 // 2 - 95 * 160 // 2
        expected = log_mel(samples[first - 1_600 : first + 17_600], YAMNET_FEATURES)[10 : 10 + 96]
        np.testing.assert_allclose(middle, expected, atol=1e-3)


def test_a_middle_as_long_as_the_patch_reaches_beyond_both_ends() -> None:
    config = replace(SMALL, middle=replace(SMALL, middle=None))
    samples = noise(64 * 23)  # one patch
    patches = extract(config, [samples])
    assert patches.middle is not None and len(patches) == 1
    np.testing.assert_allclose(patches.middle, patches.values, atol=1e-3)


def test_a_stream_keeps_few_samples_and_none_without_a_middle() -> None:
    for config, most in ((SMALL, 4 * SMALL.patch_samples), (replace(SMALL, middle=None), 0)):
        features, stream = FeatureStream(config), PatchStream(config)
        for _ in range(100):
            features.with_middle(stream.push(features.push(noise(1_000))))
            features.forget(stream.first_frame)
            assert sum(map(len, features._kept)) <= most


def test_the_middle_has_passed_the_subsonic_filter_too() -> None:
    """Frames and middle of a sound with rumble are those of the filtered sound, which the filter leaves alone."""
    time = np.arange(8 * 16_000) / 16_000
    rumble = noise(8 * 16_000) + (8.0 * np.sin(2 * np.pi * 7.0 * time)).astype(np.float32) + np.float32(3.0)
    heard = subsonic_removed(rumble, 16_000)
    assert np.abs(heard - rumble).max() > 3.0
    got, expected = (extract(BOTH, np.array_split(samples, 5)) for samples in (rumble, heard))
    assert got.middle is not None and expected.middle is not None
    np.testing.assert_allclose(got.values, expected.values, atol=0.1)
    np.testing.assert_allclose(got.middle, expected.middle, atol=0.1)


def test_the_input_of_a_network_is_one_row_with_both() -> None:
    patches = extract(BOTH, [noise(5 * 16_000)])
    rows = network_input(patches, BOTH)
    assert rows.dtype == np.float32 and rows.shape == (2, *BOTH.input_shape) == (2, 187 * 96 + 96 * 64)
    assert patches.middle is not None
    np.testing.assert_array_equal(rows[:, : 187 * 96].reshape(2, 187, 96), scale_patches(patches.values, BOTH))
    np.testing.assert_array_equal(
        rows[:, 187 * 96 :].reshape(2, 96, 64), scale_patches(patches.middle, YAMNET_FEATURES)
    )
    none = patches.take(np.zeros(2, bool))
    assert network_input(none, BOTH).shape == (0, *BOTH.input_shape)


@pytest.mark.parametrize(
    ("scaling", "silence"), [("patch_max", 0.0), ("log_power", 0.0), ("log_magnitude", np.log(0.001))]
)
def test_a_silent_middle_is_silence_at_any_level(scaling: str, silence: float) -> None:
    """Brought to the level of music, it would be a signal of its own."""
    config = replace(BOTH, middle=replace(YAMNET_FEATURES, scaling=scaling))
    samples = noise(3 * 16_000)
    samples[16_000:32_500] = 0.0
    rows = network_input(extract(config, [samples]), config)
    assert np.ptp(rows[0, : 187 * 96]) > 0
    np.testing.assert_allclose(rows[0, 187 * 96 :], silence, rtol=1e-6)


@pytest.mark.parametrize("config", [SMALL, replace(SMALL, middle=None)])
def test_a_whole_signal_at_once_is_the_same(config: FeatureConfig) -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, 8_000).astype(np.float32)
    whole, pieces = patches_of(sound, config), extract(config, np.split(sound, [3_000, 3_001]))
    np.testing.assert_allclose(whole.values, pieces.values, atol=1e-4)
    np.testing.assert_array_equal(whole.start_s, pieces.start_s)
    if config.middle is None:
        assert whole.middle is None
    else:
        assert whole.middle is not None and pieces.middle is not None
        np.testing.assert_allclose(whole.middle, pieces.middle, atol=1e-4)
    assert len(patches_of(sound[:10], config)) == 0
