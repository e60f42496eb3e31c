"""The weights of a planned network, each array where it belongs and of the shape that its layer has."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.checks.network import NetworkPlan
from genre_desktop.model.checks.refusal import RefusalError

Weights = Mapping[str, tuple[NDArray[np.generic], ...]]
"""By name of the layer, in the order of `LayerPlan.effect`."""


def match_weights(plan: NetworkPlan, arrays: Mapping[str, NDArray[np.generic]]) -> Weights:
    """Give each layer its arrays.

    Parameters
    ----------
    plan : NetworkPlan
    arrays : mapping
        As `genre_desktop.model.checks.hdf5.read_arrays` found them. The state of an optimizer may be among them.

    Raises
    ------
    RefusalError
        Where one is missing, left over, or of another shape or type.
    """
    left = {path for path in arrays if not path.startswith(("optimizer/", "metrics/"))}
    matched = {}
    for layer in plan.layers:
        paths = [f"{layer.stored_as}/{number}" for number in range(len(layer.effect.weights))]
        for path, shape in zip(paths, layer.effect.weights, strict=True):
            array = arrays.get(path)
            if array is None:
                raise RefusalError(
                    tr("the layer {name} has unsuitable weights ({shape})", name=layer.name, shape=list(shape))
                )
            if array.shape != shape or array.dtype != np.float32:
                told = f"{list(array.shape)} {array.dtype}"
                raise RefusalError(tr("the layer {name} has unsuitable weights ({shape})", name=layer.name, shape=told))
        left -= set(paths)
        matched[layer.name] = tuple(arrays[path] for path in paths)
    # What chance does in training has a state, too.
    left = {path for path in left if "/seed_generator/" not in path}
    if left:
        raise RefusalError(tr("it holds weights that belong to no layer ({name})", name=min(left)[:60]))
    return matched
