"""FLAC files, shown to decoders without tags and pictures and with their true length; and streams in a row.

See RFC 9639. The number of samples in the header may be 0, or of before the last edit; each frame has its own number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import SourceFile

_STREAM_START = re.compile(rb"fLaC[\x00\x80]\x00\x00\x22")

_INFO, _SEEK_TABLE = 0, 3
_MOST_BLOCKS = 1_000_000
_MOST_TABLE_BYTES = 1 << 24
_TAIL_BYTES = 1 << 18
"""Bytes at the end that are searched for the last frame; a frame of 4 096 samples in stereo has at most 16 KiB."""

_PROBED, _PROBE_BYTES = (0.2, 0.45, 0.75), 1 << 16
_MOST_UNEVEN = 0.2
"""Difference between the shares of bytes and of samples that one stream rarely has."""

_MOST_CANDIDATES = 16

_SYNC = re.compile(rb"\xff[\xf8\xf9]")
_BLOCK_SIZES = {1: 192, 2: 576, 3: 1_152, 4: 2_304, 5: 4_608, **{code: 1 << code for code in range(8, 16)}}


class _Frame(NamedTuple):
    """A frame's number, or the number of its first sample where blocks vary, and its length in samples."""

    number: int
    is_sample: bool
    block_size: int


def lay_out_flac(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of a FLAC file; None for a malformed one."""
    info = table = b""
    at = start + 4
    for _ in range(_MOST_BLOCKS):
        head = source.peek_at(at, 4)
        if len(head) < 4:
            return None
        kind, length = head[0] & 0x7F, int.from_bytes(head[1:], "big")
        if kind == _INFO and not info:
            info = source.peek_at(at + 4, length)
        elif kind == _SEEK_TABLE and not table and length <= _MOST_TABLE_BYTES:
            table = source.peek_at(at + 4, length)
        at += 4 + length
        if head[0] & 0x80:
            break
    if len(info) != 34 or at >= end:
        return None
    promised = int.from_bytes(info[13:18], "big") & (1 << 36) - 1
    found = _true_length(source, info, at, end)
    if found is not None and found > promised and next(stream_starts(source, at, end), None) is None:
        fields = int.from_bytes(info[13:18], "big") >> 36 << 36 | found & (1 << 36) - 1
        info = info[:13] + fields.to_bytes(5, "big") + info[18:]
    head = b"fLaC" + bytes([_INFO if table else 0x80 | _INFO]) + len(info).to_bytes(3, "big") + info
    if table:
        head += bytes([0x80 | _SEEK_TABLE]) + len(table).to_bytes(3, "big") + table
    return Layout([head, (at, end)])


def may_hold_several(source: SourceFile, start: int, end: int) -> bool:
    """Whether there may be several streams in a row, as far as a few frames tell: to be found by reading all.

    In one stream numbers of samples rise as bytes do, up to the number in the header.
    """
    info = source.peek_at(start + 8, 34)
    promised = int.from_bytes(info[13:18], "big") & (1 << 36) - 1
    if not promised or _true_length(source, info, start, end) != promised:
        return True
    for share in _PROBED:
        at = start + round(share * (end - start))
        reached = _sample_at(info, source.peek_at(at, _PROBE_BYTES), forward=True)
        if reached is None or abs(reached / promised - share) > _MOST_UNEVEN:
            return True
    return False


def _true_length(source: SourceFile, info: bytes, start: int, end: int) -> int | None:
    """Samples of each channel by the number of the last frame; None where no two frames follow one another."""
    begin = max(start, end - _TAIL_BYTES)
    return _sample_at(info, source.peek_at(begin, end - begin), forward=False)


def _sample_at(info: bytes, data: bytes, *, forward: bool) -> int | None:
    """The sample behind the first two frames that follow one another, or behind the last two."""
    min_block = int.from_bytes(info[:2], "big")
    found: list[_Frame] = []
    matches = list(_SYNC.finditer(data))
    for match in matches if forward else reversed(matches):
        frame = _parse_frame(data, match.start())
        if frame is None:
            continue
        # A header's check sum has 8 bits: sound often looks like one. Two that follow one another are real.
        for other in found:
            earlier, later = (other, frame) if forward else (frame, other)
            step = earlier.block_size if earlier.is_sample else 1
            if later.is_sample == earlier.is_sample and later.number == earlier.number + step:
                return (later.number if later.is_sample else later.number * min_block) + later.block_size
        found.append(frame)
        if len(found) > _MOST_CANDIDATES:
            break
    return None


def _parse_frame(data: bytes, at: int) -> _Frame | None:
    head = data[at : at + 16]
    if len(head) < 16 or head[2] >> 4 == 0 or head[2] & 15 == 15 or head[3] >> 4 > 10 or head[3] & 1:
        return None
    # The number is coded as in UTF-8, with up to 36 bits.
    ones = next(n for n in range(9) if not head[4] << n & 0x80)
    if ones in (1, 8) or any(byte & 0xC0 != 0x80 for byte in head[5 : 4 + ones]):
        return None
    number, used = head[4] & 0xFF >> min(ones + 1, 7), 4 + max(1, ones)
    for byte in head[5:used]:
        number = number << 6 | byte & 0x3F
    code = head[2] >> 4
    if code in (6, 7):
        width = code - 5
        block_size = int.from_bytes(head[used : used + width], "big") + 1
        used += width
    else:
        block_size = _BLOCK_SIZES[code]
    used += {12: 1, 13: 2, 14: 2}.get(head[2] & 15, 0)
    if used >= len(head) or _crc8(head[:used]) != head[used]:
        return None
    return _Frame(number, bool(head[1] & 1), block_size)


def _crc8(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value << 1 ^ 0x07) & 0xFF if value & 0x80 else value << 1
    return value


def stream_starts(source: SourceFile, start: int, end: int) -> Iterator[int]:
    """Where FLAC streams start, each with its own header: files that were appended to one another."""
    yield from source.find_all(_STREAM_START, start, end, longest=8)
