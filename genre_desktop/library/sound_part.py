"""Where the sound of a file lies between the tags that programs put around it.

Known are ID3v2 [1]_ in front, the blocks of FLAC (RFC 9639), and APEv2 [2]_ and ID3v1 behind. Tags that stand
inside of other structures (MP4, Ogg, WMA, chunks of WAV) cannot be cut off in this way.

.. [1] https://id3.org/id3v2.4.0-structure
.. [2] https://wiki.hydrogenaud.io/index.php?title=APE_Tags_Header
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

_MOST_PARTS = 128
"""Tags in a row, or blocks of FLAC, that are followed; there are a handful in sound files."""

_STREAM_INFO_BYTES = 34

ReadAt = Callable[[int, int], bytes]
"""Up to so many bytes (second) from a place (first) on."""


@dataclass(frozen=True)
class SoundPart:
    """Where the sound is.

    Attributes
    ----------
    start, end : int
        Bytes from the beginning of the file.
    header : bytes
        What stands before `start` and belongs to the sound.
    """

    start: int
    end: int
    header: bytes = b""


def find_sound_part(read_at: ReadAt, size: int) -> SoundPart:
    """Find the sound of a file of `size` bytes; all of it, where the tags leave nothing or make no sense."""
    start = _after_id3v2(read_at)
    header = b""
    if read_at(start, 4) == b"fLaC":
        start, header = _after_flac_blocks(read_at, start + 4)
    end = _before_tags_at_end(read_at, size)
    return SoundPart(start, end, header) if 0 <= start < end else SoundPart(0, size)


def _after_id3v2(read_at: ReadAt) -> int:
    start = 0
    for _ in range(_MOST_PARTS):
        tag = read_at(start, 10)
        if len(tag) < 10 or tag[:3] != b"ID3" or max(tag[6:]) > 0x7F:
            break
        length = tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]
        has_footer = tag[5] & 0x10
        start += 10 + length + (10 if has_footer else 0)
    return start


def _after_flac_blocks(read_at: ReadAt, start: int) -> tuple[int, bytes]:
    """Where the frames begin, and what decoders need to know of them; -1 where it leads nowhere."""
    info = b""
    for _ in range(_MOST_PARTS):
        block = read_at(start, 4)
        if len(block) < 4:
            break
        is_last, kind, length = block[0] & 0x80, block[0] & 0x7F, int.from_bytes(block[1:], "big")
        if kind == 0:
            info = read_at(start + 4, min(length, _STREAM_INFO_BYTES))
        start += 4 + length
        if is_last:
            return start, info
    return -1, b""


def _before_tags_at_end(read_at: ReadAt, size: int) -> int:
    end = size
    if size >= 128 and read_at(size - 128, 3) == b"TAG":
        end -= 128
    footer = read_at(end - 32, 32) if end >= 32 else b""
    if footer[:8] == b"APETAGEX":
        length, _, flags = struct.unpack("<III", footer[12:24])
        has_header = flags >> 31
        end -= length + (32 if has_header else 0)
    return end
