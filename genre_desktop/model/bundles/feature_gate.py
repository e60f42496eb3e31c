"""The feature gate: detection of tracks that are unlike the training set, by a distance in feature space.

A softmax always gives one of its genres, often with high confidence for what is no music at
all. The gate measures the Mahalanobis distance of a track's features to the nearest genre, with
one covariance for all genres (K. Lee et al., *A simple unified framework for detecting
out-of-distribution samples and adversarial attacks*, NeurIPS 2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LARGEST = 1e30
"""Largest value of the whitening matrix, so that distances and their squares are finite."""


@dataclass(frozen=True, eq=False)
class FeatureGate:
    """Statistics of the training set's features, from a card.

    Attributes
    ----------
    means : ndarray of float64 [shape=(n_genres, n_features)]
        Of the tracks' features by genre; the genres need not be those of the model.
    whitening : ndarray of float64 [shape=(n_features, n_features)]
        Inverse of the lower Cholesky factor of the covariance that all genres share.
    refuse_beyond : float
        Distance beyond which a track counts as no music.
    """

    means: NDArray[np.float64]
    whitening: NDArray[np.float64]
    refuse_beyond: float

    @classmethod
    def from_card(cls, values: Mapping[str, Any]) -> FeatureGate:
        """Read ``means``, ``covariance`` and ``refuse_beyond``.

        Raises
        ------
        KeyError, TypeError, ValueError
            Where the values are malformed, or unusable.
        """
        means = np.array(values["means"], dtype=np.float64)
        covariance = np.array(values["covariance"], dtype=np.float64)
        beyond = float(values["refuse_beyond"])
        if means.ndim != 2 or means.size == 0 or covariance.shape != (means.shape[1],) * 2:
            raise ValueError(f"means {means.shape} and covariance {covariance.shape} do not fit together")
        if not (np.isfinite(means).all() and np.isfinite(covariance).all() and beyond > 0):
            raise ValueError("a value is not finite, or refuse_beyond is not above 0")
        try:
            whitening = np.asarray(np.linalg.inv(np.linalg.cholesky(covariance)), np.float64)
        except np.linalg.LinAlgError as error:
            raise ValueError("the covariance is not positive definite") from error
        if not (np.abs(whitening) <= _LARGEST).all():
            raise ValueError("the covariance is all but singular")
        return cls(means, whitening, beyond)

    @property
    def n_features(self) -> int:
        """Length of a feature vector."""
        return int(self.means.shape[1])

    def distance(self, features: NDArray[np.floating[Any]]) -> float:
        """Distance of a track to the nearest genre, in standard deviations.

        Parameters
        ----------
        features : ndarray [shape=(n_patches, at least n_features)]
            At least one patch; the distance is that of their mean, further columns do not count.

        Returns
        -------
        float
        """
        offset = features[:, : self.n_features].mean(axis=0, dtype=np.float64) - self.means
        return float(np.linalg.norm(offset @ self.whitening.T, axis=1).min())

    def refuses(self, features: NDArray[np.floating[Any]]) -> bool:
        """Whether a track is further away than `refuse_beyond`."""
        return self.distance(features) > self.refuse_beyond
