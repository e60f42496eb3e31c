from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import log_mel
from genre_desktop.audio.features.patches import Patches, cut_patches, network_input
from genre_desktop.audio.features.silent_gaps import close_gaps, in_runs
from training.robustness.synthetic_music import make_music

CONFIG = FeatureConfig(hop_length=915)
TRANSFER = FeatureConfig(
    sample_rate=16_000, n_fft=512, hop_length=256, n_mels=96, fmax=8_000.0, patch_frames=187, patch_hop=62
)
each_config = pytest.mark.parametrize("config", [CONFIG, TRANSFER], ids=["22 kHz", "16 kHz"])


def music(config: FeatureConfig, seconds: float = 12.0) -> NDArray[np.float32]:
    return make_music("guitar alone", seconds, config.sample_rate, seed=3)


def dropped_out(samples: NDArray[np.float32], config: FeatureConfig, on_s: float, off_s: float) -> NDArray[np.float32]:
    time = np.arange(len(samples)) / config.sample_rate
    return np.where(time % (on_s + off_s) < on_s, samples, np.float32(0.0))


@each_config
def test_sound_without_gaps_is_the_very_same(config: FeatureConfig) -> None:
    patches = cut_patches(log_mel(music(config), config), config).values
    assert close_gaps(patches, config) is patches


@each_config
@pytest.mark.parametrize(("on_s", "off_s"), [(4.0, 1.0), (2.0, 2.0), (1.0, 0.3)])
def test_every_frame_of_a_patch_with_gaps_is_one_that_sounds_in_their_order(
    on_s: float, off_s: float, config: FeatureConfig
) -> None:
    patches = cut_patches(log_mel(dropped_out(music(config), config, on_s, off_s), config), config).values
    closed = close_gaps(patches, config)
    assert closed.shape == patches.shape
    for before, after in zip(patches, closed, strict=True):
        numbers = [int(np.flatnonzero((before == frame).all(axis=1))[0]) for frame in after]
        falls = np.flatnonzero(np.diff(numbers) < 0)
        assert len({tuple(numbers[a + 1 : b + 1]) for a, b in pairwise(falls)}) <= 1
        assert (after == before).all() or (after.max(axis=1) > after.max() - 45.0).all()
    assert (closed != patches).any(axis=(1, 2)).mean() > 0.5


@each_config
def test_noise_that_is_all_but_silent_is_a_gap(config: FeatureConfig) -> None:
    samples = music(config)
    quiet = 10 ** (-70 / 20) * np.abs(samples).max()
    hiss = quiet * np.random.default_rng(0).standard_normal(len(samples), dtype=np.float32)
    holed = np.where(np.abs(np.arange(len(samples)) / config.sample_rate - 6.0) < 1.0, hiss, samples)
    patches = cut_patches(log_mel(holed.astype(np.float32), config), config).values
    closed = close_gaps(patches, config)
    changed = (closed != patches).any(axis=(1, 2))
    assert changed.any()
    assert (closed.max(axis=2).min(axis=1) > patches.max(axis=(1, 2)) - 45.0)[changed].all()


def test_a_patch_of_one_click_stays_as_it_is() -> None:
    patch = np.full((1, CONFIG.patch_frames, CONFIG.n_mels), -100, np.float32)
    patch[0, 64] = 0
    np.testing.assert_array_equal(close_gaps(patch, CONFIG), patch)


@pytest.mark.parametrize("n", [0, 1])
def test_silence_and_nothing_stay(n: int) -> None:
    patches = np.full((n, CONFIG.patch_frames, CONFIG.n_mels), -100, np.float32)
    assert close_gaps(patches, CONFIG) is patches


def test_a_patch_shorter_than_a_gap_has_none() -> None:
    config = FeatureConfig(n_mels=16, patch_frames=4, patch_hop=2, n_mfcc=13)
    patches = np.full((1, 4, 16), -100, np.float32)
    patches[0, 0] = 0
    assert close_gaps(patches, config) is patches


@each_config
def test_the_network_gets_no_gap(config: FeatureConfig) -> None:
    patches = cut_patches(log_mel(dropped_out(music(config), config, 2.0, 1.0), config), config)
    closed = Patches(close_gaps(patches.values, config), patches.start_s)
    np.testing.assert_array_equal(network_input(patches, config), network_input(closed, config))
    assert (closed.values != patches.values).any()


@given(mask=st.lists(st.booleans(), min_size=1, max_size=30), least=st.integers(1, 6), margin=st.integers(0, 3))
def test_runs_are_found_as_one_by_one(mask: list[bool], least: int, margin: int) -> None:
    expected = np.zeros(len(mask), bool)
    for begin in range(len(mask) - least + 1):
        if all(mask[begin : begin + least]):
            expected[max(0, begin - margin) : begin + least + margin] = True
    np.testing.assert_array_equal(in_runs(np.array([mask]), least, margin)[0], expected)
