"""The chunks of RIFF, IFF and similar files, with bounded reading.

The identity of a file depends on their places. So headers are taken at their word here, for good, whereas
`genre_desktop.audio.decode.containers` makes sense of wrong ones, and of more of them with time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from genre_desktop.library.files.audio_payload import ReadAt

Order = Literal["little", "big"]

_MOST_CHUNKS: Final = 1_000
"""Chunks of one list that are looked at; files of studios have a few dozen."""

_UNKNOWN_SIZE: Final = (1 << 32) - 1


class ChunkLayout(NamedTuple):
    """How the chunks of a format are laid out.

    Attributes
    ----------
    order : {"little", "big"}
    id_bytes, size_bytes : int
    alignment : int
        A chunk begins at a multiple of so many bytes behind the first one.
    counts_head : bool
        Whether the size of a chunk counts its identifier and its size.
    """

    order: Order
    id_bytes: int = 4
    size_bytes: int = 4
    alignment: int = 2
    counts_head: bool = False


class Chunk(NamedTuple):
    """A chunk: its identifier, where its content starts, the length of that, and where the next chunk starts."""

    kind: bytes
    start: int
    length: int
    next_start: int


def iter_chunks(read_at: ReadAt, start: int, end: int, layout: ChunkLayout) -> Iterator[Chunk]:
    """The chunks from `start` on, as far as their headers lie before `end`."""
    head_bytes = layout.id_bytes + layout.size_bytes
    at = start
    for _ in range(_MOST_CHUNKS):
        head = read_at(at, head_bytes) if at + head_bytes <= end else b""
        if len(head) < head_bytes:
            return
        length = int.from_bytes(head[layout.id_bytes :], layout.order)
        if layout.counts_head:
            length -= head_bytes
        if length < 0:
            return
        inner = at + head_bytes
        at = inner + length + -(inner + length - start) % layout.alignment
        yield Chunk(head[: layout.id_bytes], inner, length, at)


def iter_riff_chunks(read_at: ReadAt, start: int, end: int, order: Order) -> Iterator[Chunk]:
    """The chunks of a RIFF file from `start` on, also where the sound is too long for the 32 bits of its size."""
    layout = ChunkLayout(order)
    data_length = 0
    for chunk in iter_chunks(read_at, start, end, layout):
        if chunk.kind == b"ds64":
            data_length = int.from_bytes(read_at(chunk.start + 8, 8), order)
        elif chunk.kind == b"data" and chunk.length == _UNKNOWN_SIZE and data_length:
            behind = chunk.start + data_length + data_length % 2
            yield Chunk(chunk.kind, chunk.start, data_length, behind)
            yield from iter_chunks(read_at, behind, end, layout)
            return
        yield chunk
