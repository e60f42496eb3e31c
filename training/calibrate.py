"""Make confidence mean what it says: a temperature fitted on tracks the network had not seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.aggregate import track_probabilities

TEMPERATURE_RANGE = (0.25, 10.0)

UNSURE_BELOW = 0.5
"""A genre is named where it is more likely right than wrong; otherwise the answer is "unsure"."""


def fit_temperature(segments: Sequence[NDArray[np.float32]], truth: NDArray[np.int64]) -> float:
    """Temperature that makes held-out tracks most likely (Guo et al. 2017).

    It divides the logits of the segments, whose mean is then the track's answer, as the
    program does it.

    Parameters
    ----------
    segments : sequence of ndarray of float32 [shape=(n_segments, n_genres)]
        Uncalibrated probabilities, an array a track.
    truth : ndarray of int64 [shape=(n_tracks,)]
        Class index of each track.

    Returns
    -------
    float
        Within `TEMPERATURE_RANGE`.
    """
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        temperature = float(np.exp(log_temperature))
        whole = [track_probabilities(rows, temperature) for rows in segments]
        right = np.array([row[i] for row, i in zip(whole, truth, strict=True)])
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    low, high = np.log(TEMPERATURE_RANGE)
    return float(np.exp(minimize_scalar(loss, bounds=(low, high), method="bounded").x))
