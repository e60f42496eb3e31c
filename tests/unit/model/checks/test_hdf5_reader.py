"""Weights that are more than arrays of numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from genre_desktop.core.errors import BundleRefusedError
from genre_desktop.model.checks.checked_network import read_checked
from genre_desktop.model.checks.hdf5_reader import read_arrays
from genre_desktop.model.checks.refusal import RefusalError
from tests.unit.model.checks.crafted_bundles import WEIGHTS, shipped_parts, with_weights

KERNEL = "layers/conv2d/vars/0"
GOOD = shipped_parts()[WEIGHTS]


def written(change: Callable[[Any], None], **form: Any) -> bytes:
    """The good weights, written anew with something done to them."""
    file = io.BytesIO()
    with h5py.File(io.BytesIO(GOOD)) as good, h5py.File(file, "w", **form) as made:
        for name in good:
            good.copy(name, made)
        change(made)
    return file.getvalue()


def in_place_of_kernel(put: Callable[[Any, Any], None]) -> bytes:
    def change(file: Any) -> None:
        kernel = file[KERNEL][()]
        del file[KERNEL]
        put(file, kernel)

    return written(change)


def _virtual(file: Any, kernel: Any) -> None:
    layout = h5py.VirtualLayout(kernel.shape, "f4")
    layout[...] = h5py.VirtualSource("/etc/hostname", "data", kernel.shape)
    file.create_virtual_dataset(KERNEL, layout)


def _spoiled(value: float) -> Callable[[Any, Any], None]:
    def put(file: Any, kernel: Any) -> None:
        kernel[0, 0, 0, 0] = value
        file[KERNEL] = kernel

    return put


def _again(file: Any, kernel: Any) -> None:
    file[KERNEL] = kernel
    file["layers/conv2d/vars/1"] = file[KERNEL]


def _circle(file: Any) -> None:
    file["layers/more"] = file["layers"]


def _named_type(file: Any) -> None:
    file["layers/kind"] = np.dtype("f4")


ODD = {
    "a link to a file": in_place_of_kernel(
        lambda file, _: file.__setitem__(KERNEL, h5py.ExternalLink("/etc/hostname", "/data"))
    ),
    "a link within": in_place_of_kernel(
        lambda file, _: file.__setitem__(KERNEL, h5py.SoftLink("/layers/dense/vars/0"))
    ),
    "a virtual array": in_place_of_kernel(_virtual),
    "an array in another file": in_place_of_kernel(
        lambda file, kernel: file.create_dataset(
            KERNEL, kernel.shape, "f4", external=[("/etc/hostname", 0, h5py.h5f.UNLIMITED)]
        )
    ),
    "packed": in_place_of_kernel(
        lambda file, kernel: file.create_dataset(KERNEL, data=kernel, compression="gzip", compression_opts=9)
    ),
    "in pieces": in_place_of_kernel(lambda file, kernel: file.create_dataset(KERNEL, data=kernel, chunks=True)),
    "huge and empty": in_place_of_kernel(lambda file, _: file.create_dataset(KERNEL, (10**9, 10**3), "f4")),
    "huge in pieces": in_place_of_kernel(
        lambda file, _: file.create_dataset(KERNEL, (10**9, 10**3), "f4", chunks=(1024, 1000), compression="gzip")
    ),
    "without data": in_place_of_kernel(lambda file, _: file.__setitem__(KERNEL, h5py.Empty("f4"))),
    "of no length": in_place_of_kernel(lambda file, _: file.create_dataset(KERNEL, (0, 3), "f4")),
    "not a number": in_place_of_kernel(_spoiled(float("nan"))),
    "without end": in_place_of_kernel(_spoiled(float("inf"))),
    "another shape": in_place_of_kernel(lambda file, kernel: file.__setitem__(KERNEL, kernel.reshape(-1))),
    "turned": in_place_of_kernel(lambda file, kernel: file.__setitem__(KERNEL, kernel.T)),
    "finer numbers": in_place_of_kernel(lambda file, kernel: file.__setitem__(KERNEL, kernel.astype("f8"))),
    "whole numbers": in_place_of_kernel(lambda file, kernel: file.__setitem__(KERNEL, kernel.astype("i4"))),
    "other way round": in_place_of_kernel(lambda file, kernel: file.__setitem__(KERNEL, kernel.astype(">f4"))),
    "texts": in_place_of_kernel(lambda file, _: file.__setitem__(KERNEL, ["a", "b"])),
    "references": in_place_of_kernel(
        lambda file, _: file.create_dataset(KERNEL, data=[file["layers"].ref], dtype=h5py.ref_dtype)
    ),
    "records": in_place_of_kernel(lambda file, _: file.__setitem__(KERNEL, np.zeros(3, "f4,f4"))),
    "missing": in_place_of_kernel(lambda _file, _kernel: None),
    "a group": in_place_of_kernel(lambda file, _: file.create_group(KERNEL) and None),
    "two names": in_place_of_kernel(_again),
    "left over": written(lambda file: file.__setitem__("layers/conv2d/vars/9", np.zeros(3, "f4"))),
    "other things": written(lambda file: file.__setitem__("quantization", np.zeros(3, "f4"))),
    "a circle": written(_circle),
    "a type": written(_named_type),
    "a newer form": written(lambda _: None, libver="latest"),
    "something before": written(lambda _: None, userblock_size=512),
    "half": GOOD[: len(GOOD) // 2],
    "more": GOOD + b"more",
    "nothing": b"",
    "no HDF5": b"weights" * 1000,
}


@pytest.mark.parametrize("weights", [pytest.param(weights, id=name) for name, weights in ODD.items()])
@pytest.mark.usefixtures("no_keras")
def test_odd_weights_are_refused(tmp_path: Path, weights: bytes) -> None:
    bundle = with_weights(tmp_path / "gift", weights)
    with pytest.raises(BundleRefusedError):
        read_checked(bundle)


def test_the_same_weights_written_anew_are_read(tmp_path: Path) -> None:
    read_checked(with_weights(tmp_path / "gift", written(lambda _: None)))


def test_every_number_is_as_the_library_reads_it() -> None:
    values = {
        "half": np.linspace(0, 1, 7, dtype="f2"),
        "plain": np.linspace(0, 1, 24, dtype="f4").reshape(2, 3, 4),
        "fine": np.linspace(0, 1, 5, dtype="f8"),
        "step": np.int64(7),
        "whole": np.arange(3, dtype="i4"),
        "seed": np.arange(2, dtype="u4"),
        **{f"many/{number}": np.float32(number) for number in range(300)},  # several leaves in an index
    }
    file = io.BytesIO()
    with h5py.File(file, "w") as made:
        for name, value in values.items():
            made[name] = value
    found = read_arrays(file.getvalue())
    assert found.keys() == values.keys()
    for name, value in values.items():
        np.testing.assert_array_equal(found[name], value)
        assert found[name].dtype == np.asarray(value).dtype
        assert not found[name].flags.writeable


def test_any_byte_may_be_wrong() -> None:
    file = io.BytesIO()
    with h5py.File(file, "w") as made:
        for number in range(12):
            made[f"layers/dense_{number}/vars/0"] = np.ones((2, 2), "f4")
    data = file.getvalue()
    rng = np.random.default_rng(13)
    for place in rng.choice(len(data), 3000, replace=len(data) < 3000).tolist():
        raw = bytearray(data)
        raw[place] = int(rng.integers(256))
        try:
            found = read_arrays(bytes(raw))
        except RefusalError:
            continue
        assert sum(array.nbytes for array in found.values()) <= len(data)


def test_arrays_on_the_same_bytes_are_refused() -> None:
    # As many arrays as there may be, each of all bytes of the file, would be looked at for minutes.
    file = io.BytesIO()
    with h5py.File(file, "w") as made:
        for name in "ab":
            made[name] = np.zeros(100_000, "f4")
        first, second = sorted(made[name].id.get_offset() for name in "ab")
    data = bytearray(file.getvalue()[:second].replace(second.to_bytes(8, "little"), first.to_bytes(8, "little")))
    data[40:48] = len(data).to_bytes(8, "little")  # where the file ends
    with h5py.File(io.BytesIO(bytes(data))) as made:
        assert made["a"].shape == made["b"].shape == (100_000,)
    with pytest.raises(RefusalError, match="damaged"):
        read_arrays(bytes(data))
