"""A ring of sound between one thread that writes and one that reads, neither of which waits for the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class RingBuffer:
    """Single producer, single consumer.

    Each side changes its own count only, after the samples are in their place, and a count is one attribute: the
    interpreter lets the other side see it whole or not at all. Counts go on for ever, so that a frame has the same
    number all its life.

    Parameters
    ----------
    capacity : int
        In frames.
    channels : int

    Attributes
    ----------
    n_written, n_read : int
        Frames so far.
    """

    def __init__(self, capacity: int, channels: int) -> None:
        self._frames = np.zeros((capacity, channels), dtype=np.float32)
        self.n_written = 0
        self.n_read = 0

    @property
    def capacity(self) -> int:
        """Frames that it holds."""
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
        """Take over what has room.

        Parameters
        ----------
        block : ndarray of float32 [shape=(n_frames, n_channels)]

        Returns
        -------
        int
            Frames taken over.
        """
        count = min(len(block), self.free)
        at = self.n_written % self.capacity
        head = min(count, self.capacity - at)
        np.copyto(self._frames[at : at + head], block[:head])
        np.copyto(self._frames[: count - head], block[head:count])
        self.n_written += count
        return count

    def read_into(self, block: NDArray[np.float32]) -> int:
        """Fill the beginning of `block` with what there is; nothing is allocated for samples.

        Parameters
        ----------
        block : ndarray of float32 [shape=(n_frames, n_channels)]
            Left as it is behind the frames that were read.

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
        """Drop what was not read; while the reading side rests."""
        self.n_read = self.n_written
