"""Metrics of predicted probabilities, with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.evaluation.calibration_metrics import (
    N_CALIBRATION_BINS,
    PerfectEce,
    binned_gaps,
    brier_scores,
    ece_if_perfect,
    error_of_gaps,
    log_losses,
)
from training.evaluation.confidence_intervals import (
    Interval,
    bootstrap_sums,
    percentile_interval,
    widest,
    wilson_interval,
)
from training.evaluation.curves import Curves, trace_curves

METRIC_NAMES = (
    "accuracy",
    "precision_macro",
    "recall_macro",
    "f1_macro",
    "brier",
    "log_loss",
    "ece",
    "coverage",
    "accuracy_covered",
)
"""The metrics that have an interval, in the order of the report."""


@dataclass(frozen=True, eq=False)
class Metrics:
    """Metrics of one set of scored items (tracks, or patches under the split by patch).

    Attributes
    ----------
    labels : tuple of str
    n : int
        Number of items.
    accuracy : float
        Share whose most probable genre is the right one.
    precision_macro, recall_macro, f1_macro : float
        Means over the genres that occur.
    brier : float
        Brier score: squared error of the probabilities, summed over the genres, 0 to 2.
    log_loss : float
        Mean negative natural logarithm of the true genre's probability.
    ece : float
        Expected calibration error, `N_CALIBRATION_BINS` bins of equal width (Guo et al. 2017).
    ece_if_perfect : PerfectEce
        The calibration error that a perfectly calibrated model with the same confidences would show.
    coverage, accuracy_covered : float
        Share that got a genre and was not "unsure", and how much of it was right
        (0 where nothing got a genre).
    unsure_below : float
        The confidence below which an item was "unsure".
    ci95 : dict
        ``{name: (low, high)}`` for all `METRIC_NAMES`: bootstrap over groups (artists where
        they are known), shares never narrower than Wilson's interval.
    per_genre : dict
        ``{genre: {"precision", "recall", "f1", "n"}}``.
    confusion : ndarray of int64 [shape=(n_genres, n_genres)]
        Rows: truth.
    curves : Curves
        Reliability and coverage curve; left out of `to_dict`, which stays short.
    """

    labels: tuple[str, ...]
    n: int
    accuracy: float
    precision_macro: float
    recall_macro: float
    f1_macro: float
    brier: float
    log_loss: float
    ece: float
    ece_if_perfect: PerfectEce
    coverage: float
    accuracy_covered: float
    unsure_below: float
    ci95: dict[str, Interval]
    per_genre: dict[str, dict[str, float]]
    confusion: NDArray[np.int64]
    curves: Curves

    @property
    def is_miscalibrated(self) -> bool:
        """Whether the calibration error is larger than chance explains for a perfectly calibrated model.

        One-sided test at 95 %: of twenty perfectly calibrated models, one is called miscalibrated.
        """
        return self.ece > self.ece_if_perfect.p95

    def to_dict(self) -> dict[str, Any]:
        """Plain values, rounded to four digits, for ``metrics.json`` and the card."""
        values: dict[str, Any] = {"n_tracks": self.n}
        for name in METRIC_NAMES:
            values[name] = round(getattr(self, name), 4)
            values[f"{name}_ci95"] = [round(bound, 4) for bound in self.ci95[name]]
            if name == "ece":
                perfect = asdict(self.ece_if_perfect)
                values["ece_if_perfect"] = {key: round(value, 4) for key, value in perfect.items()}
        return {
            **values,
            "per_genre": {
                genre: {key: value if key == "n" else round(value, 4) for key, value in row.items()}
                for genre, row in self.per_genre.items()
            },
            "labels": list(self.labels),
            "confusion": self.confusion.tolist(),
        }


def compute_metrics(
    probabilities: NDArray[np.floating[Any]],
    truth: NDArray[np.int64],
    labels: tuple[str, ...],
    *,
    groups: Sequence[str] | None = None,
    unsure_below: float | NDArray[np.float64] = 0.0,
    seed: int = 0,
) -> Metrics:
    """Compare probabilities with the true genres.

    Parameters
    ----------
    probabilities : ndarray [shape=(n, n_genres)]
        Rows sum to 1.
    truth : ndarray of int64 [shape=(n,)]
        Class indices.
    labels : tuple of str
        Genres in the order of the columns.
    groups : sequence of str, optional
        Resampled as one in the bootstrap, such as the artist of each item; each item alone by default.
    unsure_below : float or ndarray [shape=(n,)]
        Confidence below which an item counts as "unsure" (for the coverage only).
    seed : int
        Of the bootstrap, and of the simulation of a perfect model.

    Returns
    -------
    Metrics
    """
    n, n_genres = len(truth), len(labels)
    if n == 0 or probabilities.shape != (n, n_genres):
        raise ValueError(f"Need one row of {n_genres} a track. Received: {probabilities.shape} for {n}")
    chosen = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = chosen == truth
    summands = _summands(probabilities, truth, unsure_below)
    sums = summands.sum(axis=0)
    whole = {name: float(value) for name, value in _metrics_of_sums(sums, n_genres).items()}
    drawn = _metrics_of_sums(bootstrap_sums(summands, groups, seed), n_genres)
    perfect = ece_if_perfect(confidence, seed)
    ece_interval = _ece_interval(whole["ece"], drawn["ece"], perfect)
    ece_interval = ece_interval[0], max(ece_interval[1], _largest_gap(whole["accuracy"], float(confidence.mean()), n))
    return Metrics(
        labels=labels,
        n=n,
        **whole,
        ece_if_perfect=perfect,
        unsure_below=float(np.mean(unsure_below)),
        ci95={**_share_intervals(whole, drawn, n), "ece": ece_interval},
        per_genre=_per_genre(sums, labels),
        confusion=np.bincount(truth * n_genres + chosen, minlength=n_genres**2).reshape(n_genres, n_genres),
        curves=trace_curves(confidence, right),
    )


def _summands(
    probabilities: NDArray[np.floating[Any]], truth: NDArray[np.int64], unsure_below: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Values of each item [shape=(n, n_columns)]; all metrics are functions of their sums, see `_metrics_of_sums`."""
    chosen = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = chosen == truth
    covered = confidence >= unsure_below
    genres = np.eye(probabilities.shape[1])
    return np.column_stack(
        [
            genres[truth] * right[:, None],
            genres[chosen],
            genres[truth],
            binned_gaps(confidence, right),
            np.ones(len(truth)),
            covered,
            covered & right,
            brier_scores(probabilities, truth),
            log_losses(probabilities, truth),
        ]
    )


