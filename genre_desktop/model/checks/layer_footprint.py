"""The footprint of a layer, computed before anything is built: output shape, weights, calculations, memory.

Shapes are without the batch axis.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.model.checks.refusal import RefusalError

Shape = tuple[int, ...]

MAX_AXIS = 10_000_000
"""Length of any one axis of an output; flattened outputs are long, but not as long as this."""

MAX_UNFOLDED = 2**25
"""Values in all windows of a convolution together, eleven times those of the shipped models: oneDNN reserves memory for
a copy of them, ten gigabytes for a batch at eight times this limit."""

_NOT_IN_PLACE = frozenset(("gelu", "silu", "swish"))
"""Activations for which TensorFlow needs memory beside that of their input; the others overwrite it."""


@dataclass(frozen=True)
class LayerFootprint:
    """What a layer outputs and needs.

    Attributes
    ----------
    output : tuple of int
    weights : tuple of tuple of int
        Shapes, in the order in which Keras stores them.
    multiply_adds : int
        For one example.
    values : int
        Numbers in memory while it works, for one example: its output, a second one for what is calculated in several
        steps, and a padded copy of its input. For the shipped models the sum is 1.3 to 2.5 times the measured memory.
    """

    output: Shape
    weights: tuple[Shape, ...] = ()
    multiply_adds: int = 0
    values: int = 0


def footprint_of(kind: str, settings: Mapping[str, Any], inputs: Sequence[Shape]) -> LayerFootprint:
    """The footprint of a layer of some kind for inputs of some shapes.

    Raises
    ------
    RefusalError
        Where the inputs do not fit.
    """
    compute = _FOOTPRINTS[kind]
    made = compute(settings, inputs) if kind in _MERGING else compute(settings, *_one(inputs))
    if not all(0 < axis <= MAX_AXIS for axis in made.output) or len(made.output) > 4:
        raise _unfit()
    return made


def _one(inputs: Sequence[Shape]) -> tuple[Shape]:
    if len(inputs) != 1:
        raise RefusalError(tr("a layer of it has an unusual input"))
    return (inputs[0],)


def _unfit() -> RefusalError:
    return RefusalError(tr("its layers do not fit one another"))


def _dense(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    output = (*given[:-1], settings["units"])
    kernel = (given[-1], settings["units"])
    weights = (kernel, kernel[1:]) if settings["use_bias"] else (kernel,)
    values = math.prod(output) * _copies(settings["activation"])
    return LayerFootprint(output, weights, math.prod(given[:-1]) * math.prod(kernel), values)


def _copies(activation: str) -> int:
    """How many copies of a layer's output are in memory while its activation is calculated."""
    return 2 if activation in _NOT_IN_PLACE else 1


