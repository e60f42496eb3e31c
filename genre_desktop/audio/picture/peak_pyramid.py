"""The envelope of a waveform at several resolutions, so that any zoom draws few bins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.picture.peak_envelope import Peaks

FACTOR = 4
"""Bins of a level that make one of the next coarser level."""


@dataclass(frozen=True, eq=False)
class PeakWindow:
    """The part of an envelope that a view shows.

    Attributes
    ----------
    low, high, rms : ndarray of float32 [shape=(n_bins,)]
    start_s : float
        Beginning of the first bin.
    seconds_per_bin : float
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    rms: NDArray[np.float32]
    start_s: float
    seconds_per_bin: float


@dataclass(frozen=True, eq=False)
class PeakPyramid:
    """An envelope and its coarser levels.

    Attributes
    ----------
    levels : tuple of Peaks
        The finest first; each has `FACTOR` times fewer bins than the one before.
    """

    levels: tuple[Peaks, ...]

    @classmethod
    def of(cls, finest: Peaks, coarsest_bins: int = 1_024, finest_bins: int | None = None) -> PeakPyramid:
        """Join neighbouring bins until at most `coarsest_bins` are left; no level has more than `finest_bins`."""
        while finest_bins is not None and finest.low.size > finest_bins:
            finest = _joined(finest)
        levels = [finest]
        while levels[-1].low.size > coarsest_bins:
            levels.append(_joined(levels[-1]))
        return cls(tuple(levels))

    def window(self, start_s: float, end_s: float, n_columns: int) -> PeakWindow:
        """The bins of a range, at the coarsest level that still has a bin for each column.

        Parameters
        ----------
        start_s, end_s : float
        n_columns : int
            Pixels on which the range is drawn.
        """
        wanted = (end_s - start_s) / max(n_columns, 1)
        chosen = self.levels[0]
        for level in self.levels:
            if level.seconds_per_bin <= wanted:
                chosen = level
        step = chosen.seconds_per_bin
        first = min(max(int(start_s / step) - 1, 0), chosen.low.size)
        last = min(max(int(end_s / step) + 2, first), chosen.low.size)
        part = slice(first, last)
        return PeakWindow(chosen.low[part], chosen.high[part], chosen.rms[part], first * step, step)


def _joined(peaks: Peaks) -> Peaks:
    starts = np.arange(0, peaks.low.size, FACTOR)
    counts = np.diff(np.append(starts, peaks.low.size))
    energy = np.add.reduceat(np.square(peaks.rms, dtype=np.float64), starts)
    return Peaks(
        low=np.minimum.reduceat(peaks.low, starts),
        high=np.maximum.reduceat(peaks.high, starts),
        rms=np.sqrt(energy / counts).astype(np.float32),
        seconds_per_bin=peaks.seconds_per_bin * FACTOR,
    )
