"""Title, artist, album and genres in the user data of QuickTime and 3GPP files, with bounded reading.

MP4 files have them in a list of their own below it, which mutagen reads; QuickTime's programs and telephones write them
right into the user data.

References
----------
Apple, QuickTime File Format Specification, "User Data Atoms"; 3GPP TS 26.244, section 8, "Asset information"
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from genre_desktop.library.files.audio_payload import ReadAt
from genre_desktop.library.files.tag_texts import MOST_BYTES, TagTexts, decoded

_MOST_ATOMS: Final = 1_000

_QUICKTIME: Final = {b"\xa9nam": "title", b"\xa9ART": "artist", b"\xa9alb": "album", b"\xa9gen": "genre"}
_3GPP: Final = {b"titl": "title", b"perf": "artist", b"albm": "album", b"gnre": "genre"}


class _Atom(NamedTuple):
    kind: bytes
    start: int
    end: int


def read_movie(read_at: ReadAt, size: int) -> TagTexts:
    """The texts of a file of `size` bytes with atoms; none where it is of another format."""
    texts = TagTexts()
    if read_at(4, 4) not in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return texts
    for movie in _atoms(read_at, 0, size):
        if movie.kind != b"moov":
            continue
        for data in _atoms(read_at, movie.start, movie.end):
            if data.kind != b"udta":
                continue
            for atom in _atoms(read_at, data.start, data.end):
                content = read_at(atom.start, min(atom.end - atom.start, MOST_BYTES))
                if field := _QUICKTIME.get(atom.kind):  # a length and a language before the text
                    n = int.from_bytes(content[:2], "big")
                    texts.add(field, decoded(content[4 : 4 + n], "mac_roman"), unless_known=True)
                elif field := _3GPP.get(atom.kind):  # a version, flags and a language before the text
                    texts.add(field, decoded(content[6:]), unless_known=True)
    return texts


def _atoms(read_at: ReadAt, start: int, end: int) -> Iterator[_Atom]:
    at = start
    for _ in range(_MOST_ATOMS):
        head = read_at(at, 16) if at + 8 <= end else b""
        if len(head) < 8:
            return
        length, n_head = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, n_head = int.from_bytes(head[8:], "big"), 16
        elif length == 0:
            length = end - at
        if length < n_head:
            return
        yield _Atom(head[4:8], at + n_head, min(end, at + length))
        at += length
