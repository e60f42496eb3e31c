"""Cutting a signal that arrives in blocks into overlapping frames."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray


class FrameCutter:
    """Cuts a signal into frames, which do not depend on the blocks in which it arrives.

    Parameters
    ----------
    n_fft : int
        Length of a frame in samples.
    hop_length : int
        Samples from one frame to the next; may exceed `n_fft`.
    n_before : int or None
        Zeros before the first sample; None for half a frame, so that the first one is centred on sample 0.
    """

    def __init__(self, n_fft: int, hop_length: int, n_before: int | None = None) -> None:
        self._n_fft = n_fft
        self._hop_length = hop_length
        # The samples from the start of the next frame on.
        self._pending = np.zeros(n_fft // 2 if n_before is None else n_before, dtype=np.float32)
        self._skip = 0

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Add the next samples [shape=(n,)]; returns the frames that they complete [shape=(n_frames, n_fft)].

        The frames are a read-only view.
        """
        n_fft, hop = self._n_fft, self._hop_length
        if self._skip:  # a hop longer than the window leaves samples unused
            skipped = min(self._skip, samples.size)
            self._skip -= skipped
            samples = samples[skipped:]
        signal = np.concatenate((self._pending, samples))
        n_frames = 1 + (signal.size - n_fft) // hop if signal.size >= n_fft else 0
        used = n_frames * hop
        self._skip += max(0, used - signal.size)
        self._pending = signal[used:].copy()
        if not n_frames:
            return np.empty((0, n_fft), dtype=np.float32)
        return sliding_window_view(signal, n_fft)[::hop][:n_frames]

    def finish(self) -> NDArray[np.float32]:
        """The remaining frames whose centres lie within the signal, padded with zeros at its end."""
        return self.push(np.zeros(self._n_fft // 2, dtype=np.float32))
