from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import DatasetFormatError, TooFewTracksError
from training.datasets.artists import read_artist_table
from training.datasets.dataset import LabelledTrack, artist_key, known_names, require_trainable
from training.datasets.npz_dataset import read_npz


def test_selection_keeps_rows_and_truth_together(npz: Path) -> None:
    dataset = read_npz(npz)
    part = dataset.select(["low.00001", "high.00007"])
    assert [track.name for track in part.tracks] == ["low.00001", "high.00007"]
    assert [part.labels[i] for i in part.truth] == ["low", "high"]
    whole = [track.name for track in dataset.tracks].index("high.00007")
    np.testing.assert_array_equal(part.frames(1), dataset.frames(whole))
    with pytest.raises(DatasetFormatError, match=r"polka\.00001"):
        dataset.select(["polka.00001"])


def test_too_little_to_train_on(npz: Path) -> None:
    dataset = read_npz(npz)
    with pytest.raises(TooFewTracksError, match="high"):
        require_trainable(dataset.select(["high.00000", "low.00000", "low.00001", "middle.00000", "middle.00001"]))


def test_files_of_a_folder_match_lists_and_tables_by_their_short_name() -> None:
    names = ("metal/metal.00001.ogg", "metal.00001.ogg", "metal.00001")
    assert known_names(LabelledTrack("metal/metal.00001.ogg", "metal")) == names
    assert known_names(LabelledTrack("metal.00001", "metal")) == ("metal.00001",)


def test_an_artist_is_one_however_it_is_spelt() -> None:
    spelt = [
        artist_key(LabelledTrack(str(i), "rock", name)) for i, name in enumerate(("The Beatles", "the  beatles", None))
    ]
    assert spelt[0] == spelt[1] != spelt[2]


def test_artists_come_from_the_table(npz: Path) -> None:
    dataset = read_npz(npz).with_artists(read_artist_table(npz.parent / "artists.tsv"))
    assert dataset.tracks[0].artist == "artist hi0"
    unknown = read_npz(npz)
    assert len(set(unknown.groups)) == len(unknown.tracks)
