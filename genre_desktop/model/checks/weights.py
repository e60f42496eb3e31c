"""The weights of a planned network: the arrays of the HDF5 file, assigned to its layers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.checks.network_plan import NetworkPlan
from genre_desktop.model.checks.refusal import RefusalError

Weights = Mapping[str, tuple[NDArray[np.generic], ...]]
"""Arrays by name of the layer, in the order of `LayerFootprint.weights`."""


def match_weights(plan: NetworkPlan, arrays: Mapping[str, NDArray[np.generic]]) -> Weights:
    """Assign arrays to the layers of a network.

    Parameters
    ----------
    plan : NetworkPlan
    arrays : mapping
        From `genre_desktop.model.checks.hdf5_reader.read_arrays`. The state of an optimizer may be among them.

    Raises
    ------
    RefusalError
        Where one is missing, left over, or of another shape or type.
    """
    left = {path for path in arrays if not path.startswith(("optimizer/", "metrics/"))}
    matched = {}
    for layer in plan.layers:
        paths = [f"{layer.weight_path}/{number}" for number in range(len(layer.footprint.weights))]
        for path, shape in zip(paths, layer.footprint.weights, strict=True):
            array = arrays.get(path)
            if array is None:
                raise RefusalError(
                    tr("the layer {name} has unsuitable weights ({shape})", name=layer.name, shape=list(shape))
                )
            if array.shape != shape or array.dtype != np.float32:
                given = f"{list(array.shape)} {array.dtype}"
                raise RefusalError(
                    tr("the layer {name} has unsuitable weights ({shape})", name=layer.name, shape=given)
                )
        left -= set(paths)
        matched[layer.name] = tuple(arrays[path] for path in paths)
    # Layers with a random generator, such as Dropout, store its state.
    left = {path for path in left if "/seed_generator/" not in path}
    if left:
        raise RefusalError(tr("it holds weights that belong to no layer ({name})", name=min(left)[:60]))
    return matched
