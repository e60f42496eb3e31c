"""ASF files (WMA), shown to decoders with the true end of the sound, and without tags that are far too many.

See Microsoft, Advanced Systems Format (ASF) Specification, sections 2 and 3. FFmpeg takes a time that grows with the
square of the number of tags.
"""

from __future__ import annotations

from uuid import UUID

from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import Segment, SourceFile

_MOST_OBJECTS = 1_000
_MOST_TAG_BYTES = 1 << 20
"""Bytes of tags apart from pictures of a larger size, which are one tag."""

_MOST_TAGS = 1_000

_PACKET_BYTES = 1 << 16
"""The longest packet: as much may be missing from the end of a file that its header describes wrongly."""

_MOST_DATA_BYTES = 1 << 48

_DATA = UUID("75B22636-668E-11CF-A6D9-00AA0062CE6C").bytes_le
_HEADER_EXTENSION = UUID("5FBF03B5-A92E-11CF-8EE3-00C00C205365").bytes_le
_TAGS = frozenset(
    UUID(text).bytes_le
    for text in (
        "D2D0A440-E307-11D2-97F0-00A0C95EA850",  # Extended Content Description
        "C5F8CBEA-5BAF-4877-8467-AA8C44FA4CCA",  # Metadata
        "44231C94-9498-49D1-A141-1D134E457054",  # Metadata Library
    )
)
_PADDING = UUID("1806D474-CADF-4509-A4BA-9AABCB96AAE8").bytes_le
_INDEXES = frozenset(
    UUID(text).bytes_le
    for text in (
        "33000890-E5B1-11CF-89F4-00A0C90349CB",  # Simple Index
        "D6E229D3-35DA-11D1-9034-00A0C90349BE",  # Index
        "FEB103F8-12AD-4C64-840F-2A1D2F7AD48C",  # Media Object Index
        "3CB73FD0-0C4A-4803-953D-EDF7B6228F0C",  # Timecode Index
    )
)


def lay_out_asf(source: SourceFile, start: int, end: int) -> Layout:
    """The layout of an ASF file."""
    header_size = int.from_bytes(source.peek_at(start + 16, 8), "little")
    data = start + header_size
    patches = [(at, _PADDING) for at in _too_many_tags(source, start + 30, min(data, end))]
    head = source.peek_at(data, 24)
    ends_early = False
    if head[:16] == _DATA:
        stop = data + int.from_bytes(head[16:24], "little")
        ends_early = end + _PACKET_BYTES < stop < _MOST_DATA_BYTES  # a broadcast has any number there
        if stop < end and source.peek_at(stop, 16) not in _INDEXES:
            patches.append((data + 16, bytes(8)))  # up to the end of the file
    segments: list[Segment] = []
    shown = start
    for at, content in sorted(patches):
        segments += [(shown, at), content]
        shown = at + len(content)
    return Layout([*segments, (shown, end)], ends_early=ends_early)


def _too_many_tags(source: SourceFile, start: int, end: int) -> list[int]:
    """Where objects begin that hold more tags than any song has."""
    found = []
    at = start
    for _ in range(_MOST_OBJECTS):
        head = source.peek_at(at, 48)
        size = int.from_bytes(head[16:24], "little")
        if len(head) < 24 or not 24 <= size <= end - at:
            break
        if head[:16] in _TAGS and int.from_bytes(head[24:26], "little") > _MOST_TAGS:
            found.append(at)
        if head[:16] == _HEADER_EXTENSION:
            found += _too_many_tags(source, at + 46, at + size)
        at += size
    return found
