"""Resampling of a signal that arrives in blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Resampler:
    """Streaming resampler: soxr at its high quality.

    Parameters
    ----------
    from_rate, to_rate : int
        In Hz; where they are equal the samples pass unchanged.
    """

    def __init__(self, from_rate: int, to_rate: int) -> None:
        self.from_rate = from_rate
        self._stream = None
        if from_rate != to_rate:
            import soxr

            self._stream = soxr.ResampleStream(from_rate, to_rate, num_channels=1, dtype="float32", quality="HQ")

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Resample the next mono samples [shape=(n,)]; returns those that are ready [shape=(m,)]."""
        return samples if self._stream is None else self._stream.resample_chunk(samples)

    def finish(self) -> NDArray[np.float32]:
        """Return the remaining samples [shape=(m,)]; nothing may be pushed afterwards."""
        nothing = np.empty(0, dtype=np.float32)
        return nothing if self._stream is None else self._stream.resample_chunk(nothing, last=True)
