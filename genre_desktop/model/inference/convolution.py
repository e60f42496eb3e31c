"""Convolutions as matrix products."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from genre_desktop.model.inference.windows import Array, Window, pad

MULTIPLY_ADD_NS, COPY_NS, ROW_NS = 0.02, 0.3, 8.0
"""Cost of a multiply-add, of a value copied for the product, and of a row of it, in nanoseconds.

Fitted to the convolutions of the shipped models, each with five to eight numbers of adjacent positions (one thread,
AVX2). Only their ratios matter: with those chosen each takes at most a tenth longer than with the best ones.
"""

MAX_MATRIX = 2**20
"""Most values of a matrix that is larger than the kernel it is made of."""

_MOST_POSITIONS = 256
"""Most adjacent positions that are considered; 27 are chosen at most in the shipped models."""


class Convolution:
    """A convolution over two axes, without bias: windows of the input times the kernel as a matrix.

    A row of the matrix product gives the outputs of several adjacent positions along one axis, for which the kernel
    is repeated in the matrix, each time shifted by one position. That calculates with zeros, but the windows of the
    positions overlap and are copied once: a kernel of few channels takes a half to a quarter of the time.

    Parameters
    ----------
    kernel : ndarray of float32 [shape=(height, width, n_channels, n_filters)]
    shape : tuple of int
        Height, width and channels of the input.
    windows : tuple of Window
        Along both axes.

    Attributes
    ----------
    kernel, windows
    output_shape : tuple of int
        Height and width of the output.
    pads : tuple
        Padding of the input, see `pad`.
    padded_shape : tuple of int
        Height, width and channels of the padded input.
    """

    def __init__(self, kernel: Array, shape: tuple[int, ...], windows: tuple[Window, Window]) -> None:
        self.kernel, self.windows = kernel, windows
        self._shape = shape
        sizes = list(zip(shape[:2], windows, strict=True))
        self.output_shape = tuple(window.count(length) for length, window in sizes)
        self.pads = (0, 0), *(window.pads(length) for length, window in sizes), (0, 0)
        self.padded_shape = (
            *(length + sum(pads) for length, pads in zip(shape, self.pads[1:3], strict=False)),
            shape[2],
        )
        # Positions are adjacent along the last axis; a kernel of one column is turned, so that it has some.
        self._is_turned = kernel.shape[1] == 1 < kernel.shape[0]
        if self._is_turned:
            kernel, shape, windows = kernel.swapaxes(0, 1), (shape[1], shape[0], shape[2]), windows[::-1]
        self._rows, self._columns = rows, columns = windows
        self._n_rows, self._n_columns = rows.count(shape[0]), columns.count(shape[1])
        self._block = 1
        if columns.stride == columns.dilation == 1 < columns.size:
            self._block = _best_block(self._n_rows, self._n_columns, kernel.shape)
        self._n_blocks = -(-self._n_columns // self._block)
        self._matrix = _banded(kernel, self._block)
        before, behind = columns.pads(shape[1])
        behind += self._n_blocks * self._block - self._n_columns
        self._pads = (0, 0), rows.pads(shape[0]), (before, behind), (0, 0)
        lengths = (length + sum(pads) for length, pads in zip(shape, self._pads[1:3], strict=False))
        self._padded = (*lengths, shape[2])
        last_row = (self._n_rows - 1) * rows.stride + rows.extent
        last_column = (self._n_blocks * self._block - 1) * columns.stride + columns.extent
        if min(self._n_rows, self._n_columns) < 1 or last_row > self._padded[0] or last_column > self._padded[1]:
            raise ValueError(f"a kernel {kernel.shape} does not fit an input {shape}")

    def scaled(self, factors: Array) -> Convolution:
        """The convolution whose outputs are those of this one times a factor for each filter."""
        return Convolution(self.kernel * factors, self._shape, self.windows)

    def __call__(self, x: Array) -> Array:
        """From [n, height, width, n_channels] to [n, n_rows, n_columns, n_filters]."""
        x = pad(x.swapaxes(1, 2) if self._is_turned else x, self._pads)
        if x.shape[1:] != self._padded:  # whose memory is read as it is: see `_unfold`
            raise ValueError(f"expected {self._padded}. Received: {x.shape[1:]}")
        y = self._unfold(x).reshape(-1, len(self._matrix)) @ self._matrix
        y = y.reshape(len(x), self._n_rows, self._n_blocks * self._block, -1)[:, :, : self._n_columns]
        return y.swapaxes(1, 2) if self._is_turned else y

    def _unfold(self, x: Array) -> Array:
        """The windows, as a view that repeats values."""
        rows, columns, step = self._rows, self._columns, x.strides
        width = columns.size + self._block - 1
        return as_strided(
            x,
            (len(x), self._n_rows, self._n_blocks, rows.size, width, x.shape[3]),
            (
                step[0],
                step[1] * rows.stride,
                step[2] * columns.stride * self._block,
                step[1] * rows.dilation,
                step[2] * columns.dilation,
                step[3],
            ),
            writeable=False,
        )


def _best_block(n_rows: int, n_columns: int, kernel: tuple[int, ...]) -> int:
    """The number of adjacent positions for one row of the product that costs the least time."""
    height, width, depth, filters = kernel

    def values(block: int) -> int:
        return height * (width + block - 1) * depth

    def cost_ns(block: int) -> float:
        n_products = n_rows * -(-n_columns // block)
        return n_products * (ROW_NS + values(block) * (COPY_NS + MULTIPLY_ADD_NS * block * filters))

    return min(
        (n for n in range(1, min(n_columns, _MOST_POSITIONS) + 1) if n == 1 or values(n) * n * filters <= MAX_MATRIX),
        key=cost_ns,
    )


def _banded(kernel: Array, block: int) -> Array:
    """The kernel as a matrix, from the values of a window to the filters of adjacent positions."""
    height, width, depth, filters = kernel.shape
    if block == 1:
        return kernel.reshape(-1, filters)
    bands = np.zeros((height, width + block - 1, depth, block, filters), np.float32)
    for place in range(block):
        bands[:, place : place + width, :, place] = kernel
    return bands.reshape(-1, block * filters)


class DepthwiseConvolution:
    """A convolution of each channel by itself, without bias.

    Parameters
    ----------
    kernel : ndarray of float32 [shape=(height, width, n_channels, multiplier)]
    shape : tuple of int
        Height, width and channels of the input.
    windows : tuple of Window
        Along both axes.
    """

    def __init__(self, kernel: Array, shape: tuple[int, ...], windows: tuple[Window, Window]) -> None:
        self._rows, self._columns = windows
        self._n_rows, self._n_columns = (window.count(n) for window, n in zip(windows, shape, strict=False))
        self._pads = (0, 0), self._rows.pads(shape[0]), self._columns.pads(shape[1]), (0, 0)
        self._repeats = kernel.shape[3]
        self._kernel = np.ascontiguousarray(kernel).reshape(*kernel.shape[:2], -1)

    def __call__(self, x: Array) -> Array:
        """From [n, height, width, n_channels] to [n, n_rows, n_columns, n_channels * multiplier]."""
        x = pad(x, self._pads)
        if self._repeats > 1:
            x = np.repeat(x, self._repeats, axis=3)
        result = np.zeros((len(x), self._n_rows, self._n_columns, x.shape[3]), np.float32)
        product = np.empty_like(result)
        for row, column in np.ndindex(self._kernel.shape[:2]):
            places = self._rows.place(row, self._n_rows), self._columns.place(column, self._n_columns)
            result += np.multiply(x[:, places[0], places[1]], self._kernel[row, column], out=product)
        return result
