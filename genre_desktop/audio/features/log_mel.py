"""Log-mel spectrogram and cepstral coefficients.

The values are librosa's (``power_to_db(melspectrogram(y), ref=1.0, amin=1e-10,
top_db=None)``) within 0.01 dB, where ``y`` has passed `SubsonicFilter`; neither librosa nor numba is imported.

The filter belongs to the spectrogram and not to `FeatureConfig`: no model may hear what people do not, so a bundle
cannot switch it off, and those made before it have it too. Their answers to clean music stay the same.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.framing import FrameCutter
from genre_desktop.audio.features.mel_filterbank import mel_projection
from genre_desktop.audio.features.subsonic_filter import SubsonicFilter

AMIN = 1e-10
"""Power below which everything counts as silence: the floor is -100 dB."""

_CHUNK_FRAMES = 64
"""Frames transformed at once: they fit in the processor's cache, see also `mel_filterbank`."""


class LogMelStream:
    """Log-mel frames of a signal that arrives in blocks.

    Frames are centred: frame ``i`` is centred on sample ``i * hop_length``, with zeros before the beginning and after
    the end. The result does not depend on the blocks in which the signal arrives.

    Parameters
    ----------
    config : FeatureConfig
    is_filtered : bool
        False: with all that lies below hearing, for a picture. Frames come without the delay of the filter.
    is_live : bool
        See `SubsonicFilter`.

    Examples
    --------
    >>> import numpy as np
    >>> stream = LogMelStream(FeatureConfig())
    >>> frames = stream.push(np.zeros(22_050, np.float32))
    >>> len(frames) + len(stream.finish())
    44
    """

    def __init__(self, config: FeatureConfig, *, is_filtered: bool = True, is_live: bool = False) -> None:
        self._config = config
        self._subsonic = SubsonicFilter(config.sample_rate, is_live=is_live) if is_filtered else None
        self._project = mel_projection(config)
        self._window = hann(config.n_fft)
        self._start()

    def _start(self) -> None:
        self._frames = FrameCutter(self._config.n_fft, self._config.hop_length)
        self._any = False

    def push(self, samples: ArrayLike) -> NDArray[np.float32]:
        """Add the next samples and return the frames that they complete.

        Parameters
        ----------
        samples : array_like of float32 [shape=(n,)]
            Mono signal at the configuration's sampling rate.

        Returns
        -------
        ndarray of float32 [shape=(n_frames, n_mels)]
            In dB relative to 1.0, -100 dB at the lowest.
        """
        samples = np.asarray(samples, dtype=np.float32)
        self._any = self._any or samples.size > 0
        heard = samples if self._subsonic is None else self._subsonic.push(samples)
        return self._log_mel(self._frames.push(heard))

    def finish(self) -> NDArray[np.float32]:
        """Return the frames at the end of the signal, and reset the stream.

        Returns
        -------
        ndarray of float32 [shape=(n_frames, n_mels)]
            No frame at all where no sample was pushed.
        """
        rest = np.empty(0, dtype=np.float32) if self._subsonic is None else self._subsonic.finish()
        frames = np.concatenate((self._log_mel(self._frames.push(rest)), self._log_mel(self._frames.finish())))
        frames = frames[: None if self._any else 0]
        self._start()
        return frames

    def _log_mel(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        # Imported here: the window opens before scipy is loaded.
        from scipy import fft

        out = np.empty((len(frames), self._config.n_mels), dtype=np.float32)
        for first in range(0, len(frames), _CHUNK_FRAMES):
            spectrum = fft.rfft(frames[first : first + _CHUNK_FRAMES] * self._window, axis=-1, overwrite_x=True)
            power = np.square(spectrum.real)
            power += np.square(spectrum.imag)
            out[first : first + _CHUNK_FRAMES] = self._project(power)
        np.maximum(out, np.float32(AMIN), out=out)
        np.log10(out, out=out)
        out *= np.float32(10.0)
        return out


def log_mel(samples: ArrayLike, config: FeatureConfig) -> NDArray[np.float32]:
    """Log-mel spectrogram of a whole signal.

    Parameters
    ----------
    samples : array_like of float32 [shape=(n,)]
        Mono signal at ``config.sample_rate``.
    config : FeatureConfig

    Returns
    -------
    ndarray of float32 [shape=(n_frames, n_mels)]
        In dB relative to 1.0.

    See Also
    --------
    LogMelStream : The same for a signal that arrives in pieces.
    """
    stream = LogMelStream(config)
    return np.concatenate((stream.push(samples), stream.finish()))


def mfcc(log_mel_db: ArrayLike, n_mfcc: int) -> NDArray[np.float32]:
    """Mel-frequency cepstral coefficients: an orthonormal DCT-II over the mel bands.

    Parameters
    ----------
    log_mel_db : array_like of float32 [shape=(..., n_mels)]
        Log-mel frames in dB.
    n_mfcc : int
        Number of coefficients to keep, at most ``n_mels``.

    Returns
    -------
    ndarray of float32 [shape=(..., n_mfcc)]
    """
    frames = np.asarray(log_mel_db, dtype=np.float32)
    coefficients: NDArray[np.float32] = np.matmul(frames, dct_basis(frames.shape[-1], n_mfcc))
    return coefficients


def delta(coefficients: ArrayLike, order: int = 1, width: int = 9) -> NDArray[np.float32]:
    """Local derivative over time by a Savitzky-Golay filter, as in librosa.

    At each frame a polynomial of degree `order` is fitted to the `width` frames around it. Its highest derivative is a
    constant: the frames at the beginning and the end have the value of the first and last whole window.

    Parameters
    ----------
    coefficients : array_like of float32 [shape=(..., n_frames, n_coefficients)]
    order : int
        1 for the delta, 2 for the delta-delta.
    width : int
        Number of frames that the polynomial is fitted to; odd, 3 or above, at most ``n_frames``.

    Returns
    -------
    ndarray of float32
        Of the same shape.

    Raises
    ------
    ValueError
        For an order below 1 or not below the width, and for a width that is even or
        exceeds the number of frames.
    """
    values = np.asarray(coefficients, dtype=np.float32)
    if width < 3 or width % 2 == 0 or width > values.shape[-2]:
        raise ValueError(f"width must be odd, 3 or above and at most {values.shape[-2]} frames. Received: {width}")
    if not 1 <= order < width:
        raise ValueError(f"order must be 1 or above and below the width. Received: {order}")
    half = width // 2
    powers = np.vander(np.arange(-half, half + 1.0), order + 1, increasing=True)
    kernel = math.factorial(order) * np.linalg.pinv(powers)[order]
    inner = sliding_window_view(values, width, axis=-2) @ kernel.astype(np.float32)
    edges = [(0, 0)] * values.ndim
    edges[-2] = (half, half)
    return np.pad(inner, edges, mode="edge")


@lru_cache(maxsize=32)
def hann(n_fft: int) -> NDArray[np.float32]:
    """Hann window [shape=(n_fft,)]: periodic, not symmetric, the form for spectral analysis."""
    phase = 2.0 * np.pi * np.arange(n_fft) / n_fft
    return (0.5 - 0.5 * np.cos(phase)).astype(np.float32)


@lru_cache(maxsize=32)
def dct_basis(n_mels: int, n_mfcc: int) -> NDArray[np.float32]:
    """Matrix of an orthonormal DCT-II over the mel bands [shape=(n_mels, n_mfcc)]."""
    band = np.arange(n_mels)[:, np.newaxis] + 0.5
    basis = np.cos(np.pi / n_mels * band * np.arange(n_mfcc)) * np.sqrt(2.0 / n_mels)
    basis[:, 0] *= np.sqrt(0.5)
    return np.asarray(basis, dtype=np.float32)
