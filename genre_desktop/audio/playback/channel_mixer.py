"""Mixing the channels of a file to those of a device."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.downmix import Downmix

_HALF = math.sqrt(0.5)
_BOTH, _LEFT, _RIGHT, _NEITHER = (_HALF, _HALF), (_HALF, 0.0), (0.0, _HALF), (0.0, 0.0)
# Behind front left and right, in the order of WAV and FFmpeg.
_OTHERS: dict[int, tuple[tuple[float, float], ...]] = {
    3: (_BOTH,),
    4: (_LEFT, _RIGHT),
    5: (_BOTH, _LEFT, _RIGHT),
    6: (_BOTH, _NEITHER, _LEFT, _RIGHT),
    7: (_BOTH, _NEITHER, _BOTH, _LEFT, _RIGHT),
    8: (_BOTH, _NEITHER, _LEFT, _RIGHT, _LEFT, _RIGHT),
}


def stereo_matrix(channels: int) -> NDArray[np.float32]:
    """Gains that mix a surround recording down to left and right.

    The coefficients of ITU-R BS.775: centre and surrounds at -3 dB, no low-frequency effects; then divided by their
    sum, so that the mix stays within full scale. Channels of unknown layouts go to left and right alternately.

    Parameters
    ----------
    channels : int
        More than 2.

    Returns
    -------
    ndarray of float32 [shape=(channels, 2)]
    """
    if channels in _OTHERS:
        matrix = np.array(((1.0, 0.0), (0.0, 1.0), *_OTHERS[channels]))
    else:
        matrix = np.zeros((channels, 2))
        matrix[0::2, 0] = 1.0
        matrix[1::2, 1] = 1.0
    normalised: NDArray[np.float32] = (matrix / matrix.sum(axis=0)).astype(np.float32)
    return normalised


class ChannelMixer:
    """Mixes blocks of sound to one or two channels.

    Parameters
    ----------
    channels : int
        Of the file.
    out_channels : {1, 2}
        Of the device. One channel is copied to both; two stay as they are, or become one in which they do not cancel
        each other out.
    sample_rate : int
        Of the file, in Hz.
    """

    def __init__(self, channels: int, out_channels: int, sample_rate: int) -> None:
        self._copies = channels == 1
        self._out_channels = out_channels
        self._matrix = stereo_matrix(channels) if channels > 2 else None
        self._downmix = Downmix(2, sample_rate, is_live=True) if channels > out_channels == 1 else None

    def mix(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mix a block [shape=(n_frames, channels)] to [shape=(n_frames, out_channels)]."""
        if self._matrix is not None:
            block = block @ self._matrix
        if self._downmix is not None:
            mixed = list(self._downmix.push(block))
            return np.concatenate(mixed)[:, np.newaxis] if mixed else np.empty((0, 1), dtype=np.float32)
        return np.repeat(block, self._out_channels, axis=1) if self._copies else block
