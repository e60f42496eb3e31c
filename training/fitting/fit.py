"""Fitting a network: batches, the falling learning rate, checkpoints, Ctrl-C."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.patches import scale_patches
from genre_desktop.core.errors import ResumeError, TrainingInterruptedError
from genre_desktop.core.untrusted.bounded_json import read_json
from training.datasets.augmentation import augment_patches
from training.datasets.dataset import Dataset
from training.datasets.patch_table import PatchTable, gather
from training.fitting.checkpoints import read_weights, restore_checkpoint, save_checkpoint
from training.fitting.recipes import Recipe

if TYPE_CHECKING:
    import keras

HISTORY_KEYS = ("accuracy", "loss", "val_accuracy", "val_loss")
CHECKPOINTS = "checkpoints"
"""Folder inside a bundle's that holds what is needed to continue."""

BEST_NAME = "best.keras"
STATE_NAME = "state.json"
MAX_STATE_BYTES = 1024**2
SCORE_BATCH = 256

MAX_PATCH_BYTES = 2 * 1024**3
"""Training patches up to this size are kept in memory; more are read from disk batch by batch."""


@dataclass(frozen=True)
class EpochReport:
    """How an epoch went.

    Attributes
    ----------
    epoch, epochs : int
        Number of the epoch, from 1, and how many there will be.
    accuracy, loss, val_accuracy, val_loss : float
        Over patches; those of training with augmentation and dropout at work.
    seconds : float
    """

    epoch: int
    epochs: int
    accuracy: float
    loss: float
    val_accuracy: float
    val_loss: float
    seconds: float


