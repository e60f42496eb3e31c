"""Predictions out of fold: no track is scored by what had seen it or its artist."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.core.errors import TrainingInterruptedError
from tests.support.small_recipe import small_recipe
from training.datasets.dataset import Dataset
from training.datasets.npz_dataset import read_npz
from training.datasets.splits import TrackSplit, split_artists
from training.fitting.cross_validation import ScoreTrack, network_folds, predict_out_of_fold


@pytest.fixture
def dataset(npz: Path) -> Dataset:
    return read_npz(npz).with_artists_beside()


def test_each_track_is_scored_once_by_what_had_not_seen_its_artist(dataset: Dataset) -> None:
    messages: list[str] = []

    def fit_fold(fold: TrackSplit, number: int) -> ScoreTrack:
        seen = {dataset.groups[i] for i in fold.train}

        def score(track: int) -> NDArray[np.float32]:
            assert dataset.groups[track] not in seen
            return np.tile(np.eye(3, dtype=np.float32)[dataset.truth[track]], (number, 1))

        return score

    folds = split_artists(dataset, 0, 4)
    unseen = predict_out_of_fold(dataset, folds, fit_fold, messages.append)
    assert sorted(unseen.tracks.tolist()) == list(range(24))
    for number, fold in enumerate(folds, start=1):
        assert set(unseen.tracks[unseen.fold == number]) == set(fold.valid)
    assert [len(rows) for rows in unseen.segments] == unseen.fold.tolist()
    assert (unseen.track_probabilities().argmax(axis=1) == dataset.truth[unseen.tracks]).all()
    assert len(messages) == 4
    assert all("100.0 %" in message for message in messages)


def test_a_track_without_a_sounding_patch_is_left_out(dataset: Dataset) -> None:
    def fit_fold(fold: TrackSplit, number: int) -> ScoreTrack:
        return lambda track: np.full((0 if track == 5 else 2, 3), 1 / 3, np.float32)

    unseen = predict_out_of_fold(dataset, split_artists(dataset, 0, 4), fit_fold, lambda _: None)
    assert sorted(unseen.tracks.tolist()) == [i for i in range(24) if i != 5]
    assert unseen.track_probabilities().shape == (23, 3)


SMALL = small_recipe()


def test_a_network_a_fold_repeats_with_its_seed(dataset: Dataset) -> None:
    folds = split_artists(dataset, 0, 2)
    first, again, other = (
        predict_out_of_fold(
            dataset, folds, network_folds(dataset, SMALL, 3, seed), lambda _: None
        ).track_probabilities()
        for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 1e-3


def test_a_stopped_fold_gives_nothing(dataset: Dataset) -> None:
    fit_fold = network_folds(dataset, SMALL, 3, 0, should_stop=lambda: True)
    with pytest.raises(TrainingInterruptedError):
        predict_out_of_fold(dataset, split_artists(dataset, 0, 2), fit_fold, lambda _: None)
