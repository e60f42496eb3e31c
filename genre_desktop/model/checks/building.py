"""A Keras network from what was checked; Keras reads nothing of the file."""

from __future__ import annotations

from typing import Any

import numpy as np

from genre_desktop.model.checks.kinds import KERAS, KINDS
from genre_desktop.model.checks.network import LayerPlan, NetworkPlan
from genre_desktop.model.checks.weights import Weights


def build_network(plan: NetworkPlan, weights: Weights) -> Any:
    """The network as Keras has it; `genre_desktop.model.keras_backend.load_backend` comes before.

    Raises
    ------
    ValueError
        And whatever else Keras raises, where it disagrees with the plan.
    """
    import keras

    outputs: dict[str, Any] = {}
    for planned in plan.layers:
        if not planned.inputs:
            outputs[planned.name] = keras.Input(planned.effect.output, name=planned.name, dtype="float32")
            continue
        layer = _make(planned)
        given = [outputs[name] for name in planned.inputs]
        output = layer(given[0] if len(given) == 1 else given)
        if tuple(output.shape[1:]) != planned.effect.output:
            raise ValueError(f"{planned.name} gives {output.shape[1:]}, not {planned.effect.output}")
        if planned.effect.weights:
            # Copies: what lies at an odd place of a file is not where the processor wants it.
            layer.set_weights([np.array(array) for array in weights[planned.name]])
        outputs[planned.name] = output
    return keras.Model(outputs[plan.layers[0].name], outputs[plan.output], name=plan.name)


def _make(planned: LayerPlan) -> Any:
    import keras

    from genre_desktop.model import layers

    kind = KINDS[planned.kind]
    made_by = getattr(keras.layers if kind.module == KERAS else layers, planned.kind)
    settings = dict(planned.settings)
    if "kernel_initializer" in kind.ignored:
        settings["kernel_initializer"] = "zeros"  # chance takes time, and the weights come at once
    return made_by(name=planned.name, dtype="float32", **settings)
