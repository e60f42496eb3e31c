"""Files of arrays as somebody would make them who wants to do harm."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.core.errors import DatasetFormatError
from training.datasets import npz_arrays as npz
from training.datasets.npz_arrays import array_names, read_arrays

WANTED = frozenset(("q",))


def header(shape: tuple[int, ...], descr: str = "|u1") -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": descr, "fortran_order": False, "shape": shape})
    return file.getvalue()


class Trap:
    """What pickle would run."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (self._path,)


def packed(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return path


@pytest.mark.parametrize(
    "member",
    [
        pytest.param(header((10**12,)), id="a terabyte told"),
        pytest.param(header((10**400,)), id="a number without end"),
        pytest.param(header((-4,)) + bytes(4), id="less than nothing"),
        pytest.param(header((3,), "<U1000000000"), id="long words"),
        pytest.param(header((4,)) + bytes(3), id="too short"),
        pytest.param(header((4,)) + bytes(5), id="too long"),
        pytest.param(header((4,), "|O") + bytes(32), id="objects"),
        pytest.param(header((4,)).replace(b"(4,)", b"f()"), id="code"),
        pytest.param(header((4,)).replace(b"(4,)", b"[" * 4), id="brackets"),
        pytest.param(b"\x93NUMPY\x09\x00", id="an unknown version"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_an_array_that_is_not_what_it_tells_is_refused(tmp_path: Path, member: bytes) -> None:
    path = packed(tmp_path / "x.npz", q=member)
    assert array_names(path) == ("q",)
    with pytest.raises(DatasetFormatError):
        read_arrays(path, WANTED)


def test_pickled_objects_run_nothing(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", q=np.array([Trap(str(tmp_path / "sprung"))], dtype=object))
    with pytest.raises(DatasetFormatError):
        read_arrays(tmp_path / "x.npz", WANTED)
    assert not (tmp_path / "sprung").exists()


def test_a_few_bytes_do_not_become_a_gigabyte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npz, "FREELY_PACKED_BYTES", 1000)
    path = packed(tmp_path / "x.npz", q=header((100_000,)) + bytes(100_000))
    with pytest.raises(DatasetFormatError, match="tightly"):
        read_arrays(path, WANTED)
    noise = np.random.default_rng(0).integers(0, 256, 100_000, dtype=np.uint8)
    np.savez_compressed(tmp_path / "y.npz", q=noise)
    np.testing.assert_array_equal(read_arrays(tmp_path / "y.npz", WANTED)["q"], noise)
    monkeypatch.setattr(npz, "MAX_BYTES", 50_000)
    with pytest.raises(DatasetFormatError, match="unpacks"):
        read_arrays(tmp_path / "y.npz", WANTED)


def test_what_is_not_wanted_is_not_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.npz", q=header((2,)) + b"ab", other=b"nothing of the kind")
    assert read_arrays(path, WANTED)["q"].tolist() == [97, 98]


def test_very_many_arrays_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.npz", **{f"a{number}": b"" for number in range(npz.MAX_ARRAYS + 1)})
    with pytest.raises(DatasetFormatError, match="too many"):
        array_names(path)


def test_a_long_list_of_contents_is_refused_before_it_is_read(tmp_path: Path) -> None:
    # Of names of one letter each, three million take more than a gigabyte, and pack to nothing.
    path = packed(tmp_path / "x.npz", **{f"a{number}": b"" for number in range(20_000)})
    with pytest.raises(DatasetFormatError, match="list of contents"):
        array_names(path)
