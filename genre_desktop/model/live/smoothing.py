"""Exponential smoothing of the scores of a stream."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.aggregate import Aggregation, calibrate

_SMALLEST_SCORE = 1e-30


class Smoother:
    """Mean of all scores so far, weighted by age: the weight falls to 1/e with each time constant.

    The weights are normalised, so that the first mean is that of the first scores alone, and after a pause of a few
    time constants the scores before it no longer count.

    Parameters
    ----------
    temperature : float
        The bundle's, see `genre_desktop.model.aggregate.calibrate`.
    method : {"mean_probability", "mean_logit"}
        What the mean is of: calibrated probabilities, or logarithms of probabilities; as for a track, since the
        temperature of the bundle was fitted for that.
    time_constant_s : float
        Above 0.
    """

    def __init__(self, temperature: float, method: Aggregation, time_constant_s: float) -> None:
        self._temperature = temperature
        self._method = method
        self._time_constant_s = time_constant_s
        self._sum: NDArray[np.float64] | None = None
        self._weight = 0.0

    def wait(self, seconds: float) -> None:
        """Let time pass without scores."""
        kept = math.exp(-seconds / self._time_constant_s)
        self._weight *= kept
        if self._sum is not None:
            self._sum = self._sum * kept

    def push(self, scores: NDArray[np.float32], seconds: float) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Add the scores of the next patch.

        Parameters
        ----------
        scores : ndarray of float32 [shape=(n_genres,)]
            Uncalibrated probabilities.
        seconds : float
            Since the last call.

        Returns
        -------
        smoothed : ndarray of float64 [shape=(n_genres,)]
            Calibrated; sums to 1.
        alone : ndarray of float32 [shape=(n_genres,)]
            The scores themselves, calibrated.
        """
        self.wait(seconds)
        alone = calibrate(scores, self._temperature)
        is_log = self._method == "mean_logit"
        value = np.log(np.maximum(scores.astype(np.float64), _SMALLEST_SCORE)) if is_log else alone.astype(np.float64)
        self._sum = value if self._sum is None else self._sum + value
        self._weight += 1.0
        mean = self._sum / self._weight
        if is_log:
            powers = np.exp((mean - mean.max()) / self._temperature)
            return powers / powers.sum(), alone
        return mean / mean.sum(), alone
