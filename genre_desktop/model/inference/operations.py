"""The operations of which the layers of a network consist."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from genre_desktop.audio.features.log_mel import dct_basis
from genre_desktop.model.checks.layer_footprint import Shape
from genre_desktop.model.checks.network_plan import LayerPlan
from genre_desktop.model.inference.activations import ACTIVATIONS, Activation, Affine, relu, softmax
from genre_desktop.model.inference.convolution import Convolution, DepthwiseConvolution
from genre_desktop.model.inference.pooling import AveragePooling, MaxPooling
from genre_desktop.model.inference.windows import Array, Window, pad

Operation = Callable[..., Array]
"""From one array [n, ...] for each input to one array [n, ...]."""

MAX_TAPS = 1_024
"""Most values of a depthwise kernel for one channel: each takes a call of NumPy."""


class UnknownLayerError(ValueError):
    """A layer cannot be computed without Keras."""


def operations_of(layer: LayerPlan, weights: Sequence[Array], shapes: Sequence[Shape]) -> list[Operation]:
    """The operations of a layer, each on the output of the one before.

    Parameters
    ----------
    layer : LayerPlan
    weights : sequence of ndarray of float32
    shapes : sequence of tuple of int
        Of its inputs, for one example.

    Raises
    ------
    UnknownLayerError
    """
    make = _MAKERS.get(layer.kind)
    if make is None:
        raise UnknownLayerError(layer.kind)
    return make(layer.settings, weights, shapes)


_Settings = Mapping[str, Any]
_Weights = Sequence[Array]
_Shapes = Sequence[Shape]


def _with_ending(operation: Operation, settings: _Settings, bias: _Weights) -> list[Operation]:
    """An operation with the bias and the activation of its layer."""
    found: list[Operation] = [operation]
    if settings["use_bias"]:
        found.append(Affine(None, bias[0]))
    return found + _activation(settings, (), ())


def _activation(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    name = settings["activation"]
    return [] if name == "linear" else [ACTIVATIONS[name]]


def _dense(settings: _Settings, weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    kernel = weights[0]
    return _with_ending(lambda x: x @ kernel, settings, weights[1:])


def _windows(settings: _Settings, sizes: str) -> tuple[Window, ...]:
    size = settings[sizes]
    dilation = settings.get("dilation_rate", (1,) * len(size))
    axes = zip(size, settings["strides"] or size, dilation, strict=True)
    return tuple(Window(*axis, settings["padding"]) for axis in axes)


def _convolution1d(settings: _Settings, weights: _Weights, shapes: _Shapes) -> list[Operation]:
    (window,) = _windows(settings, "kernel_size")
    convolution = Convolution(weights[0][np.newaxis], (1, *shapes[0]), (Window(1), window))
    return _with_ending(lambda x: convolution(x[:, np.newaxis])[:, 0], settings, weights[1:])


def _convolution2d(settings: _Settings, weights: _Weights, shapes: _Shapes) -> list[Operation]:
    rows, columns = _windows(settings, "kernel_size")
    return _with_ending(Convolution(weights[0], shapes[0], (rows, columns)), settings, weights[1:])


def _depthwise(settings: _Settings, weights: _Weights, shapes: _Shapes) -> list[Operation]:
    rows, columns = _windows(settings, "kernel_size")
    if rows.size * columns.size > MAX_TAPS:
        raise UnknownLayerError(f"DepthwiseConv2D {rows.size} x {columns.size}")
    return _with_ending(DepthwiseConvolution(weights[0], shapes[0], (rows, columns)), settings, weights[1:])


def _max_pooling(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return [MaxPooling(_windows(settings, "pool_size"))]


def _average_pooling(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return [AveragePooling(_windows(settings, "pool_size"))]


def _global_pooling(reduce: Callable[..., Array]) -> Callable[[_Settings, _Weights, _Shapes], list[Operation]]:
    def make(settings: _Settings, _weights: _Weights, shapes: _Shapes) -> list[Operation]:
        axes = tuple(range(1, len(shapes[0])))
        return [lambda x: reduce(x, axis=axes, keepdims=settings["keepdims"])]

    return make


def _batch_normalisation(settings: _Settings, weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    rest = iter(weights)
    gamma = next(rest) if settings["scale"] else 1.0
    beta = next(rest) if settings["center"] else 0.0
    mean, variance = (part.astype(np.float64) for part in rest)
    factors = gamma / np.sqrt(variance + settings["epsilon"])
    return [Affine(factors.astype(np.float32), (beta - factors * mean).astype(np.float32))]


def _layer_normalisation(settings: _Settings, weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    rest = iter(weights)
    gamma = next(rest) if settings["scale"] else None
    ending = Affine(gamma, next(rest) if settings["center"] else None)
    epsilon = np.float32(settings["epsilon"])

    def normalise(x: Array) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = np.square(centred).mean(axis=-1, keepdims=True)
        return np.asarray(centred / np.sqrt(variance + epsilon))

    return [normalise, ending]


def _relu(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    slope, most, threshold = (settings.get(key) for key in ("negative_slope", "max_value", "threshold"))
    # With a threshold the function jumps: it rises only where what is below is not above what follows.
    return [Activation(lambda x: relu(x, slope=slope or 0.0, most=most, threshold=threshold or 0.0), True)]


def _softmax(_settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return [softmax]


def _nothing(_settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return []


def _reshape(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return [lambda x: x.reshape(len(x), *settings["target_shape"])]


def _flatten(_settings: _Settings, _weights: _Weights, shapes: _Shapes) -> list[Operation]:
    return [lambda x: x.reshape(len(x), math.prod(shapes[0]))]


def _permute(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return [lambda x: x.transpose(0, *settings["dims"])]


def _cropping(settings: _Settings, _weights: _Weights, shapes: _Shapes) -> list[Operation]:
    before, behind = settings["cropping"]
    return [lambda x: x[:, before : shapes[0][0] - behind]]


def _padding(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    pads = settings["padding"]
    every_axis = ((0, 0), *(pads if isinstance(pads[0], tuple) else (pads,)), (0, 0))
    return [lambda x: pad(x, every_axis)]


def _merge(combine: Callable[[Array, Array], Array]) -> Callable[[_Settings, _Weights, _Shapes], list[Operation]]:
    def merge(*inputs: Array) -> Array:
        result = inputs[0]
        for other in inputs[1:]:
            result = combine(result, other)
        return result

    return lambda _settings, _weights, _shapes: [merge]


def _average(_settings: _Settings, _weights: _Weights, shapes: _Shapes) -> list[Operation]:
    (add,) = _merge(np.add)(_settings, _weights, shapes)
    return [lambda *inputs: add(*inputs) / np.float32(len(inputs))]


def _concatenate(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    return [lambda *inputs: np.concatenate(inputs, axis=settings["axis"])]


def _mel_cepstrum(settings: _Settings, _weights: _Weights, shapes: _Shapes) -> list[Operation]:
    basis = dct_basis(shapes[0][1], settings["n_mfcc"]).astype(np.float32)
    return [lambda x: x @ basis]


def _clipped_logit(settings: _Settings, _weights: _Weights, _shapes: _Shapes) -> list[Operation]:
    least, most = np.float32(settings["least"]), np.float32(1.0 - settings["least"])

    def logit(x: Array) -> Array:
        clipped = np.clip(x, least, most)
        return np.log(clipped / (np.float32(1) - clipped))

    return [logit]


_MAKERS: Mapping[str, Callable[[_Settings, _Weights, _Shapes], list[Operation]]] = {
    "InputLayer": _nothing,
    "Dense": _dense,
    "Conv1D": _convolution1d,
    "Conv2D": _convolution2d,
    "DepthwiseConv2D": _depthwise,
    "MaxPooling1D": _max_pooling,
    "MaxPooling2D": _max_pooling,
    "AveragePooling1D": _average_pooling,
    "AveragePooling2D": _average_pooling,
    "GlobalMaxPooling1D": _global_pooling(np.max),
    "GlobalMaxPooling2D": _global_pooling(np.max),
    "GlobalAveragePooling1D": _global_pooling(np.mean),
    "GlobalAveragePooling2D": _global_pooling(np.mean),
    "BatchNormalization": _batch_normalisation,
    "LayerNormalization": _layer_normalisation,
    "Dropout": _nothing,
    "Activation": _activation,
    "ReLU": _relu,
    "LeakyReLU": _relu,
    "Softmax": _softmax,
    "Reshape": _reshape,
    "Flatten": _flatten,
    "Permute": _permute,
    "Cropping1D": _cropping,
    "ZeroPadding1D": _padding,
    "ZeroPadding2D": _padding,
    "Add": _merge(np.add),
    "Subtract": _merge(np.subtract),
    "Multiply": _merge(np.multiply),
    "Average": _average,
    "Maximum": _merge(np.maximum),
    "Minimum": _merge(np.minimum),
    "Concatenate": _concatenate,
    "MelCepstrum": _mel_cepstrum,
    "ClippedLogit": _clipped_logit,
}
