"""librosa, which our features are held to, and random inputs for both."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what librosa's dependencies say at import is not our concern
    import librosa


@st.composite
def configs(draw: st.DrawFn) -> FeatureConfig:
    """Any configuration, hops longer than the window among them."""
    sample_rate = draw(st.sampled_from([8_000, 16_000, 22_050, 44_100]))
    n_fft = draw(st.one_of(st.sampled_from([512, 1_024, 2_048, 4_096]), st.integers(16, 3_000)))
    n_mels = draw(st.integers(1, 140))
    fmin = draw(st.one_of(st.just(0.0), st.floats(0.0, sample_rate / 4)))
    fmax = draw(st.one_of(st.just(sample_rate / 2), st.floats(fmin + 100.0, sample_rate / 2)))
    return FeatureConfig(
        sample_rate=sample_rate,
        n_fft=n_fft,
        hop_length=draw(st.one_of(st.sampled_from([512, 915]), st.integers(max(64, n_fft // 8), max(64, 2 * n_fft)))),
        n_mels=n_mels,
        fmin=fmin,
        fmax=fmax,
        n_mfcc=draw(st.integers(1, n_mels)),
    )


@st.composite
def signals(draw: st.DrawFn, max_samples: int = 12_000) -> NDArray[np.float32]:
    """Noise, tones, clicks, silence and steps at any level."""
    count = draw(st.integers(1, max_samples))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    time = np.arange(count)
    kind = draw(st.sampled_from(["noise", "tone", "clicks", "silence", "step", "mixture"]))
    signal = {
        "noise": lambda: rng.normal(size=count),
        "tone": lambda: np.sin(rng.uniform(0.001, 3.1) * time),
        "clicks": lambda: (rng.random(count) < 0.001).astype(float),
        "silence": lambda: np.zeros(count),
        "step": lambda: (time > count // 2).astype(float),
        "mixture": lambda: np.sin(rng.uniform(0.01, 1.0) * time) + 1e-3 * rng.normal(size=count),
    }[kind]()
    level = draw(st.sampled_from([1.0, 0.1, 1e-3, 10.0]))
    return (level * signal).astype(np.float32)


def librosa_filters(config: FeatureConfig) -> NDArray[np.float32]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bands narrower than a bin are empty
        return librosa.filters.mel(
            sr=config.sample_rate,
            n_fft=config.n_fft,
            n_mels=config.n_mels,
            fmin=config.fmin,
            fmax=config.fmax,
            dtype=np.float32,
        )


def librosa_log_mel(samples: NDArray[Any], config: FeatureConfig) -> NDArray[np.float64]:
    """The reference in float64, so that its own rounding stays out of the comparison [shape=(n_frames, n_mels)]."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # signals shorter than the window
        mel = librosa.feature.melspectrogram(
            y=samples.astype(np.float64),
            sr=config.sample_rate,
            n_fft=config.n_fft,
            hop_length=config.hop_length,
            n_mels=config.n_mels,
            fmin=config.fmin,
            fmax=config.fmax,
        )
    return librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=None).T


def loudest_db(samples: NDArray[Any], config: FeatureConfig) -> float:
    """What the loudest partial would have in the band that weighs it most."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spectrum = librosa.stft(samples.astype(np.float64), n_fft=config.n_fft, hop_length=config.hop_length)
    power = np.square(np.abs(spectrum)).max() * librosa_filters(config).max()
    return float(10.0 * np.log10(max(1e-10, power)))
