"""A copy of a part of a network, layer by layer, on another tensor.

A network used as a layer of another is refused when a bundle is loaded, and one that begins in the middle of another
keeps the way to the old input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


def copy_part(network: keras.Model, first: Any, last: Any, patch: Any) -> Any:
    """Apply copies of the layers between two tensors of a network, with their weights, to another tensor.

    Parameters
    ----------
    network : keras.Model
    first, last : KerasTensor
        Outputs of two of its layers, of which the second depends on no other input than the first.
    patch : KerasTensor
        Of the shape of `first`.

    Returns
    -------
    KerasTensor
        What `last` would be.
    """
    outputs = {id(first): patch}
    for layer in network.layers:
        given = layer.input if isinstance(layer.input, list) else [layer.input]
        if not given or id(layer.output) in outputs or not all(id(tensor) in outputs for tensor in given):
            continue
        copy = type(layer).from_config(layer.get_config())
        inputs = [outputs[id(tensor)] for tensor in given]
        outputs[id(layer.output)] = copy(inputs if len(inputs) > 1 else inputs[0])
        copy.set_weights(layer.get_weights())
        if layer.output is last:
            break
    return outputs[id(last)]
