"""Reading arrays of an ``.npz`` file that may come from a stranger: only arrays asked for by name, of bounded size."""

from __future__ import annotations

import math
import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from genre_desktop.core.errors import DatasetFormatError, DatasetNotFoundError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.bounded_zip import open_zip
from genre_desktop.core.untrusted.regular_file import open_regular_file

MAX_BYTES = 4 * 1024**3
"""Limit of the size of all arrays, which are kept in memory; 640 tracks of 30 s take 60 MB."""

MAX_RATIO, FREELY_PACKED_BYTES = 20, 64 * 1024**2
"""An array above this size may not be compressed by a larger factor: no spectrogram is, but a zip bomb."""

MAX_ARRAYS = 100


def read_arrays(path: Path, names: frozenset[str]) -> dict[str, NDArray[Any]]:
    """Read the arrays with these names; names that the file lacks are left out.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    with _opened(path) as archive:
        members = [member for member in archive.infolist() if member.filename.removesuffix(".npy") in names]
        if sum(member.file_size for member in members) > MAX_BYTES:
            raise ValueError(tr("it unpacks to over {limit} GiB", limit=MAX_BYTES // 1024**3))
        return {member.filename.removesuffix(".npy"): _read(archive, member) for member in members}


def array_names(path: Path) -> tuple[str, ...]:
    """Names of the arrays in a file, without reading them.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    with _opened(path) as archive:
        return tuple(member.filename.removesuffix(".npy") for member in archive.infolist())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    if not os.path.isfile(path):
        raise DatasetNotFoundError(path=path)
    try:
        with open_regular_file(path) as file, open_zip(file) as archive:
            names = archive.namelist()
            if len(names) > MAX_ARRAYS or len(set(names)) != len(names):
                raise ValueError(tr("it holds too many arrays"))
            yield archive
    except (
        OSError,
        ValueError,
        EOFError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        MemoryError,
        RecursionError,
        RuntimeError,  # encrypted, or an unknown compression
        SyntaxError,
        tokenize.TokenError,  # of numpy's second attempt at a header
        struct.error,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise DatasetFormatError(path=path, reason=tr("it is no readable .npz file ({error})", error=error)) from error


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    if member.file_size > max(FREELY_PACKED_BYTES, MAX_RATIO * member.compress_size):
        raise ValueError(tr("its array {name} is packed too tightly", name=member.filename[:40]))
    with archive.open(member) as file:
        version = npy.read_magic(file)
        read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read_header(file)
        # Checked here because numpy allocates what the header says before it reads the data.
        if dtype.hasobject or file.tell() + math.prod(shape) * dtype.itemsize != member.file_size:
            raise ValueError(tr("its array {name} has another size than told", name=member.filename[:40]))
    with archive.open(member) as file:
        return np.asarray(npy.read_array(file, allow_pickle=False))
