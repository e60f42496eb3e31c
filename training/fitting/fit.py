"""Fitting a network to patches: batches, learning-rate schedule, checkpoints, interruption."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.patches import scale_patches
from genre_desktop.core.errors import TrainingInterruptedError
from training.datasets.augmentation import augment_patches
from training.datasets.dataset import Dataset
from training.datasets.patch_table import PatchTable, gather
from training.fitting.checkpoints import HISTORY_KEYS, BestWeights, Checkpoints, History
from training.fitting.recipes import Recipe

if TYPE_CHECKING:
    import keras

SCORE_BATCH = 256

MAX_PATCH_BYTES = 2 * 1024**3
"""Training patches up to this size are kept in memory; more are read from disk batch by batch."""


@dataclass(frozen=True)
class EpochReport:
    """Metrics of one epoch of a training.

    Attributes
    ----------
    epoch, epochs : int
        Number of the epoch, from 1, and the number of all epochs.
    accuracy, loss, val_accuracy, val_loss : float
        Over patches; those of training are with augmentation and dropout.
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
    """The patches, length and seed of a fit.

    Attributes
    ----------
    train, valid : PatchTable
    epochs, seed : int
    checkpoints : Checkpoints or None
        Written after each epoch; ``None`` writes nothing to disk.
    """

    train: PatchTable
    valid: PatchTable
    epochs: int
    seed: int
    checkpoints: Checkpoints | None = None


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted network with the history of its training.

    Attributes
    ----------
    model : keras.Model
    history : dict of str to list of float
        Accuracy and loss over patches, of training and of validation, a value an epoch.
    weights_of : int
        Epoch whose weights these are: the last one, or after an interruption the one
        with the lowest validation loss.
    interrupted : bool
    """

    model: keras.Model
    history: History
    weights_of: int
    interrupted: bool


class _Batches:
    """Augmented training batches. Each depends on seed, epoch and batch number only, so a resumed run repeats them."""

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

    def rows_of_epoch(self, epoch: int) -> list[NDArray[np.int64]]:
        """The rows of each batch in ``plan.train``, in a random order."""
        order = np.random.default_rng([self._plan.seed, epoch]).permutation(len(self._plan.train))
        return np.array_split(order, len(self))

    def make(self, rows: NDArray[np.int64], epoch: int, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Scaled patches [shape=(n, n_frames, n_mels)] and one-hot genres [shape=(n, n_genres)] of a batch."""
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
    cosine. A complete run keeps the weights of its last epoch: choosing the epoch by the
    validation set would make that set's metrics too good. An interrupted run keeps the
    epoch with the lowest validation loss.

    Parameters
    ----------
    dataset : Dataset
    recipe : Recipe
    plan : FitPlan
    resume : bool
        Continue from the last of ``plan.checkpoints``.
    on_epoch : callable, optional
        Called after each epoch.
    should_stop : callable, optional
        Called after each batch; true ends the fitting.

    Returns
    -------
    Fitted

    Raises
    ------
    ResumeError
        Where there is no checkpoint of this very training.
    TrainingInterruptedError
        Where it was stopped before the end of its first epoch.
    """
    batches = _Batches(dataset, plan, recipe)
    model = _compiled(recipe, dataset, plan.seed, len(batches) * plan.epochs)
    best = BestWeights()
    resumed = plan.checkpoints if resume else None
    history = {key: [] for key in HISTORY_KEYS} if resumed is None else resumed.restore(model, best)
    for epoch in range(len(history["loss"]), plan.epochs):
        started = time.monotonic()
        trained = _fit_epoch(model, batches, epoch, should_stop)
        if trained is None:
            return _interrupted(model, history, best)
        valid_accuracy, valid_loss = _evaluate_patches(model, dataset, plan.valid)
        for key, value in zip(HISTORY_KEYS, (*trained, valid_accuracy, valid_loss), strict=True):
            history[key].append(float(value))
        best.update(model, valid_loss, epoch)
        if plan.checkpoints is not None:
            plan.checkpoints.save(model, history, best)
        if on_epoch is not None:
            values = {key: history[key][-1] for key in HISTORY_KEYS}
            on_epoch(EpochReport(epoch + 1, plan.epochs, **values, seconds=time.monotonic() - started))
    return Fitted(model, history, weights_of=plan.epochs, interrupted=False)


def _compiled(recipe: Recipe, dataset: Dataset, seed: int, n_steps: int) -> keras.Model:
    import keras

    model = recipe.build(dataset.config, len(dataset.labels), seed)
    schedule = keras.optimizers.schedules.CosineDecay(recipe.learning_rate, n_steps, alpha=0.01)
    model.compile(keras.optimizers.Adam(schedule), keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    return model


def _fit_epoch(
    model: keras.Model, batches: _Batches, epoch: int, should_stop: Callable[[], bool] | None
) -> tuple[float, float] | None:
    """Accuracy and loss over the epoch, or ``None`` if it was stopped before the end."""
    _reseed(model, plan_seed=batches.seed, epoch=epoch)
    sums = np.zeros(2)
    seen = 0
    for number, rows in enumerate(batches.rows_of_epoch(epoch)):
        # Keras resets its metrics with each call: these are the values of this batch alone.
        logs = model.train_on_batch(*batches.make(rows, epoch, number), return_dict=True)
        sums += len(rows) * np.array([float(logs["accuracy"]), float(logs["loss"])])
        seen += len(rows)
        if should_stop is not None and should_stop():
            return None
    accuracy, loss = sums / seen
    return float(accuracy), float(loss)


def _evaluate_patches(model: keras.Model, dataset: Dataset, table: PatchTable) -> tuple[float, float]:
    """Accuracy and cross-entropy over the patches of a table."""
    scores = score_patches(model, dataset, table)
    truth = dataset.truth[table.track]
    right = np.take_along_axis(scores, truth[:, None], axis=1)
    return float((scores.argmax(axis=1) == truth).mean()), float(-np.log(np.maximum(right, 1e-7)).mean())


def _reseed(model: keras.Model, plan_seed: int, epoch: int) -> None:
    """Reseed dropout for the epoch: a checkpoint does not hold the state of its random generator."""
    import keras

    for number, layer in enumerate(model.layers):
        generator = getattr(layer, "seed_generator", None)
        if isinstance(generator, keras.random.SeedGenerator):
            drawn = np.random.default_rng([plan_seed, epoch, number]).integers(0, 2**31, generator.state.shape)
            generator.state.assign(drawn.astype(generator.state.dtype))


def _interrupted(model: keras.Model, history: History, best: BestWeights) -> Fitted:
    if best.weights is None:
        raise TrainingInterruptedError
    model.set_weights(best.weights)
    return Fitted(model, history, weights_of=best.epoch + 1, interrupted=True)


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
