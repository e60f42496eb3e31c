"""A network computed with NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from genre_desktop.model.checks.checked_network import CheckedNetwork
from genre_desktop.model.inference.operation_graph import build_graph
from genre_desktop.model.inference.windows import Array

CHUNK = 4
"""Patches that are computed together: with fewer the shipped models take up to a quarter longer, as each weight is read
from memory for each of them; with more, what lies between two layers is no longer in the processor's cache."""


class NumpyNetwork:
    """A network that is computed without Keras, in a few megabytes and a tenth of a second after the start.

    Keras defines what it has to compute: see `genre_desktop.model.inference.agreement`. It can be pickled.

    Parameters
    ----------
    checked : CheckedNetwork
    feature_layers : sequence of str
        Layers whose outputs follow those of the network, side by side.

    Raises
    ------
    UnknownLayerError
        Where it has a layer that only Keras computes.
    """

    def __init__(self, checked: CheckedNetwork, feature_layers: Sequence[str] = ()) -> None:
        self._arguments = checked, tuple(feature_layers)
        self._input = checked.plan.layers[0].name
        self._outputs = (checked.plan.output, *feature_layers)
        self._nodes = build_graph(checked, self._outputs)
        last_use = {name: number for number, node in enumerate(self._nodes) for name in node.inputs}
        self._unused_after = [
            [name for name in set(node.inputs) if last_use[name] == number and name not in self._outputs]
            for number, node in enumerate(self._nodes)
        ]

    def __reduce__(self) -> tuple[Any, ...]:
        return NumpyNetwork, self._arguments

    def __call__(self, patches: Array) -> Array:
        """Outputs of the network and of the feature layers.

        Parameters
        ----------
        patches : ndarray of float32 [shape=(n, *input_shape)]
            At least one.

        Returns
        -------
        ndarray of float32 [shape=(n, n_outputs)]
        """
        chunks = (patches[first : first + CHUNK] for first in range(0, len(patches), CHUNK))
        with np.errstate(all="ignore"):  # values that are not finite are looked for by whoever calls
            return np.concatenate([self._compute(chunk) for chunk in chunks])

    def _compute(self, patches: Array) -> Array:
        values = {self._input: patches}
        for node, unused in zip(self._nodes, self._unused_after, strict=True):
            values[node.name] = node.operation(*(values[name] for name in node.inputs))
            for name in unused:
                del values[name]
        return np.concatenate([values[name] for name in self._outputs], axis=1)
