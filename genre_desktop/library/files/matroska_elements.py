"""The elements of Matroska and WebM files, with bounded reading; see RFC 8794 (EBML) and RFC 9559 (Matroska)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from genre_desktop.library.files.audio_payload import ReadAt

EBML: Final = 0x1A45DFA3
SEGMENT: Final = 0x18538067
CLUSTER: Final = 0x1F43B675

_MOST_ELEMENTS: Final = 2_000
"""Elements of one parent that are looked at: a film of three hours has some two thousand clusters, and tags before them
or a list of seek positions."""


class Element(NamedTuple):
    """An element: its ID, and where its content starts and ends."""

    kind: int
    start: int
    end: int


def iter_elements(read_at: ReadAt, start: int, end: int, most: int = _MOST_ELEMENTS) -> Iterator[Element]:
    """The elements from `start` on, at most so many, up to the first that is malformed."""
    at = start
    for _ in range(most):
        head = read_at(at, 12) if at < end else b""
        id_bytes = 9 - head[0].bit_length() if head and head[0] else 9
        if id_bytes > 4 or len(head) <= id_bytes or not head[id_bytes]:
            return
        size_bytes = 9 - head[id_bytes].bit_length()
        if len(head) < id_bytes + size_bytes:
            return
        size = int.from_bytes(head[id_bytes : id_bytes + size_bytes], "big") - (1 << 7 * size_bytes)
        is_unknown = size == (1 << 7 * size_bytes) - 1
        inner = at + id_bytes + size_bytes
        last = end if is_unknown else min(end, inner + size)
        yield Element(int.from_bytes(head[:id_bytes], "big"), inner, last)
        at = last
