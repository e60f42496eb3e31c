"""The identity of a sound file: the same under any name, computed without reading the whole file."""

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
"""Payloads of up to so many bytes are hashed whole."""


def identify(path: str | os.PathLike[str]) -> str:
    """The identity of a file, which stays the same when it is moved, renamed or tagged, and changes with its sound.

    It is the length and a hash of the audio payload (see `genre_desktop.library.files.audio_payload`): of its
    first and last 64 KiB, and of four blocks of 16 KiB at equal distances in between; up to 256 KiB are hashed
    whole. The ends contain headers, and differ for nearly all files. The blocks in between distinguish files of
    equal length that begin and end alike, as the parts of one recording with silence at both ends.

    A change between these blocks that leaves the length equal does not change the identity.

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
    """Offset and length in bytes of each block that is hashed."""
    length = part.end - part.start
    if length <= WHOLE_BELOW:
        yield part.start, length
        return
    yield part.start, _END_BYTES
    for i in range(1, _N_MIDDLE + 1):
        yield part.start + length * i // (_N_MIDDLE + 1), _MIDDLE_BYTES
    yield part.end - _END_BYTES, _END_BYTES


def _read(file: io.FileIO, count: int) -> bytes:
    """Read `count` bytes, fewer only at the end of the file; a single call of `FileIO.read` may return fewer."""
    parts = []
    while count > 0 and (part := file.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
