from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import DatasetFormatError, DatasetNotFoundError
from training.datasets.npz_dataset import read_npz


def test_values_are_decibels_with_time_first(npz: Path) -> None:
    dataset = read_npz(npz)
    with np.load(npz) as arrays:
        expected = arrays["vmin_db"][3] * (1 - arrays["q"][3].astype(np.float32) / 255)
    np.testing.assert_allclose(dataset.frames(3), expected.T, rtol=1e-6)
    assert dataset.frames(3).shape == (200, 128)
    assert dataset.labels == ("high", "low", "middle")
    assert dataset.config.hop_length == 915


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
