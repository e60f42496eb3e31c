"""Pooling over windows."""

from __future__ import annotations

import math

import numpy as np

from genre_desktop.model.inference.windows import Array, Window, pad


class MaxPooling:
    """The maximum of each window, along one axis after the other.

    Parameters
    ----------
    windows : tuple of Window
        Along the axes between the first and the last.
    """

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows

    def __call__(self, x: Array) -> Array:
        """From [n, ..., n_channels] to [n, ..., n_channels]."""
        for axis, window in enumerate(self._windows, start=1):
            is_whole = window.size == x.shape[axis] and window.padding == "valid"
            x = maximum(x, axis) if is_whole else _pooled(x, axis, window, np.maximum)
        return x

    def is_whole_axis(self, axis: int, lengths: tuple[int, ...]) -> bool:
        """Whether there is one window along an axis, all of it, and none along the others."""
        sizes = [length if number == axis else 1 for number, length in enumerate(lengths)]
        return all(
            window.padding == "valid" and window.size == size and window.count(length) == length // size
            for window, size, length in zip(self._windows, sizes, lengths, strict=True)
        )


class AveragePooling:
    """The mean of each window; padding does not count.

    Parameters
    ----------
    windows : tuple of Window
        Along the axes between the first and the last.
    """

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows

    def __call__(self, x: Array) -> Array:
        """From [n, ..., n_channels] to [n, ..., n_channels]."""
        for axis, window in enumerate(self._windows, start=1):
            ones = np.ones([length if number == axis else 1 for number, length in enumerate(x.shape)], np.float32)
            x = _pooled(x, axis, window, np.add) / _pooled(ones, axis, window, np.add)
        return x


def maximum(x: Array, axis: int) -> Array:
    """The maximum along an axis, which stays, of its halves again and again: `numpy.max` takes three times as long."""
    x = x.swapaxes(0, axis)
    while len(x) > 1:
        half = -(-len(x) // 2)
        x = np.maximum(x[:half], x[len(x) - half :])  # of an odd number the middle is in both
    return x.swapaxes(0, axis)


def _pooled(x: Array, axis: int, window: Window, combine: np.ufunc) -> Array:
    length = x.shape[axis]
    count, pads = window.count(length), [(0, 0)] * x.ndim
    pads[axis] = window.pads(length)
    x = pad(x, tuple(pads), -math.inf if combine is np.maximum else 0.0)
    front = (slice(None),) * axis
    result = x[(*front, window.place(0, count))]
    for offset in range(1, window.size):
        result = combine(result, x[(*front, window.place(offset, count))])
    return result
