"""AIFF and AIFF-C files, shown to decoders with right sizes and without tags.

The number of samples stands in the chunk ``COMM``, that of bytes in ``SSND``; both have 32 bits. See Apple, Audio
Interchange File Format, version 1.3 and AIFF-C.
"""

from __future__ import annotations

from typing import Literal

from genre_desktop.audio.decode.containers.chunks import UNKNOWN_SIZES, iter_chunks, promised_share, sound_end
from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import SourceFile

_PLAIN = frozenset({b"", b"NONE", b"sowt", b"twos", b"raw ", b"fl32", b"FL32", b"fl64", b"FL64", b"in24", b"in32"})
"""Compression types whose samples all take the same number of bytes."""

_MOST_BYTES = 0xFFFF_0000
"""Of sound, as far as 32 bits go; a longer file is shown as one of Sun's, which has the same samples."""

_WHOLE_NUMBERS = frozenset({b"", b"NONE", b"sowt", b"twos"})
_SUN_ENCODINGS = {b"fl32": 6, b"FL32": 6, b"fl64": 7, b"FL64": 7}

_MOST_HEADER_BYTES = 1 << 16


def lay_out_aiff(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of an AIFF file; None where its chunks are not as usual."""
    header: dict[bytes, bytes] = {}
    for chunk in iter_chunks(source, start + 12, end, "big"):
        if chunk.name in (b"COMM", b"FVER") and chunk.size <= _MOST_HEADER_BYTES:
            header.setdefault(chunk.name, source.peek_at(chunk.start, chunk.size))
        elif chunk.name == b"SSND":
            common = header.get(b"COMM", b"")
            if len(common) < 18:
                return None
            return _aiff(source, header, common, (start, chunk.start, chunk.size), end)
    return None


def _aiff(
    source: SourceFile, header: dict[bytes, bytes], common: bytes, places: tuple[int, int, int], end: int
) -> Layout | None:
    start, chunk_start, chunk_size = places
    offset = int.from_bytes(source.peek_at(chunk_start, 4), "big")
    first = chunk_start + 8 + offset
    if first > end:
        return None
    channels, n_frames, bits = (int.from_bytes(common[at:to], "big") for at, to in ((0, 2), (2, 6), (6, 8)))
    is_plain = common[18:22] in _PLAIN
    frame_bytes = channels * ((bits + 7) // 8) if is_plain else 0
    sizes = [chunk_size - 8 - offset if chunk_size > 8 + offset and chunk_size not in UNKNOWN_SIZES else 0]
    if frame_bytes and n_frames not in UNKNOWN_SIZES:
        sizes.append(n_frames * frame_bytes)
    stop = sound_end(source, first, sizes, end, "big")
    n_bytes = stop - first
    if frame_bytes:
        frames = min(n_bytes // frame_bytes, 0xFFFF_FFFF)
        header = {**header, b"COMM": common[:2] + frames.to_bytes(4, "big") + common[6:]}
    share = 1.0 if n_bytes in sizes else promised_share(sizes, first, stop, end)
    if n_bytes > _MOST_BYTES:
        head = _sun_head(common, bits)
        return None if head is None else Layout([head, (first, stop)], share)
    head = source.peek_at(start + 8, 4) + b"".join(
        name + len(content).to_bytes(4, "big") + content + bytes(len(content) % 2) for name, content in header.items()
    )
    head += b"SSND" + min(n_bytes + 8, 0xFFFF_FFFF).to_bytes(4, "big") + bytes(8)
    form = b"FORM" + min(0xFFFF_FFFF, len(head) + n_bytes).to_bytes(4, "big")
    return Layout([form + head, (first, stop)], share)


def _sun_head(common: bytes, bits: int) -> bytes | None:
    """The header of a Sun file for the same samples, whose length it leaves open; None for other compression types."""
    kind = common[18:22]
    encoding = _SUN_ENCODINGS.get(kind, (bits + 7) // 8 + 1 if kind in _WHOLE_NUMBERS else 0)
    exponent, mantissa = int.from_bytes(common[8:10], "big"), int.from_bytes(common[10:18], "big")
    if not encoding or exponent > 16_383 + 63:
        return None
    order: Literal["little", "big"] = "little" if kind == b"sowt" else "big"
    fields = (24, 0xFFFF_FFFF, encoding, mantissa >> 16_383 + 63 - exponent, int.from_bytes(common[:2], "big"))
    return (b"dns." if order == "little" else b".snd") + b"".join(field.to_bytes(4, order) for field in fields)
