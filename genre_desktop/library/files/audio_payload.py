"""The audio payload of a file: the bytes between its tags.

Known are ID3v2 [1]_ in front, APEv2 [2]_ and ID3v1 behind, and where the sound begins and ends in FLAC (RFC 9639), MP4
(ISO 14496-12), Ogg (RFC 3533) and WMA [3]_. Elsewhere tags count as sound. Stores are full of identities by these
rules, so they never change. Better ones for some formats are in `genre_desktop.library.files.sound_payload`.

.. [1] https://id3.org/id3v2.4.0-structure
.. [2] https://wiki.hydrogenaud.io/index.php?title=APE_Tags_Header
.. [3] Microsoft, Advanced Systems Format (ASF) Specification, section 3
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

_MOST_PARTS = 128
"""Most tags in a row, blocks, atoms or pages that are read; usually a handful precede the sound."""

_HEADER_BYTES = 64
"""Most bytes of a decoder's header: FLAC's stream information has 34, a first page of Ogg 47 or 58."""

_ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")

ReadAt = Callable[[int, int], bytes]
"""Called with an offset and a count; returns at most so many bytes from there."""


@dataclass(frozen=True)
class AudioPayload:
    """The place of the sound in a file.

    Attributes
    ----------
    start, end : int
        Offsets in bytes from the beginning of the file.
    header : bytes
        Bytes outside of it that belong to the sound.
    is_paged : bool
        Whether it consists of pages of Ogg, whose numbers and checksums do not belong to the sound.
    """

    start: int
    end: int
    header: bytes = b""
    is_paged: bool = False


def find_audio_payload(read_at: ReadAt, size: int) -> AudioPayload:
    """Find the sound of a file of `size` bytes; the whole file, where the tags are malformed or leave no sound."""
    outer = between_tags(read_at, size)
    part = _within(read_at, outer) if 0 <= outer.start < outer.end else None
    return part if part and outer.start <= part.start < part.end <= outer.end else AudioPayload(0, size)


def between_tags(read_at: ReadAt, size: int) -> AudioPayload:
    """The part of a file of `size` bytes between tags in front and behind; it may be empty, or end before it starts."""
    return AudioPayload(_after_id3v2(read_at), _before_tags_at_end(read_at, size))


def _within(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """The sound within the part of a file between its outer tags, by the format of the part."""
    beginning = read_at(part.start, 24)
    if beginning[:4] == b"fLaC":
        return _in_flac(read_at, part)
    if beginning[:4] == b"OggS":
        return _in_ogg(read_at, part)
    if beginning[4:8] == b"ftyp":
        return _in_mp4(read_at, part)
    if beginning[:16] == _ASF_HEADER:
        return AudioPayload(part.start + _number(beginning[16:], "little"), part.end)
    return part


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


def _in_flac(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """The part after the last metadata block of a FLAC file."""
    start, info = part.start + 4, b""
    for _ in range(_MOST_PARTS):
        block = read_at(start, 4)
        if len(block) < 4:
            break
        is_last, kind, length = block[0] & 0x80, block[0] & 0x7F, _number(block[1:], "big")
        if kind == 0:
            info = read_at(start + 4, min(length, _HEADER_BYTES))
        start += 4 + length
        if is_last:
            return AudioPayload(start, part.end, info)
    return None


def _in_ogg(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """The part from the first page with samples on.

    Tags that grow beyond a page renumber the following ones: the sound counts as changed then.
    """
    start = part.start
    for _ in range(_MOST_PARTS):
        page = read_at(start, 27)
        if len(page) < 27 or page[:4] != b"OggS":
            break
        granule = _number(page[6:14], "little")
        if granule not in {0, 2**64 - 1}:  # no sample yet; no packet ends on the page
            return AudioPayload(start, part.end, read_at(part.start, _HEADER_BYTES) if start > part.start else b"")
        start += 27 + page[26] + sum(read_at(start + 27, page[26]))
    return None


def _in_mp4(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """The part from the first to the last atom of media data; None unless there is also an atom that describes it."""
    start, found, is_described = part.start, None, False
    for _ in range(_MOST_PARTS):
        atom = read_at(start, 16)
        length, header = _number(atom[:4], "big"), 8
        if length == 1:
            length, header = _number(atom[8:], "big"), 16
        elif length == 0:
            length = part.end - start  # the last one
        if len(atom) < 8 or length < header:
            break
        if atom[4:8] == b"mdat":
            found = AudioPayload(found.start if found else start + header, start + length)
        is_described = is_described or atom[4:8] == b"moov"
        start += length
        if start >= part.end:
            return found if is_described and start == part.end else None
    return None


def _number(data: bytes, order: Literal["little", "big"]) -> int:
    return int.from_bytes(data, order)


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
