"""Files of one format joined byte by byte, whose headers tell where each ends.

A decoder stops at the end of the first. Formats that are a row of frames or pages need none of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from genre_desktop.audio.decode.containers import mp4
from genre_desktop.audio.decode.containers.chunks import Order, iter_chunks
from genre_desktop.audio.decode.source_file import SourceFile

_MOST_CHUNKS = 1_000
"""Chunks of one file; a recorder writes a handful."""

_WAV = re.compile(rb"(?:RIFF|RIFX|RF64|BW64).{4}WAVE", re.DOTALL)
_AIFF = re.compile(rb"FORM.{4}AIF[FC]", re.DOTALL)
_AU = re.compile(rb"\.snd|dns\.")
_CAF = re.compile(rb"caff\x00\x01")
_TTA = re.compile(rb"TTA1[\x01\x03]\x00")
_FLV = re.compile(rb"FLV\x01[\x01\x04\x05]\x00\x00\x00\x09\x00\x00\x00\x00")

_TTA_HEAD, _TTA_FRAME = 22, (256, 245)
"""Bytes of a header, and the length of a frame in seconds."""

_MOST_TTA_FRAMES, _MOST_TAG_BYTES = 1 << 20, 1 << 20

_SEARCHED_BYTES = 32 << 20
"""FLV does not tell its size. A longer one is a film, not searched for a second."""


def stream_starts(container: str) -> Callable[[SourceFile, int, int], Iterator[int]]:
    """What finds the files of a format in a range of a file: where each begins, the first of them included."""
    behind = _BEHIND[container]

    def starts(source: SourceFile, start: int, end: int) -> Iterator[int]:
        at: int | None = start
        while at is not None:
            yield at
            at = behind(source, at, end)

    return starts


def _behind_wav(source: SourceFile, at: int, end: int) -> int | None:
    head = source.peek_at(at, 28)
    if head[12:16] == b"ds64":
        return _confirmed(source, at + 8 + int.from_bytes(head[20:], "little"), at, _WAV)
    order: Order = "big" if head[:4] == b"RIFX" else "little"
    return _behind_chunks(source, at, end, order, _WAV)


def _behind_aiff(source: SourceFile, at: int, end: int) -> int | None:
    return _behind_chunks(source, at, end, "big", _AIFF)


def _behind_chunks(source: SourceFile, at: int, end: int, order: Order, magic: re.Pattern[bytes]) -> int | None:
    for chunk in islice(iter_chunks(source, at + 12, end, order), _MOST_CHUNKS):
        if magic.match(source.peek_at(chunk.start - 8, 12)):
            return chunk.start - 8
    return None


def _behind_au(source: SourceFile, at: int, end: int) -> int | None:
    head = source.peek_at(at, 12)
    order: Order = "little" if head[:4] == b"dns." else "big"
    stop = at + sum(int.from_bytes(head[field : field + 4], order) for field in (4, 8))
    return _confirmed(source, stop, at, _AU)


def _behind_caf(source: SourceFile, at: int, end: int) -> int | None:
    stop = at + 8
    for _ in range(_MOST_CHUNKS):
        head = source.peek_at(stop, 12)
        if len(head) < 12 or _CAF.match(head):
            break
        stop += 12 + max(0, int.from_bytes(head[4:], "big", signed=True))
    return _confirmed(source, stop, at, _CAF)


def _behind_tta(source: SourceFile, at: int, end: int) -> int | None:
    head = source.peek_at(at, _TTA_HEAD)
    rate, n_samples = (int.from_bytes(head[field : field + 4], "little") for field in (10, 14))
    n_frames = -(-n_samples // max(1, rate * _TTA_FRAME[0] // _TTA_FRAME[1]))
    if n_frames > _MOST_TTA_FRAMES:
        return None
    table = source.peek_at(at + _TTA_HEAD, 4 * n_frames)
    sizes = (int.from_bytes(table[field : field + 4], "little") for field in range(0, len(table), 4))
    stop = at + _TTA_HEAD + len(table) + 4 + sum(sizes)
    return next(source.find_all(_TTA, stop, min(end, stop + _MOST_TAG_BYTES), longest=6), None)


def _behind_flv(source: SourceFile, at: int, end: int) -> int | None:
    return next(source.find_all(_FLV, at + 13, min(end, at + _SEARCHED_BYTES), longest=13), None)


def _confirmed(source: SourceFile, stop: int, at: int, magic: re.Pattern[bytes]) -> int | None:
    return stop if stop > at and magic.match(source.peek_at(stop, 12)) else None


_BEHIND: dict[str, Callable[[SourceFile, int, int], int | None]] = {
    "WAV": _behind_wav,
    "AIFF": _behind_aiff,
    "AU": _behind_au,
    "CAF": _behind_caf,
    "TTA": _behind_tta,
    "FLV": _behind_flv,
    "MP4": mp4.next_file,
}
"""Where the next file begins behind one that begins at a byte, if one follows."""

CONTAINERS = frozenset(_BEHIND)
