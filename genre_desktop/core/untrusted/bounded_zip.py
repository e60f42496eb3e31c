"""Zip archives from strangers, whose list of contents is limited before `zipfile` reads it."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO, cast

MAX_DIRECTORY_BYTES = 1 << 20
"""Of an archive's list of contents, which `zipfile` reads in one piece: 20 000 names, 10 MB of objects."""


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """An archive in an open file; whatever is read of it comes in pieces of `MAX_DIRECTORY_BYTES` at most.

    Raises
    ------
    zipfile.BadZipFile
        Also for a longer list of contents.
    """
    return zipfile.ZipFile(cast(BinaryIO, _Archive(file)))


class _Archive(io.RawIOBase):
    """A file of which no more than an archive's list of contents is read at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            size = MAX_DIRECTORY_BYTES  # the end of the archive, within its last 64 kB
        if size > MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile(f"its list of contents has {size:,} bytes")
        return self._file.read(size)
