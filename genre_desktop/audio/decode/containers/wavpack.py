"""WavPack streams in a row.

A file is a series of blocks, see the WavPack 4 & 5 Binary File / Block Format; the number of its first sample stands in
each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from genre_desktop.audio.decode.source_file import SourceFile

_BLOCK = re.compile(rb"wvpk.{4}[\x02-\x10]\x04.{2}.{4}\x00{4}.{8}", re.DOTALL)
"""The beginning of a block whose first sample has the number 0."""

_TAIL_BYTES = 1 << 20

_INITIAL = 1 << 11
"""Flag of the first of several blocks with the same samples, as of more than two channels."""


def may_hold_several(source: SourceFile, start: int, end: int) -> bool:
    """Whether there may be several streams in a row: where the last block does not end the samples of the first."""
    begin = max(start, end - _TAIL_BYTES)
    tail = source.peek_at(begin, end - begin)
    last = source.peek_at(begin + max(0, tail.rfind(b"wvpk")), 32)
    total, index, n_samples = (
        int.from_bytes(data[at : at + 4], "little")
        for data, at in ((source.peek_at(start, 32), 12), (last, 16), (last, 20))
    )
    return total != index + n_samples


def stream_starts(source: SourceFile, start: int, end: int) -> Iterator[int]:
    """Where streams start: at blocks with sound that begin with sample 0."""
    for at in source.find_all(_BLOCK, start, end, longest=32):
        head = source.peek_at(at, 32)
        flags, n_samples = int.from_bytes(head[24:28], "little"), int.from_bytes(head[20:24], "little")
        if flags & _INITIAL and n_samples:
            yield at