def _genre_counts(sums: NDArray[np.float64], n_genres: int) -> list[NDArray[np.float64]]:
    """Of each genre the true positives, predicted and true items, each [shape=(..., n_genres)]."""
    return [sums[..., i * n_genres : (i + 1) * n_genres] for i in range(3)]


def _per_genre(sums: NDArray[np.float64], labels: tuple[str, ...]) -> dict[str, dict[str, float]]:
    found, predicted, true = _genre_counts(sums, len(labels))
    precision, recall, f1 = _precision_recall_f1(found, predicted, true)
    return {
        label: {
            "precision": float(precision[i]),
            "recall": float(recall[i]),
            "f1": float(f1[i]),
            "n": int(true[i]),
        }
        for i, label in enumerate(labels)
    }


def _metrics_of_sums(sums: NDArray[np.float64], n_genres: int) -> dict[str, NDArray[np.float64]]:
    """All `METRIC_NAMES` [shape=(...)] from sums [shape=(..., n_columns)] of all items, or of each bootstrap draw."""
    found, predicted, true = _genre_counts(sums, n_genres)
    gaps = sums[..., 3 * n_genres : 3 * n_genres + N_CALIBRATION_BINS]
    n, covered, covered_right, brier, log_loss = np.moveaxis(sums[..., 3 * n_genres + N_CALIBRATION_BINS :], -1, 0)
    # A genre that a draw leaves out does not count in its macro means (its values are all 0).
    n_present = (true > 0).sum(axis=-1)
    by_genre = _precision_recall_f1(found, predicted, true)
    precision, recall, f1 = (values.sum(axis=-1) / n_present for values in by_genre)
    return {
        "accuracy": found.sum(axis=-1) / n,
        "precision_macro": precision,
        "recall_macro": recall,
        "f1_macro": f1,
        "brier": brier / n,
        "log_loss": log_loss / n,
        "ece": error_of_gaps(gaps, n),
        "coverage": covered / n,
        "accuracy_covered": _ratio(covered_right, covered),
    }


def _precision_recall_f1(
    found: NDArray[np.float64], predicted: NDArray[np.float64], true: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    return _ratio(found, predicted), _ratio(found, true), _ratio(2 * found, predicted + true)


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _share_intervals(whole: dict[str, float], drawn: dict[str, NDArray[np.float64]], n: int) -> dict[str, Interval]:
    """95 % intervals of all metrics but the calibration error: percentiles of the bootstrap draws.

    Shares are widened to Wilson's interval where that is wider, since the bootstrap of nine
    correct tracks has no width; a macro mean is treated there as a share of all items, which
    it is if all genres have as many. Brier score and log loss are not widened.
    """
    intervals = {name: percentile_interval(drawn[name]) for name in METRIC_NAMES if name != "ece"}
    items = dict.fromkeys(("accuracy", "precision_macro", "recall_macro", "f1_macro", "coverage"), n)
    items["accuracy_covered"] = round(whole["coverage"] * n)
    for name, size in items.items():
        intervals[name] = widest(intervals[name], wilson_interval(whole[name], size))
    return intervals


def _largest_gap(accuracy: float, confidence: float, n: int) -> float:
    """Largest distance of the mean confidence to an accuracy that Wilson's interval allows.

    The calibration error is at least the distance of mean confidence and accuracy. Its bootstrap has no width where all
    of a few items are right with full confidence, while the accuracy may be far from 1.
    """
    low, high = wilson_interval(accuracy, n)
    return max(confidence - low, high - confidence)


def _ece_interval(ece: float, drawn: NDArray[np.float64], perfect: PerfectEce) -> Interval:
    """95 % interval of the calibration error, corrected for its bias.

    The estimate is biased upwards, and a bootstrap draw twice so, since resampling adds its
    own noise: the percentile interval lies above the true error, often above the estimate.
    The lower end is therefore that of the basic (pivotal) bootstrap (Davison and Hinkley
    1997), the draws mirrored at the estimate, which removes the bias; it is 0 if chance alone
    explains the estimate. The upper end is the estimate plus half the width of the percentile
    interval, without a correction, since an estimate that is small by chance has no bias.

    In 400 simulated trials of 200 and of 440 tracks the interval covered the true error in 93
    to 98 %, from a perfectly calibrated model to one three times too confident; for a perfect
    model the percentile interval covered it in none.
    """
    low, high = percentile_interval(drawn)
    lower = min(ece, 2 * ece - high) if ece > perfect.p95 else 0.0
    return max(0.0, lower), min(1.0, ece + (high - low) / 2)
