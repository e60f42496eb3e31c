from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import SplitError
from training.datasets.artists import read_artist_table
from training.datasets.dataset import Dataset
from training.datasets.npz_dataset import read_npz
from training.datasets.splits import (
    FOLDS,
    choose_split,
    lists_beside,
    make_folds,
    require_lists,
    split_artists,
    split_lists,
    split_patches,
    split_tracks,
)


@pytest.fixture
def dataset(npz: Path) -> Dataset:
    return read_npz(npz).with_artists(read_artist_table(npz.parent / "artists.tsv"))


@given(st.integers(2, 5000), st.integers(0, 2**31))
def test_patches_are_dealt_out_once_each(n: int, seed: int) -> None:
    train, valid = split_patches(n, seed)
    np.testing.assert_array_equal(np.sort(np.concatenate([train, valid])), np.arange(n))
    assert len(valid) == max(1, round(n * 0.2))
    np.testing.assert_array_equal(split_patches(n, seed)[0], train)


def test_the_patch_split_is_the_notebooks() -> None:
    from sklearn.model_selection import train_test_split

    theirs = train_test_split(np.arange(6400), test_size=0.2, random_state=0)
    for mine, other in zip(split_patches(6400, 0), theirs, strict=True):
        np.testing.assert_array_equal(mine, np.sort(other))


def test_no_artist_stands_on_both_sides(dataset: Dataset) -> None:
    folds = split_artists(dataset, seed=1, folds=4)
    held_out = np.concatenate([fold.valid for fold in folds])
    np.testing.assert_array_equal(np.sort(held_out), np.arange(24))
    for fold in folds:
        sides = [{dataset.groups[i] for i in side} for side in (fold.train, fold.valid)]
        assert not sides[0] & sides[1]


def test_tracks_are_dealt_out_with_genres_in_equal_shares(dataset: Dataset) -> None:
    for fold in split_tracks(dataset, seed=1, folds=4):
        assert np.bincount(dataset.truth[fold.valid]).tolist() == [2, 2, 2]
        assert not set(fold.train.tolist()) & set(fold.valid.tolist())


def test_lists(dataset: Dataset, npz: Path) -> None:
    split = split_lists(dataset, npz.parent / "splits")
    assert (len(split.train), len(split.valid)) == (18, 6)
    assert split.protocol.endswith("artists apart")
    assert "artists unknown" in split_lists(read_npz(npz), npz.parent / "splits").protocol
    assert lists_beside(npz) == npz.parent / "splits"


def test_lists_that_leak_are_refused(dataset: Dataset, npz: Path, tmp_path: Path) -> None:
    shutil.copytree(npz.parent / "splits", tmp_path / "splits")
    train = tmp_path / "splits" / "train_x.txt"
    names = train.read_text("utf-8")
    train.write_text(names + "\nlow.00006", "utf-8")
    with pytest.raises(SplitError, match="tracks stand on both"):
        split_lists(dataset, tmp_path / "splits")
    # low.00006 and low.00007 are of one artist.
    train.write_text(names + "\nlow.00006", "utf-8")
    valid = tmp_path / "splits" / "valid_x.txt"
    valid.write_text(valid.read_text("utf-8").replace("low.00006", ""), "utf-8")
    with pytest.raises(SplitError, match="artists stand on both"):
        split_lists(dataset, tmp_path / "splits")
    (tmp_path / "splits" / "train_y.txt").write_text("low.00001")
    with pytest.raises(SplitError, match="must hold one"):
        split_lists(dataset, tmp_path / "splits")


def test_artists_are_needed_for_the_split_by_artist(npz: Path) -> None:
    with pytest.raises(SplitError, match="no artist is known"):
        split_artists(read_npz(npz), seed=0)


@pytest.mark.parametrize("by", ["artist", "track"])
def test_a_number_of_folds_is_never_changed_without_a_word(dataset: Dataset, by: str) -> None:
    assert len(make_folds(dataset, by, 0)) == FOLDS
    assert len(make_folds(dataset, by, 0, 8)) == 8
    for folds in (9, 999):
        with pytest.raises(SplitError, match=f"{folds} folds are more .* --folds 8 is the most"):
            make_folds(dataset, by, 0, folds)


def test_without_a_number_there_are_as_many_folds_as_there_can_be(dataset: Dataset) -> None:
    few = dataset.select([track.name for track in dataset.tracks if int(track.name[-1]) < 3])
    assert len(make_folds(few, "track", 0)) == 3


def test_the_most_honest_split_is_chosen(dataset: Dataset, npz: Path) -> None:
    assert choose_split(dataset, npz.parent / "splits") == "lists"
    assert choose_split(dataset, npz.parent) == "artist"  # a folder that holds no lists
    assert choose_split(dataset, None) == "artist"
    assert choose_split(read_npz(npz), None) == "track"


def test_lists_are_those_given_or_those_beside_the_data(npz: Path, tmp_path: Path) -> None:
    assert require_lists(tmp_path, npz) == tmp_path
    assert require_lists(None, npz) == npz.parent / "splits"
    with pytest.raises(SplitError, match="no lists"):
        require_lists(None, tmp_path / "mels.npz")
