"""A network as it stood after an epoch, with its optimizer: written by Keras, read by ourselves.

A folder to continue in may come from a stranger as a bundle may: the network is built anew from its recipe, and only
numbers of the shapes that it has are taken from the file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.checks.archive import open_archive, read_file
from genre_desktop.model.checks.hdf5 import read_arrays
from genre_desktop.model.checks.network import StoredNames

if TYPE_CHECKING:
    import keras

Arrays = list[NDArray[np.generic]]


def save_checkpoint(model: keras.Model, path: Path) -> None:
    """Write network and optimizer in one step: a kill amid the writing leaves what was there before."""
    partial = path.with_name(f"part-{path.name}")
    model.save(partial)
    os.replace(partial, path)


def read_weights(model: keras.Model, path: Path) -> Arrays:
    """Weights that a checkpoint has for a network of this form, in the order of ``model.get_weights()``.

    Raises
    ------
    ValueError
        Where it is damaged, or of a network of another form.
    OSError
    """
    return _weights(model, _arrays(path))


def restore_checkpoint(model: keras.Model, path: Path) -> None:
    """Put a compiled network and its optimizer where they stood.

    Raises
    ------
    ValueError
        Where the checkpoint is damaged, or of a network of another form.
    OSError
    """
    arrays = _arrays(path)
    model.set_weights(_weights(model, arrays))
    optimizer: Any = model.optimizer
    optimizer.build(model.trainable_variables)
    for number, variable in enumerate(optimizer.variables):
        variable.assign(_array(arrays, f"optimizer/vars/{number}", tuple(variable.shape)))


def _arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    return read_arrays(open_archive(*read_file(path)).weights)


def _weights(model: keras.Model, arrays: dict[str, NDArray[np.generic]]) -> Arrays:
    names = StoredNames()
    found = []
    for layer in model.layers:
        folder = names.next(type(layer).__name__)
        shapes = [tuple(weight.shape) for weight in layer.weights]
        found += [_array(arrays, f"{folder}/{number}", shape) for number, shape in enumerate(shapes)]
    return found


def _array(arrays: dict[str, NDArray[np.generic]], path: str, shape: tuple[int, ...]) -> NDArray[np.generic]:
    array = arrays.get(path)
    if array is None or array.shape != shape:
        raise ValueError(f"{path} is not of the shape {list(shape)}")
    return array
