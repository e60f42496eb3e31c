"""A linear head for few artists: what turns a tagger's 50 tags into genres.

Fisher's discriminant with the structure of music collections in its covariance. A genre is
known by a handful of artists, each with many songs, so songs are no independent draws: a
head that counts songs learns the artists. Here

* each artist counts once in the mean of a genre, however many songs there are;
* the spread between artists of a genre is part of the covariance, as in the two-covariance
  model of speaker recognition (N. Bruemmer and E. de Villiers, Odyssey 2010);
* directions in which the same recording differs between sources or levels are discounted
  (within-class covariance normalisation; A. Hatch et al., Interspeech 2006);
* what a tag's name says of a genre is believed, the more the fewer artists there are.

The constants were chosen on folds grouped by artist (``training/EXPERIMENTS.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.bundles.tag_set import plain_name

SHRINKAGE = 0.1
"""Share of the off-diagonal covariance that is not believed."""

NUISANCE_WEIGHT = 3.0
"""How much the spread between versions of one recording counts."""

KNOWLEDGE = 2.0
"""Logits that a standard deviation of a genre's own tags is worth where nothing else is known."""

KNOWLEDGE_ARTISTS = 5.0
"""Artists of a genre at which its own tags count half of that."""

GENRE_TAGS: dict[str, tuple[str, ...]] = {
    "rock": ("rock", "classic rock", "alternative rock", "indie rock", "hard rock", "Progressive rock"),
    "metal": ("metal", "heavy metal"),
    "pop": ("pop", "indie pop"),
    "disco": ("funk", "dance"),
    "electronic": ("electronic", "electronica", "electro"),
    "indie": ("indie", "indie rock", "indie pop"),
}
"""Tags that name a genre under more words than its own; those of its own name need no entry."""

_ABSENT = -50.0
"""Logit of a genre without a track, relative to the mean of the others: theirs may all be far below 0."""


@dataclass(frozen=True, eq=False)
class LinearHead:
    """From features to the logits of genres.

    Attributes
    ----------
    weights : ndarray of float64 [shape=(n_features, n_genres)]
    bias : ndarray of float64 [shape=(n_genres,)]
    """

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def probabilities(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """Softmax of the logits [shape=(n, n_genres)]."""
        logits = features @ self.weights + self.bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def fit_head(
    features: NDArray[np.float64],
    truth: NDArray[np.int64],
    artists: Sequence[str],
    labels: Sequence[str],
    *,
    tags: Sequence[str] = (),
    nuisance: NDArray[np.float64] | None = None,
) -> LinearHead:
    """Fit the head.

    Parameters
    ----------
    features : ndarray of float64 [shape=(n_tracks, n_features)]
        Means over the patches of each track.
    truth : ndarray of int64 [shape=(n_tracks,)]
        Class indices.
    artists : sequence of str
        Of each track; an unknown artist is one of its own.
    labels : sequence of str
        Genres in the order of the class indices. One without a track is never answered.
    tags : sequence of str, optional
        Names of the features, for what they say of genres.
    nuisance : ndarray of float64 [shape=(n_features, n_features)], optional
        Mean square of the differences between versions of one recording.

    Returns
    -------
    LinearHead
    """
    means, n_artists, covariance = _structure(features, truth, artists, len(labels))
    covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * np.diag(np.diag(covariance))
    if nuisance is not None:
        covariance = covariance + NUISANCE_WEIGHT * nuisance
    # A feature that never varies would make the covariance singular; where none does, rounding would tell the genres.
    covariance += 1e-6 * max(np.trace(covariance) / len(covariance), 1e-2) * np.eye(len(covariance))
    weights = np.asarray(np.linalg.solve(covariance, means.T), np.float64)
    bias = -0.5 * np.einsum("gf,fg->g", means, weights)
    if tags:
        deviation = np.maximum(features.std(axis=0), 1e-6)
        strength = KNOWLEDGE * KNOWLEDGE_ARTISTS / (n_artists + KNOWLEDGE_ARTISTS)
        believed = tag_prior(labels, tags).T / deviation[:, None] * strength
        weights += believed
        bias -= features.mean(axis=0) @ believed
    absent = n_artists == 0
    weights[:, absent] = weights[:, ~absent].mean(axis=1, keepdims=True)
    bias[absent] = bias[~absent].mean() + _ABSENT
    return LinearHead(weights, bias)


def _structure(
    features: NDArray[np.float64], truth: NDArray[np.int64], artists: Sequence[str], n_genres: int
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Mean and number of artists of each genre, and the covariance within genres."""
    n_features = features.shape[1]
    means = np.tile(features.mean(axis=0), (n_genres, 1))
    n_artists = np.zeros(n_genres, np.int64)
    between_songs, between_artists = np.zeros((2, n_features, n_features))
    n_songs = 0
    names = np.array(list(artists), dtype=object).astype(str)
    for genre in range(n_genres):
        of_genre = truth == genre
        by_artist = [features[of_genre & (names == artist)] for artist in np.unique(names[of_genre])]
        if not by_artist:
            continue
        centres = np.array([songs.mean(axis=0) for songs in by_artist])
        means[genre], n_artists[genre] = centres.mean(axis=0), len(by_artist)
        for songs, centre in zip(by_artist, centres, strict=True):
            between_songs += (songs - centre).T @ (songs - centre)
        between_artists += (centres - means[genre]).T @ (centres - means[genre])
        n_songs += int(of_genre.sum())
    total, present = int(n_artists.sum()), int((n_artists > 0).sum())
    covariance = between_songs / max(1, n_songs - total) + between_artists / max(1, total - present)
    return means, n_artists, covariance


def tag_prior(labels: Sequence[str], tags: Sequence[str]) -> NDArray[np.float64]:
    """Which tags name which genre [shape=(n_genres, n_tags)]; rows sum to 1, or are 0 where none does."""
    plain = [plain_name(tag) for tag in tags]
    table = np.zeros((len(labels), len(tags)))
    for row, label in zip(table, labels, strict=True):
        named = {plain_name(name) for name in GENRE_TAGS.get(plain_name(label), (label,))}
        row[[tag in named for tag in plain]] = 1.0
    return np.asarray(table / np.maximum(table.sum(axis=1, keepdims=True), 1.0))
