"""Sound recovered from a log-mel spectrogram: a stand-in for recordings of which only the spectrogram is at hand.

The power spectrum is the non-negative solution for the mel powers, by multiplicative updates (D. Lee and H. Seung,
2001); the phase is estimated as by D. Griffin and J. Lim (1984). It is a weak stand-in: of 229 training tracks YAMNet
names the genre of 61 % from their sound, and of 42 % from what is recovered.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.mel_filterbank import mel_filters

UPDATES = 25
"""Of the power spectrum; more change it little."""

PHASE_ITERATIONS = 5
PEAK = 0.7
_LEAST = 1e-9


def recover_sound(
    mel_db: NDArray[np.floating], frames: NDArray[np.integer], config: FeatureConfig, seed: int = 0
) -> NDArray[np.float32]:
    """Samples whose spectrogram is like the given one.

    Parameters
    ----------
    mel_db : ndarray [shape=(n_columns, n_mels)]
        Mel power in dB.
    frames : ndarray of int [shape=(n_columns,)]
        The frame of each column, rising; frames between are interpolated in dB.
    config : FeatureConfig
        How frames are computed from sound, which has a level of its own.
    seed : int
        Of the phase to begin with.

    Returns
    -------
    ndarray of float32 [shape=(n_samples,)]
        Mono, at the configuration's sampling rate, with the peak `PEAK`.
    """
    every = np.arange(int(frames[-1]) + 1)
    full_db = np.stack([np.interp(every, frames, band) for band in mel_db.T], axis=1)
    filters = mel_filters(config).astype(np.float32)
    power = _spectrum((10.0 ** (full_db / 10.0)).astype(np.float32), filters)
    samples = _with_phase(np.sqrt(power), config, np.random.default_rng(seed))
    return np.asarray(samples * (PEAK / max(float(np.abs(samples).max()), _LEAST)), np.float32)


def _spectrum(mel_power: NDArray[np.float32], filters: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power spectra [shape=(n_frames, n_bins)] that are not negative and have about these mel powers."""
    target = mel_power @ filters
    power = target + _LEAST
    for _ in range(UPDATES):
        power *= target / np.maximum(power @ filters.T @ filters, 1e-12)
    return np.asarray(power, np.float32)


def _with_phase(magnitude: NDArray[np.float32], config: FeatureConfig, rng: np.random.Generator) -> NDArray[np.float32]:
    spectrum = magnitude * np.exp(2j * np.pi * rng.random(magnitude.shape)).astype(np.complex64)
    for _ in range(PHASE_ITERATIONS):
        again = _transform(_inverse(spectrum, config), config)[: len(magnitude)]
        spectrum = magnitude * (again / np.maximum(np.abs(again), _LEAST))
    return _inverse(spectrum, config)


def _window(config: FeatureConfig) -> NDArray[np.float32]:
    return np.hanning(config.n_fft + 1)[:-1].astype(np.float32)


def _transform(samples: NDArray[np.float32], config: FeatureConfig) -> NDArray[np.complex64]:
    from scipy import fft

    padded = np.pad(samples, config.n_fft // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, config.n_fft)[:: config.hop_length]
    return np.asarray(fft.rfft(frames * _window(config), axis=1), np.complex64)


def _inverse(spectrum: NDArray[np.complex64], config: FeatureConfig) -> NDArray[np.float32]:
    """Overlap-add of the frames, divided by the sum of the squared windows."""
    from scipy import fft

    window = _window(config)
    frames = fft.irfft(spectrum, config.n_fft, axis=1).astype(np.float32) * window
    total = np.zeros((len(frames) - 1) * config.hop_length + config.n_fft, np.float32)
    weight = np.zeros_like(total)
    for number, frame in enumerate(frames):
        begin = number * config.hop_length
        total[begin : begin + config.n_fft] += frame
        weight[begin : begin + config.n_fft] += window**2
    half = config.n_fft // 2
    return np.asarray((total / np.maximum(weight, 1e-3))[half:-half], np.float32)
