"""The kinds of layers that a network may have, with the settings of each.

They are those of the shipped models, of every recipe of `training`, and others as simple. A layer that runs code of its
configuration (`Lambda`, `TFSMLayer`, `TorchModuleWrapper`), reads a file (`StringLookup`) or wraps another layer
(`RNN`, `TimeDistributed`) is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from genre_desktop.model.checks.layer_settings import (
    MAX_SIZE,
    Check,
    activation,
    boolean,
    dtype,
    initializer,
    integer,
    list_of,
    number,
    one_of,
    optional,
    regularizer,
    sizes,
)

KERAS_LAYERS, OWN_LAYERS = "keras.layers", "genre_desktop.model.layers"


@dataclass(frozen=True)
class LayerKind:
    """The keys that the configuration of a layer of this kind may have.

    Attributes
    ----------
    settings : mapping
        Required keys; their checked values are passed to Keras.
    ignored : mapping
        Keys that may be present; they have no meaning once a network is trained.
    module : str
        In which the class is.
    """

    settings: Mapping[str, Check] = field(default_factory=dict)
    ignored: Mapping[str, Check] = field(default_factory=dict)
    module: str = KERAS_LAYERS

    @property
    def package(self) -> str | None:
        """Name under which Keras has registered the class; None for Keras's own."""
        return None if self.module == KERAS_LAYERS else "genre_desktop"


COMMON: Mapping[str, Check] = {"trainable": boolean, "dtype": dtype}
"""Keys that every layer's configuration may have beside its name."""

_LAST = one_of("channels_last")
_NOTHING = one_of(None)
_KERNEL: Mapping[str, Check] = {
    "kernel_initializer": initializer,
    "bias_initializer": initializer,
    "kernel_regularizer": regularizer,
    "bias_regularizer": regularizer,
    "activity_regularizer": regularizer,
    "kernel_constraint": _NOTHING,
    "bias_constraint": _NOTHING,
    "quantization_config": _NOTHING,
    "lora_rank": _NOTHING,
    "lora_alpha": _NOTHING,
}
_NORMALISATION: Mapping[str, Check] = {
    f"{part}_{what}": check
    for part in ("beta", "gamma", "moving_mean", "moving_variance")
    for what, check in (("initializer", initializer), ("regularizer", regularizer), ("constraint", _NOTHING))
}


def _convolution(axes: int, *paddings: str) -> LayerKind:
    settings: dict[str, Check] = {
        "filters": integer(1, MAX_SIZE),
        "kernel_size": sizes(axes, high=4096),
        "strides": sizes(axes, high=4096),
        "padding": one_of("valid", "same", *paddings),
        "dilation_rate": sizes(axes, high=64),
        "activation": activation,
        "use_bias": boolean,
    }
    return LayerKind(settings, {**_KERNEL, "groups": one_of(1), "data_format": _LAST})


_DEPTHWISE = LayerKind(
    {
        "kernel_size": sizes(2, high=4096),
        "strides": sizes(2, high=4096),
        "padding": one_of("valid", "same"),
        "depth_multiplier": integer(1, MAX_SIZE),
        "dilation_rate": sizes(2, high=1),
        "activation": activation,
        "use_bias": boolean,
    },
    {
        "depthwise_initializer": initializer,
        "bias_initializer": initializer,
        "depthwise_regularizer": regularizer,
        "bias_regularizer": regularizer,
        "activity_regularizer": regularizer,
        "depthwise_constraint": _NOTHING,
        "bias_constraint": _NOTHING,
        "data_format": _LAST,
    },
)


def _pooling(axes: int) -> LayerKind:
    settings: dict[str, Check] = {
        "pool_size": sizes(axes, high=4096),
        "strides": optional(sizes(axes, high=4096)),
        "padding": one_of("valid", "same"),
    }
    return LayerKind(settings, {"data_format": _LAST})


_GLOBAL_POOLING = LayerKind({"keepdims": boolean}, {"data_format": _LAST})

LAYER_KINDS: Mapping[str, LayerKind] = {
    "InputLayer": LayerKind(
        {"batch_shape": list_of(optional(integer(1, MAX_SIZE)), 2, 5)},
        {"sparse": one_of(False), "ragged": one_of(False), "optional": one_of(False)},
    ),
    "Dense": LayerKind({"units": integer(1, MAX_SIZE), "activation": activation, "use_bias": boolean}, _KERNEL),
    "Conv1D": _convolution(1, "causal"),
    "Conv2D": _convolution(2),
    "DepthwiseConv2D": _DEPTHWISE,
    "MaxPooling1D": _pooling(1),
    "MaxPooling2D": _pooling(2),
    "AveragePooling1D": _pooling(1),
    "AveragePooling2D": _pooling(2),
    "GlobalMaxPooling1D": _GLOBAL_POOLING,
    "GlobalMaxPooling2D": _GLOBAL_POOLING,
    "GlobalAveragePooling1D": _GLOBAL_POOLING,
    "GlobalAveragePooling2D": _GLOBAL_POOLING,
    "BatchNormalization": LayerKind(
        {
            "axis": integer(-1, 4),
            "momentum": number(0.0, 1.0),
            "epsilon": number(1e-12, 1.0),
            "center": boolean,
            "scale": boolean,
        },
        {
            **_NORMALISATION,
            "synchronized": one_of(False),
            "renorm": one_of(False),
            "renorm_clipping": _NOTHING,
            "renorm_momentum": number(0.0, 1.0),
        },
    ),
    "LayerNormalization": LayerKind(
        {"axis": sizes(1, -1, 4), "epsilon": number(1e-12, 1.0), "center": boolean, "scale": boolean},
        {**_NORMALISATION, "rms_scaling": one_of(False)},
    ),
    "Dropout": LayerKind({"rate": number(0.0, 1.0)}, {"seed": optional(integer(0, 2**64)), "noise_shape": _NOTHING}),
    "Activation": LayerKind({"activation": activation}),
    "ReLU": LayerKind(
        {
            "max_value": optional(number(0.0, 1e6)),
            "negative_slope": number(0.0, 1e3),
            "threshold": number(0.0, 1e6),
        }
    ),
    "LeakyReLU": LayerKind({"negative_slope": number(0.0, 1e3)}),
    "Softmax": LayerKind({"axis": one_of(-1)}),
    "Reshape": LayerKind({"target_shape": list_of(integer(-1, MAX_SIZE), 1, 4)}),
    "Flatten": LayerKind({}, {"data_format": _LAST}),
    "Permute": LayerKind({"dims": list_of(integer(1, 4), 1, 4)}),
    "Cropping1D": LayerKind({"cropping": sizes(2, 0, MAX_SIZE)}),
    "ZeroPadding1D": LayerKind({"padding": sizes(2, 0, 4096)}, {"data_format": _LAST}),
    "ZeroPadding2D": LayerKind({"padding": list_of(sizes(2, 0, 4096), 2, 2)}, {"data_format": _LAST}),
    "Add": LayerKind(),
    "Subtract": LayerKind(),
    "Multiply": LayerKind(),
    "Average": LayerKind(),
    "Maximum": LayerKind(),
    "Minimum": LayerKind(),
    "Concatenate": LayerKind({"axis": integer(-1, 4)}),
    "MelCepstrum": LayerKind({"n_mfcc": integer(1, 4096)}, module=OWN_LAYERS),
    "ClippedLogit": LayerKind({"least": number(1e-6, 0.499)}, module=OWN_LAYERS),
}
