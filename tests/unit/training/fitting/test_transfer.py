"""Heads on a tagger: folds, statistics for the card, and the network that comes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.bundles.feature_gate import FeatureGate
from genre_desktop.model.bundles.tag_set import TagSet
from training.datasets.dataset import LabelledTrack
from training.datasets.splits import make_folds
from training.datasets.taggrams import Taggrams
from training.fitting.transfer import (
    GATE_MARGIN,
    METHOD,
    REPEATS,
    HeadPlan,
    build_classifier,
    cross_validate,
    gate_statistics,
    tag_table,
)

N_TAGS = 6


def make_data(seed: int = 0, n_artists: int = 5, n_songs: int = 3, spread: float = 1.0) -> Taggrams:
    """Three genres, told apart by their tags; each song is close to its artist."""
    rng = np.random.default_rng(seed)
    tracks, values = [], []
    for genre in ("a", "b", "c"):
        centre = rng.normal(-2, 2, N_TAGS)
        for artist in range(n_artists):
            own = centre + spread * rng.normal(0, 0.6, N_TAGS)
            for song in range(n_songs):
                logits = own + spread * (rng.normal(0, 0.5, N_TAGS) + rng.normal(0, 0.7, (4, N_TAGS)))
                tracks.append(LabelledTrack(f"{genre}.{artist}{song}", genre, f"{genre} {artist}"))
                values.append(np.asarray(1 / (1 + np.exp(-logits)), np.float32))
    return Taggrams(Path("t.npz"), tuple(tracks), ("a", "b", "c"), tuple(range(len(tracks))), (), tuple(values))


PLAN = HeadPlan(tuple("abcdef"), None)


@pytest.mark.parametrize("by", ["artist", "track"])
def test_every_track_is_scored_by_a_head_that_had_not_seen_it(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, fitted_to = make_data(), []
    fit = HeadPlan.fit

    def recording_fit(plan: HeadPlan, data: Taggrams, tracks: Any) -> Any:
        fitted_to.append(set(tracks.tolist()))
        return fit(plan, data, tracks)

    monkeypatch.setattr(HeadPlan, "fit", recording_fit)
    validation = cross_validate(data, PLAN, by, 7, 3)
    assert len(fitted_to) == 3 * REPEATS and len(validation.folds.accuracies) == REPEATS
    everything = set(range(len(data.tracks)))
    for repeat in range(REPEATS):
        held_out = [everything - seen for seen in fitted_to[3 * repeat : 3 * repeat + 3]]
        assert sorted(i for part in held_out for i in part) == sorted(everything)
        if by == "artist":
            for part in held_out:
                assert {data.groups[i] for i in part}.isdisjoint(data.groups[i] for i in everything - part)
    assert fitted_to[:3] != fitted_to[3:6]  # other folds each time
    assert validation.folds.metrics.n == len(data.tracks)
    assert validation.folds.metrics.accuracy == validation.folds.accuracies[0]
    assert 0.8 < min(validation.folds.accuracies) <= 1.0
    assert by in validation.protocol


def test_the_same_seed_gives_the_same_metrics() -> None:
    data = make_data(spread=2.5)
    one, same, other = (cross_validate(data, PLAN, "artist", seed, 3) for seed in (1, 1, 2))
    assert one.folds.metrics.to_dict() == same.folds.metrics.to_dict()
    assert (one.folds.temperature, one.refuse_beyond, one.folds.unsure) == (
        same.folds.temperature,
        same.refuse_beyond,
        same.folds.unsure,
    )
    assert one.folds.accuracies[1] == other.folds.accuracies[0]  # the seeds after the first are the repeats'
    assert one.folds.metrics.to_dict() != other.folds.metrics.to_dict()


def test_labels_by_chance_are_found_by_chance() -> None:
    """Whatever leaks from a fold into its head shows here."""
    data = make_data(n_artists=8)
    labels = np.random.default_rng(0).permutation(24)
    genre_of = {artist: "abc"[labels[i] % 3] for i, artist in enumerate(sorted(set(data.groups)))}
    tracks = tuple(LabelledTrack(t.name, genre_of[g], t.artist) for t, g in zip(data.tracks, data.groups, strict=True))
    shuffled = Taggrams(data.path, tracks, data.labels, data.rows, (), data.values)
    assert np.mean(cross_validate(shuffled, PLAN, "artist", 0, 4).folds.accuracies) < 0.55


def test_the_gate_refuses_few_of_the_held_out_tracks() -> None:
    data = make_data(n_artists=10, n_songs=6)
    validation = cross_validate(data, PLAN, "artist", 0, 5)
    distances = []
    for fold in make_folds(data, "artist", 0, 5):
        gate = FeatureGate.from_card({**gate_statistics(data, fold.train), "refuse_beyond": validation.refuse_beyond})
        distances += [gate.distance(data.logits(i)) for i in fold.valid.tolist()]
    # The first of three cross-validations: its farthest track is as far as any, or nearly.
    assert 0.6 * validation.refuse_beyond < GATE_MARGIN * max(distances) <= validation.refuse_beyond * (1 + 1e-9)
    far = np.full((2, N_TAGS), 40.0)
    assert gate.refuses(far)


@pytest.mark.parametrize("seed", range(40))
def test_statistics_of_any_data_are_a_gate(seed: int) -> None:
    """Rounded as the card has them; tracks may be all but alike, and their tags rise and fall together."""
    rng = np.random.default_rng(seed)
    n, deviation = int(rng.integers(4, 20)), 10 ** rng.uniform(-3, 0)
    common = rng.normal(0, 1, (n, 1)) * rng.normal(0, 1, 50)
    logits = -2 + deviation * (common + 0.1 * rng.normal(0, 1, (n, 50)))
    tracks = tuple(LabelledTrack(f"{'ab'[i % 2]}.{i}", "ab"[i % 2]) for i in range(n))
    values = tuple((1 / (1 + np.exp(-row)))[None].astype(np.float32) for row in logits)
    data = Taggrams(Path("t.npz"), tracks, ("a", "b"), tuple(range(n)), (), values)
    gate = FeatureGate.from_card({**gate_statistics(data, np.arange(n)), "refuse_beyond": 5.0})
    assert gate.n_features == 50
    assert all(np.isfinite(gate.distance(data.logits(i))) for i in range(n))
    table = TagSet.from_card(tag_table(data, [f"t{i}" for i in range(50)]))
    assert len(table.salient(data.logits(0))) <= 3


def test_a_genre_that_a_fold_lacks_has_the_mean_of_all() -> None:
    data = make_data()
    of_two = np.flatnonzero(data.truth < 2)
    statistics = gate_statistics(data, of_two)
    np.testing.assert_allclose(statistics["means"][2], data.mean_logits()[of_two].mean(axis=0), atol=1e-3)
    np.testing.assert_allclose(statistics["means"][0], data.mean_logits()[data.truth == 0].mean(axis=0), atol=1e-3)


def test_the_network_answers_as_the_head_does(tmp_path: Path) -> None:
    import keras

    keras.utils.set_random_seed(0)
    patch = keras.Input((4, 3))
    logits = keras.layers.Dense(N_TAGS, name="tag_logits")(keras.layers.Flatten()(patch))
    tagger = keras.Model(patch, logits)
    data = make_data()
    head = PLAN.fit(data, np.arange(len(data.tracks)))
    network = build_classifier(tagger, head)
    patches = np.random.default_rng(0).normal(0, 3, (9, 4, 3)).astype(np.float32)
    tags = 1 / (1 + np.exp(-tagger.predict_on_batch(patches)))
    by_hand = Taggrams(data.path, data.tracks[:1], data.labels, (0,), (), (tags,))
    expected = head.probabilities(by_hand.evidence(0))
    np.testing.assert_allclose(network.predict_on_batch(patches), expected, atol=1e-4)
    network.save(tmp_path / "n.keras")
    loaded = keras.saving.load_model(tmp_path / "n.keras", compile=False, safe_mode=True)
    np.testing.assert_allclose(loaded.predict_on_batch(patches), expected, atol=1e-4)
    # And the track's answer is the head's for the mean of the evidence.
    mean = head.probabilities(by_hand.mean_evidence())[0]
    np.testing.assert_allclose(track_probabilities(expected, 1.0, METHOD), mean, atol=1e-4)
