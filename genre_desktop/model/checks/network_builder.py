"""Builds a Keras network from a checked plan and its weights; Keras reads nothing of the file."""

from __future__ import annotations

from typing import Any

import numpy as np

from genre_desktop.model.checks.layer_kinds import KERAS_LAYERS, LAYER_KINDS
from genre_desktop.model.checks.network_plan import LayerPlan, NetworkPlan
from genre_desktop.model.checks.weights import Weights


def build_network(plan: NetworkPlan, weights: Weights) -> Any:
    """Build the network as a `keras.Model`; `genre_desktop.model.keras_backend.load_backend` was called before.

    Raises
    ------
    ValueError
        Where the shape of an output differs from the plan; Keras may raise other exceptions.
    """
    import keras

    outputs: dict[str, Any] = {}
    for planned in plan.layers:
        if not planned.inputs:
            outputs[planned.name] = keras.Input(planned.footprint.output, name=planned.name, dtype="float32")
            continue
        layer = _new_layer(planned)
        given = [outputs[name] for name in planned.inputs]
        output = layer(given[0] if len(given) == 1 else given)
        if tuple(output.shape[1:]) != planned.footprint.output:
            raise ValueError(f"{planned.name} gives {output.shape[1:]}, not {planned.footprint.output}")
        if planned.footprint.weights:
            # Copies: arrays at odd offsets of the file are not aligned.
            layer.set_weights([np.array(array) for array in weights[planned.name]])
        outputs[planned.name] = output
    return keras.Model(outputs[plan.layers[0].name], outputs[plan.output], name=plan.name)


def _new_layer(planned: LayerPlan) -> Any:
    import keras

    from genre_desktop.model import layers

    kind = LAYER_KINDS[planned.kind]
    layer_class = getattr(keras.layers if kind.module == KERAS_LAYERS else layers, planned.kind)
    settings = dict(planned.settings)
    if "kernel_initializer" in kind.ignored:
        settings["kernel_initializer"] = "zeros"  # random values would be computed in vain
    return layer_class(name=planned.name, dtype="float32", **settings)
