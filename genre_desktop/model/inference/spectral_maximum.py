"""The maximum of a convolution over all positions along an axis, by a Fourier transform of that axis.

Musicnn's kernels cover four and seven tenths of the mel bands, and only the largest output over all bands counts. Where
a kernel lies inside the axis, its outputs are those of a circular correlation as long as the axis, which is a product
in each bin of the discrete Fourier transform. And the inverse transform costs half: outputs at equal distances r from
the middle one are the sum and the difference of a cosine part C and a sine part S, so that the larger is ``C + |S|``.
For musicnn that is a quarter of the multiply-adds and two fifths of the time.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from genre_desktop.model.inference.convolution import MAX_MATRIX, Convolution
from genre_desktop.model.inference.pooling import MaxPooling, maximum
from genre_desktop.model.inference.windows import Array, pad

LEAST_GAIN = 2.0
"""A kernel is transformed where that saves so many times its multiply-adds: they are slower in many small products."""


class SpectralMaximum:
    """The maximum over the last axis of a convolution of one channel, without bias.

    Parameters
    ----------
    convolution : Convolution
        One that `suits`.
    """

    def __init__(self, convolution: Convolution) -> None:
        self._pads = convolution.pads
        _, width, _ = convolution.padded_shape
        n_bins, n_columns = width // 2 + 1, convolution.output_shape[1]
        height, kernel_width, _, n_filters = convolution.kernel.shape
        self._window = 2 * height
        omega = 2 * np.pi * np.arange(n_bins) / width
        transform = np.exp(-1j * np.outer(np.arange(width), omega))
        self._transform = np.stack((transform.real, transform.imag), axis=2).reshape(width, -1).astype(np.float32)
        # Of the correlation, so conjugate; turned, so that the middle output is at 0.
        kernel = np.einsum("hkf,kb->bhf", convolution.kernel[:, :, 0].astype(np.float64), transform[:kernel_width])
        kernel = np.conj(kernel) * np.exp(1j * omega * (n_columns - 1) / 2)[:, np.newaxis, np.newaxis]
        # What is multiplied with real and imaginary part of the input, for each part of the output.
        parts = np.stack((kernel.real, -kernel.imag), 2), np.stack((kernel.imag, kernel.real), 2)
        self._real, self._imaginary = (part.reshape(n_bins, -1, n_filters).astype(np.float32) for part in parts)
        # Bins stand for their mirror image, too, except the first and, where the width is even, the last.
        weights = np.where((np.arange(n_bins) == 0) | (2 * np.arange(n_bins) == width), 1.0, 2.0) / width
        angles = np.outer(np.arange(n_columns - 1, -1, -2) / 2, omega)
        self._cosine = (weights * np.cos(angles)).astype(np.float32)
        self._sine = (weights * np.sin(angles)).astype(np.float32)

    @staticmethod
    def suits(convolution: Convolution, pooling: MaxPooling) -> bool:
        """Whether the maximum over a convolution is one over its whole last axis, and this is the quicker way."""
        rows, columns = convolution.windows
        n_columns, kernel = convolution.output_shape[1], convolution.kernel
        height, _, n_channels, n_filters = kernel.shape
        is_plain = max(rows.stride, rows.dilation, columns.stride, columns.dilation, n_channels) == 1
        if not is_plain or not pooling.is_whole_axis(1, convolution.output_shape):
            return False
        n_rows, width = convolution.output_shape[0], convolution.padded_shape[1]
        n_bins = width // 2 + 1
        largest = n_bins * max(2 * width, 4 * height * n_filters, n_columns, n_rows * n_filters, 2 * n_rows * height)
        spectral = n_bins * (2 * width + 4 * height * n_filters + n_columns * n_filters)
        return bool(largest <= MAX_MATRIX and LEAST_GAIN * spectral < n_columns * kernel.size)

    def __call__(self, x: Array) -> Array:
        """From [n, height, width, 1] to [n, n_rows, 1, n_filters]."""
        # One after the other: what lies between the products has two megabytes a patch. For four at once the system
        # gave and took that memory again each time, which took as long as the products.
        return np.stack([self._of_one(patch) for patch in pad(x, self._pads)[..., 0]])

    def _of_one(self, patch: Array) -> Array:
        """From [height, width] to [n_rows, 1, n_filters]."""
        spectrum = (patch @ self._transform).reshape(len(patch), -1, 2)
        # Rows one after the other, real and imaginary part by turns: a window of rows is a window of values.
        bins = spectrum.swapaxes(0, 1).reshape(spectrum.shape[1], -1)
        windows = np.ascontiguousarray(sliding_window_view(bins, self._window, axis=1)[:, ::2])
        even = self._cosine @ (windows @ self._real).reshape(len(bins), -1)
        odd = self._sine @ (windows @ self._imaginary).reshape(len(bins), -1)
        even += np.abs(odd, out=odd)
        return maximum(even, axis=0).reshape(windows.shape[1], 1, -1)
