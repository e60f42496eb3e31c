"""Mel filters, computed once for each configuration and cached.

There are two kinds, `genre_desktop.audio.features.config.FeatureConfig.mel_scale`:

* ``"slaney"``, Malcolm Slaney's *Auditory Toolbox* (Interval Research Technical Report 1998-010): linear below 1 kHz,
  logarithmic above, each a triangle over Hz, scaled to the same area. They equal librosa's default (compared in the
  tests). Importing librosa takes seconds, and its first call compiles with numba.
* ``"htk"``, the Hidden Markov Model Toolkit (S. Young et al., *The HTK Book*, 5.4): logarithmic throughout, each a
  triangle over mel with a height of 1, the constant component left out. They equal
  ``tf.signal.linear_to_mel_weight_matrix`` (compared in the tests).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig, MelScale

_LINEAR_HZ_PER_MEL = 200.0 / 3.0
_BREAK_HZ = 1_000.0
_BREAK_MEL = _BREAK_HZ / _LINEAR_HZ_PER_MEL
# 27 logarithmic steps lead from 1 kHz to 6.4 kHz.
_LOG_STEP = np.log(6.4) / 27.0

_HTK_BREAK_HZ, _HTK_MELS = 700.0, 1_127.0

_FilterSettings = tuple[int, int, int, float, float, MelScale]

_GROUP_BANDS = 8
"""Bands multiplied at once: small enough for OpenBLAS to use one thread. On a busy machine waiting for several threads
costs a hundred times the multiplication."""


def hz_to_mel(hz: ArrayLike, scale: MelScale = "slaney") -> NDArray[np.float64]:
    """Mel scale.

    Parameters
    ----------
    hz : array_like
        Frequencies in Hz, 0 or above.
    scale : {"slaney", "htk"}

    Returns
    -------
    ndarray of float64
    """
    hz = np.asarray(hz, dtype=np.float64)
    if scale == "htk":
        return np.asarray(_HTK_MELS * np.log1p(hz / _HTK_BREAK_HZ))
    logarithmic = _BREAK_MEL + np.log(np.maximum(hz, _BREAK_HZ) / _BREAK_HZ) / _LOG_STEP
    return np.where(hz < _BREAK_HZ, hz / _LINEAR_HZ_PER_MEL, logarithmic)


def mel_to_hz(mel: ArrayLike, scale: MelScale = "slaney") -> NDArray[np.float64]:
    """Inverse of `hz_to_mel`, in Hz."""
    mel = np.asarray(mel, dtype=np.float64)
    if scale == "htk":
        return np.asarray(_HTK_BREAK_HZ * np.expm1(mel / _HTK_MELS))
    logarithmic = _BREAK_HZ * np.exp(_LOG_STEP * (np.maximum(mel, _BREAK_MEL) - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _LINEAR_HZ_PER_MEL, logarithmic)


def mel_centres_hz(config: FeatureConfig) -> NDArray[np.float64]:
    """Centre of each mel band in Hz, for axes and read-outs.

    Returns
    -------
    ndarray of float64 [shape=(n_mels,)]
    """
    edges = _band_edges_mel(config.n_mels, config.fmin, config.fmax, config.mel_scale)
    return mel_to_hz(edges[1:-1], config.mel_scale)


def _band_edges_mel(n_mels: int, fmin: float, fmax: float, scale: MelScale) -> NDArray[np.float64]:
    low, high = hz_to_mel([fmin, fmax], scale)
    return np.linspace(low, high, n_mels + 2)


def mel_filters(config: FeatureConfig) -> NDArray[np.float32]:
    """Weights that turn a spectrum into mel bands.

    Returns
    -------
    ndarray of float32 [shape=(n_mels, 1 + n_fft // 2)]
        Read-only; the same array for each call with the same settings.
    """
    return _mel_filters(*_filter_settings(config))


def _filter_settings(config: FeatureConfig) -> _FilterSettings:
    return config.sample_rate, config.n_fft, config.n_mels, config.fmin, config.fmax, config.mel_scale


@lru_cache(maxsize=32)
def _mel_filters(
    sample_rate: int, n_fft: int, n_mels: int, fmin: float, fmax: float, scale: MelScale
) -> NDArray[np.float32]:
    edges, bins = _band_edges_mel(n_mels, fmin, fmax, scale), np.fft.rfftfreq(n_fft, 1.0 / sample_rate)
    if scale == "slaney":
        edges = mel_to_hz(edges)
    else:
        bins = hz_to_mel(bins, scale)
    slopes = edges[:, np.newaxis] - bins
    widths = np.diff(edges)[:, np.newaxis]
    rising = -slopes[:-2] / widths[:-1]
    falling = slopes[2:] / widths[1:]
    weights = np.maximum(0.0, np.minimum(rising, falling))
    if scale == "slaney":
        weights *= (2.0 / (edges[2:] - edges[:-2]))[:, np.newaxis]
    else:
        weights[:, 0] = 0.0
    filters = weights.astype(np.float32)
    filters.flags.writeable = False
    return filters


@dataclass(frozen=True, eq=False)
class MelProjection:
    """Projection of spectra to mel bands that skips the zeros of the filters.

    A triangle covers few of the bins: neighbouring bands are multiplied in small groups with only the bins that they
    cover.

    Attributes
    ----------
    n_mels : int
    groups : tuple of (first_bin, end_bin, first_band, weights [shape=(n_bins, n_bands)])
    """

    n_mels: int
    groups: tuple[tuple[int, int, int, NDArray[np.float32]], ...]

    def __call__(self, spectra: NDArray[np.float32]) -> NDArray[np.float32]:
        """Project ``spectra`` [shape=(n_frames, n_bins)] to [shape=(n_frames, n_mels)]."""
        mel = np.zeros((len(spectra), self.n_mels), dtype=np.float32)
        for first_bin, end_bin, first_band, weights in self.groups:
            np.matmul(spectra[:, first_bin:end_bin], weights, out=mel[:, first_band : first_band + weights.shape[1]])
        return mel


def mel_projection(config: FeatureConfig) -> MelProjection:
    """The fast form of `mel_filters`, cached for each configuration."""
    return _mel_projection(*_filter_settings(config))


@lru_cache(maxsize=32)
def _mel_projection(*settings: *_FilterSettings) -> MelProjection:
    filters = _mel_filters(*settings)
    n_mels = len(filters)
    groups = []
    for first_band in range(0, n_mels, _GROUP_BANDS):
        block = filters[first_band : first_band + _GROUP_BANDS]
        covered = np.flatnonzero(block.any(axis=0))
        if covered.size:  # narrow low bands may fall between two bins and stay empty
            first_bin, end_bin = int(covered[0]), int(covered[-1]) + 1
            weights = np.ascontiguousarray(block[:, first_bin:end_bin].T)
            groups.append((first_bin, end_bin, first_band, weights))
    return MelProjection(n_mels, tuple(groups))
