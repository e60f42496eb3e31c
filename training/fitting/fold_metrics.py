"""Metrics and calibration of a model from predictions out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import Aggregation
from training.datasets.dataset import TrackSet
from training.evaluation.calibration import TEMPERATURE_RANGE, UnsureThreshold, choose_unsure_below, fit_temperature
from training.evaluation.confidence_intervals import bootstrap_interval
from training.evaluation.metrics import Metrics, compute_metrics
from training.fitting.cross_validation import OutOfFold


@dataclass(frozen=True, eq=False)
class FoldMetrics:
    """Metrics and calibration from tracks scored by models that had not seen them.

    Attributes
    ----------
    metrics : Metrics
        Of the first cross-validation. Temperature and threshold of each fold were fitted on
        the other folds, so that no track is scored with a calibration fitted on it.
    accuracies : tuple of float
        Of each cross-validation.
    by_fold : tuple of float
        Accuracy in each fold of the first one.
    temperature : float
    unsure : UnsureThreshold
        Fitted on all tracks of all cross-validations; the interval is that of the first.
    """

    metrics: Metrics
    accuracies: tuple[float, ...]
    by_fold: tuple[float, ...]
    temperature: float
    unsure: UnsureThreshold


def compute_fold_metrics(
    data: TrackSet,
    runs: Sequence[OutOfFold],
    method: Aggregation,
    seed: int,
    least_temperature: float = TEMPERATURE_RANGE[0],
) -> FoldMetrics:
    """Fit temperature and threshold to predictions out of fold, and compute their metrics.

    Parameters
    ----------
    data : TrackSet
        The positions in `runs` are of its tracks.
    runs : sequence of OutOfFold
        One or more cross-validations with different folds.
    method : {"mean_probability", "mean_logit"}
    seed : int
        Of the intervals.
    least_temperature : float

    Returns
    -------
    FoldMetrics
    """
    tracks = np.concatenate([run.tracks for run in runs])
    truth = data.truth[tracks]
    # Rounded as in the card, so that the metrics are of the values that the program will use.
    segments = [rows for run in runs for rows in run.segments]
    temperature = round(fit_temperature(segments, truth, method, least_temperature), 3)
    whole = np.concatenate([run.track_probabilities(temperature, method) for run in runs])
    right = whole.argmax(axis=1) == truth
    first, n = runs[0], len(runs[0].tracks)
    unsure = choose_unsure_below(whole.max(axis=1), right, seed=seed, n_tracks=n)
    unsure = replace(unsure, threshold=round(unsure.threshold, 3))

    groups = [data.groups[i] for i in first.tracks]
    named = np.flatnonzero(whole[:n].max(axis=1) >= unsure.threshold)
    if len(named):
        # Repeated cross-validations are of the same tracks and make the interval no narrower.
        interval = bootstrap_interval(right[:n][named], [groups[i] for i in named], seed)
        unsure = replace(unsure, accuracy_ci95=interval)
    rows, thresholds = _cross_fitted(data, first, method, seed, least_temperature)
    starts = np.cumsum([len(run.tracks) for run in runs])[:-1]
    return FoldMetrics(
        metrics=compute_metrics(rows, truth[:n], data.labels, groups=groups, unsure_below=thresholds, seed=seed),
        accuracies=tuple(float(part.mean()) for part in np.split(right, starts)),
        by_fold=tuple(float(right[:n][first.fold == fold].mean()) for fold in np.unique(first.fold)),
        temperature=temperature,
        unsure=unsure,
    )


def _cross_fitted(
    data: TrackSet, run: OutOfFold, method: Aggregation, seed: int, least_temperature: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probabilities and threshold of each track, with temperature and threshold fitted on the other folds."""
    truth = data.truth[run.tracks]
    rows = np.empty((len(truth), len(data.labels)))
    thresholds = np.empty(len(truth))
    for fold in np.unique(run.fold):
        held = run.fold == fold
        others = run.take(~held)
        temperature = fit_temperature(others.segments, truth[~held], method, least_temperature)
        known = others.track_probabilities(temperature, method)
        chosen = choose_unsure_below(known.max(axis=1), known.argmax(axis=1) == truth[~held], seed=seed)
        rows[held], thresholds[held] = run.take(held).track_probabilities(temperature, method), chosen.threshold
    return rows, thresholds


def fold_protocol(data: TrackSet, by: str, n_folds: int, model: str) -> str:
    """How the metrics were obtained, in a sentence.

    Parameters
    ----------
    data : TrackSet
    by : {"artist", "track"}
        What a fold keeps together.
    n_folds : int
    model : str
        What was fitted once a fold, such as "head".
    """
    if by == "track":
        return tr(
            "each track judged by a {model} that had not seen it, {n} folds; artists not apart", model=model, n=n_folds
        )
    sentence = tr("each track judged by a {model} that had not seen its artist, {n} folds", model=model, n=n_folds)
    unknown = len(data.tracks) - data.artists_known
    return sentence + (tr("; {n} tracks of unknown artists count as one each", n=unknown) if unknown else "")
