"""Cross-validation: each track is scored by a model fitted to the other folds (predictions out of fold)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import TrainingInterruptedError
from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import Aggregation, track_probabilities
from training.datasets.dataset import Dataset, TrackSet
from training.datasets.loading import Reporter, ShouldStop
from training.datasets.patch_table import list_patches
from training.datasets.splits import TrackSplit
from training.evaluation.scoring import model_score, score_segments
from training.fitting.fit import FitPlan, fit
from training.fitting.recipes import Recipe

ScoreTrack = Callable[[int], NDArray[np.float32]]
"""From a track's position to the uncalibrated probabilities of its segments [n_segments, n_genres]."""

FitFold = Callable[[TrackSplit, int], ScoreTrack]
"""Fits a model to the training tracks of a fold; folds are numbered from 1."""


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """Predictions for tracks by models that had not seen them.

    Attributes
    ----------
    tracks : ndarray of int64 [shape=(n,)]
        Positions in the data set; tracks without a sounding patch are missing.
    fold : ndarray of int64 [shape=(n,)]
        The fold in which each was held out, from 1.
    segments : tuple of ndarray of float32 [shape=(n_segments, n_genres)]
        Uncalibrated probabilities, an array a track.
    """

    tracks: NDArray[np.int64]
    fold: NDArray[np.int64]
    segments: tuple[NDArray[np.float32], ...]

    def take(self, chosen: NDArray[np.bool_]) -> OutOfFold:
        """The tracks where the mask is true."""
        kept = np.flatnonzero(chosen)
        return OutOfFold(self.tracks[kept], self.fold[kept], tuple(self.segments[i] for i in kept))

    def track_probabilities(
        self, temperature: float = 1.0, method: Aggregation = "mean_probability"
    ) -> NDArray[np.float64]:
        """Probabilities of whole tracks at a temperature [shape=(n, n_genres)]."""
        return np.array([track_probabilities(rows, temperature, method) for rows in self.segments])


def predict_out_of_fold(
    dataset: TrackSet,
    folds: Sequence[TrackSplit],
    fit_fold: FitFold,
    reporter: Reporter,
    method: Aggregation = "mean_probability",
) -> OutOfFold:
    """Fit a model for each fold, and score its held-out tracks with it.

    Parameters
    ----------
    dataset : TrackSet
    folds : sequence of TrackSplit
        Their validation tracks do not overlap.
    fit_fold : callable
        Fits the model of a fold, see `network_folds`.
    reporter : callable
        Receives a message after each fold.
    method : {"mean_probability", "mean_logit"}
        How that message aggregates segments to a track.

    Returns
    -------
    OutOfFold
        In the order of the folds.
    """
    tracks: list[int] = []
    numbers: list[int] = []
    segments: list[NDArray[np.float32]] = []
    for number, fold in enumerate(folds, start=1):
        score = fit_fold(fold, number)
        scored = [(int(track), score(int(track))) for track in fold.valid]
        scored = [(track, rows) for track, rows in scored if len(rows)]
        right = [track_probabilities(rows, method=method).argmax() == dataset.truth[track] for track, rows in scored]
        percent = 100 * float(np.mean(right)) if right else 0.0
        reporter(
            tr(
                "fold {number} of {folds}: {right:.1f} % of its tracks right",
                number=number,
                folds=len(folds),
                right=percent,
            )
        )
        tracks += [track for track, _ in scored]
        numbers += [number] * len(scored)
        segments += [rows for _, rows in scored]
    return OutOfFold(np.array(tracks, dtype=np.int64), np.array(numbers, dtype=np.int64), tuple(segments))


def network_folds(
    dataset: Dataset, recipe: Recipe, epochs: int, seed: int, should_stop: ShouldStop | None = None
) -> FitFold:
    """Fit the network of a recipe for each fold, with a different seed each.

    The callable it returns raises `TrainingInterruptedError` when it was stopped: the epoch of
    an interrupted network is chosen on the validation tracks, which would make their metrics
    too good.
    """

    def fit_fold(fold: TrackSplit, number: int) -> ScoreTrack:
        train = list_patches(dataset, fold.train.tolist(), dataset.source.n_variants)
        plan = FitPlan(train, list_patches(dataset, fold.valid.tolist()), epochs, seed + number)
        fitted = fit(dataset, recipe, plan, should_stop=should_stop)
        if fitted.interrupted:
            raise TrainingInterruptedError
        score = model_score(fitted.model)
        return lambda track: score_segments(score, dataset, track)

    return fit_fold
