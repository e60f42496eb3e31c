from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.fitting.linear_head import LinearHead, fit_head, genre_statistics, genre_tag_table

LABELS = ("blues", "jazz", "rock")


@dataclass(frozen=True, eq=False)
class Songs:
    features: NDArray[np.float64]
    truth: NDArray[np.int64]
    artists: list[str]

    def take(self, rows: NDArray[np.int64]) -> Songs:
        return Songs(self.features[rows], self.truth[rows], [self.artists[i] for i in rows])

    def fit(self, labels: tuple[str, ...] = LABELS, **options: object) -> LinearHead:
        return fit_head(self.features, self.truth, self.artists, labels, **options)  # type: ignore[arg-type]


def make_songs(seed: int = 0, n_features: int = 4, n_artists: int = 3, n_songs: int = 4, spread: float = 0.3) -> Songs:
    rng = np.random.default_rng(seed)
    features, truth, artists = [], [], []
    for genre in range(len(LABELS)):
        centre = rng.normal(-3, 1.5, n_features)
        for artist in range(n_artists):
            own = centre + rng.normal(0, 0.5, n_features)
            for _ in range(n_songs):
                features.append(own + rng.normal(0, spread, n_features))
                truth.append(genre)
                artists.append(f"{LABELS[genre]} {artist}")
    return Songs(np.array(features), np.array(truth), artists)


songs = st.builds(make_songs, st.integers(0, 10_000), st.integers(2, 8), st.integers(1, 4), st.integers(1, 4))
tag_names = st.sampled_from([(), ("jazz", "rock", "hard rock", "sad", "80s", "blues", "pop", "funk")])


def assert_same(one: LinearHead, other: LinearHead) -> None:
    # With one song an artist the matrix is nearly singular: what is left of rounding is large.
    scale = np.abs(one.weights).max()
    np.testing.assert_allclose(other.weights, one.weights, rtol=1e-5, atol=1e-7 * scale)
    np.testing.assert_allclose(other.bias, one.bias, rtol=1e-5, atol=1e-6 * np.abs(one.bias).max())


@settings(deadline=None)
@given(songs, st.randoms(use_true_random=False), tag_names)
def test_the_order_of_songs_does_not_matter(data: Songs, random: object, names: tuple[str, ...]) -> None:
    order = list(range(len(data.truth)))
    random.shuffle(order)  # type: ignore[attr-defined]
    names = names[: data.features.shape[1]]
    assert_same(data.fit(tags=names), data.take(np.array(order)).fit(tags=names))


@settings(deadline=None)
@given(songs, st.lists(st.text(min_size=1, max_size=5), min_size=12, max_size=12, unique=True))
def test_names_of_artists_do_not_matter(data: Songs, names: list[str]) -> None:
    new = {old: f"{name}." for old, name in zip(sorted(set(data.artists)), names, strict=False)}
    assert_same(data.fit(), replace(data, artists=[new[artist] for artist in data.artists]).fit())


@settings(deadline=None)
@given(songs, st.integers(0, 1_000), st.integers(2, 6))
def test_many_songs_do_not_move_the_mean_of_a_genre(data: Songs, which: int, times: int) -> None:
    artist = sorted(set(data.artists))[which % len(set(data.artists))]
    of_artist = np.flatnonzero(np.array(data.artists) == artist)
    more = data.take(np.concatenate([np.arange(len(data.truth)), *([of_artist] * (times - 1))]))
    means, n_artists, _ = genre_statistics(data.features, data.truth, data.artists, 3)
    doubled, n_doubled, _ = genre_statistics(more.features, more.truth, more.artists, 3)
    np.testing.assert_allclose(doubled, means, atol=1e-12)
    np.testing.assert_array_equal(n_doubled, n_artists)
    plain = np.array([data.features[data.truth == genre].mean(axis=0) for genre in range(3)])
    np.testing.assert_allclose(means, plain, atol=1e-12)  # as long as all artists have as many songs


def test_an_artist_with_many_songs_does_not_own_the_genre() -> None:
    """Counting songs would put the mean of the genre at its busy artist."""
    data = make_songs(n_artists=2)
    busy = np.flatnonzero(np.array(data.artists) == "jazz 0")
    more = data.take(np.concatenate([np.arange(len(data.truth)), *([busy] * 30)]))
    middle = np.array([data.features[data.truth == genre].mean(axis=0) for genre in range(3)])
    np.testing.assert_array_equal(more.fit().probabilities(middle).argmax(axis=1), [0, 1, 2])
    between = more.fit().probabilities(middle[1:2])[0, 1]
    assert between == pytest.approx(data.fit().probabilities(middle[1:2])[0, 1], abs=0.02)


@settings(deadline=None)
@given(songs, st.sampled_from([1.0, 30.0, 1_000.0]), tag_names)
def test_a_genre_without_a_song_is_never_answered(data: Songs, far: float, names: tuple[str, ...]) -> None:
    """Anywhere: the logits of the others may all be far below any constant."""
    labels = ("ambient", *LABELS)
    head = Songs(data.features, data.truth + 1, data.artists).fit(labels, tags=names[: data.features.shape[1]])
    points = np.random.default_rng(0).normal(0, far, (50, data.features.shape[1]))
    probabilities = head.probabilities(np.concatenate([points, data.features, 0 * points[:1]]))
    assert probabilities[:, 0].max() < 1e-20
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-5)


def test_the_others_answer_as_if_it_were_not_there() -> None:
    data = make_songs()
    with_absent = Songs(data.features, data.truth + 1, data.artists).fit(("ambient", *LABELS))
    np.testing.assert_allclose(
        with_absent.probabilities(data.features)[:, 1:], data.fit().probabilities(data.features), atol=1e-6
    )


