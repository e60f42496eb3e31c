"""AU, CAF, DSF and DSDIFF files, shown to decoders with right sizes and without what stands behind the sound."""

from __future__ import annotations

from typing import Literal

from genre_desktop.audio.decode.containers.chunks import promised_share, sound_end
from genre_desktop.audio.decode.containers.layout import Layout, looks_like_samples
from genre_desktop.audio.decode.source_file import SourceFile

_MOST_CHUNKS = 1_000
_DSF_HEADER = 92


def lay_out_au(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of a Sun or NeXT file; None for a malformed one."""
    head = source.peek_at(start, 24)
    if len(head) < 24:
        return None
    order: Literal["big", "little"] = "big" if head[:1] == b"." else "little"
    first, size = (start + int.from_bytes(head[4:8], order), int.from_bytes(head[8:12], order))
    if not start + 24 <= first <= end:
        return None
    stop = sound_end(source, first, [size], end, None)
    n_bytes = min(stop - first, 0xFFFF_FFFF)  # all ones: up to the end of the file
    head = head[:4] + (24).to_bytes(4, order) + n_bytes.to_bytes(4, order) + head[12:24]
    return Layout([head, (first, stop)], promised_share([size], first, stop, end))


def lay_out_caf(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of an Apple CAF file; None for a malformed one.

    See Apple, Core Audio Format Specification 1.0.
    """
    description, at = b"", start + 8
    for _ in range(_MOST_CHUNKS):
        head = source.peek_at(at, 12)
        if len(head) < 12:
            break
        size = int.from_bytes(head[4:12], "big")
        if head[:4] == b"desc":
            description = source.peek_at(at, 12 + 32)
        elif head[:4] == b"data":
            if description[20:24] != b"lpcm":  # a table before or behind the sound lists its packets
                n_bytes = end - at - 12
                data = b"data" + (size if 4 < size <= n_bytes else n_bytes).to_bytes(8, "big")
                return Layout([(start, at), data, (at + 12, end)])
            return _caf(source, source.peek_at(start, 8) + description, at, size, end)
        at += 12 + size
    return None


def _caf(source: SourceFile, head: bytes, at: int, size: int, end: int) -> Layout:
    first = at + 16  # behind the header, and the number of edits
    declared = size - 4 if 4 < size < 2**63 else 0
    behind = source.peek_at(first + declared, 12)
    if 0 < declared < end - first and behind[:4].isalpha() and int.from_bytes(behind[4:], "big") < end:
        stop = first + declared
    else:
        stop = sound_end(source, first, [declared], end, None)
    n_bytes = stop - first
    data = b"data" + (n_bytes + 4).to_bytes(8, "big") + source.peek_at(at + 12, 4)
    return Layout([head + data, (first, stop)], promised_share([declared], first, stop, end))


def lay_out_dsf(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of a DSF file; None for a malformed one.

    See Sony, DSF File Format Specification 1.01. Samples come in blocks, of which the last is filled up.
    """
    head = source.peek_at(start, _DSF_HEADER)
    if len(head) < _DSF_HEADER or head[28:32] != b"fmt " or head[80:84] != b"data":
        return None
    tags, channels, n_samples, block, size = (
        int.from_bytes(head[at:to], "little") for at, to in ((20, 28), (52, 56), (64, 72), (72, 76), (84, 92))
    )
    first = start + _DSF_HEADER
    if tags and first <= start + tags < end and source.peek_at(start + tags, 3) == b"ID3":
        end = start + tags
    stop, declared = end, size - 12 if 12 < size < 2**63 else 0
    if 0 < declared < end - first and not looks_like_samples(source, first + declared, end):
        stop = first + declared
    n_bytes = stop - first
    if not channels:
        return None
    held = n_bytes // channels * 8
    if held - n_samples > 8 * max(block, 4_096):
        n_samples = held
    head = head[:20] + bytes(8) + head[28:64] + n_samples.to_bytes(8, "little") + head[72:84]
    head += (n_bytes + 12).to_bytes(8, "little")
    share = promised_share([declared], first, stop, end)
    return Layout([head, (first, stop)], max(share, n_samples / max(1, held)))


def lay_out_dsdiff(source: SourceFile, start: int, end: int) -> Layout | None:
    """The layout of a DSDIFF file whose sound is longer by its header, or of unknown length; None for others.

    See Philips, DSDIFF 1.5.
    """
    at = start + 16
    for _ in range(_MOST_CHUNKS):
        head = source.peek_at(at, 12)
        if len(head) < 12:
            break
        size, first = int.from_bytes(head[4:12], "big"), at + 12
        if head[:4] == b"DSD ":
            n_bytes = end - first
            if 0 < size <= n_bytes:
                break
            share = promised_share([size], first, end, end)
            return Layout([(start, at + 4), n_bytes.to_bytes(8, "big"), (first, end)], share)
        at = first + size + size % 2
    return None
