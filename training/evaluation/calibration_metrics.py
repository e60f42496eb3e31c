"""Metrics of probabilities: Brier score, log loss, expected calibration error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_CALIBRATION_BINS = 10

N_SIMULATIONS = 2000

MIN_PROBABILITY = 1e-12
"""Floor of a probability in the log loss, which is infinite for 0."""

MAX_CELLS = 4_000_000
"""Largest product of simulations and items held in memory at once."""


@dataclass(frozen=True)
class PerfectEce:
    """Calibration error that chance alone gives a perfectly calibrated model.

    Attributes
    ----------
    mean : float
    p95 : float
        Exceeded in one simulation of twenty.
    """

    mean: float
    p95: float


def brier_scores(probabilities: NDArray[np.floating[Any]], truth: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum over the genres of the squared error (Brier 1950), 0 to 2, an item each [shape=(n,)]."""
    error = np.array(probabilities, np.float64)
    error[np.arange(len(truth)), truth] -= 1
    return np.asarray((error**2).sum(axis=1))


def log_losses(probabilities: NDArray[np.floating[Any]], truth: NDArray[np.int64]) -> NDArray[np.float64]:
    """Natural logarithm of one over the probability of the right genre, an item each [shape=(n,)]."""
    right = probabilities[np.arange(len(truth)), truth].astype(np.float64)
    return np.asarray(-np.log(np.maximum(right, MIN_PROBABILITY)))


def confidence_bins(confidence: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """Bin of each confidence: `N_CALIBRATION_BINS` of equal width."""
    return np.minimum((confidence * N_CALIBRATION_BINS).astype(np.int64), N_CALIBRATION_BINS - 1)


def binned_gaps(confidence: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Confidence minus correctness (1 or 0) of each item, in the column of its bin [shape=(n, N_CALIBRATION_BINS)].

    The calibration error is a function of the sums of the columns, see `error_of_gaps`.
    """
    gaps = np.zeros((len(right), N_CALIBRATION_BINS))
    gaps[np.arange(len(right)), confidence_bins(confidence)] = confidence - right
    return gaps


def error_of_gaps(gaps: NDArray[np.float64], n: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Calibration error of summed gaps [shape=(..., N_CALIBRATION_BINS)] of `n` items [shape=(...)]."""
    return np.asarray(np.abs(gaps).sum(axis=-1) / n)


def calibration_error(confidence: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> float:
    """Expected calibration error (Guo et al. 2017): mean distance of confidence and share right over bins.

    It is biased upwards for few items. Each bin adds the *absolute* difference of the mean
    confidence and the share right, and chance moves that share either way: where the true
    difference is 0 the absolute one is above 0, by about ``sqrt(2 p (1 - p) / (pi n))`` in a
    bin of ``n`` items. So compare it with `ece_if_perfect`.
    """
    return float(error_of_gaps(binned_gaps(confidence, right).sum(axis=0), len(right)))


def ece_if_perfect(confidence: NDArray[np.floating[Any]], seed: int = 0) -> PerfectEce:
    """Calibration error that a perfectly calibrated model with these confidences would show.

    Simulated: an item of confidence c is right with probability c. The items are taken as
    independent, while songs of one artist are not quite, so that the real spread is a
    little wider: a model just above ``p95`` may be well calibrated all the same.

    Parameters
    ----------
    confidence : ndarray [shape=(n,)]
        Probability of the first genre, at least one item.
    seed : int

    Returns
    -------
    PerfectEce
    """
    # In ascending order, so that bins are slices, and the order of the items does not matter.
    ordered = np.sort(confidence.astype(np.float64))
    starts = np.unique(confidence_bins(ordered), return_index=True)[1]
    rng = np.random.default_rng(seed)
    at_once = max(1, MAX_CELLS // len(ordered))
    errors = []
    for start in range(0, N_SIMULATIONS, at_once):
        right = rng.random((min(at_once, N_SIMULATIONS - start), len(ordered))) < ordered
        errors.append(error_of_gaps(np.add.reduceat(ordered - right, starts, axis=1), len(ordered)))
    drawn = np.concatenate(errors)
    return PerfectEce(float(drawn.mean()), float(np.percentile(drawn, 95)))