@dataclass(frozen=True)
class FitPlan:
    """What is fitted to what.

    Attributes
    ----------
    train, valid : PatchTable
    epochs, seed : int
    checkpoints : Path or None
        Folder for what is needed to continue; ``None`` keeps nothing on disk.
    identity : str
        Tells this training from others: a checkpoint of another one is refused.
    """

    train: PatchTable
    valid: PatchTable
    epochs: int
    seed: int
    checkpoints: Path | None
    identity: str


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted network and how it came about.

    Attributes
    ----------
    model : keras.Model
    history : dict of str to list of float
        The four lists of `HISTORY_KEYS`, a value an epoch.
    weights_of : int
        Epoch whose weights these are: the last one, or after an interruption the one
        with the lowest validation loss.
    interrupted : bool
    """

    model: keras.Model
    history: dict[str, list[float]]
    weights_of: int
    interrupted: bool


class _Batches:
    """Augmented batches; each depends on seed, epoch and number alone, so that a resumed run repeats them."""

    def __init__(self, dataset: Dataset, plan: FitPlan, recipe: Recipe) -> None:
        self._dataset, self._plan, self._recipe = dataset, plan, recipe
        self.seed = plan.seed
        self._targets = np.eye(len(dataset.labels), dtype=np.float32)[dataset.truth]
        self._patches: NDArray[np.float16] | None = None
        config = dataset.config
        if 2 * len(plan.train) * config.patch_frames * config.n_mels <= MAX_PATCH_BYTES:
            every = np.arange(len(plan.train))
            self._patches = np.concatenate([self._gather(every[i : i + 1024]) for i in range(0, len(every), 1024)])

    def __len__(self) -> int:
        return -(-len(self._plan.train) // self._recipe.batch_size)

    def epoch(self, epoch: int) -> list[NDArray[np.int64]]:
        order = np.random.default_rng([self._plan.seed, epoch]).permutation(len(self._plan.train))
        return np.array_split(order, len(self))

    def make(self, rows: NDArray[np.int64], epoch: int, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rng = np.random.default_rng([self._plan.seed, epoch, number])
        half = self._gather(rows) if self._patches is None else self._patches[rows]
        patches = augment_patches(half.astype(np.float32), self._recipe.augment, rng)
        return scale_patches(patches, self._dataset.config), self._targets[self._plan.train.track[rows]]

    def _gather(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        # float16 holds dB to 0.06, and an ordinary data set stays in memory.
        return gather(self._dataset, self._plan.train.take(rows)).astype(np.float16)


def fit(
    dataset: Dataset,
    recipe: Recipe,
    plan: FitPlan,
    *,
    resume: bool = False,
    on_epoch: Callable[[EpochReport], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Fitted:
    """Fit a recipe's network.

    Adam on categorical cross-entropy with a learning rate that falls along half a
    cosine. A complete run gives the weights of its last epoch: choosing the epoch by the
    validation set would make that set's figures too good. A run that was stopped gives
    the best epoch so far, by validation loss.

    Parameters
    ----------
    dataset : Dataset
    recipe : Recipe
    plan : FitPlan
    resume : bool
        Continue from ``plan.checkpoints``.
    on_epoch : callable, optional
    should_stop : callable, optional
        Asked after each batch; true ends the fitting.

    Returns
    -------
    Fitted

    Raises
    ------
    ResumeError
        Where there is no checkpoint of this very training.
    TrainingInterruptedError
        Where it was stopped within its first epoch.
    """
    import keras

    batches = _Batches(dataset, plan, recipe)
    model = recipe.build(dataset.config, len(dataset.labels), plan.seed)
    schedule = keras.optimizers.schedules.CosineDecay(recipe.learning_rate, len(batches) * plan.epochs, alpha=0.01)
    model.compile(keras.optimizers.Adam(schedule), keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    best = _Best()
    history = _restore(model, plan, best) if resume else {key: [] for key in HISTORY_KEYS}
    for epoch in range(len(history["loss"]), plan.epochs):
        started = time.monotonic()
        trained = _fit_epoch(model, batches, epoch, should_stop)
        if trained is None:
            return _interrupted(model, history, best)
        valid_accuracy, valid_loss = _judge_patches(model, dataset, plan.valid)
        for key, value in zip(HISTORY_KEYS, (*trained, valid_accuracy, valid_loss), strict=True):
            history[key].append(float(value))
        best.offer(model, valid_loss, epoch)
        if plan.checkpoints is not None:
            _save_checkpoint(model, history, best, plan)
        if on_epoch is not None:
            values = {key: history[key][-1] for key in HISTORY_KEYS}
            on_epoch(EpochReport(epoch + 1, plan.epochs, **values, seconds=time.monotonic() - started))
    return Fitted(model, history, weights_of=plan.epochs, interrupted=False)


def _fit_epoch(
    model: keras.Model, batches: _Batches, epoch: int, should_stop: Callable[[], bool] | None
) -> tuple[float, float] | None:
    """Accuracy and loss over the epoch, or ``None`` when it was stopped amid it."""
    _reseed(model, plan_seed=batches.seed, epoch=epoch)
    sums = np.zeros(2)
    seen = 0
    for number, rows in enumerate(batches.epoch(epoch)):
        # Keras resets its metrics with each call: these are the figures of this batch.
        logs = model.train_on_batch(*batches.make(rows, epoch, number), return_dict=True)
        sums += len(rows) * np.array([float(logs["accuracy"]), float(logs["loss"])])
        seen += len(rows)
        if should_stop is not None and should_stop():
            return None
    accuracy, loss = sums / seen
    return float(accuracy), float(loss)


def _judge_patches(model: keras.Model, dataset: Dataset, table: PatchTable) -> tuple[float, float]:
    """Accuracy and cross-entropy over the patches of a table."""
    scores = score_patches(model, dataset, table)
    truth = dataset.truth[table.track]
    right = np.take_along_axis(scores, truth[:, None], axis=1)
    return float((scores.argmax(axis=1) == truth).mean()), float(-np.log(np.maximum(right, 1e-7)).mean())


def _reseed(model: keras.Model, plan_seed: int, epoch: int) -> None:
    """Start the chance of dropout anew: a checkpoint does not hold its state."""
    import keras

    for number, layer in enumerate(model.layers):
        generator = getattr(layer, "seed_generator", None)
        if isinstance(generator, keras.random.SeedGenerator):
            drawn = np.random.default_rng([plan_seed, epoch, number]).integers(0, 2**31, generator.state.shape)
            generator.state.assign(drawn.astype(generator.state.dtype))


class _Best:
    """The weights with the lowest validation loss so far."""

    def __init__(self) -> None:
        self.epoch, self.loss = -1, float("inf")
        self.weights: list[NDArray[Any]] | None = None
        self.is_saved = False

    def restore(self, weights: list[NDArray[Any]], val_losses: list[float]) -> None:
        """Those that stand in the checkpoints."""
        self.epoch, self.loss = int(np.argmin(val_losses)), min(val_losses)
        self.weights, self.is_saved = weights, True

    def offer(self, model: keras.Model, loss: float, epoch: int) -> None:
        if self.weights is None or loss < self.loss:
            self.weights, self.loss, self.epoch = model.get_weights(), loss, epoch
            self.is_saved = False


def _interrupted(model: keras.Model, history: dict[str, list[float]], best: _Best) -> Fitted:
    if best.weights is None:
        raise TrainingInterruptedError
    model.set_weights(best.weights)
    return Fitted(model, history, weights_of=best.epoch + 1, interrupted=True)


def _save_checkpoint(model: keras.Model, history: dict[str, list[float]], best: _Best, plan: FitPlan) -> None:
    folder = plan.checkpoints
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    if not best.is_saved:
        save_checkpoint(model, folder / BEST_NAME)
        best.is_saved = True
    # A name of its own for each epoch: whenever a kill comes, the state names a network
    # that is there and is of the same epoch.
    checkpoint = folder / f"checkpoint-{len(history['loss'])}.keras"
    save_checkpoint(model, checkpoint)
    state = {
        "identity": plan.identity,
        "epochs": plan.epochs,
        "checkpoint": checkpoint.name,
        "history": history,
    }
    partial = folder / f"{STATE_NAME}.part"
    partial.write_text(json.dumps(state), "utf-8")
    os.replace(partial, folder / STATE_NAME)
    for old in folder.glob("checkpoint-*.keras"):
        if old != checkpoint:
            old.unlink()


def _restore(model: keras.Model, plan: FitPlan, best: _Best) -> dict[str, list[float]]:
    """Put network, optimizer and best weights where they stood; gives the history until then."""
    folder = plan.checkpoints
    if folder is None or not (folder / STATE_NAME).is_file():
        raise ResumeError(path=folder, reason="no checkpoint stands there")
    try:
        state = read_json(folder / STATE_NAME, max_bytes=MAX_STATE_BYTES)
        if state["identity"] != plan.identity or state["epochs"] != plan.epochs:
            reason = "it was started with other settings or other data; give the same ones, or another folder"
            raise ResumeError(path=folder, reason=reason)
        history = {key: [float(value) for value in state["history"][key]] for key in HISTORY_KEYS}
        n_epochs = len(history["loss"])
        if {len(values) for values in history.values()} != {n_epochs} or not 0 < n_epochs <= plan.epochs:
            raise ValueError("its history has gaps")
        # By its own name: the state cannot point anywhere else.
        restore_checkpoint(model, folder / f"checkpoint-{n_epochs}.keras")
        if (folder / BEST_NAME).is_file():
            best.restore(read_weights(model, folder / BEST_NAME), history["val_loss"])
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise ResumeError(path=folder, reason=f"its checkpoint is damaged ({error})") from error
    return history


def score_patches(model: keras.Model, dataset: Dataset, table: PatchTable) -> NDArray[np.float32]:
    """Probabilities of the patches of a table [shape=(n_patches, n_genres)]."""
    parts = [np.empty((0, len(dataset.labels)), np.float32)]
    for first in range(0, len(table), SCORE_BATCH):
        rows = np.arange(first, min(first + SCORE_BATCH, len(table)))
        inputs = scale_patches(gather(dataset, table.take(rows)), dataset.config)
        parts.append(np.asarray(model.predict_on_batch(inputs), np.float32))
    return np.concatenate(parts)


def describe_recipe(recipe: Recipe) -> dict[str, Any]:
    """The settings of a recipe as plain values, for the card."""
    return {
        "recipe": recipe.name,
        "batch_size": recipe.batch_size,
        "learning_rate": recipe.learning_rate,
        "augment": asdict(recipe.augment),
    }
