"""Matroska and WebM files, shown to decoders without tags and attachments that are far too many.

See RFC 9559. FFmpeg takes a time that grows with the square of the number of tags, and keeps attachments in memory.
"""

from __future__ import annotations

from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import Segment, SourceFile

_SEGMENT = 0x18538067
_CLUSTER = 0x1F43B675
_MOST_BYTES = {0x1254C367: 1 << 20, 0x1941A469: 64 << 20, 0x1043A770: 4 << 20}
"""Of tags, attachments and chapters; a film has some dozen of each, and attached fonts have 50 MB."""

_UNKNOWN = bytes.fromhex("1254c36a")
"""An ID of four bytes that no element has: FFmpeg passes over such elements."""

_MOST_ELEMENTS = 200_000
"""At the top: a film has some thousand clusters."""


def lay_out_matroska(source: SourceFile, start: int, end: int) -> Layout:
    """The layout of a Matroska file."""
    segments: list[Segment] = []
    shown = at = start
    ends_early = False
    for _ in range(_MOST_ELEMENTS):
        element = _element_at(source, at)
        if element is None or at >= end:
            break
        identity, first, size = element
        if identity in _MOST_BYTES and size > _MOST_BYTES[identity]:
            segments += [(shown, at), _UNKNOWN]
            shown = at + len(_UNKNOWN)
        at = first if identity == _SEGMENT else first + size
        ends_early = identity == _CLUSTER and at > end
    return Layout([*segments, (shown, end)], ends_early=ends_early)


def _element_at(source: SourceFile, at: int) -> tuple[int, int, int] | None:
    """ID of an element, start and size of its content; None for a malformed one, and behind one of unknown size."""
    head = source.peek_at(at, 12)
    if len(head) < 2 or not head[0]:
        return None
    n_id = 9 - head[0].bit_length()
    size_at = head[n_id : n_id + 1]
    if n_id > 4 or not size_at or not size_at[0]:
        return None
    n_size = 9 - size_at[0].bit_length()
    field = int.from_bytes(head[n_id : n_id + n_size], "big")
    identity, size = int.from_bytes(head[:n_id], "big"), field & (1 << 7 * n_size) - 1
    if size == (1 << 7 * n_size) - 1 and identity != _SEGMENT:
        return None
    return identity, at + n_id + n_size, size
