"""Predictions out of fold: no track is scored by what had seen it or its artist."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import TrainingInterruptedError
from training.datasets.dataset import Dataset, read_npz
from training.datasets.splits import TrackSplit, split_artists
from training.fitting.cross_validation import ScoreTrack, network_folds, predict_out_of_fold
from training.fitting.recipes import Recipe


@pytest.fixture
def dataset(npz: Path) -> Dataset:
    return read_npz(npz).with_artists_beside()


def test_each_track_is_scored_once_by_what_had_not_seen_its_artist(dataset: Dataset) -> None:
    told: list[str] = []

    def fit_fold(fold: TrackSplit, number: int) -> ScoreTrack:
        seen = {dataset.groups[i] for i in fold.train}

        def score(track: int) -> NDArray[np.float32]:
            assert dataset.groups[track] not in seen
            return np.tile(np.eye(3, dtype=np.float32)[dataset.truth[track]], (number, 1))

        return score

    folds = split_artists(dataset, 0, 4)
    unseen = predict_out_of_fold(dataset, folds, fit_fold, told.append)
    assert sorted(unseen.tracks.tolist()) == list(range(24))
    for number, fold in enumerate(folds, start=1):
        assert set(unseen.tracks[unseen.fold == number]) == set(fold.valid)
    assert [len(rows) for rows in unseen.segments] == unseen.fold.tolist()
    assert (unseen.whole().argmax(axis=1) == dataset.truth[unseen.tracks]).all()
    assert len(told) == 4
    assert all("100.0 %" in sentence for sentence in told)


def test_a_track_without_a_sounding_patch_is_left_out(dataset: Dataset) -> None:
    def fit_fold(fold: TrackSplit, number: int) -> ScoreTrack:
        return lambda track: np.full((0 if track == 5 else 2, 3), 1 / 3, np.float32)

    unseen = predict_out_of_fold(dataset, split_artists(dataset, 0, 4), fit_fold, lambda _: None)
    assert sorted(unseen.tracks.tolist()) == [i for i in range(24) if i != 5]
    assert unseen.whole().shape == (23, 3)


def _build_small(config: FeatureConfig, n_genres: int, seed: int) -> object:
    import keras

    keras.utils.set_random_seed(seed)
    patch = keras.Input((config.patch_frames, config.n_mels))
    x = keras.layers.GlobalAveragePooling1D()(patch)
    return keras.Model(patch, keras.layers.Dense(n_genres, activation="softmax")(x))


SMALL = Recipe("small", "a layer", _build_small, learning_rate=0.1)  # type: ignore[arg-type]


def test_a_network_a_fold_repeats_with_its_seed(dataset: Dataset) -> None:
    folds = split_artists(dataset, 0, 2)
    first, again, other = (
        predict_out_of_fold(dataset, folds, network_folds(dataset, SMALL, 3, seed), lambda _: None).whole()
        for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 1e-3


def test_a_stopped_fold_gives_nothing(dataset: Dataset) -> None:
    fit_fold = network_folds(dataset, SMALL, 3, 0, should_stop=lambda: True)
    with pytest.raises(TrainingInterruptedError):
        predict_out_of_fold(dataset, split_artists(dataset, 0, 2), fit_fold, lambda _: None)