def _window(length: int, size: int, stride: int, padding: str) -> int:
    """Number of positions of a window along an axis; 0 where it does not fit."""
    if padding == "valid":
        return (length - size) // stride + 1 if size <= length else 0
    # A window far wider than the axis is refused: it would cover little but padding, at great cost.
    return -(-length // stride) if size <= 2 * length + 1 else 0


def _slide(given: Shape, sizes: Shape, strides: Shape, padding: str) -> tuple[Shape, int]:
    """Positions of a window along all axes but the last, and the number of values of the padded input."""
    if len(given) != len(sizes) + 1:
        raise _unfit()
    axes = list(zip(given, sizes, strides, strict=False))
    places = tuple(_window(length, size, stride, padding) for length, size, stride in axes)
    if 0 in places:
        raise _unfit()
    if padding == "valid":
        return places, 0
    return places, math.prod(length + size for length, size, _ in axes) * given[-1]


def _convolution(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    dilation, strides = settings["dilation_rate"], settings["strides"]
    if max(dilation) > 1 and max(strides) > 1:
        raise _unfit()
    sizes = tuple((size - 1) * step + 1 for size, step in zip(settings["kernel_size"], dilation, strict=True))
    places, padded = _slide(given, sizes, strides, settings["padding"])
    kernel = (*settings["kernel_size"], given[-1], settings["filters"])
    weights = (kernel, kernel[-1:]) if settings["use_bias"] else (kernel,)
    if math.prod(places) * math.prod(kernel[:-1]) > MAX_UNFOLDED:
        raise RefusalError(tr("its convolutions are too wide"))
    output = (*places, settings["filters"])
    values = math.prod(output) * _copies(settings["activation"]) + padded
    if max(dilation) > 1:  # computed on rearranged copies of input and output
        values = 3 * (values - padded + max(padded, math.prod(given)))
    return LayerFootprint(output, weights, math.prod(places) * math.prod(kernel), values)


DEPTHWISE_COST = 16
"""Multiply-adds that count for one of a depthwise convolution: it takes .04 to .26 ns with oneDNN and .12 to .36 ns
without, one of another convolution .01 to .03 ns."""


def _depthwise(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    sizes, strides = settings["kernel_size"], settings["strides"]
    if strides[0] != strides[1]:  # TensorFlow has no such kernel
        raise _unfit()
    places, padded = _slide(given, sizes, strides, settings["padding"])
    kernel = (*sizes, given[-1], settings["depth_multiplier"])
    n_filters = math.prod(kernel[2:])
    weights = (kernel, (n_filters,)) if settings["use_bias"] else (kernel,)
    output = (*places, n_filters)
    values = math.prod(output) * _copies(settings["activation"]) + padded
    return LayerFootprint(output, weights, DEPTHWISE_COST * math.prod(places) * math.prod(kernel), values)


POOLING_COST = 16
"""Multiply-adds that count for a value in a pooling window: it takes TensorFlow 2 to 7 ns, one of them .03 to .4 ns."""


def _pooling(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    sizes = settings["pool_size"]
    places, padded = _slide(given, sizes, settings["strides"] or sizes, settings["padding"])
    output = (*places, given[-1])
    work = POOLING_COST * math.prod(output) * math.prod(sizes)
    return LayerFootprint(output, (), work, math.prod(output) + padded)


def _global_pooling(axes: int) -> Callable[[Mapping[str, Any], Shape], LayerFootprint]:
    def compute(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
        if len(given) != axes + 1:
            raise _unfit()
        output = (*((1,) * axes if settings["keepdims"] else ()), given[-1])
        return LayerFootprint(output, (), math.prod(given), math.prod(output))

    return compute


def _normalisation(always: int) -> Callable[[Mapping[str, Any], Shape], LayerFootprint]:
    """Normalisation over the last axis; `always` counts its weights beside scale and centre."""

    def compute(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
        axis = settings["axis"]  # a list for LayerNormalization
        if axis not in (-1, len(given), (-1,), (len(given),)):
            raise RefusalError(tr("its layers do not fit one another"))
        count = always + settings["center"] + settings["scale"]
        return LayerFootprint(given, ((given[-1],),) * count, 2 * math.prod(given), 2 * math.prod(given))

    return compute


def _elementwise(_: Mapping[str, Any], given: Shape) -> LayerFootprint:
    return LayerFootprint(given, (), math.prod(given), 2 * math.prod(given))


def _no_cost(_: Mapping[str, Any], given: Shape) -> LayerFootprint:
    return LayerFootprint(given)


def _reshape(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    target = settings["target_shape"]
    known = math.prod(axis for axis in target if axis != -1)
    if target.count(-1) > 1 or known == 0 or math.prod(given) % known:
        raise _unfit()
    output = tuple(math.prod(given) // known if axis == -1 else axis for axis in target)
    if math.prod(output) != math.prod(given):
        raise _unfit()
    return LayerFootprint(output)


def _flatten(_: Mapping[str, Any], given: Shape) -> LayerFootprint:
    return LayerFootprint((math.prod(given),))


def _permute(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    dims = settings["dims"]
    if sorted(dims) != list(range(1, len(given) + 1)):
        raise _unfit()
    return LayerFootprint(tuple(given[axis - 1] for axis in dims), (), 0, math.prod(given))


def _padding(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    padding = settings["padding"]
    pairs = padding if isinstance(padding[0], tuple) else (padding,)
    if len(given) != len(pairs) + 1:
        raise _unfit()
    output = (*(length + sum(pair) for length, pair in zip(given, pairs, strict=False)), given[-1])
    return LayerFootprint(output, (), 0, math.prod(output))


def _cropping(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    if len(given) != 2:
        raise _unfit()
    output = (given[0] - sum(settings["cropping"]), given[1])  # refused by the caller where nothing is left
    return LayerFootprint(output, (), 0, max(0, math.prod(output)))


def _merge(_: Mapping[str, Any], inputs: Sequence[Shape]) -> LayerFootprint:
    if len({len(shape) for shape in inputs}) != 1 or len(inputs) < 2:
        raise _unfit()
    output = tuple(max(axes) for axes in zip(*inputs, strict=True))
    if any(axis not in (1, most) for shape in inputs for axis, most in zip(shape, output, strict=True)):
        raise _unfit()
    return LayerFootprint(output, (), len(inputs) * math.prod(output), math.prod(output))


def _difference(settings: Mapping[str, Any], inputs: Sequence[Shape]) -> LayerFootprint:
    if len(inputs) != 2:
        raise _unfit()
    return _merge(settings, inputs)


def _concatenate(settings: Mapping[str, Any], inputs: Sequence[Shape]) -> LayerFootprint:
    rank = len(inputs[0]) if inputs else 0
    axis = settings["axis"] - 1 if settings["axis"] > 0 else rank - 1
    if len(inputs) < 2 or settings["axis"] == 0 or not 0 <= axis < rank:
        raise _unfit()
    if any(len(shape) != rank for shape in inputs):
        raise _unfit()
    if len({(*shape[:axis], *shape[axis + 1 :]) for shape in inputs}) != 1:
        raise _unfit()
    length = sum(shape[axis] for shape in inputs)
    output = (*inputs[0][:axis], length, *inputs[0][axis + 1 :])
    return LayerFootprint(output, (), 0, math.prod(output))


def _mel_cepstrum(settings: Mapping[str, Any], given: Shape) -> LayerFootprint:
    if len(given) != 2 or settings["n_mfcc"] > given[1]:
        raise _unfit()
    output = (given[0], settings["n_mfcc"])
    return LayerFootprint(output, (), given[0] * given[1] * settings["n_mfcc"], math.prod(output) + given[1] ** 2)


_MERGING = frozenset("Add Subtract Multiply Average Maximum Minimum Concatenate".split())

_FOOTPRINTS: Mapping[str, Callable[..., LayerFootprint]] = {
    "Dense": _dense,
    "Conv1D": _convolution,
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "MaxPooling1D": _pooling,
    "MaxPooling2D": _pooling,
    "AveragePooling1D": _pooling,
    "AveragePooling2D": _pooling,
    "GlobalMaxPooling1D": _global_pooling(1),
    "GlobalMaxPooling2D": _global_pooling(2),
    "GlobalAveragePooling1D": _global_pooling(1),
    "GlobalAveragePooling2D": _global_pooling(2),
    "BatchNormalization": _normalisation(2),
    "LayerNormalization": _normalisation(0),
    "Dropout": _no_cost,
    "Activation": _elementwise,
    "ReLU": _elementwise,
    "LeakyReLU": _elementwise,
    "Softmax": _elementwise,
    "Reshape": _reshape,
    "Flatten": _flatten,
    "Permute": _permute,
    "Cropping1D": _cropping,
    "ZeroPadding1D": _padding,
    "ZeroPadding2D": _padding,
    "Add": _merge,
    "Subtract": _difference,
    "Multiply": _merge,
    "Average": _merge,
    "Maximum": _merge,
    "Minimum": _merge,
    "Concatenate": _concatenate,
    "MelCepstrum": _mel_cepstrum,
    "ClippedLogit": _elementwise,
}
