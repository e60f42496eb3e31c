"""The identity of a sound file: the same under any name, computed without reading the whole file."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from genre_desktop.audio.decode.source_file import open_regular
from genre_desktop.core.errors import AudioReadError
from genre_desktop.library.files.audio_payload import AudioPayload, ReadAt, find_audio_payload
from genre_desktop.library.files.sound_payload import ENDINGS, find_sound_payload

_END_BYTES = 64 << 10
_MIDDLE_BYTES = 16 << 10
_N_MIDDLE = 4

WHOLE_BELOW = 256 << 10
"""Payloads of up to so many bytes are hashed whole."""


_BY_SOUND = "-2"
"""Ends the identities of files in which `genre_desktop.library.files.sound_payload` looks for the sound. Those of all
other formats are as the first version of this program made them."""

_PAGE = b"OggS\0"
_PAGE_NUMBER = slice(18, 26)
"""Place of the number and the checksum in a page of Ogg."""


def identify(path: str | os.PathLike[str]) -> str:
    """The identity of a file, which stays the same when it is moved, renamed or tagged, and changes with its sound.

    It is the length and a hash of the audio payload (see `genre_desktop.library.files.audio_payload` and
    `sound_payload`): of its first and last 64 KiB, and of four blocks of 16 KiB at equal distances in between; up to
    256 KiB are hashed whole. The ends contain headers, and differ for nearly all files. The blocks in between
    distinguish files of equal length that begin and end alike, as the parts of one recording with silence at both ends.

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
    return identities(path)[0]


def identities(path: str | os.PathLike[str]) -> list[str]:
    """The identity of a file, and then the one that earlier versions gave it, if that was another.

    Parameters and errors are as those of `identify`.
    """
    path = Path(os.fsdecode(path))
    with open_regular(path) as file:

        def read_at(start: int, count: int) -> bytes:
            file.seek(start)
            return _read(file, count)

        try:
            size = os.fstat(file.fileno()).st_size
            earlier = _hashed(read_at, find_audio_payload(read_at, size))
            part = find_sound_payload(read_at, size)
            return [earlier] if part is None else [_hashed(read_at, part) + _BY_SOUND, earlier]
        except OSError as error:
            raise AudioReadError(path=path, reason=error.strerror or str(error)) from error


def is_by_sound(identity: str) -> bool:
    """Whether an identity is of a file in which `genre_desktop.library.files.sound_payload` looked for the sound."""
    return identity.endswith(_BY_SOUND)


def may_be_earlier(identity: str, path: str) -> bool:
    """Whether an identity may be one that an earlier version gave to a file of this name, and this one would not."""
    return not is_by_sound(identity) and os.path.splitext(path)[1].lower() in ENDINGS


def _hashed(read_at: ReadAt, part: AudioPayload) -> str:
    digest = hashlib.blake2b(part.header, digest_size=16)
    for start, count in _blocks(part):
        digest.update(_without_page_numbers(read_at, part, start, count) if part.is_paged else read_at(start, count))
    return f"{part.end - part.start:x}-{digest.hexdigest()}"


def _without_page_numbers(read_at: ReadAt, part: AudioPayload, start: int, count: int) -> bytes:
    """A block in which numbers and checksums of pages are zero, also of a page that begins just before."""
    first = max(part.start, start - _PAGE_NUMBER.stop)
    data = read_at(first, min(part.end, start + count + len(_PAGE)) - first)
    block = bytearray(data)
    for match in re.finditer(re.escape(_PAGE), data):
        numbers = slice(match.start() + _PAGE_NUMBER.start, match.start() + _PAGE_NUMBER.stop)
        block[numbers] = bytes(len(block[numbers]))
    return bytes(block[start - first : start - first + count])


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
