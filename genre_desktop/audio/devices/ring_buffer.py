"""A lock-free ring buffer of sound between one writing and one reading thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class RingBuffer:
    """Ring buffer for a single producer and a single consumer, neither of which ever waits.

    Each side changes its own count only, after the samples are copied, and a count is one attribute, which the
    interpreter reads and writes whole. Counts never wrap around, so that the number of a frame never changes.

    Parameters
    ----------
    capacity : int
        In frames.
    channels : int

    Attributes
    ----------
    n_written, n_read : int
        Frames written and read since the buffer was made.
    """

    def __init__(self, capacity: int, channels: int) -> None:
        self._frames = np.zeros((capacity, channels), dtype=np.float32)
        self.n_written = 0
        self.n_read = 0

    @property
    def capacity(self) -> int:
        """Frames that fit."""
        return len(self._frames)

    @property
    def available(self) -> int:
        """Frames that can be read."""
        return self.n_written - self.n_read

    @property
    def free(self) -> int:
        """Frames that can be written."""
        return self.capacity - self.available

    def write(self, block: NDArray[np.float32]) -> int:
        """Copy as many frames of `block` as fit.

        Parameters
        ----------
        block : ndarray of float32 [shape=(n_frames, n_channels)]

        Returns
        -------
        int
            Frames copied.
        """
        count = min(len(block), self.free)
        at = self.n_written % self.capacity
        head = min(count, self.capacity - at)
        np.copyto(self._frames[at : at + head], block[:head])
        np.copyto(self._frames[: count - head], block[head:count])
        self.n_written += count
        return count

    def read_into(self, block: NDArray[np.float32]) -> int:
        """Copy the available frames into the beginning of `block`, without allocating memory for samples.

        Parameters
        ----------
        block : ndarray of float32 [shape=(n_frames, n_channels)]
            Unchanged behind the frames that were read.

        Returns
        -------
        int
            Frames read.
        """
        count = min(len(block), self.available)
        at = self.n_read % self.capacity
        head = min(count, self.capacity - at)
        np.copyto(block[:head], self._frames[at : at + head])
        np.copyto(block[head:count], self._frames[: count - head])
        self.n_read += count
        return count

    def clear(self) -> None:
        """Drop all unread frames; only while the reading side is stopped."""
        self.n_read = self.n_written
