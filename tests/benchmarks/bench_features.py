"""Seconds of sound turned into log-mel frames a second, ours and librosa's.

Run with ``pytest tests/benchmarks/bench_features.py``.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import delta, log_mel, mfcc
from genre_desktop.audio.features.patches import cut_patches, scale_patches
from tests.support.odd_files import music

SECONDS = 240.0


@pytest.fixture(scope="module")
def samples():
    return music(SECONDS)[:, 0].copy()


@pytest.mark.benchmark(group="features")
@pytest.mark.parametrize("hop_length", [512, 915])
def test_log_mel(benchmark, capsys, samples, hop_length):
    config = FeatureConfig(hop_length=hop_length)
    frames = benchmark.pedantic(log_mel, args=(samples, config), rounds=5, warmup_rounds=1)
    assert frames.shape == (1 + len(samples) // hop_length, 128)
    _report(benchmark, capsys, f"log-mel, hop {hop_length}, ours")


@pytest.mark.benchmark(group="features")
@pytest.mark.parametrize("hop_length", [512, 915])
def test_librosa(benchmark, capsys, samples, hop_length):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import librosa

    def theirs():
        mel = librosa.feature.melspectrogram(y=samples, sr=22_050, n_fft=2_048, hop_length=hop_length)
        return librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=None)

    frames = benchmark.pedantic(theirs, rounds=5, warmup_rounds=1)  # its first call is not counted
    assert frames.shape == (128, 1 + len(samples) // hop_length)
    _report(benchmark, capsys, f"log-mel, hop {hop_length}, librosa")


@pytest.mark.benchmark(group="features")
def test_patches(benchmark, capsys, samples):
    config = FeatureConfig(hop_length=915)
    frames = log_mel(samples, config)
    scaled = benchmark.pedantic(
        lambda: scale_patches(cut_patches(frames, config).values, config), rounds=5, warmup_rounds=1
    )
    assert scaled.shape[1:] == (128, 128)
    _report(benchmark, capsys, "patches cut and scaled")


@pytest.mark.benchmark(group="features")
def test_mfcc_and_its_deltas(benchmark, capsys, samples):
    frames = log_mel(samples, FeatureConfig())

    def all_three():
        coefficients = mfcc(frames, 13)
        return np.concatenate((coefficients, delta(coefficients), delta(coefficients, order=2)), axis=-1)

    assert benchmark.pedantic(all_three, rounds=5, warmup_rounds=1).shape == (len(frames), 39)
    _report(benchmark, capsys, "MFCC, delta and delta-delta")


def _report(benchmark, capsys, what: str) -> None:
    best = benchmark.stats.stats.min
    benchmark.extra_info["seconds of sound a second"] = round(SECONDS / best)
    with capsys.disabled():
        print(f"\n{what}: {best:.3f} s for four minutes, {SECONDS / best:.0f} seconds of sound a second")
