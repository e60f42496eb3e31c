"""What decoders see of a file, and where the sound in it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genre_desktop.audio.decode.source_file import Segment, SourceFile

_MOST_TAGS = 8
"""Tags at the end of a file that are looked for, one before the other."""

_LEAST_BYTES = 4_096
"""Bytes behind the end that a header names which are taken for padding, whatever they are."""

_SAMPLE_BYTES = 1 << 16

_MOST_ENTROPY = 7.9
"""Bits a byte above which data is compressed or encrypted, and no samples. The upper bytes of loud music reach 7.3, the
bytes of IMA ADPCM 7.6; 16 KiB of an archive have 7.98."""

_OTHER_MAGIC = re.compile(
    rb"RIFF|RIFX|RF64|BW64|FORM|ID3|TAG|APETAGEX|LYRICSBEGIN|OggS|fLaC|PK\x03\x04|Rar!|7z\xbc\xaf|%PDF|\xff\xd8\xff|"
    rb"\x89PNG|GIF8|<\?xml|<!DOC|<html|\.snd|caff|\x1f\x8b\x08|.{4}ftyp",
    re.DOTALL,
)
_TEXT = re.compile(rb"[\t\n\r\x20-\x7e]*\Z")


@dataclass(frozen=True)
class Layout:
    """What decoders see of a file.

    Attributes
    ----------
    segments : sequence of bytes or (int, int)
        As `SourceFile.show` takes them.
    promised_share : float
        Sound that the header promises, divided by the sound that is there: 1 for an intact file, and for one whose
        header promises less.
    ends_early : bool
        True for a file that ends inside a page, an element or a chunk that its header says is longer.
    """

    segments: Sequence[Segment]
    promised_share: float = 1.0
    ends_early: bool = False


def before_tags(source: SourceFile, start: int, end: int) -> int:
    """The end of a range of a file without the tags at its end: ID3v1, APEv2, Lyrics3 and ID3v2 with a footer."""
    for _ in range(_MOST_TAGS):
        before = _before_tag(source, end)
        if not start <= before < end:
            break
        end = before
    return end


def _before_tag(source: SourceFile, end: int) -> int:
    tail = source.peek_at(max(0, end - 355), min(end, 355))
    if tail[-128:-125] == b"TAG":
        return end - 128 - (227 if tail[:4] == b"TAG+" else 0)
    if tail[-32:-24] == b"APETAGEX":
        length, flags = (int.from_bytes(tail[at : at + 4], "little") for at in (len(tail) - 20, len(tail) - 12))
        return end - length - (32 if flags >> 31 else 0)
    if tail[-9:] == b"LYRICS200" and tail[-15:-9].isdigit():
        return end - 15 - int(tail[-15:-9])
    if tail[-10:-7] == b"3DI" and max(tail[-4:]) < 0x80:
        length = tail[-4] << 21 | tail[-3] << 14 | tail[-2] << 7 | tail[-1]
        return end - 20 - length
    return end


def looks_like_samples(source: SourceFile, start: int, end: int) -> bool:
    """Whether bytes behind the end that a header names may be sound: no padding, text, archive or other file."""
    if end - start < _LEAST_BYTES or _OTHER_MAGIC.match(source.peek_at(start, 16)):
        return False
    places = {start, start + (end - start) // 2, max(start, end - _SAMPLE_BYTES)}
    return any(_may_be_samples(source.peek_at(at, min(_SAMPLE_BYTES, end - at))) for at in sorted(places))


def _may_be_samples(data: bytes) -> bool:
    if not data.strip(data[:1]) or _TEXT.match(data):
        return False
    values = np.frombuffer(data, np.uint8)
    # The upper byte of a sample is far from random, wherever it stands in one of one to four bytes.
    return min(_entropy(values[phase::step]) for step in (1, 2, 3, 4) for phase in range(step)) < _MOST_ENTROPY


def _entropy(values: np.ndarray) -> float:
    """Bits a byte."""
    counts = np.bincount(values, minlength=256)
    shares = counts[counts > 0] / max(1, len(values))
    return float(-(shares * np.log2(shares)).sum())
