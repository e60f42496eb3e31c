"""The graph of a network's operations, each after its inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genre_desktop.model.checks.checked_network import CheckedNetwork
from genre_desktop.model.inference.activations import Activation, Affine
from genre_desktop.model.inference.convolution import Convolution
from genre_desktop.model.inference.operations import Operation, operations_of
from genre_desktop.model.inference.pooling import MaxPooling
from genre_desktop.model.inference.spectral_maximum import SpectralMaximum
from genre_desktop.model.inference.windows import Array


@dataclass(frozen=True, eq=False)
class Node:
    """An operation and its inputs.

    Attributes
    ----------
    name : str
        Unique; that of its layer for the last operation of a layer.
    operation : callable
    inputs : tuple of str
        Names of nodes, or of the input of the network.
    """

    name: str
    operation: Operation
    inputs: tuple[str, ...]


def build_graph(checked: CheckedNetwork, outputs: Sequence[str]) -> list[Node]:
    """The operations of a network.

    Parameters
    ----------
    checked : CheckedNetwork
    outputs : sequence of str
        Layers whose outputs are wanted.

    Raises
    ------
    UnknownLayerError
    """
    shapes = {layer.name: layer.footprint.output for layer in checked.plan.layers}
    nodes: list[Node] = []
    for layer in checked.plan.layers[1:]:
        # Copies: arrays at odd offsets of the file are not aligned.
        weights = [np.array(array, np.float32) for array in checked.weights[layer.name]]
        operations = operations_of(layer, weights, [shapes[name] for name in layer.inputs]) or [_unchanged]
        inputs = layer.inputs
        for number, operation in enumerate(operations, start=1):
            # No name of a layer has a space.
            name = layer.name if number == len(operations) else f"{layer.name} {number}"
            nodes.append(Node(name, operation, inputs))
            inputs = (name,)
    return _with_early_maxima(nodes, outputs)


def _unchanged(x: Array) -> Array:
    return x


def _with_early_maxima(nodes: list[Node], outputs: Sequence[str]) -> list[Node]:
    """The same graph, with each maximum directly behind its convolution.

    The bias, activation and normalisation between them rise or fall with their input, channel by channel. So the
    maximum of their results is their result for the maximum; where they fall, for the minimum, which is the maximum
    for a kernel of the other sign. It leaves them a quarter of the values, or a fiftieth.
    """
    by_name = {node.name: node for node in nodes}
    n_uses = Counter([*outputs, *(name for node in nodes for name in node.inputs)])
    for pool in nodes:
        if not isinstance(pool.operation, MaxPooling):
            continue
        chain = [pool]
        while (before := by_name.get(chain[0].inputs[0])) and n_uses[before.name] == 1 and _is_monotonic(before):
            chain.insert(0, before)
        if before is None or n_uses[before.name] > 1 or not isinstance(before.operation, Convolution):
            continue
        operations: list[Operation] = [pool.operation, *(node.operation for node in chain[:-1])]
        by_name[before.name], operations[0] = _convolution_and_maximum(
            before, before.operation, pool.operation, _signs(operations)
        )
        for node, operation in zip(chain, operations, strict=True):
            by_name[node.name] = replace(node, operation=operation)
    return [by_name[node.name] for node in nodes]


def _is_monotonic(node: Node) -> bool:
    operation = node.operation
    return isinstance(operation, Affine) or (isinstance(operation, Activation) and operation.is_rising)


def _signs(operations: Sequence[Operation]) -> Array:
    """-1 for the channels of which the operations together fall with their input, 1 for the others."""
    signs = np.ones(1, np.float32)
    for operation in operations:
        if isinstance(operation, Affine) and operation.factors is not None:
            signs = np.where(operation.factors < 0, -signs, signs)
    return signs


def _convolution_and_maximum(
    node: Node, convolution: Convolution, pooling: MaxPooling, signs: Array
) -> tuple[Node, Operation]:
    """The node of a convolution whose outputs have other signs, and what follows: their maximum, with the old signs."""
    turn_back: Operation = _unchanged
    if (signs < 0).any():
        convolution, turn_back = convolution.scaled(signs), Affine(signs, None)
    if SpectralMaximum.suits(convolution, pooling):
        return replace(node, operation=SpectralMaximum(convolution)), turn_back
    return replace(node, operation=convolution), lambda x: turn_back(pooling(x))
