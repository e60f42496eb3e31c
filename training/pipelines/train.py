"""A training from data set to bundle: what ``genre-desktop train`` does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from training.bundles.bundle_writer import made_bundle
from training.datasets.dataset import require_trainable
from training.datasets.loading import Reporter, ShouldStop
from training.fitting.fit import EpochReport
from training.fitting.recipes import TRANSFER, get_recipe
from training.pipelines.head_parts import HeadParts
from training.pipelines.network_parts import NetworkParts
from training.pipelines.output_folder import check_output_folder
from training.pipelines.recipe_parts import RecipeParts, TrainingContext
from training.pipelines.request import TrainRequest, TrainResult


def train(
    request: TrainRequest,
    *,
    on_epoch: Callable[[EpochReport], None] | None = None,
    on_message: Reporter | None = None,
    should_stop: ShouldStop | None = None,
) -> TrainResult:
    """Train a model and write its bundle.

    Parameters
    ----------
    request : TrainRequest
    on_epoch : callable, optional
        Called after each epoch.
    on_message : callable, optional
        Receives progress messages.
    should_stop : callable, optional
        Polled after each batch; true ends the training and keeps the best epoch so far.

    Returns
    -------
    TrainResult

    Raises
    ------
    TrainingError
    """
    check_output_folder(request.out, resume=request.resume)
    parts = choose_parts(TrainingContext(request, on_message or (lambda _message: None), on_epoch, should_stop))
    data = parts.load()
    require_trainable(data)
    split = parts.split(data)
    model = parts.fit(split)
    calibration = parts.calibrate(split)
    metrics = parts.evaluate(split, model, calibration)
    parts.write(split, model, calibration, metrics)
    conclusion = parts.conclude(split, model, calibration, metrics)
    return TrainResult(made_bundle(request.out), conclusion.summary, conclusion.interrupted, data.skipped)


def choose_parts(context: TrainingContext) -> RecipeParts[Any, Any, Any, Any]:
    """The parts of the recipe that is asked for.

    Raises
    ------
    UnknownRecipeError
    """
    name = context.request.recipe
    return HeadParts(context) if name == TRANSFER else NetworkParts(context, get_recipe(name))
