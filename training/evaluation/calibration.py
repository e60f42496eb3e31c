"""Calibration: the temperature of a model's probabilities, and the confidence below which it says "unsure".

Both are fitted on tracks that the model had not seen, such as the predictions out of fold.

**The threshold.** The accuracy is counted among all tracks above the threshold, hundreds of
them, so that no single track decides, and the threshold lies midway between the last track
refused and the first one named. The noise left is that of the sample: on 443 simulated tracks
of a perfectly calibrated model with an accuracy of 80 %, the threshold scattered by .05
(standard deviation) and the accuracy on new tracks by 1.5 points around the promised one,
below it in half of the trials. Isotonic or logistic smoothing did no better (1.5 to 1.8 and
1.4 points). An accuracy that must hold on new tracks in five trials of six has to be set 1.5
points higher.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.aggregate import Aggregation, track_probabilities
from genre_desktop.model.bundles.accuracy import FEW_TRACKS
from training.evaluation.calibration_metrics import MIN_PROBABILITY
from training.evaluation.confidence_intervals import Interval, bootstrap_interval

TEMPERATURE_RANGE = (0.25, 10.0)

UNSURE_BELOW = 0.5
"""Lowest threshold: a genre that is named is more likely right than wrong."""

PROMISED_ACCURACY = 0.92
"""Share right that is aimed at among the tracks that get a genre."""

SHIPPED_THRESHOLD = 0.623
"""Of the head of ``gtzan-musicnn`` without its second opinion, which heads of other genres do not have."""

LEAST_COVERAGE = 0.5
"""A threshold that leaves a smaller share of the tracks with a genre is not used: `UNSURE_BELOW` is."""


def fit_temperature(
    segments: Sequence[NDArray[np.float32]],
    truth: NDArray[np.int64],
    method: Aggregation = "mean_probability",
    least: float = TEMPERATURE_RANGE[0],
) -> float:
    """Temperature that makes held-out tracks most likely (Guo et al. 2017).

    Fitted to the probabilities of whole tracks, as the program computes them: a temperature
    fitted to segments would be too high for tracks.

    Parameters
    ----------
    segments : sequence of ndarray of float32 [shape=(n_segments, n_genres)]
        Uncalibrated probabilities, an array a track.
    truth : ndarray of int64 [shape=(n_tracks,)]
        Class index of each track.
    method : {"mean_probability", "mean_logit"}
        How the program aggregates segments to a track.
    least : float
        Lower bound: a few dozen tracks that are all classified right would drive the
        temperature to 0.

    Returns
    -------
    float
        Between `least` and the upper end of `TEMPERATURE_RANGE`.
    """
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        temperature = float(np.exp(log_temperature))
        whole = [track_probabilities(rows, temperature, method) for rows in segments]
        right = np.array([row[i] for row, i in zip(whole, truth, strict=True)])
        return float(-np.log(np.maximum(right, MIN_PROBABILITY)).mean())

    low, high = np.log(least), np.log(TEMPERATURE_RANGE[1])
    return float(np.exp(minimize_scalar(loss, bounds=(low, high), method="bounded").x))


def cautious_threshold(fitted: float, n_tracks: int) -> float:
    """A threshold fitted to few tracks, shrunk towards that of the shipped model, and never below the fitted one.

    The weight of the tracks' own threshold grows with their number, from 0 to all of it at `FEW_TRACKS`, from where on
    nothing is changed: an estimate that scatters is pulled towards what is known from elsewhere (James and Stein 1961).
    A model that is right on each of 12 tracks has shown no track that it should refuse, and on simulated tracks of a
    perfectly calibrated model, right on 80 %, the threshold of 12 fell on the lowest one in half of 300 trials. The
    worst of them was then right on 82.7 % of the new tracks that it named, and on 84.7 % with this rule, which named 76
    instead of 80 %.

    Parameters
    ----------
    fitted : float
    n_tracks : int
        That it was fitted to, or, without a fit, that the model was judged on.
    """
    own = min(1.0, n_tracks / FEW_TRACKS)
    return max(fitted, own * fitted + (1 - own) * SHIPPED_THRESHOLD)


@dataclass(frozen=True)
class UnsureThreshold:
    """The threshold of "unsure", with accuracy and coverage on the tracks it was fitted on.

    Attributes
    ----------
    threshold : float
        Tracks with a lower confidence are "unsure"; 0 refuses none.
    accuracy : float
        Share that is right of the tracks that get a genre; 0 where none does.
    accuracy_ci95 : (float, float)
        Bootstrap over groups, never narrower than Wilson's interval.
    coverage : float
        Share of the tracks that get a genre.
    covers_enough : bool
        Whether that is at least the `min_coverage` asked for.
    """

    threshold: float
    accuracy: float
    accuracy_ci95: Interval
    coverage: float
    covers_enough: bool


def fit_unsure_below(
    confidence: NDArray[np.floating[Any]],
    right: NDArray[np.bool_],
    *,
    min_accuracy: float = PROMISED_ACCURACY,
    min_coverage: float = 0.75,
    groups: Sequence[str] | None = None,
    seed: int = 0,
) -> UnsureThreshold:
    """The lowest threshold above which at least `min_accuracy` of the tracks are right.

    Accuracy goes before coverage: where fewer than `min_coverage` of the tracks are left, the
    threshold is the same and ``covers_enough`` is false. Where no threshold reaches the
    accuracy, all tracks are refused.

    Parameters
    ----------
    confidence : ndarray [shape=(n,)]
        Calibrated probability of the first genre, of tracks that the network had not seen.
    right : ndarray of bool [shape=(n,)]
    min_accuracy, min_coverage : float
    groups : sequence of str, optional
        Artists, for the interval; each track by default.
    seed : int
        Of the interval.

    Returns
    -------
    UnsureThreshold

    Raises
    ------
    ValueError
        Where there is no track.
    """
    n = len(right)
    if n == 0 or confidence.shape != right.shape:
        raise ValueError(f"Need a confidence a track. Received: {confidence.shape} for {right.shape}")
    order = np.argsort(-confidence, kind="stable")
    # A confidence of 0 at the end stands for what is below the last track.
    ordered = np.append(confidence[order].astype(np.float64), 0.0)
    accuracy = np.cumsum(right[order]) / np.arange(1, n + 1)
    # Tracks of equal confidence are on the same side of any threshold.
    ends = (ordered[1:] < ordered[:-1]) | (np.arange(n) == n - 1)
    kept = np.flatnonzero(ends & (accuracy >= min_accuracy))
    if len(kept) == 0:
        return UnsureThreshold(1.0, 0.0, (0.0, 1.0), 0.0, covers_enough=False)
    last = int(kept[-1])
    named = order[: last + 1]
    coverage = len(named) / n
    return UnsureThreshold(
        threshold=0.0 if last == n - 1 else float((ordered[last] + ordered[last + 1]) / 2),
        accuracy=float(accuracy[last]),
        accuracy_ci95=bootstrap_interval(right[named], None if groups is None else [groups[i] for i in named], seed),
        coverage=coverage,
        covers_enough=coverage >= min_coverage,
    )


def choose_unsure_below(
    confidence: NDArray[np.floating[Any]],
    right: NDArray[np.bool_],
    *,
    groups: Sequence[str] | None = None,
    seed: int = 0,
    n_tracks: int | None = None,
) -> UnsureThreshold:
    """The threshold of `fit_unsure_below` if it is at least `UNSURE_BELOW` and leaves half of the tracks or more.

    Otherwise it is `UNSURE_BELOW`, with the ``accuracy`` reached there. A weak model cannot
    reach `PROMISED_ACCURACY`: with half of the tracks right it would refuse nearly all of them.
    And a model that was right on all of a few tracks would refuse none. With few tracks it is a `cautious_threshold`.

    Parameters
    ----------
    confidence, right, groups, seed
        As for `fit_unsure_below`.
    n_tracks : int, optional
        Number of different tracks, where repeated cross-validations are of the same.

    Returns
    -------
    UnsureThreshold
    """
    found = fit_unsure_below(confidence, right, groups=groups, seed=seed)
    is_usable = found.coverage >= LEAST_COVERAGE and found.threshold >= UNSURE_BELOW
    threshold = cautious_threshold(
        found.threshold if is_usable else UNSURE_BELOW, len(right) if n_tracks is None else n_tracks
    )
    if threshold == found.threshold:
        return found
    named = np.flatnonzero(confidence >= threshold)
    if len(named) == 0:
        return UnsureThreshold(threshold, 0.0, (0.0, 1.0), 0.0, covers_enough=False)
    known = None if groups is None else [groups[i] for i in named.tolist()]
    return UnsureThreshold(
        threshold=threshold,
        accuracy=float(right[named].mean()),
        accuracy_ci95=bootstrap_interval(right[named], known, seed),
        coverage=len(named) / len(right),
        covers_enough=found.covers_enough,
    )
