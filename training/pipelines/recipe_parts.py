"""The parts of a training that depend on the recipe: the interface between `train` and the kinds of model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from training.datasets.dataset import TrackSet
from training.datasets.loading import Reporter, ShouldStop
from training.evaluation.metrics import Metrics
from training.fitting.fit import EpochReport
from training.pipelines.request import TrainRequest

Data = TypeVar("Data", bound=TrackSet)
Split = TypeVar("Split")
Model = TypeVar("Model")
Calibration = TypeVar("Calibration")


@dataclass(frozen=True, eq=False)
class TrainingContext:
    """What every step of a training may use: the request, and the callbacks of the caller.

    Attributes
    ----------
    request : TrainRequest
    reporter : callable
        Receives progress messages.
    on_epoch : callable or None
        Called after each epoch of the training (not of the cross-validation).
    should_stop : callable or None
        Polled during long work; true ends it.
    """

    request: TrainRequest
    reporter: Reporter
    on_epoch: Callable[[EpochReport], None] | None = None
    should_stop: ShouldStop | None = None


@dataclass(frozen=True)
class Conclusion:
    """The end of a training, after its bundle was written.

    Attributes
    ----------
    summary : str
        The metrics as a table for a person.
    interrupted : bool
        Whether some of the work that was asked for was left out because of `should_stop`.
    """

    summary: str
    interrupted: bool


class RecipeParts(Protocol[Data, Split, Model, Calibration]):
    """The steps of one training, in the order in which `training.pipelines.train.train` calls them.

    `Data` are the labelled tracks, `Split` the parts of them for training and validation, `Model` is
    what was fitted, `Calibration` temperature and threshold, or None for a recipe without a calibration.
    """

    def load(self) -> Data:
        """Load the data set in the form that the recipe takes.

        Raises
        ------
        TrainingError
            Also for a request that the recipe cannot carry out.
        """

    def split(self, data: Data) -> Split:
        """Split the data for training and validation."""

    def fit(self, split: Split) -> Model:
        """Fit the model to the training part."""

    def calibrate(self, split: Split) -> Calibration:
        """Fit temperature and threshold without the validation part."""

    def evaluate(self, split: Split, model: Model, calibration: Calibration) -> Metrics:
        """Metrics of the validation part; if there is none, of the cross-validation that calibrated the model."""

    def write(self, split: Split, model: Model, calibration: Calibration, metrics: Metrics) -> None:
        """Write the bundle."""

    def conclude(self, split: Split, model: Model, calibration: Calibration, metrics: Metrics) -> Conclusion:
        """Do what may take hours and must not delay the bundle, such as a cross-validation, and summarise."""
