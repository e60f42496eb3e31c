"""A spectrogram of a whole track with a bounded number of columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.audio.pool import HalvingPool


class SpectrogramOverview:
    """Pools log-mel frames while they stream by.

    Where there would be more than `max_columns`, neighbouring columns are joined by their
    maximum, so that a short loud event stays visible however long the track is.

    Parameters
    ----------
    config : FeatureConfig
        Of the frames.
    max_columns : int
    """

    def __init__(self, config: FeatureConfig, max_columns: int = 4_096) -> None:
        self._config = config
        self._columns = HalvingPool(np.maximum, max_columns)

    def push(self, frames_db: ArrayLike) -> None:
        """Take the next frames in dB [shape=(n_frames, n_mels)]."""
        self._columns.push(np.asarray(frames_db, dtype=np.float32))

    def snapshot(self) -> tuple[NDArray[np.float32], float]:
        """The columns so far.

        Returns
        -------
        db : ndarray of float32 [shape=(n_columns, n_mels)]
        seconds_per_column : float
        """
        columns = np.asarray(self._columns.bins(), dtype=np.float32).reshape(-1, self._config.n_mels)
        return columns, self._columns.bin_items * self._config.frame_s
