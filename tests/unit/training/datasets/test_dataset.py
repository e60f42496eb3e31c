from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.patches import cut_patches
from genre_desktop.core.errors import DatasetFormatError, DatasetNotFoundError, TooFewTracksError
from training.datasets.dataset import (
    LabelledTrack,
    artist_key,
    known_names,
    read_artists,
    read_names,
    read_npz,
    require_trainable,
)
from training.datasets.patch_table import gather, list_patches, patch_starts


def test_values_are_decibels_with_time_first(npz: Path) -> None:
    dataset = read_npz(npz)
    with np.load(npz) as arrays:
        expected = arrays["vmin_db"][3] * (1 - arrays["q"][3].astype(np.float32) / 255)
    np.testing.assert_allclose(dataset.frames(3), expected.T, rtol=1e-6)
    assert dataset.frames(3).shape == (200, 128)
    assert dataset.labels == ("high", "low", "middle")
    assert dataset.config.hop_length == 915


def test_patches_stand_every_hop_and_hold_the_frames(npz: Path) -> None:
    dataset = read_npz(npz)
    table = list_patches(dataset, [0, 5])
    assert list(zip(table.track.tolist(), table.start.tolist(), strict=True)) == [(0, 0), (0, 64), (5, 0), (5, 64)]
    patches = gather(dataset, table)
    np.testing.assert_array_equal(patches[3], dataset.frames(5)[64:192])


def test_selection_keeps_rows_and_truth_together(npz: Path) -> None:
    dataset = read_npz(npz)
    part = dataset.select(["low.00001", "high.00007"])
    assert [track.name for track in part.tracks] == ["low.00001", "high.00007"]
    assert [part.labels[i] for i in part.truth] == ["low", "high"]
    whole = [track.name for track in dataset.tracks].index("high.00007")
    np.testing.assert_array_equal(part.frames(1), dataset.frames(whole))
    with pytest.raises(DatasetFormatError, match=r"polka\.00001"):
        dataset.select(["polka.00001"])


def test_artists_come_from_the_table(npz: Path) -> None:
    dataset = read_npz(npz).with_artists(read_artists(npz.parent / "artists.tsv"))
    assert dataset.tracks[0].artist == "artist hi0"
    unknown = read_npz(npz)
    assert len(set(unknown.groups)) == len(unknown.tracks)


def test_missing_and_damaged_files(tmp_path: Path) -> None:
    with pytest.raises(DatasetNotFoundError):
        read_npz(tmp_path / "none.npz")
    (tmp_path / "text.npz").write_text("no arrays")
    with pytest.raises(DatasetFormatError):
        read_npz(tmp_path / "text.npz")
    np.savez(tmp_path / "other.npz", taggram=np.zeros(3))
    with pytest.raises(DatasetFormatError, match="taggram"):
        read_npz(tmp_path / "other.npz")


@pytest.mark.parametrize(
    ("shape", "dtype"), [((4, 96, 200), np.uint8), ((4, 128), np.uint8), ((4, 128, 200), np.float32)]
)
def test_arrays_of_another_form_are_refused(tmp_path: Path, shape: tuple[int, ...], dtype: type) -> None:
    names = np.array(["a.1", "a.2", "b.1", "b.2"])
    np.savez(tmp_path / "x.npz", q=np.zeros(shape, dtype), vmin_db=np.zeros(4), names=names)
    with pytest.raises(DatasetFormatError, match="uint8"):
        read_npz(tmp_path / "x.npz")


def test_too_little_to_train_on(npz: Path) -> None:
    dataset = read_npz(npz)
    with pytest.raises(TooFewTracksError, match="high"):
        require_trainable(dataset.select(["high.00000", "low.00000", "low.00001", "middle.00000", "middle.00001"]))


def test_names_and_artists_files(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("# comment\n\n a.1 \nb.2\n", "utf-8")
    assert read_names(tmp_path / "names.txt") == ["a.1", "b.2"]
    (tmp_path / "bad.tsv").write_text("track\tband\n", "utf-8")
    with pytest.raises(DatasetFormatError, match="name and artist"):
        read_artists(tmp_path / "bad.tsv")
    with pytest.raises(DatasetFormatError):
        read_names(tmp_path / "none.txt")


@pytest.mark.parametrize("n_frames", [0, 100, 128, 129, 159, 160, 192, 245, 723, 1292])
def test_patches_are_those_that_the_program_cuts(n_frames: int) -> None:
    config = FeatureConfig()
    frames = np.arange(n_frames, dtype=np.float32)[:, None] * np.ones(config.n_mels, np.float32)
    cut = cut_patches(frames, config).values[:, 0, 0]
    assert patch_starts(n_frames, config.patch_frames, config.patch_hop) == cut.tolist()


def test_damaged_archives_are_named(npz: Path, tmp_path: Path) -> None:
    whole = npz.read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[: len(whole) // 2])
    middle = len(whole) // 2
    (tmp_path / "flipped.npz").write_bytes(whole[:middle] + bytes(100) + whole[middle + 100 :])
    np.save(tmp_path / "array.npy", np.zeros(3))
    (tmp_path / "array.npy").rename(tmp_path / "array.npz")
    np.savez(
        tmp_path / "bytes.npz", q=np.zeros((2, 128, 9), np.uint8), vmin_db=np.zeros(2), names=np.array([b"a", b"b"])
    )
    np.savez(tmp_path / "scalar.npz", q=np.zeros((2, 128, 9), np.uint8), vmin_db=0.0, names=np.array(["a.1", "b.1"]))
    for path in sorted(tmp_path.glob("*.npz")):
        with pytest.raises(DatasetFormatError):
            read_npz(path)


def test_files_of_a_folder_match_lists_and_tables_by_their_short_name() -> None:
    names = ("metal/metal.00001.ogg", "metal.00001.ogg", "metal.00001")
    assert known_names(LabelledTrack("metal/metal.00001.ogg", "metal")) == names
    assert known_names(LabelledTrack("metal.00001", "metal")) == ("metal.00001",)


def test_an_artist_is_one_however_it_is_spelt() -> None:
    spelt = [
        artist_key(LabelledTrack(str(i), "rock", name)) for i, name in enumerate(("The Beatles", "the  beatles", None))
    ]
    assert spelt[0] == spelt[1] != spelt[2]
