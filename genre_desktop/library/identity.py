"""Telling the same sound file again under whatever name, without reading all of it."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

from genre_desktop.audio.source import open_regular
from genre_desktop.errors import AudioReadError

_END_BYTES = 64 << 10
_MIDDLE_BYTES = 16 << 10
_N_MIDDLE = 4

WHOLE_BELOW = 256 << 10
"""Files of up to so many bytes are read whole."""


def identify(path: str | os.PathLike[str]) -> str:
    """What stays the same when a file is moved or renamed, and changes with its content.

    It is the size and a hash of the first and last 64 KiB and of four blocks of 16 KiB at equal
    distances between; files of up to 256 KiB are hashed whole. The ends hold headers and tags.
    The blocks between tell apart files that are equally long and begin and end alike, as the
    parts of one recording do, with silence at both ends.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str
        Size and BLAKE2b-128, in hexadecimal digits.

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
    """
    path = Path(os.fsdecode(path))
    digest = hashlib.blake2b(digest_size=16)
    with open_regular(path) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            for start, count in _blocks(size):
                file.seek(start)
                digest.update(_read(file, count))
        except OSError as error:
            raise AudioReadError(path=path, reason=error.strerror or str(error)) from error
    return f"{size:x}-{digest.hexdigest()}"


def _blocks(size: int) -> Iterator[tuple[int, int]]:
    """Start and length in bytes of what is hashed."""
    if size <= WHOLE_BELOW:
        yield 0, size
        return
    yield 0, _END_BYTES
    for i in range(1, _N_MIDDLE + 1):
        yield size * i // (_N_MIDDLE + 1), _MIDDLE_BYTES
    yield size - _END_BYTES, _END_BYTES


def _read(file: io.FileIO, count: int) -> bytes:
    """`count` bytes, fewer only at the end of the file: one call may give less than it was asked for."""
    parts = []
    while count > 0 and (part := file.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
