from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import log_mel
from tests.support.tones import RATE, tone
from training.datasets.feature_cache import CachedFrames, FeatureCache


def test_the_cache_knows_content_config_and_seed(tmp_path: Path) -> None:
    cache = FeatureCache(FeatureConfig(), seed=0, folder=tmp_path / "cache")
    first, other = tone(tmp_path / "a.wav"), tone(tmp_path / "b.wav", 880)
    assert cache.features(first) != cache.features(other)
    assert cache.features(first) == cache.features(first.rename(tmp_path / "moved.wav"))
    variants = {cache.features(other, 1), cache.features(other, 2)}
    variants.add(FeatureCache(FeatureConfig(), seed=1, folder=tmp_path / "cache").features(other, 1))
    variants.add(FeatureCache(FeatureConfig(hop_length=256), folder=tmp_path / "cache").features(other))
    assert len(variants) == 4
    assert not list((tmp_path / "cache").glob("*.part"))


def test_features_are_those_of_the_program(tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav")
    frames = np.load(FeatureCache(FeatureConfig(), folder=tmp_path / "cache").features(path))
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
    expected = log_mel(samples, FeatureConfig())
    np.testing.assert_allclose(frames, expected, atol=0.05)  # float16


def test_cached_frames_are_those_of_each_track_and_variant(tmp_path: Path) -> None:
    paths = [tuple(tmp_path / f"{track}{variant}.npy" for variant in range(2)) for track in range(2)]
    for track, variants in enumerate(paths):
        for variant, path in enumerate(variants):
            np.save(path, np.full((3 + variant, 4), track + variant / 2, np.float16))
    source = CachedFrames(paths)
    assert source.n_variants == 2
    assert [source.n_frames(1, variant) for variant in range(2)] == [3, 4]
    np.testing.assert_array_equal(source.frames(1, 1), np.full((4, 4), 1.5))


def test_a_cache_that_may_not_be_entered_is_no_fault_of_the_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tone(tmp_path / "a.wav")
    cache = FeatureCache(FeatureConfig(), seed=0, folder=tmp_path / "cache")
    known = os.stat

    def refused(asked: Any, *rest: Any, **options: Any) -> os.stat_result:
        if str(asked).endswith(".npy"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return known(asked, *rest, **options)

    monkeypatch.setattr(os, "stat", refused)
    assert cache.features(path, 0).name.endswith(".npy")
