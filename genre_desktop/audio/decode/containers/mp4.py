"""MP4 files, shown to decoders without tags that are far too many.

See ISO/IEC 14496-12. FFmpeg takes a time that grows with the square of the number of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import Segment, SourceFile

_MOST_ATOMS = 2_000
"""Atoms that hold tags; a song has some dozens."""

_MOST_TAG_BYTES = 64 << 20
"""The largest covers have 30 MB; FFmpeg keeps them in memory twice."""

_MOST_DEPTH = 6
"""Of tags: ``udta``, ``meta``, ``ilst``, name, ``data``."""

_MOST_TOP_LEVEL = 100_000
"""A film in fragments has an atom for each two seconds."""

_FRAGMENT = re.compile(b"moof")
_INDEX = re.compile(rb"moov\x00\x00\x00[\x6c\x78]mvhd")
_TAGS = frozenset({b"udta", b"meta"})
_PARENTS = frozenset({b"udta", b"meta", b"ilst", b"moov", b"trak", b"----"})


def lay_out_mp4(source: SourceFile, start: int, end: int) -> Layout:
    """The layout of an MP4 file."""
    segments: list[Segment] = []
    shown = start
    atoms = _described(source, start, end)
    sound, index = _hidden_index(source, start, end)
    if index > 0:
        n_header = 16 if source.peek_at(sound, 4) == (1).to_bytes(4, "big") else 8
        size = (1).to_bytes(4, "big") + b"mdat" + (index - sound).to_bytes(8, "big")
        plain = min(index - sound, 0xFFFF_FFFF).to_bytes(4, "big") + b"mdat"
        segments, shown = [(start, sound), size if n_header == 16 else plain], sound + n_header
        atoms = _described(source, index, end)
    for name, at, first, stop in atoms:
        if name in _TAGS and (stop - first > _MOST_TAG_BYTES or _count(source, name, first, stop, 1) > _MOST_ATOMS):
            segments += [(shown, at + 4), b"free"]
            shown = at + 8
    return Layout([*segments, (shown, end)], ends_early=_ends_inside_fragment(source, start, end))


def _hidden_index(source: SourceFile, start: int, end: int) -> tuple[int, int]:
    """Where the sound starts, and the index behind it that its wrong size hides; -1 for each that there is not."""
    sound = -1
    for name, at, _, _ in _atoms(source, start, end, _MOST_TOP_LEVEL):
        if name in (b"moov", b"moof"):
            return at, -1
        sound = at if name == b"mdat" and sound < 0 else sound
    found = next(source.find_all(_INDEX, sound + 16, end, longest=12), -1) if sound >= 0 else -1
    return sound, found - 4 if found > 0 else -1


def _ends_inside_fragment(source: SourceFile, start: int, end: int) -> bool:
    """Whether a film in fragments was cut off, or is read up to a hole: no index tells how many there were."""
    behind, has_fragments = start, False
    for name, at, _, stop in _atoms(source, start, end, _MOST_TOP_LEVEL):
        if not name.isalnum():
            break
        has_fragments = has_fragments or name == b"moof"
        length, _ = _length(source.peek_at(at, 16), end - at)
        if at + length > end:
            return has_fragments
        behind = stop
    return has_fragments and any(source.find_all(_FRAGMENT, behind, end, longest=4))


def next_file(source: SourceFile, start: int, end: int) -> int | None:
    """Where another file begins behind one that is complete: not in a film in fragments that repeats its header."""
    names: set[bytes] = set()
    for name, at, _, _ in _atoms(source, start, end, _MOST_TOP_LEVEL):
        if name == b"ftyp" and b"moov" in names and (b"moof" not in names or b"mfra" in names):
            return at
        names.add(name)
    return None


def _described(source: SourceFile, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Atoms at the top and those in ``moov`` and its tracks."""
    for atom in _atoms(source, start, end, _MOST_TOP_LEVEL):
        yield atom
        if atom[0] == b"moov":
            for inner in _atoms(source, atom[2], atom[3], _MOST_ATOMS):
                yield inner
                if inner[0] == b"trak":
                    yield from _atoms(source, inner[2], inner[3], _MOST_ATOMS)


def _count(source: SourceFile, name: bytes, first: int, stop: int, depth: int) -> int:
    """Atoms in one that holds tags, up to some more than `_MOST_ATOMS`; too deep ones count as too many."""
    if depth > _MOST_DEPTH:
        return _MOST_ATOMS + 1
    n_atoms = 0
    # The version of "meta", which QuickTime leaves out.
    skipped = 4 if name == b"meta" and source.peek_at(first + 4, 4) != b"hdlr" else 0
    for inner, _, at, end in _atoms(source, first + skipped, stop, _MOST_ATOMS + 1):
        n_atoms += 1
        if inner in _PARENTS:
            n_atoms += _count(source, inner, at, end, depth + 1)
        if n_atoms > _MOST_ATOMS:
            break
    return n_atoms


def _atoms(source: SourceFile, start: int, end: int, most: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Name and start of each atom, and start and end of its content."""
    at = start
    for _ in range(most):
        head = source.peek_at(at, 16)
        if at + 8 > end or len(head) < 8:
            return
        length, n_header = _length(head, end - at)
        if length < n_header:
            return
        yield head[4:8], at, at + n_header, min(at + length, end)
        at += length


def _length(head: bytes, n_left: int) -> tuple[int, int]:
    """Bytes of an atom and of its header."""
    length = int.from_bytes(head[:4], "big")
    if length == 1:
        return int.from_bytes(head[8:16], "big"), 16
    return length or n_left, 8


def sample_entry_types(source: SourceFile) -> list[str]:
    """Types of the sample entries of all audio tracks, such as ``"mp4a"``."""
    tables = [table for handler, table in _tracks(source) if handler == b"soun"]
    return [source.peek_at(table[b"stsd"] + 12, 4).decode("latin-1") for table in tables if b"stsd" in table]


def packet_counts(source: SourceFile) -> dict[int, int]:
    """Number of packets by number of a track, for tracks that list the size of each."""
    counts = {}
    for number, (_, table) in enumerate(_tracks(source)):
        sizes = source.peek_at(table[b"stsz"], 12) if b"stsz" in table else b""
        if len(sizes) == 12 and sizes[4:8] == bytes(4):
            counts[number] = int.from_bytes(sizes[8:], "big")
    return counts


def _tracks(source: SourceFile) -> Iterator[tuple[bytes, dict[bytes, int]]]:
    """The handler of each track, and where the contents of its tables start, by their names."""
    for name, _, first, stop in _described(source, source.base, source.total):
        if name == b"mdia":
            media = _places(source, first, stop)
            handler = source.peek_at(media[b"hdlr"][0] + 8, 4) if b"hdlr" in media else b""
            table = media
            for parent in (b"minf", b"stbl"):
                table = _places(source, *table[parent]) if parent in table else {}
            yield handler, {child: at for child, (at, _) in table.items()}


def _places(source: SourceFile, first: int, stop: int) -> dict[bytes, tuple[int, int]]:
    return {name: (at, end) for name, _, at, end in _atoms(source, first, stop, _MOST_ATOMS)}
