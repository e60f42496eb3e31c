"""The spectrogram of live sound: columns of bytes, the lowest frequency first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream
from genre_desktop.audio.features.mel_filterbank import mel_filters
from genre_desktop.audio.picture.track_picture import FrequencyRange, as_levels

COLUMN_S = 0.0125
"""Approximate distance of two columns: 80 a second, finer than the pixels of a view of 10 s."""

N_ROWS = 160
HIGHEST_HZ = 16_000.0
"""Upper end of the axis: there is little music above, and nothing that distinguishes genres."""

_WINDOW_S = 0.046


class LiveSpectrogram:
    """Mel spectrogram of a signal that arrives in blocks, in the levels of tiles.

    Parameters
    ----------
    sample_rate : int
        In Hz.

    Attributes
    ----------
    column_s : float
        Seconds between two columns.
    """

    def __init__(self, sample_rate: int) -> None:
        n_fft = 1 << round(np.log2(_WINDOW_S * sample_rate))
        hop = max(1, round(COLUMN_S * sample_rate))
        high = frequencies(sample_rate).high_hz
        config = FeatureConfig(sample_rate=sample_rate, n_fft=n_fft, hop_length=hop, n_mels=N_ROWS, fmax=high)
        self.column_s = hop / sample_rate
        self._frames = LogMelStream(config, is_filtered=False)
        # The filters have equal areas; the offset gives a sine one level at all frequencies. Hann: half of n_fft / 2.
        tops = mel_filters(config).max(axis=1)
        self._offset_db = (20 * np.log10(n_fft / 4) + 10 * np.log10(np.maximum(tops, 1e-6))).astype(np.float32)

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Add mono samples [shape=(n,)]; returns the columns they complete [shape=(n_columns, N_ROWS)]."""
        return as_levels(self._frames.push(samples) - self._offset_db)


def frequencies(sample_rate: int) -> FrequencyRange:
    """The frequency axis of the columns, for a rate in Hz."""
    return FrequencyRange("mel", 0.0, min(HIGHEST_HZ, sample_rate / 2))
