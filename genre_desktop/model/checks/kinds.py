"""The kinds of layers a network may have, with the settings of each.

Those of the shipped models, of every recipe of `training`, and plain ones like them. A layer that runs what it is
given (`Lambda`, `TFSMLayer`, `TorchModuleWrapper`), reads a file (`StringLookup`) or holds another layer (`RNN`,
`TimeDistributed`) is not among them.
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
    listed,
    number,
    only,
    optional,
    regularizer,
    sizes,
)

KERAS, OURS = "keras.layers", "genre_desktop.model.layers"


@dataclass(frozen=True)
class Kind:
    """What a layer's table may hold.

    Attributes
    ----------
    settings : mapping
        Keys that have to be there; their values are what Keras gets.
    ignored : mapping
        Keys that may be there, and are of no use once a network is trained.
    module : str
    """

    settings: Mapping[str, Check] = field(default_factory=dict)
    ignored: Mapping[str, Check] = field(default_factory=dict)
    module: str = KERAS

    @property
    def package(self) -> str | None:
        """Where its class is registered; None: among those of Keras."""
        return None if self.module == KERAS else "genre_desktop"


COMMON: Mapping[str, Check] = {"trainable": boolean, "dtype": dtype}
"""What every layer's table may hold beside its name."""

_LAST = only("channels_last")
_NOTHING = only(None)
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


def _convolution(axes: int, *paddings: str) -> Kind:
    settings: dict[str, Check] = {
        "filters": integer(1, MAX_SIZE),
        "kernel_size": sizes(axes, high=4096),
        "strides": sizes(axes, high=4096),
        "padding": only("valid", "same", *paddings),
        "dilation_rate": sizes(axes, high=64),
        "activation": activation,
        "use_bias": boolean,
    }
    return Kind(settings, {**_KERNEL, "groups": only(1), "data_format": _LAST})


def _pooling(axes: int) -> Kind:
    settings: dict[str, Check] = {
        "pool_size": sizes(axes, high=4096),
        "strides": optional(sizes(axes, high=4096)),
        "padding": only("valid", "same"),
    }
    return Kind(settings, {"data_format": _LAST})


_GLOBAL_POOLING = Kind({"keepdims": boolean}, {"data_format": _LAST})

KINDS: Mapping[str, Kind] = {
    "InputLayer": Kind(
        {"batch_shape": listed(optional(integer(1, MAX_SIZE)), 2, 5)},
        {"sparse": only(False), "ragged": only(False), "optional": only(False)},
    ),
    "Dense": Kind({"units": integer(1, MAX_SIZE), "activation": activation, "use_bias": boolean}, _KERNEL),
    "Conv1D": _convolution(1, "causal"),
    "Conv2D": _convolution(2),
    "MaxPooling1D": _pooling(1),
    "MaxPooling2D": _pooling(2),
    "AveragePooling1D": _pooling(1),
    "AveragePooling2D": _pooling(2),
    "GlobalMaxPooling1D": _GLOBAL_POOLING,
    "GlobalMaxPooling2D": _GLOBAL_POOLING,
    "GlobalAveragePooling1D": _GLOBAL_POOLING,
    "GlobalAveragePooling2D": _GLOBAL_POOLING,
    "BatchNormalization": Kind(
        {
            "axis": integer(-1, 4),
            "momentum": number(0.0, 1.0),
            "epsilon": number(1e-12, 1.0),
            "center": boolean,
            "scale": boolean,
        },
        {
            **_NORMALISATION,
            "synchronized": only(False),
            "renorm": only(False),
            "renorm_clipping": _NOTHING,
            "renorm_momentum": number(0.0, 1.0),
        },
    ),
    "LayerNormalization": Kind(
        {"axis": sizes(1, -1, 4), "epsilon": number(1e-12, 1.0), "center": boolean, "scale": boolean},
        {**_NORMALISATION, "rms_scaling": only(False)},
    ),
    "Dropout": Kind({"rate": number(0.0, 1.0)}, {"seed": optional(integer(0, 2**64)), "noise_shape": _NOTHING}),
    "Activation": Kind({"activation": activation}),
    "ReLU": Kind(
        {
            "max_value": optional(number(0.0, 1e6)),
            "negative_slope": number(0.0, 1e3),
            "threshold": number(0.0, 1e6),
        }
    ),
    "LeakyReLU": Kind({"negative_slope": number(0.0, 1e3)}),
    "Softmax": Kind({"axis": only(-1)}),
    "Reshape": Kind({"target_shape": listed(integer(-1, MAX_SIZE), 1, 4)}),
    "Flatten": Kind({}, {"data_format": _LAST}),
    "Permute": Kind({"dims": listed(integer(1, 4), 1, 4)}),
    "ZeroPadding1D": Kind({"padding": sizes(2, 0, 4096)}, {"data_format": _LAST}),
    "ZeroPadding2D": Kind({"padding": listed(sizes(2, 0, 4096), 2, 2)}, {"data_format": _LAST}),
    "Add": Kind(),
    "Subtract": Kind(),
    "Multiply": Kind(),
    "Average": Kind(),
    "Maximum": Kind(),
    "Minimum": Kind(),
    "Concatenate": Kind({"axis": integer(-1, 4)}),
    "MelCepstrum": Kind({"n_mfcc": integer(1, 4096)}, module=OURS),
    "ClippedLogit": Kind({"least": number(1e-6, 0.499)}, module=OURS),
}
