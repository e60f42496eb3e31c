"""Scoring whole tracks of a data set as the program scores a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.patches import cut_patches, scale_patches
from genre_desktop.audio.features.silent_gaps import close_gaps
from genre_desktop.model.aggregate import Aggregation, track_probabilities
from genre_desktop.model.classify_file import sounding_patches
from training.datasets.dataset import Dataset

if TYPE_CHECKING:
    import keras

Score = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From scaled patches [n, n_frames, n_mels] to probabilities [n, n_genres]."""


def model_score(model: keras.Model) -> Score:
    """The scoring function of a network in training."""
    return lambda patches: np.asarray(model.predict_on_batch(patches), np.float32)


def score_segments(score: Score, dataset: Dataset, track: int) -> NDArray[np.float32]:
    """Uncalibrated probabilities of a track's sounding patches [shape=(n_patches, n_genres)].

    No rows if the track is shorter than a patch, or silent.
    """
    patches = cut_patches(np.asarray(dataset.frames(track), np.float32), dataset.config).values
    patches = patches[sounding_patches(patches)]
    if len(patches) == 0:
        return np.empty((0, len(dataset.labels)), np.float32)
    return score(scale_patches(close_gaps(patches, dataset.config), dataset.config))


def score_tracks(
    score: Score,
    dataset: Dataset,
    tracks: Sequence[int] | NDArray[Any],
    temperature: float = 1.0,
    method: Aggregation = "mean_probability",
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Probabilities of whole tracks.

    Parameters
    ----------
    score : callable
    dataset : Dataset
    tracks : sequence of int
        Positions in the data set.
    temperature : float
    method : {"mean_probability", "mean_logit"}

    Returns
    -------
    scored : ndarray of int64 [shape=(n,)]
        The tracks that have at least one sounding patch.
    probabilities : ndarray of float64 [shape=(n, n_genres)]
    """
    scored: list[int] = []
    rows: list[NDArray[np.float64]] = []
    for track in tracks:
        segments = score_segments(score, dataset, int(track))
        if len(segments):
            scored.append(int(track))
            rows.append(track_probabilities(segments, temperature, method))
    return np.array(scored, dtype=np.int64), np.array(rows)
