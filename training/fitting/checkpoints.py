"""Checkpoints of a training: what is needed to continue it after a kill or Ctrl-C.

A folder to continue in may come from a stranger as a bundle may. So Keras writes the checkpoints and never reads them:
the network is built anew from its recipe, and only arrays of the shapes that it has are taken from the file.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import ResumeError, StorageError
from genre_desktop.core.untrusted.bounded_json import read_json
from genre_desktop.library.files.staged_folder import remove_empty
from genre_desktop.model.checks.hdf5_reader import read_arrays
from genre_desktop.model.checks.keras_archive import open_archive, read_file
from genre_desktop.model.checks.network_plan import WeightPaths

if TYPE_CHECKING:
    import keras

Arrays = list[NDArray[np.generic]]

History = dict[str, list[float]]
"""The four lists of `HISTORY_KEYS`, a value an epoch."""

HISTORY_KEYS = ("accuracy", "loss", "val_accuracy", "val_loss")

CHECKPOINT_FOLDER = "checkpoints"
"""Name of the folder of checkpoints inside a bundle's folder."""

BEST_NAME = "best.keras"
STATE_NAME = "state.json"
MAX_STATE_BYTES = 1024**2


class BestWeights:
    """The weights of the epoch with the lowest validation loss so far.

    Attributes
    ----------
    epoch : int
        From 0; -1 before the first epoch.
    loss : float
    weights : list of ndarray or None
        In the order of ``model.get_weights()``.
    is_saved : bool
        Whether these weights are in the checkpoints.
    """

    def __init__(self) -> None:
        self.epoch, self.loss = -1, float("inf")
        self.weights: list[NDArray[Any]] | None = None
        self.is_saved = False

    def restore(self, weights: list[NDArray[Any]], val_losses: list[float]) -> None:
        """Set the weights that were read from the checkpoints, with the validation losses of all epochs until then."""
        self.epoch, self.loss = int(np.argmin(val_losses)), min(val_losses)
        self.weights, self.is_saved = weights, True

    def update(self, model: keras.Model, loss: float, epoch: int) -> None:
        """Copy the weights of a model if its validation loss is the lowest so far."""
        if self.weights is None or loss < self.loss:
            self.weights, self.loss, self.epoch = model.get_weights(), loss, epoch
            self.is_saved = False


@dataclass(frozen=True)
class Checkpoints:
    """The folder of checkpoints of one training.

    Attributes
    ----------
    folder : Path
        Made with the first checkpoint.
    identity : str
        Hash of whatever determines the result: checkpoints of another training are refused.
    epochs : int
        Of the whole training.
    """

    folder: Path
    identity: str
    epochs: int

    def save(self, model: keras.Model, history: History, best: BestWeights) -> None:
        """Write network, optimizer, history and best weights as they are after an epoch.

        Raises
        ------
        StorageError
            The checkpoint of the epoch before is still there; nothing is left of a first one.
        """
        made = [path for path in (self.folder, *self.folder.absolute().parents) if not path.exists()]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._save(model, history, best)
        except OSError as error:
            if not (self.folder / STATE_NAME).exists():
                (self.folder / BEST_NAME).unlink(missing_ok=True)
                best.is_saved = False
            remove_empty(made)
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise StorageError(path=self.folder, reason=reason) from error

    def _save(self, model: keras.Model, history: History, best: BestWeights) -> None:
        if not best.is_saved:
            save_network_state(model, self.folder / BEST_NAME)
            best.is_saved = True
        # Each epoch has its own file: whenever the process is killed, the state names a network
        # that is complete and of the same epoch.
        checkpoint = self.folder / f"checkpoint-{len(history['loss'])}.keras"
        save_network_state(model, checkpoint)
        state = {
            "identity": self.identity,
            "epochs": self.epochs,
            "checkpoint": checkpoint.name,
            "history": history,
        }
        try:
            with _replacing(self.folder / STATE_NAME) as partial:
                partial.write_text(json.dumps(state), "utf-8")
        except OSError:
            checkpoint.unlink()
            raise
        for old in self.folder.glob("checkpoint-*.keras"):
            if old != checkpoint:
                old.unlink()

    def restore(self, model: keras.Model, best: BestWeights) -> History:
        """Set network, optimizer and best weights to the last checkpoint; returns the history until then.

        Raises
        ------
        ResumeError
            Where there is no checkpoint, or it is damaged or of another training.
        """
        if not (self.folder / STATE_NAME).is_file():
            raise ResumeError(path=self.folder, reason="no checkpoint stands there")
        try:
            state = read_json(self.folder / STATE_NAME, max_bytes=MAX_STATE_BYTES)
            if state["identity"] != self.identity or state["epochs"] != self.epochs:
                reason = "it was started with other settings or other data; give the same ones, or another folder"
                raise ResumeError(path=self.folder, reason=reason)
            history = {key: [float(value) for value in state["history"][key]] for key in HISTORY_KEYS}
            n_epochs = len(history["loss"])
            if {len(values) for values in history.values()} != {n_epochs} or not 0 < n_epochs <= self.epochs:
                raise ValueError("its history has gaps")
            # The file name is built here and not read from the state, which could name any other file.
            restore_network_state(model, self.folder / f"checkpoint-{n_epochs}.keras")
            if (self.folder / BEST_NAME).is_file():
                best.restore(read_weights(model, self.folder / BEST_NAME), history["val_loss"])
        except (OSError, ValueError, LookupError, TypeError, ArithmeticError) as error:
            raise ResumeError(path=self.folder, reason=f"its checkpoint is damaged ({error})") from error
        return history


def save_network_state(model: keras.Model, path: Path) -> None:
    """Write network and optimizer to a file atomically."""
    with _replacing(path) as partial:
        model.save(partial)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A path beside another, whose file replaces that of the other at the end; after an exception there is none."""
    partial = path.with_name(f"part-{path.name}")
    try:
        yield partial
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise


def read_weights(model: keras.Model, path: Path) -> Arrays:
    """Weights in a checkpoint for a network of this architecture, in the order of ``model.get_weights()``.

    Raises
    ------
    ValueError
        Where the file is damaged, or of a network of another architecture.
    OSError
    """
    return _weights(model, _arrays(path))


def restore_network_state(model: keras.Model, path: Path) -> None:
    """Set a compiled network and its optimizer to the state in a file.

    Raises
    ------
    ValueError
        Where the file is damaged, or of a network of another architecture.
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
    names = WeightPaths()
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
