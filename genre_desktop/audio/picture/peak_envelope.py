"""The envelope of a waveform: smallest, largest and mean level of each bin of samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.picture.halving_pool import HalvingPool


@dataclass(frozen=True, eq=False)
class Peaks:
    """The envelope of a signal, as a waveform view draws it.

    Attributes
    ----------
    low, high : ndarray of float32 [shape=(n_bins,)]
        Exact smallest and largest sample of each bin.
    rms : ndarray of float32 [shape=(n_bins,)]
        Root mean square of each bin.
    seconds_per_bin : float
        Length of a bin; the last one may be shorter.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    rms: NDArray[np.float32]
    seconds_per_bin: float


class PeakEnvelope:
    """Builds the `Peaks` of a signal block by block, in bounded memory.

    Parameters
    ----------
    sample_rate : int
        Of the signal, in Hz.
    max_bins : int
        Most bins kept: where there would be more, neighbours are joined.
    bin_samples : int
        Samples in a bin at the beginning.
    """

    def __init__(self, sample_rate: int, max_bins: int = 8_192, bin_samples: int = 64) -> None:
        self._sample_rate = sample_rate
        self._low = HalvingPool(np.minimum, max_bins, bin_samples)
        self._high = HalvingPool(np.maximum, max_bins, bin_samples)
        self._energy = HalvingPool(np.add, max_bins, bin_samples)

    def push(self, samples: ArrayLike) -> None:
        """Add the next samples [shape=(n,)]."""
        samples = np.asarray(samples, dtype=np.float32)
        self._low.push(samples)
        self._high.push(samples)
        # A float32 sum over millions of squares would lose the small ones.
        self._energy.push(np.square(samples, dtype=np.float64))

    def snapshot(self) -> Peaks:
        """The envelope so far."""
        energy = np.asarray(self._energy.bins(), dtype=np.float64)
        counts = np.full(len(energy), self._energy.bin_items, dtype=np.float64)
        if self._energy.partial_items:
            counts[-1] = self._energy.partial_items
        return Peaks(
            low=np.asarray(self._low.bins(), dtype=np.float32),
            high=np.asarray(self._high.bins(), dtype=np.float32),
            rms=np.sqrt(energy / counts).astype(np.float32),
            seconds_per_bin=self._low.bin_items / self._sample_rate,
        )
