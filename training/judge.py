"""The judging core: how good are these probabilities, and how sure is that figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_BOOTSTRAP = 2000
N_CALIBRATION_BINS = 10


@dataclass(frozen=True, eq=False)
class Judgement:
    """Figures of one set of judged items (tracks, or patches under the leaking protocol).

    Attributes
    ----------
    labels : tuple of str
    n : int
        Items judged.
    accuracy : float
        Share whose most probable genre is the right one.
    accuracy_ci95 : (float, float)
        Bootstrap over groups (artists where they are known).
    precision_macro, recall_macro, f1_macro : float
        Means over the genres that occur.
    ece : float
        Expected calibration error, `N_CALIBRATION_BINS` bins of equal width (Guo et al. 2017).
    coverage, accuracy_covered : float
        Share that got a genre and was not "unsure", and how much of it was right
        (0 where nothing got a genre).
    per_genre : dict
        ``{genre: {"precision", "recall", "f1", "n"}}``.
    confusion : ndarray of int64 [shape=(n_genres, n_genres)]
        Rows: truth.
    """

    labels: tuple[str, ...]
    n: int
    accuracy: float
    accuracy_ci95: tuple[float, float]
    precision_macro: float
    recall_macro: float
    f1_macro: float
    ece: float
    coverage: float
    accuracy_covered: float
    per_genre: dict[str, dict[str, float]]
    confusion: NDArray[np.int64]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what their number of items carries."""
        return {
            "n_tracks": self.n,
            "accuracy": round(self.accuracy, 4),
            "accuracy_ci95": [round(bound, 4) for bound in self.accuracy_ci95],
            "precision_macro": round(self.precision_macro, 4),
            "recall_macro": round(self.recall_macro, 4),
            "f1_macro": round(self.f1_macro, 4),
            "ece": round(self.ece, 4),
            "coverage": round(self.coverage, 4),
            "accuracy_covered": round(self.accuracy_covered, 4),
            "per_genre": {
                genre: {key: value if key == "n" else round(value, 4) for key, value in row.items()}
                for genre, row in self.per_genre.items()
            },
            "labels": list(self.labels),
            "confusion": self.confusion.tolist(),
        }


def judge(
    probabilities: NDArray[np.floating[Any]],
    truth: NDArray[np.int64],
    labels: tuple[str, ...],
    *,
    groups: Sequence[str] | None = None,
    unsure_below: float = 0.0,
    seed: int = 0,
) -> Judgement:
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
    unsure_below : float
        Confidence below which an item counts as "unsure" (for the coverage only).
    seed : int
        Of the bootstrap.

    Returns
    -------
    Judgement
    """
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    if len(truth) == 0 or probabilities.shape != (len(truth), len(labels)):
        raise ValueError(f"Need one row of {len(labels)} a track. Received: {probabilities.shape} for {len(truth)}")
    chosen = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = chosen == truth
    present = sorted(set(truth.tolist()))
    everything = list(range(len(labels)))
    precision, recall, f1, support = precision_recall_fscore_support(
        truth, chosen, labels=everything, zero_division=0.0
    )
    covered = confidence >= unsure_below
    return Judgement(
        labels=labels,
        n=len(truth),
        accuracy=float(right.mean()),
        accuracy_ci95=bootstrap_interval(right, groups, seed),
        precision_macro=float(precision[present].mean()),
        recall_macro=float(recall[present].mean()),
        f1_macro=float(f1[present].mean()),
        ece=calibration_error(confidence, right),
        coverage=float(covered.mean()),
        accuracy_covered=float(right[covered].mean()) if covered.any() else 0.0,
        per_genre={
            label: {
                "precision": float(precision[i]),
                "recall": float(recall[i]),
                "f1": float(f1[i]),
                "n": int(support[i]),
            }
            for i, label in enumerate(labels)
        },
        confusion=confusion_matrix(truth, chosen, labels=everything).astype(np.int64),
    )


def bootstrap_interval(
    right: NDArray[np.bool_], groups: Sequence[str] | None = None, seed: int = 0
) -> tuple[float, float]:
    """95 % interval of the share of right answers.

    The percentile bootstrap over groups, widened to Wilson's score interval (1927) where
    that is wider: nine right of nine are no certainty, and a bootstrap of few groups says so.

    Parameters
    ----------
    right : ndarray of bool [shape=(n,)]
    groups : sequence of str, optional
        Whole groups are drawn: songs of one artist stand or fall together, so that
        drawing single songs would claim too narrow an interval.
    seed : int

    Returns
    -------
    low, high : float
    """
    names = np.arange(len(right)).astype(str) if groups is None else np.array(list(groups), dtype=object).astype(str)
    group = np.unique(names, return_inverse=True)[1]
    n_groups = int(group.max()) + 1
    hits = np.bincount(group, weights=right, minlength=n_groups)
    sizes = np.bincount(group, minlength=n_groups)
    rng = np.random.default_rng(seed)
    shares = np.empty(N_BOOTSTRAP)
    for i in range(N_BOOTSTRAP):  # one at a time: all at once would take gigabytes for a large library
        drawn = rng.integers(0, n_groups, n_groups)
        shares[i] = hits[drawn].sum() / sizes[drawn].sum()
    low, high = np.percentile(shares, [2.5, 97.5])
    wilson_low, wilson_high = _wilson_interval(float(right.mean()), len(right))
    return min(float(low), wilson_low), max(float(high), wilson_high)


def _wilson_interval(share: float, n: int) -> tuple[float, float]:
    z = 1.959964
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def calibration_error(confidence: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> float:
    """Mean distance of confidence and share of right answers over bins of confidence."""
    bins = np.minimum((confidence * N_CALIBRATION_BINS).astype(int), N_CALIBRATION_BINS - 1)
    sizes = np.bincount(bins, minlength=N_CALIBRATION_BINS)
    claimed = np.bincount(bins, weights=confidence, minlength=N_CALIBRATION_BINS)
    hits = np.bincount(bins, weights=right, minlength=N_CALIBRATION_BINS)
    return float(np.abs(claimed - hits).sum() / sizes.sum())
