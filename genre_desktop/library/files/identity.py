"""Telling the same sound file again under whatever name, without reading all of it."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

from genre_desktop.audio.decode.source_file import open_regular
from genre_desktop.core.errors import AudioReadError
from genre_desktop.library.files.audio_payload import AudioPayload, find_audio_payload

_END_BYTES = 64 << 10
_MIDDLE_BYTES = 16 << 10
_N_MIDDLE = 4

WHOLE_BELOW = 256 << 10
"""Sound of up to so many bytes is read whole."""


def identify(path: str | os.PathLike[str]) -> str:
    """What stays the same when a file is moved, renamed or tagged, and changes with its sound.

    It is the length and a hash of the part of the file that is no tag (see
    `genre_desktop.library.files.audio_payload`): of the first and last 64 KiB of it, and of four blocks of
    16 KiB at equal distances between; up to 256 KiB are hashed whole. The ends hold headers, and
    differ for nearly all files. The blocks between tell apart files that are equally long and begin
    and end alike, as the parts of one recording do, with silence at both ends.

    What changes only between these blocks, at an equal length, is not noticed: a longer file is
    known by a part of it.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str
        Length and BLAKE2b-128, in hexadecimal digits.

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
    """
    path = Path(os.fsdecode(path))
    digest = hashlib.blake2b(digest_size=16)
    with open_regular(path) as file:

        def read_at(start: int, count: int) -> bytes:
            file.seek(start)
            return _read(file, count)

        try:
            part = find_audio_payload(read_at, os.fstat(file.fileno()).st_size)
            digest.update(part.header)
            for start, count in _blocks(part):
                digest.update(read_at(start, count))
        except OSError as error:
            raise AudioReadError(path=path, reason=error.strerror or str(error)) from error
    return f"{part.end - part.start:x}-{digest.hexdigest()}"


def _blocks(part: AudioPayload) -> Iterator[tuple[int, int]]:
    """Start and length in bytes of what is hashed."""
    length = part.end - part.start
    if length <= WHOLE_BELOW:
        yield part.start, length
        return
    yield part.start, _END_BYTES
    for i in range(1, _N_MIDDLE + 1):
        yield part.start + length * i // (_N_MIDDLE + 1), _MIDDLE_BYTES
    yield part.end - _END_BYTES, _END_BYTES


def _read(file: io.FileIO, count: int) -> bytes:
    """`count` bytes, fewer only at the end of the file: one call may give less than it was asked for."""
    parts = []
    while count > 0 and (part := file.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
