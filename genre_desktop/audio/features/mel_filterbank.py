"""Mel filters, computed once for each configuration and cached.

The formulas are those of Malcolm Slaney's *Auditory Toolbox* (Interval Research Technical
Report 1998-010): linear below 1 kHz, logarithmic above, each triangle scaled to the same
area. They equal librosa's default (compared in the tests). Importing librosa takes seconds, and its first call compiles
with numba.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig

_LINEAR_HZ_PER_MEL = 200.0 / 3.0
_BREAK_HZ = 1_000.0
_BREAK_MEL = _BREAK_HZ / _LINEAR_HZ_PER_MEL
# 27 logarithmic steps lead from 1 kHz to 6.4 kHz.
_LOG_STEP = np.log(6.4) / 27.0

_GROUP_BANDS = 8
"""Bands multiplied at once: small enough for OpenBLAS to use one thread. On a busy machine waiting for several threads
costs a hundred times the multiplication."""


def hz_to_mel(hz: ArrayLike) -> NDArray[np.float64]:
    """Slaney's mel scale.

    Parameters
    ----------
    hz : array_like
        Frequencies in Hz, 0 or above.

    Returns
    -------
    ndarray of float64
    """
    hz = np.asarray(hz, dtype=np.float64)
    logarithmic = _BREAK_MEL + np.log(np.maximum(hz, _BREAK_HZ) / _BREAK_HZ) / _LOG_STEP
    return np.where(hz < _BREAK_HZ, hz / _LINEAR_HZ_PER_MEL, logarithmic)


def mel_to_hz(mel: ArrayLike) -> NDArray[np.float64]:
    """Inverse of `hz_to_mel`, in Hz."""
    mel = np.asarray(mel, dtype=np.float64)
    logarithmic = _BREAK_HZ * np.exp(_LOG_STEP * (np.maximum(mel, _BREAK_MEL) - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _LINEAR_HZ_PER_MEL, logarithmic)


def mel_centres_hz(config: FeatureConfig) -> NDArray[np.float64]:
    """Centre of each mel band in Hz, for axes and read-outs.

    Returns
    -------
    ndarray of float64 [shape=(n_mels,)]
    """
    return _band_edges_hz(config.n_mels, config.fmin, config.fmax)[1:-1]


def _band_edges_hz(n_mels: int, fmin: float, fmax: float) -> NDArray[np.float64]:
    low, high = hz_to_mel([fmin, fmax])
    return mel_to_hz(np.linspace(low, high, n_mels + 2))


def mel_filters(config: FeatureConfig) -> NDArray[np.float32]:
    """Weights that turn a power spectrum into mel bands.

    Returns
    -------
    ndarray of float32 [shape=(n_mels, 1 + n_fft // 2)]
        Read-only; the same array for each call with the same settings.
    """
    return _mel_filters(config.sample_rate, config.n_fft, config.n_mels, config.fmin, config.fmax)


@lru_cache(maxsize=32)
def _mel_filters(sample_rate: int, n_fft: int, n_mels: int, fmin: float, fmax: float) -> NDArray[np.float32]:
    edges = _band_edges_hz(n_mels, fmin, fmax)
    bins = np.fft.rfftfreq(n_fft, 1.0 / sample_rate)
    slopes = edges[:, np.newaxis] - bins
    widths = np.diff(edges)[:, np.newaxis]
    rising = -slopes[:-2] / widths[:-1]
    falling = slopes[2:] / widths[1:]
    weights = np.maximum(0.0, np.minimum(rising, falling))
    weights *= (2.0 / (edges[2:] - edges[:-2]))[:, np.newaxis]
    filters = weights.astype(np.float32)
    filters.flags.writeable = False
    return filters


@dataclass(frozen=True, eq=False)
class MelProjection:
    """Projection of power spectra to mel bands that skips the zeros of the filters.

    A triangle covers few of the bins: neighbouring bands are multiplied in small groups with only the bins that they
    cover.

    Attributes
    ----------
    n_mels : int
    groups : tuple of (first_bin, end_bin, first_band, weights [shape=(n_bins, n_bands)])
    """

    n_mels: int
    groups: tuple[tuple[int, int, int, NDArray[np.float32]], ...]

    def __call__(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        """Project ``power`` [shape=(n_frames, n_bins)] to [shape=(n_frames, n_mels)]."""
        mel = np.zeros((len(power), self.n_mels), dtype=np.float32)
        for first_bin, end_bin, first_band, weights in self.groups:
            np.matmul(power[:, first_bin:end_bin], weights, out=mel[:, first_band : first_band + weights.shape[1]])
        return mel


def mel_projection(config: FeatureConfig) -> MelProjection:
    """The fast form of `mel_filters`, cached for each configuration."""
    return _mel_projection(config.sample_rate, config.n_fft, config.n_mels, config.fmin, config.fmax)


@lru_cache(maxsize=32)
def _mel_projection(sample_rate: int, n_fft: int, n_mels: int, fmin: float, fmax: float) -> MelProjection:
    filters = _mel_filters(sample_rate, n_fft, n_mels, fmin, fmax)
    groups = []
    for first_band in range(0, n_mels, _GROUP_BANDS):
        block = filters[first_band : first_band + _GROUP_BANDS]
        covered = np.flatnonzero(block.any(axis=0))
        if covered.size:  # narrow low bands may fall between two bins and stay empty
            first_bin, end_bin = int(covered[0]), int(covered[-1]) + 1
            weights = np.ascontiguousarray(block[:, first_bin:end_bin].T)
            groups.append((first_bin, end_bin, first_band, weights))
    return MelProjection(n_mels, tuple(groups))
