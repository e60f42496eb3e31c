"""Augmentation by time stretch, pitch shift and noise.

On waveforms where there is sound (`augment_waveform`), and their spectrogram equivalents
where the data set is spectrograms (`augment_patches`): a stretched axis of time, a
shifted axis of mel bands, noise added to the power of every band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class AugmentSettings:
    """Ranges of the random changes of patches.

    Attributes
    ----------
    stretch : float
        Largest change of tempo, as a share (0.1: 10 % slower to 10 % faster).
    shift_bands : float
        Largest shift along the mel axis, in bands.
    noise_db : tuple of float
        Range of the noise's level below the loudest value of the patch, in dB.
    tilt_db : float
        Largest change of level from the lowest to the highest band, in dB: another
        microphone, mastering or equaliser.
    """

    stretch: float = 0.06
    shift_bands: float = 1.0
    noise_db: tuple[float, float] = (-75.0, -50.0)
    tilt_db: float = 2.0


def augment_patches(
    patches_db: NDArray[np.float32], settings: AugmentSettings, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Change each patch at random.

    Parameters
    ----------
    patches_db : ndarray of float32 [shape=(n, n_frames, n_mels)]
        In dB. Nothing outside of a patch is used, so a split by patch does not leak any further.
    settings : AugmentSettings
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float32 [shape=(n, n_frames, n_mels)]
        New array, in dB.
    """
    n, n_frames, n_mels = patches_db.shape
    changed = _resample(patches_db, *_time_positions(n, n_frames, settings, rng), axis=1)
    changed = _resample(changed, *_band_positions(n, n_mels, settings, rng), axis=2)
    tilt = rng.uniform(-settings.tilt_db, settings.tilt_db, (n, 1, 1)).astype(np.float32)
    changed += tilt * np.linspace(-0.5, 0.5, n_mels, dtype=np.float32)
    # Noise is added to the power of every band, here as a share of the patch's loudest; the
    # power of noise in a band is exponentially distributed (two squared Gaussians).
    top = changed.max(axis=(1, 2), keepdims=True)
    level = _NEPER * rng.uniform(*settings.noise_db, (n, 1, 1)).astype(np.float32)
    power = np.exp(_NEPER * (changed - top))
    power += np.exp(level) * rng.standard_exponential(changed.shape, np.float32)
    return np.asarray(top + np.log(np.maximum(power, _LEAST_POWER)) / _NEPER, np.float32)


_NEPER = np.float32(np.log(10) / 10)
_LEAST_POWER = np.float32(1e-37)


def _time_positions(
    n: int, n_frames: int, settings: AugmentSettings, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    rate = 1 + rng.uniform(-settings.stretch, settings.stretch, (n, 1))
    middle = (n_frames - 1) / 2
    return _split_positions((np.arange(n_frames) - middle) * rate + middle, n_frames)


def _band_positions(
    n: int, n_mels: int, settings: AugmentSettings, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    shift = rng.uniform(-settings.shift_bands, settings.shift_bands, (n, 1))
    return _split_positions(np.arange(n_mels) - shift, n_mels)


def _split_positions(positions: NDArray[np.float64], size: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    # Positions beyond an end are mirrored: repeating the edge would draw a straight line.
    mirrored = np.abs(positions)
    mirrored = np.clip((size - 1) - np.abs((size - 1) - mirrored), 0, size - 1)
    below = np.minimum(mirrored.astype(np.int64), size - 2)
    return below, (mirrored - below).astype(np.float32)


def _resample(
    values: NDArray[np.float32], below: NDArray[np.int64], part: NDArray[np.float32], axis: int
) -> NDArray[np.float32]:
    """Values between positions ``below`` and the next ones [shape=(n, size)] along an axis of the patches."""
    resampled = np.empty_like(values)
    # Patch by patch: one index for all of them takes three times as long.
    for patch, at, share, out in zip(values, below, part, resampled, strict=True):
        low, high = patch.take(at, axis - 1), patch.take(at + 1, axis - 1)
        np.subtract(high, low, out=high)
        high *= share[:, None] if axis == 1 else share
        np.add(low, high, out=out)
    return resampled


def augment_waveform(samples: NDArray[np.float32], sample_rate: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Stretch time, shift pitch and add noise to a recording.

    Parameters
    ----------
    samples : ndarray of float32 [shape=(n,)]
    sample_rate : int
        In Hz.
    rng : numpy.random.Generator
        Draws the tempo (0.9 to 1.1 of the original), the pitch (2 semitones down to 2
        up) and the noise (20 to 40 dB below the recording's RMS).

    Returns
    -------
    ndarray of float32 [shape=(m,)]
    """
    # Imported here: only training from sound needs librosa, and it takes seconds to load.
    from librosa import effects

    changed = effects.time_stretch(samples, rate=rng.uniform(0.9, 1.1))
    changed = effects.pitch_shift(changed, sr=sample_rate, n_steps=rng.uniform(-2, 2))
    rms = float(np.sqrt(np.mean(np.square(changed)))) if len(changed) else 0.0
    noise = rng.standard_normal(len(changed), np.float32)
    result = changed + noise * np.float32(rms * 10 ** (-rng.uniform(20, 40) / 20))
    return np.asarray(result, np.float32)
