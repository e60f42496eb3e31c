"""Ogg files: streams in a row, and comments of any number.

See RFC 3533. FFmpeg reads streams of one codec in a row, and stops at one of another. It takes a time that grows with
the square of the number of comments.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import SourceFile

_FIRST_PAGE = re.compile(rb"OggS\x00[\x02\x06]")
_CODEC = re.compile(
    rb"\x01vorbis|OpusHead|\x7fFLAC|fLaC|Speex|\x80theora|fishead|\x01video|\x01audio|BBCD|CELT|\x80kate|OVP80|PCM"
)

_PROBES, _LONGEST_PAGE, _MOST_SERIALS = 64, 27 + 255 + 255 * 255, 256

_MOST_COMMENTS = 1_000
"""A song has ten or twenty, an audio book with chapters some hundred."""

_MOST_COMMENT_BYTES = 16 << 20
_MOST_HEADER_BYTES = 32 << 20
_BEGINNING_BYTES = 1 << 16
"""Of the comments: the name of the encoder, and their number."""

_NO_COMMENTS = struct.pack("<II", 0, 0)
_BARE = {b"\x03vorbis": b"\x03vorbis" + _NO_COMMENTS + b"\x01", b"OpusTags": b"OpusTags" + _NO_COMMENTS}
"""Comment packets without any comment, by how such a packet begins."""


@dataclass(frozen=True)
class _Page:
    """A page: the serial number of its stream, where its content starts, and the lengths of its segments.

    `is_first` is True for the first page of a stream.
    """

    serial: int
    start: int
    lacing: bytes
    is_first: bool

    @property
    def end(self) -> int:
        return self.start + sum(self.lacing)


def stream_starts(source: SourceFile, start: int, end: int) -> Iterator[int]:
    """Where streams begin that follow one another; those that run side by side, as in films, begin as one."""
    side_by_side = None
    for at in source.find_all(_FIRST_PAGE, start, end, longest=6):
        page = _page_at(source, at)
        if page is None or not _CODEC.match(source.peek_at(page.start, 8)):
            continue
        if at != side_by_side:
            yield at
        side_by_side = page.end


def may_hold_several(source: SourceFile, start: int, end: int) -> bool:
    """Whether there may be several streams in a row: where pages at some places are of none that begins the file."""
    serials: set[int] = set()
    page = _page_at(source, start)
    while page is not None and page.is_first and len(serials) < _MOST_SERIALS:
        serials.add(page.serial)
        page = _page_at(source, page.end)
    last = max(start, end - _LONGEST_PAGE)
    places = (min(last, start + (end - start) * number // _PROBES) for number in range(1, _PROBES + 1))
    return any(_serial_near(source, at) not in serials for at in places)


def _serial_near(source: SourceFile, at: int) -> int | None:
    data = source.peek_at(at, _LONGEST_PAGE)
    found = data.find(b"OggS\x00")
    return int.from_bytes(data[found + 14 : found + 18], "little") if found >= 0 else None


def lay_out_ogg(source: SourceFile, start: int, end: int) -> Layout:
    """The layout of one stream, without its comments if they are far too many."""
    segments = _without_comments(source, start, end) or [(start, end)]
    return Layout(segments, ends_early=_ends_inside_page(source, start, end))


def _ends_inside_page(source: SourceFile, start: int, end: int) -> bool:
    begin = max(start, end - _LONGEST_PAGE)
    last = source.peek_at(begin, end - begin).rfind(b"OggS\x00")
    page = _page_at(source, begin + last) if last >= 0 else None
    return last >= 0 and (page is None or page.end > end)


def _without_comments(source: SourceFile, start: int, end: int) -> list[bytes | tuple[int, int]] | None:
    first = _page_at(source, start)
    second = None if first is None else _page_at(source, first.end)
    if first is None or second is None or second.serial != first.serial:
        return None
    beginning = source.peek_at(second.start, min(1 << 16, sum(second.lacing)))
    magic = next((magic for magic in _BARE if beginning.startswith(magic)), None)
    if magic is None or (not _has_too_many(beginning[len(magic) :]) and sum(second.lacing) < 255 * 255):
        return None
    packets, at = _header_packets(source, first.end, end, 2 if magic == b"\x03vorbis" else 1)
    if not packets or not (_has_too_many(packets[0][len(magic) :]) or at - start > _MOST_COMMENT_BYTES):
        return None
    return [(start, first.end), _pages([_BARE[magic], *packets[1:]], first.serial), (at, end)]


def _has_too_many(comments: bytes) -> bool:
    vendor = int.from_bytes(comments[:4], "little")
    return int.from_bytes(comments[4 + vendor : 8 + vendor], "little") > _MOST_COMMENTS


def _header_packets(source: SourceFile, at: int, end: int, count: int) -> tuple[list[bytes], int]:
    """The first packets from a page on, and where the page behind them starts; nothing where they cannot be read.

    The first has tags, and is cut to its beginning.
    """
    packets: list[bytes] = []
    parts: list[bytes] = []
    n_bytes = 0
    while len(packets) < count and at < end and n_bytes < _MOST_HEADER_BYTES:
        page = _page_at(source, at)
        if page is None:
            return [], at
        is_inside = not packets and n_bytes > _BEGINNING_BYTES and min(page.lacing, default=0) == 255
        content, used = b"" if is_inside else source.peek_at(page.start, sum(page.lacing)), 0
        n_bytes += len(content)
        for lace in page.lacing:
            parts.append(content[used : used + lace])
            used += lace
            if lace < 255:
                packets.append(b"".join(parts))
                parts = []
        at = page.end
    return (packets[:count], at) if len(packets) == count else ([], at)


def _page_at(source: SourceFile, at: int) -> _Page | None:
    head = source.peek_at(at, 27 + 255)
    if len(head) < 27 or head[:4] != b"OggS" or len(head) < 27 + head[26]:
        return None
    lacing = head[27 : 27 + head[26]]
    return _Page(int.from_bytes(head[14:18], "little"), at + 27 + len(lacing), lacing, bool(head[5] & 2))


def _pages(packets: list[bytes], serial: int) -> bytes:
    """Pages that hold header packets and nothing else."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    content = b"".join(packets)
    pages, used = [], 0
    for number, first in enumerate(range(0, len(lacing), 255)):
        laces = lacing[first : first + 255]
        is_continued = first > 0 and lacing[first - 1] == 255
        ends_packet = any(lace < 255 for lace in laces)
        head = struct.pack(
            "<4sBBqIIIB", b"OggS", 0, is_continued, 0 if ends_packet else -1, serial, number + 1, 0, len(laces)
        )
        page = head + laces + content[used : used + sum(laces)]
        used += sum(laces)
        pages.append(page[:22] + struct.pack("<I", _checksum(page)) + page[26:])
    return b"".join(pages)


@cache
def _checksum_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7) & 0xFFFF_FFFF if value >> 31 else value << 1
        table.append(value)
    return tuple(table)


def _checksum(page: bytes) -> int:
    table, value = _checksum_table(), 0
    for byte in page:
        value = value << 8 & 0xFFFF_FFFF ^ table[value >> 24 ^ byte]
    return value