def test_the_genre_of_the_songs_is_found() -> None:
    data = make_songs(n_features=6)
    np.testing.assert_array_equal(data.fit().probabilities(data.features).argmax(axis=1), data.truth)
    assert data.fit().probabilities(data.features.astype(np.float32)).dtype == np.float32


def test_what_differs_between_versions_of_a_recording_is_discounted() -> None:
    data = make_songs()
    direction = np.array([1.0, 0.0, 0.0, 0.0])
    shares = []
    for size in (0.0, 1.0, 10.0, 1_000.0):
        weights = data.fit(nuisance=size * np.outer(direction, direction)).weights
        shares.append(np.abs(direction @ weights).max() / np.abs(weights).max())
    assert shares[0] > shares[1] > shares[2] > shares[3]
    assert shares[3] < 1e-2
    assert_same(data.fit(), data.fit(nuisance=np.zeros((4, 4))))


def test_what_differs_between_artists_of_a_genre_is_discounted() -> None:
    """Two features tell the genres equally well among songs; one of them is the artist's."""
    rng = np.random.default_rng(0)
    rows = [(genre, artist) for genre in range(3) for artist in range(6) for _ in range(5)]
    truth, artists = np.array([g for g, _ in rows]), [f"{g} {a}" for g, a in rows]
    habit = rng.normal(0, 1.0, (3, 6))
    features = rng.normal(0, 1.0, (len(rows), 2)) + truth[:, None]
    by_artist = features.copy()
    by_artist[:, 1] = truth + np.array([habit[g, a] for g, a in rows]) + rng.normal(0, 0.1, len(rows))
    weights = fit_head(by_artist, truth, artists, LABELS).weights
    # Counted by songs alone, the second feature, ten times as steady within an artist, would win a hundredfold.
    assert np.abs(weights[0]).max() > 0.5 * np.abs(weights[1]).max()


def test_which_tags_name_a_genre() -> None:
    tags = ("rock", "Hip-Hop", "classic rock", "funk", "dance", "jazz", "rnb")
    table = genre_tag_table(("hiphop", "rock", "disco", "Jazz", "reggae"), tags)
    np.testing.assert_allclose(
        table,
        [
            [0, 1, 0, 0, 0, 0, 0],
            [0.5, 0, 0.5, 0, 0, 0, 0],
            [0, 0, 0, 0.5, 0.5, 0, 0],
            [0, 0, 0, 0, 0, 1, 0],
            [0, 0, 0, 0, 0, 0, 0],  # no tag says reggae
        ],
    )
    assert genre_tag_table(("rock",), ()).shape == (1, 0)


def test_the_name_of_a_tag_counts_the_more_the_fewer_artists_there_are() -> None:
    def gain(n_artists: int) -> float:
        data = make_songs(1, n_artists=n_artists)
        names = ("jazz", "sad", "80s", "happy")
        moved = data.fit(tags=names).weights - data.fit().weights
        np.testing.assert_allclose(moved[1:], 0, atol=1e-12)  # nobody named them
        np.testing.assert_allclose(moved[0, [0, 2]], 0, atol=1e-12)
        return float(moved[0, 1] * data.features[:, 0].std())

    assert gain(1) == pytest.approx(2.0 * 5 / 6)
    assert gain(20) == pytest.approx(2.0 * 5 / 25)


def test_what_tags_say_is_relative_to_the_usual() -> None:
    """A track with the usual tags gets no genre for them."""
    data = make_songs(1)
    names = ("jazz", "rock", "blues", "happy")
    usual = data.features.mean(axis=0, keepdims=True)
    np.testing.assert_allclose(
        data.fit(tags=names).probabilities(usual), data.fit().probabilities(usual), rtol=1e-4, atol=1e-7
    )


@pytest.mark.parametrize("kind", ["constant", "doubled", "all alike"])
def test_features_that_tell_nothing_are_no_trouble(kind: str) -> None:
    data = make_songs()
    features = data.features.copy()
    if kind == "constant":
        features[:, 2] = -6.9
    elif kind == "doubled":
        features[:, 3] = features[:, 2]
    else:
        features[:] = features[0]
    head = Songs(features, data.truth, data.artists).fit(tags=("jazz", "rock", "sad", "blues"))
    assert np.isfinite(head.weights).all() and np.isfinite(head.bias).all()
    probabilities = head.probabilities(features)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-5)
    if kind == "all alike":
        np.testing.assert_allclose(probabilities, 1 / 3, atol=0.01)


def test_one_artist_a_genre() -> None:
    data = make_songs(n_artists=1, n_songs=6)
    np.testing.assert_array_equal(data.fit().probabilities(data.features).argmax(axis=1), data.truth)


def test_all_artists_unknown() -> None:
    """Each song is an artist's of its own, as `artist_key` has it; so is one song an artist."""
    data = make_songs(n_artists=1, n_songs=6)
    unknown = replace(data, artists=[f"\0song {i}" for i in range(len(data.truth))])
    np.testing.assert_array_equal(unknown.fit().probabilities(data.features).argmax(axis=1), data.truth)
    # The spread is that of the songs, whether they are called songs or artists.
    assert_same(data.fit(), unknown.fit())


def test_confidence_does_not_overflow() -> None:
    head = LinearHead(np.array([[1e3, -1e3]]), np.zeros(2))
    np.testing.assert_array_equal(head.probabilities(np.array([[10.0], [-10.0]])), [[1, 0], [0, 1]])
