"""The judging core: how good are these probabilities, and how sure is that figure."""

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

FIGURES = (
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
"""What has an interval, in the order of the report."""


@dataclass(frozen=True, eq=False)
class Metrics:
    """Figures of one set of judged items (tracks, or patches under the leaking protocol).

    Attributes
    ----------
    labels : tuple of str
    n : int
        Items judged.
    accuracy : float
        Share whose most probable genre is the right one.
    precision_macro, recall_macro, f1_macro : float
        Means over the genres that occur.
    brier : float
        Brier score: squared error of the probabilities, summed over the genres, 0 to 2.
    log_loss : float
        Mean of minus the natural logarithm of the right genre's probability.
    ece : float
        Expected calibration error, `N_CALIBRATION_BINS` bins of equal width (Guo et al. 2017).
    ece_if_perfect : PerfectEce
        What a perfectly calibrated model with the same confidences would show.
    coverage, accuracy_covered : float
        Share that got a genre and was not "unsure", and how much of it was right
        (0 where nothing got a genre).
    unsure_below : float
        The confidence below which an item was "unsure".
    ci95 : dict
        ``{figure: (low, high)}`` for all `FIGURES`: bootstrap over groups (artists where
        they are known), shares never narrower than Wilson's interval.
    per_genre : dict
        ``{genre: {"precision", "recall", "f1", "n"}}``.
    confusion : ndarray of int64 [shape=(n_genres, n_genres)]
        Rows: truth.
    curves : Curves
        Reliability and coverage; not in `to_dict`, whose object stays short.
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
        """Whether the calibration error can be told from that of a perfect model.

        One-sided at 95 %: only too large an error speaks against a model, and one perfect
        model of twenty is accused.
        """
        return self.ece > self.ece_if_perfect.p95

    def to_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what their number of items carries."""
        figures: dict[str, Any] = {"n_tracks": self.n}
        for name in FIGURES:
            figures[name] = round(getattr(self, name), 4)
            figures[f"{name}_ci95"] = [round(bound, 4) for bound in self.ci95[name]]
            if name == "ece":
                perfect = asdict(self.ece_if_perfect)
                figures["ece_if_perfect"] = {key: round(value, 4) for key, value in perfect.items()}
        return {
            **figures,
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
    """Judge probabilities against the truth.

    Parameters
    ----------
    probabilities : ndarray [shape=(n, n_genres)]
        Rows sum to 1.
    truth : ndarray of int64 [shape=(n,)]
        Class indices.
    labels : tuple of str
        Genres in the order of the columns.
    groups : sequence of str, optional
        What is drawn as one in the bootstrap, such as the artist; each item by default.
    unsure_below : float or ndarray [shape=(n,)]
        Confidence below which an item counts as "unsure" (for the coverage only).
    seed : int
        Of the bootstrap, and of the simulation of a perfect model.

    Returns
    -------
    Judgement
    """
    n, n_genres = len(truth), len(labels)
    if n == 0 or probabilities.shape != (n, n_genres):
        raise ValueError(f"Need one row of {n_genres} a track. Received: {probabilities.shape} for {n}")
    chosen = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = chosen == truth
    values = _summands(probabilities, truth, unsure_below)
    sums = values.sum(axis=0)
    figures = {name: float(figure) for name, figure in _figures(sums, n_genres).items()}
    precision, recall, f1 = _genre_figures(*_genre_counts(sums, n_genres))
    drawn = _figures(bootstrap_sums(values, groups, seed), n_genres)
    perfect = ece_if_perfect(confidence, seed)
    return Metrics(
        labels=labels,
        n=n,
        **figures,
        ece_if_perfect=perfect,
        unsure_below=float(np.mean(unsure_below)),
        ci95={**_share_intervals(figures, drawn, n), "ece": _ece_interval(figures["ece"], drawn["ece"], perfect)},
        per_genre={
            label: {
                "precision": float(precision[i]),
                "recall": float(recall[i]),
                "f1": float(f1[i]),
                "n": int((truth == i).sum()),
            }
            for i, label in enumerate(labels)
        },
        confusion=np.bincount(truth * n_genres + chosen, minlength=n_genres**2).reshape(n_genres, n_genres),
        curves=trace_curves(confidence, right),
    )


def _summands(
    probabilities: NDArray[np.floating[Any]], truth: NDArray[np.int64], unsure_below: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """What each item adds to the sums that all figures are functions of, taken apart in `_figures`."""
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
    """Rightly given, given and true items of each genre, each [shape=(..., n_genres)]."""
    return [sums[..., i * n_genres : (i + 1) * n_genres] for i in range(3)]


def _figures(sums: NDArray[np.float64], n_genres: int) -> dict[str, NDArray[np.float64]]:
    """All `FIGURES` [shape=(...)] of sums [shape=(..., n_columns)]: of all items, or of each bootstrap draw."""
    found, given, true = _genre_counts(sums, n_genres)
    gaps = sums[..., 3 * n_genres : 3 * n_genres + N_CALIBRATION_BINS]
    n, covered, covered_right, brier, log_loss = np.moveaxis(sums[..., 3 * n_genres + N_CALIBRATION_BINS :], -1, 0)
    # A genre that a draw happens to leave out is no part of its means, as in the whole (its figures are all 0).
    n_present = (true > 0).sum(axis=-1)
    precision, recall, f1 = (figure.sum(axis=-1) / n_present for figure in _genre_figures(found, given, true))
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


def _genre_figures(
    found: NDArray[np.float64], given: NDArray[np.float64], true: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    return _ratio(found, given), _ratio(found, true), _ratio(2 * found, given + true)


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _share_intervals(figures: dict[str, float], drawn: dict[str, NDArray[np.float64]], n: int) -> dict[str, Interval]:
    """95 % intervals of all figures but the calibration error: the middle of the draws.

    Shares are widened to Wilson's interval where that is wider, since a bootstrap of nine
    tracks that are all right knows no doubt; a macro mean counts as a share of all items
    there, which it is where genres are of one size. Nothing widens Brier score and log loss.
    """
    intervals = {name: percentile_interval(drawn[name]) for name in FIGURES if name != "ece"}
    items = dict.fromkeys(("accuracy", "precision_macro", "recall_macro", "f1_macro", "coverage"), n)
    items["accuracy_covered"] = round(figures["coverage"] * n)
    for name, size in items.items():
        intervals[name] = widest(intervals[name], wilson_interval(figures[name], size))
    return intervals


def _ece_interval(ece: float, drawn: NDArray[np.float64], perfect: PerfectEce) -> Interval:
    """95 % interval of the calibration error, in which neither end trusts its bias.

    The error is biased upwards, and a draw's a second time, since drawing adds its own
    noise: the middle of the draws lies above the truth, often above the very figure. The
    lower end is therefore the pivotal one (Davison and Hinkley 1997, "basic"), the draws
    mirrored at the figure, which takes the bias off; and it is 0 where chance alone may
    have made the figure. The upper end is the figure and half the width of the draws, with
    nothing taken off, since an error that chance made small has no bias to give.

    In 400 simulated trials of 200 and of 440 tracks it held the true error in 93 to 98 %,
    from a perfect model to one three times too sure; the middle of the draws held it in
    none where the model was perfect.
    """
    low, high = percentile_interval(drawn)
    lower = min(ece, 2 * ece - high) if ece > perfect.p95 else 0.0
    return max(0.0, lower), min(1.0, ece + (high - low) / 2)
