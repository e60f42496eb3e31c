"""Chunks of RIFF and IFF files, and where the one that holds the sound really ends."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from genre_desktop.audio.decode.containers.layout import looks_like_samples
from genre_desktop.audio.decode.source_file import SourceFile

Order = Literal["little", "big"]

UNKNOWN_SIZES = frozenset({0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 2**63 - 1, 2**64 - 1})
"""What a recorder writes that cannot know the length beforehand."""

_OPEN_ENDS = (0x7F00_0000, 2**31, 2**32, 2**63, 2**64)
_OPEN_END_BYTES = 1 << 16
"""Programs that write into a pipe promise nearly as much as the field can hold: SoX 0x7FFFF000 bytes in WAV and
0x7F000000 in AIFF, FFmpeg 2**63 - 25 in Wave64, others a round number below 4 GiB."""

_MOST_CHUNKS = 5_000_000
"""Chunks passed over on the way to the sound, which takes some seconds; a recorder writes a handful."""

_BLOCK_BYTES, _LARGE_BLOCK_BYTES, _MANY_CHUNKS = 1 << 13, 1 << 20, 100
_HEADERS = {"little": struct.Struct("<4sI"), "big": struct.Struct(">4sI")}

_TAIL_BYTES = 1 << 20
"""Bytes at the end of a file that are searched for chunks behind sound of unknown length."""

_KNOWN = frozenset(
    b"LIST id3  ID3  bext iXML _PMX cue  smpl inst fact afsp DISP JUNK junk PAD  FLLR umid levl PEAK minf elm1 regn "
    b"acid strc axml chna cart link MARK COMT NAME AUTH (c)  ANNO INST MIDI APPL CHAN basc trns cate data".split(b" ")
)
_KNOWN_NAMES = frozenset(name.ljust(4) for name in _KNOWN if name)
_UNPADDED_NAMES = _KNOWN_NAMES | {b"fmt ", b"COMM", b"SSND"}


class Chunk(NamedTuple):
    """A chunk: its name of four characters, where its content starts, and the size of that by its header."""

    name: bytes
    start: int
    size: int

    @property
    def end(self) -> int:
        """Where the next chunk starts."""
        return self.start + self.size + self.size % 2


def iter_chunks(source: SourceFile, start: int, end: int, order: Order) -> Iterator[Chunk]:
    """The chunks from `start` on, up to the first that is none."""
    header = _HEADERS[order]
    block, block_start, at = b"", start, start
    for number in range(_MOST_CHUNKS):
        offset = at - block_start
        if not 0 <= offset <= len(block) - 8:
            count = _BLOCK_BYTES if number < _MANY_CHUNKS else _LARGE_BLOCK_BYTES
            block, block_start, offset = source.peek_at(at, count), at, 0
        if at + 8 > end or len(block) < 8:
            return
        name, size = header.unpack_from(block, offset)
        # Zeros: space that a recorder reserved and never wrote to.
        if min(name) < 0x20 or max(name) > 0x7E:
            return
        yield Chunk(name, at + 8, size)
        at += 8 + size
        # Some writers leave out the byte of padding.
        if size & 1 and source.peek_at(at, 4) not in _UNPADDED_NAMES:
            at += 1


def sound_end(source: SourceFile, start: int, sizes: Sequence[int], end: int, order: Order | None) -> int:
    """Where the sound ends that starts at a byte of a file.

    Parameters
    ----------
    source : SourceFile
    start : int
    sizes : sequence of int
        Bytes of sound by the header; several where it tells it in several places. Such a number may have overflowed at
        4 GiB, be one of `UNKNOWN_SIZES`, or just be wrong.
    end : int
        Of the file, without tags.
    order : {"little", "big"} or None
        Of bytes in the chunks that may follow the sound; None for a format without chunks.

    Returns
    -------
    int
        Not behind `end`.
    """
    known = [start + size for size in sizes if size not in UNKNOWN_SIZES]
    if end in known:
        return end
    within = [stop for stop in known if stop < end]
    for stop in within:
        if order is not None and _is_chunk_at(source, stop, end, order):
            return stop
    rest = end if order is None else _before_chunks(source, start, end, order)
    if not within:
        return rest
    for stop in within:  # the size overflowed in 32 bits
        for wrapped in range(stop + (1 << 32), rest + 1, 1 << 32):
            if wrapped + 1 >= rest or (order is not None and _is_chunk_at(source, wrapped, end, order)):
                return wrapped
    stop = max(within)
    return rest if rest <= stop or looks_like_samples(source, stop, rest) else stop


def promised_share(sizes: Sequence[int], start: int, stop: int, end: int) -> float:
    """Sound that the header promises, divided by the sound between two bytes; see `Layout.promised_share`.

    Parameters
    ----------
    sizes : sequence of int
        Bytes of sound by the header. One that reaches behind `end` promises more than there is, unless it is what
        stands for an unknown length.
    start, stop : int
    end : int
        Of the file, without tags.
    """
    promised = max((size for size in sizes if size > end - start and not is_open_end(size)), default=0)
    return max(1.0, promised / max(1, stop - start))


def is_open_end(size: int) -> bool:
    """Whether a size stands for an unknown length."""
    return size in UNKNOWN_SIZES or any(abs(size - limit) <= _OPEN_END_BYTES for limit in _OPEN_ENDS)


def _is_chunk_at(source: SourceFile, at: int, end: int, order: Order) -> bool:
    """Whether chunks begin at a byte, or behind a byte of padding, and go on to the end of the file."""
    return any(_chain_from(source, start, end, order) for start in (at, at + 1))


def _chain_from(source: SourceFile, start: int, end: int, order: Order) -> bool:
    last = start
    for number, chunk in enumerate(iter_chunks(source, start, end, order)):
        if number == 0 and chunk.name in _KNOWN_NAMES and chunk.end <= end + 1:
            return True
        last = chunk.end
    return 0 <= end - last <= 1 or last == end + 1


def _before_chunks(source: SourceFile, start: int, end: int, order: Order) -> int:
    """Where the chunks begin that reach to the end of a file behind sound of unknown length."""
    begin = max(start, end - _TAIL_BYTES)
    tail = source.peek_at(begin, end - begin)
    for match in re.finditer(b"|".join(map(re.escape, sorted(_KNOWN_NAMES))), tail):
        at = begin + match.start()
        last = at
        for chunk in iter_chunks(source, at, end, order):
            last = chunk.end
        if end <= last <= end + 1:
            return at
    return end
