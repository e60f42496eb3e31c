"""Networks that have, together, every kind of layer that a model may have, with random weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from genre_desktop.model.keras_backend import load_backend

PATCH = (24, 16)
"""Shape of the networks' input."""


def shake(model: Any) -> None:
    """Set all weights to random values: in a new network many are 0 or 1."""
    rng = np.random.default_rng(2)
    model.set_weights([rng.uniform(0.5, 1.5, weight.shape).astype(weight.dtype) for weight in model.get_weights()])


def plain_layers(axes: int, last: str) -> Any:
    """Layers one behind the other.

    Parameters
    ----------
    axes : {1, 2}
        Of the convolutions and poolings.
    last : {"Flatten", "GlobalAveragePooling", "GlobalMaxPooling", "kept"}
        What makes one row of the rest; "kept" for a global pooling that keeps its axes.
    """
    load_backend()
    import keras

    chain = _two_axes(keras.layers) if axes == 1 else _three_axes(keras.layers)
    if last == "kept":
        chain += [getattr(keras.layers, f"GlobalAveragePooling{axes}D")(keepdims=True), keras.layers.Flatten()]
    else:
        chain.append(getattr(keras.layers, last if last == "Flatten" else f"{last}{axes}D")())
    model = keras.Sequential([keras.Input(PATCH), *chain, keras.layers.Dense(3, activation="softmax")])
    shake(model)
    return model


def several_inputs() -> Any:
    """Layers with several inputs, and the program's own."""
    load_backend()
    import keras
    from keras import layers

    from genre_desktop.model.layers import ClippedLogit, MelCepstrum

    patch = keras.Input(PATCH, name="patch")
    one, two = layers.Dense(6)(patch), MelCepstrum(6)(patch)
    merged = [kind()([one, two]) for kind in (layers.Add, layers.Multiply, layers.Average, layers.Maximum)]
    merged += [kind()([one, two]) for kind in (layers.Subtract, layers.Minimum)]
    merged.append(layers.Multiply()([one, layers.GlobalMaxPooling1D(keepdims=True)(two)]))
    beside = layers.Concatenate(axis=1)([layers.Concatenate()(merged), layers.Concatenate(axis=2)(merged)])
    chance = layers.Activation("sigmoid")(layers.GlobalAveragePooling1D()(beside))
    model = keras.Model(patch, layers.Dense(3, activation="softmax")(ClippedLogit(0.01)(chance)))
    shake(model)
    return model


def _two_axes(layers: Any) -> list[Any]:
    """From (24, 16)."""
    return [
        layers.Conv1D(6, 3, strides=2, padding="same", activation="relu"),
        layers.Conv1D(8, 3, dilation_rate=2, padding="causal"),
        layers.Conv1D(8, 2, padding="valid", use_bias=False, activation="gelu"),
        layers.MaxPooling1D(2, strides=1, padding="same"),
        layers.AveragePooling1D(2),
        layers.LayerNormalization(),
        layers.LayerNormalization(center=False, scale=False),
        layers.ZeroPadding1D((1, 2)),
        layers.Cropping1D((1, 0)),
        layers.Permute((2, 1)),
        layers.Dense(7, activation="tanh"),
        layers.LeakyReLU(0.1),
        layers.Softmax(),
        layers.Dropout(0.5),
    ]


def _three_axes(layers: Any) -> list[Any]:
    """From (24, 16)."""
    return [
        layers.Reshape((24, -1, 1)),
        layers.ZeroPadding2D(((1, 0), (2, 3))),
        layers.Conv2D(4, (3, 5), strides=(2, 1), padding="same", activation="silu"),
        layers.DepthwiseConv2D((2, 3), strides=2, padding="same", depth_multiplier=2, activation="relu"),
        layers.DepthwiseConv2D(3, padding="same", use_bias=False),
        layers.Conv2D(5, 3, dilation_rate=2, padding="valid"),
        layers.BatchNormalization(scale=False),
        layers.MaxPooling2D((2, 3), strides=(1, 2), padding="same"),
        layers.AveragePooling2D(2, padding="valid"),
        layers.ReLU(max_value=6.0, negative_slope=0.1, threshold=0.2),
        layers.Activation("hard_sigmoid"),
    ]
