"""Activations by the names that Keras gives them, and per-channel operations."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from genre_desktop.model.inference.windows import Array

LEAKY_SLOPE = 0.2
"""Slope of the activation "leaky_relu", as Keras has it."""

SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805


@dataclass(frozen=True, eq=False)
class Activation:
    """An activation.

    Attributes
    ----------
    function : callable
    is_rising : bool
        A larger input never gives a smaller output, and each value is computed by itself.
    """

    function: Callable[[Array], Array]
    is_rising: bool

    def __call__(self, x: Array) -> Array:
        """Of any shape."""
        return self.function(x)


@dataclass(frozen=True, eq=False)
class Affine:
    """A factor and an offset for each channel, of which a normalisation or a bias consists.

    Attributes
    ----------
    factors : ndarray of float32 [shape=(n_channels,)], or None
    offsets : ndarray of float32 [shape=(n_channels,)], or None
    """

    factors: Array | None
    offsets: Array | None

    def __call__(self, x: Array) -> Array:
        """Of any shape [..., n_channels]."""
        if self.factors is None:
            return x if self.offsets is None else x + self.offsets
        y: Array = x * self.factors
        if self.offsets is not None:
            y += self.offsets
        return y


def softmax(x: Array) -> Array:
    """Along the last axis."""
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def relu(x: Array, *, slope: float = 0.0, most: float | None = None, threshold: float = 0.0) -> Array:
    """Values above `threshold`, at most `most`; below, their distance to it times `slope`."""
    if threshold == 0.0 and slope == 0.0:
        y = np.maximum(x, np.float32(0))
    else:
        y = np.where(x > threshold, x, np.float32(slope) * (x - np.float32(threshold)))
    return y if most is None else np.minimum(y, np.float32(most))


def sigmoid(x: Array) -> Array:
    """``1 / (1 + exp(-x))``."""
    return np.float32(1) / (np.float32(1) + np.exp(-x))


def _softplus(x: Array) -> Array:
    return np.asarray(np.logaddexp(x, np.float32(0)), np.float32)


def _softsign(x: Array) -> Array:
    return np.asarray(x / (np.float32(1) + np.abs(x)))


def _elu(x: Array) -> Array:
    return np.where(x > 0, x, np.expm1(np.minimum(x, np.float32(0))))


def _selu(x: Array) -> Array:
    below = np.float32(SELU_ALPHA) * np.expm1(np.minimum(x, np.float32(0)))
    return np.float32(SELU_SCALE) * np.where(x > 0, x, below)


def _silu(x: Array) -> Array:
    return x * sigmoid(x)


_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def _gelu(x: Array) -> Array:
    # The error function by Abramowitz and Stegun, formula 7.1.26, within 2e-7; NumPy has none.
    z = np.abs(x) * np.float32(1 / math.sqrt(2))
    t = np.float32(1) / (np.float32(1) + np.float32(0.3275911) * z)
    series = np.zeros_like(t)
    for factor in reversed(_ERF):
        series = (series + np.float32(factor)) * t
    erf = np.copysign(np.float32(1) - series * np.exp(-z * z), x)
    return np.asarray(np.float32(0.5) * x * (np.float32(1) + erf))


def _hard_sigmoid(x: Array) -> Array:
    return np.asarray(np.clip(x / np.float32(6) + np.float32(0.5), np.float32(0), np.float32(1)))


ACTIVATIONS: Mapping[str, Activation] = {
    "linear": Activation(lambda x: x, True),
    "relu": Activation(relu, True),
    "relu6": Activation(lambda x: relu(x, most=6.0), True),
    "leaky_relu": Activation(lambda x: relu(x, slope=LEAKY_SLOPE), True),
    "elu": Activation(_elu, True),
    "selu": Activation(_selu, True),
    "gelu": Activation(_gelu, False),
    "silu": Activation(_silu, False),
    "swish": Activation(_silu, False),
    "sigmoid": Activation(sigmoid, True),
    "hard_sigmoid": Activation(_hard_sigmoid, True),
    "tanh": Activation(np.tanh, True),
    "softplus": Activation(_softplus, True),
    "softsign": Activation(_softsign, True),
    "softmax": Activation(softmax, False),
}
