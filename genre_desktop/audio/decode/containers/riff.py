"""WAV, RF64, BW64 and Wave64 files, shown to decoders as a WAV file whose sizes are right and that has no tags.

The data size of WAV has 32 bits and overflows at 4 GiB; RF64 [1]_, BW64 [2]_ and Wave64 have 64. Recorders write the
sizes last, or never.

.. [1] EBU Tech 3306
.. [2] Recommendation ITU-R BS.2088
"""

from __future__ import annotations

from collections.abc import Iterator

from genre_desktop.audio.decode.containers.chunks import (
    UNKNOWN_SIZES,
    Chunk,
    Order,
    iter_chunks,
    promised_share,
    sound_end,
)
from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import SourceFile

_MOST_HEADER_BYTES = 1 << 16
_MOST_PARTS = 1_000
"""Chunks of sound in one file; more than one is rare."""

_MOST_RIFF_BYTES = 0xFFFF_0000

_W64_GUID_END = bytes.fromhex("f3acd3118cd100c04f8edb8a")
_W64_HEAD = 40


def lay_out_wav(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of a WAV, RF64 or BW64 file; None where its chunks are not as usual."""
    magic = source.peek_at(start, 4)
    order: Order = "big" if magic == b"RIFX" else "little"
    header: dict[bytes, bytes] = {}
    sizes: list[int] = []
    for chunk in iter_chunks(source, start + 12, end, order):
        if chunk.name == b"ds64":
            sizes.append(int.from_bytes(source.peek_at(chunk.start + 8, 8), "little"))
        elif chunk.name in (b"fmt ", b"fact") and chunk.size <= _MOST_HEADER_BYTES:
            header.setdefault(chunk.name, source.peek_at(chunk.start, chunk.size))
        elif chunk.name == b"data":
            return _wav(source, header, [*sizes, chunk.size], chunk, end, order)
    return None


def lay_out_w64(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of a Sony Wave64 file, as a WAV file; None where its chunks are not as usual."""
    header: dict[bytes, bytes] = {}
    for name, at, size in _w64_chunks(source, start + _W64_HEAD, end):
        if name in (b"fmt ", b"fact") and size <= _MOST_HEADER_BYTES:
            header.setdefault(name, source.peek_at(at, size))
        elif name == b"data":
            return _wav(source, header, [size], Chunk(name, at, size), end, "little", has_chunks_behind=False)
    return None


def _w64_chunks(source: SourceFile, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and size of the content of each chunk."""
    at = start
    for _ in range(_MOST_PARTS):
        head = source.peek_at(at, 24)
        if len(head) < 24:
            return
        # The size counts the header; a recorder that cannot know it writes 0 or all ones.
        size = int.from_bytes(head[16:24], "little")
        is_known = head[4:16] == _W64_GUID_END
        yield (head[:4] if is_known else b"    "), at + 24, (size - 24 if 24 <= size < 2**63 else 0)
        if size < 24 or at + size > end:
            return
        at += (size + 7) // 8 * 8


def _wav(
    source: SourceFile,
    header: dict[bytes, bytes],
    sizes: list[int],
    data: Chunk,
    end: int,
    order: Order,
    *,
    has_chunks_behind: bool = True,
) -> Layout | None:
    if len(header.get(b"fmt ", b"")) < 16:
        return None
    sizes = [size for size in sizes if size not in UNKNOWN_SIZES] or [0]
    stop = sound_end(source, data.start, sizes, end, order if has_chunks_behind else None)
    if not has_chunks_behind and _is_w64_chunk(source, data.start + sizes[0]):
        stop = min(stop, data.start + sizes[0])
    parts = [(data.start, stop)]
    if has_chunks_behind and data.start + sizes[0] == stop:
        parts += _further_parts(source, Chunk(b"data", data.start, sizes[0]).end, end, order)
    n_bytes = sum(last - first for first, last in parts)
    content = b"".join(
        name + len(content).to_bytes(4, order) + content + bytes(len(content) % 2) for name, content in header.items()
    )
    share = promised_share(sizes, data.start, data.start + n_bytes, end)
    return Layout([_head(content, n_bytes, order), *parts], share)


def _head(header: bytes, n_bytes: int, order: Order) -> bytes:
    """A RIFF file up to its sound; RF64 where 32 bits do not suffice."""
    riff_bytes = len(header) + 12 + n_bytes
    if riff_bytes <= _MOST_RIFF_BYTES or order == "big":
        magic = b"RIFX" if order == "big" else b"RIFF"
        sizes = (min(0xFFFF_FFFF, size).to_bytes(4, order) for size in (riff_bytes, n_bytes))
        return magic + next(sizes) + b"WAVE" + header + b"data" + next(sizes)
    sizes = (size.to_bytes(8, "little") for size in (riff_bytes + 36, n_bytes, 0))
    ds64 = b"ds64" + (28).to_bytes(4, "little") + b"".join(sizes) + bytes(4)
    return b"RF64\xff\xff\xff\xffWAVE" + ds64 + header + b"data\xff\xff\xff\xff"


def _further_parts(source: SourceFile, at: int, end: int, order: Order) -> Iterator[tuple[int, int]]:
    """Ranges of further chunks of sound, which FFmpeg reads too."""
    chunks = iter_chunks(source, at, end, order)
    for _, chunk in zip(range(_MOST_PARTS), chunks, strict=False):
        if chunk.name == b"data":
            yield chunk.start, min(chunk.start + chunk.size, end)


def _is_w64_chunk(source: SourceFile, at: int) -> bool:
    head = source.peek_at((at + 7) // 8 * 8, 24)
    return head[4:16] == _W64_GUID_END or head[:16] == bytes(16)
