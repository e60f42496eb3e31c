"""The linear head: from the 50 tags of a tagger to genres, fitted to few artists.

Linear discriminant analysis with a covariance made for music collections. A genre has a
handful of artists with many songs each, so songs are no independent samples: a head that
counts songs learns to recognise the artists. Therefore

* each artist counts once in the mean of a genre, however many songs there are;
* the covariance within genres includes the spread between artists, as in the two-covariance
  model of speaker recognition (N. Bruemmer and E. de Villiers, Odyssey 2010);
* directions in which the same recording differs between sources or levels have less weight
  (within-class covariance normalisation; A. Hatch et al., Interspeech 2006);
* tags that name a genre have a prior weight for it, the larger the fewer artists there are.

The constants were chosen on folds grouped by artist (``training/EXPERIMENTS.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.genre_names import plain_name

SHRINKAGE = 0.1
"""Share of the off-diagonal covariance that is shrunk away."""

NUISANCE_WEIGHT = 3.0
"""Factor of the covariance between versions of one recording."""

PRIOR_LOGITS = 2.0
"""Prior weight of the tags that name a genre, in logits a standard deviation, for a genre without artists."""

PRIOR_ARTISTS = 5.0
"""Number of artists of a genre at which that prior weight is halved."""

GENRE_TAGS: dict[str, tuple[str, ...]] = {
    "rock": ("rock", "classic rock", "alternative rock", "indie rock", "hard rock", "Progressive rock"),
    "metal": ("metal", "heavy metal"),
    "pop": ("pop", "indie pop"),
    "disco": ("funk", "dance"),
    "electronic": ("electronic", "electronica", "electro"),
    "indie": ("indie", "indie rock", "indie pop"),
}
"""Tags that name a genre by other words; a tag of the genre's own name needs no entry."""

_ABSENT = -50.0
"""Bias of a genre without tracks, relative to the mean bias of the others, which may all be far below 0."""


@dataclass(frozen=True, eq=False)
class LinearHead:
    """A linear classifier from features to the logits of genres.

    Attributes
    ----------
    weights : ndarray of float64 [shape=(n_features, n_genres)]
    bias : ndarray of float64 [shape=(n_genres,)]
    """

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def probabilities(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """Softmax of the logits [shape=(n, n_genres)] of features [shape=(n, n_features)]."""
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
        Of each track; a track of an unknown artist has a unique name, see `artist_key`.
    labels : sequence of str
        Genres in the order of the class indices. A genre without tracks gets a probability near 0.
    tags : sequence of str, optional
        Names of the features, for the prior weights of tags that name a genre.
    nuisance : ndarray of float64 [shape=(n_features, n_features)], optional
        Mean square of the differences between versions of one recording.

    Returns
    -------
    LinearHead
    """
    means, n_artists, covariance = genre_statistics(features, truth, artists, len(labels))
    covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * np.diag(np.diag(covariance))
    if nuisance is not None:
        covariance = covariance + NUISANCE_WEIGHT * nuisance
    # A constant feature would make the covariance singular. If all are, rounding errors would decide.
    covariance += 1e-6 * max(np.trace(covariance) / len(covariance), 1e-2) * np.eye(len(covariance))
    weights = np.asarray(np.linalg.solve(covariance, means.T), np.float64)
    bias = -0.5 * np.einsum("gf,fg->g", means, weights)
    if tags:
        deviation = np.maximum(features.std(axis=0), 1e-6)
        strength = PRIOR_LOGITS * PRIOR_ARTISTS / (n_artists + PRIOR_ARTISTS)
        prior_weights = genre_tag_table(labels, tags).T / deviation[:, None] * strength
        weights += prior_weights
        bias -= features.mean(axis=0) @ prior_weights
    absent = n_artists == 0
    weights[:, absent] = weights[:, ~absent].mean(axis=1, keepdims=True)
    bias[absent] = bias[~absent].mean() + _ABSENT
    return LinearHead(weights, bias)


def genre_statistics(
    features: NDArray[np.float64], truth: NDArray[np.int64], artists: Sequence[str], n_genres: int
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Mean and number of artists of each genre, and the covariance within genres.

    Returns
    -------
    means : ndarray of float64 [shape=(n_genres, n_features)]
        Mean over the means of the artists; the mean of all tracks for a genre without tracks.
    n_artists : ndarray of int64 [shape=(n_genres,)]
    covariance : ndarray of float64 [shape=(n_features, n_features)]
        Covariance between the songs of an artist plus that between the artists of a genre.
    """
    n_features = features.shape[1]
    means = np.tile(features.mean(axis=0), (n_genres, 1))
    n_artists = np.zeros(n_genres, np.int64)
    song_scatter, artist_scatter = np.zeros((2, n_features, n_features))
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
            song_scatter += (songs - centre).T @ (songs - centre)
        artist_scatter += (centres - means[genre]).T @ (centres - means[genre])
        n_songs += int(of_genre.sum())
    total, present = int(n_artists.sum()), int((n_artists > 0).sum())
    covariance = song_scatter / max(1, n_songs - total) + artist_scatter / max(1, total - present)
    return means, n_artists, covariance


def genre_tag_table(labels: Sequence[str], tags: Sequence[str]) -> NDArray[np.float64]:
    """Share of each tag that names a genre [shape=(n_genres, n_tags)]; rows sum to 1, or to 0 if no tag does."""
    plain = [plain_name(tag) for tag in tags]
    table = np.zeros((len(labels), len(tags)))
    for row, label in zip(table, labels, strict=True):
        named = {plain_name(name) for name in GENRE_TAGS.get(plain_name(label), (label,))}
        row[[tag in named for tag in plain]] = 1.0
    return np.asarray(table / np.maximum(table.sum(axis=1, keepdims=True), 1.0))
