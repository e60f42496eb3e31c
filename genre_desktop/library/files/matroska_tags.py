"""Title, artist, album and genres of Matroska and WebM files, with bounded reading.

References
----------
RFC 8794 (EBML), RFC 9559 (Matroska), https://www.matroska.org/technical/tagging.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from genre_desktop.library.files.audio_payload import ReadAt
from genre_desktop.library.files.matroska_elements import CLUSTER, EBML, SEGMENT, Element, iter_elements
from genre_desktop.library.files.tag_texts import MOST_BYTES, TagTexts

_SEEK_HEAD: Final = 0x114D9B74
_SEEK_ID: Final = 0x53AB
_SEEK_POSITION: Final = 0x53AC
_INFO: Final = 0x1549A966
_TITLE: Final = 0x7BA9
_TAGS: Final = 0x1254C367
_TARGETS: Final = 0x63C0
_TARGET_TYPE: Final = 0x68CA
_SIMPLE_TAG: Final = 0x67C8
_NAME: Final = 0x45A3
_STRING: Final = 0x4487

_ALBUM: Final = 50
_TRACK: Final = 30

_NAMES: Final = {"ARTIST": "artist", "ALBUM": "album", "GENRE": "genre"}


class _Tag(NamedTuple):
    """A tag of Matroska: what it is about (50 an album, 30 a track, None not said), its name and its text."""

    target: int | None
    name: str
    text: str


def read_matroska(read_at: ReadAt, size: int) -> TagTexts:
    """The texts of a Matroska file of `size` bytes; none where it is of another format."""
    texts = TagTexts()
    if read_at(0, 4) != EBML.to_bytes(4, "big"):
        return texts
    segment = next((each for each in iter_elements(read_at, 0, size) if each.kind == SEGMENT), None)
    if segment is None:
        return texts
    found = _topiter_elements(read_at, segment)
    tags = [tag for each in found if each.kind == _TAGS for tag in _tags(read_at, each)]
    for target in (_TRACK, None, _ALBUM):  # what is said of the track counts more than what is said of its album
        known = {field for field in _NAMES.values() if texts[field]}
        for tag in tags:
            field = _NAMES.get(tag.name)
            if field is not None and field not in known and tag.target == target:
                texts.add(field, tag.text)
    for tag in tags:
        if tag.name == "TITLE":
            texts.add("album" if tag.target == _ALBUM else "title", tag.text, unless_known=True)
    for element in found:
        if element.kind == _INFO:
            for child in iter_elements(read_at, element.start, element.end):
                if child.kind == _TITLE:
                    texts.add("title", _text(read_at, child), unless_known=True)
    return texts


def _topiter_elements(read_at: ReadAt, segment: Element) -> list[Element]:
    """Information and tags, in order or at the positions that the file lists."""
    found: dict[int, Element] = {}
    listed: set[int] = set()
    for element in iter_elements(read_at, segment.start, segment.end):
        if element.kind == _SEEK_HEAD:
            listed.update(_positions(read_at, element, segment.start))
        elif element.kind in (_INFO, _TAGS):
            found[element.start] = element
        elif element.kind == CLUSTER and listed:
            break
    for at in sorted(listed):
        element_there = next(iter_elements(read_at, at, segment.end), None)
        if element_there is not None and element_there.kind in (_INFO, _TAGS):
            found[element_there.start] = element_there
    return list(found.values())


def _positions(read_at: ReadAt, seek_head: Element, base: int) -> Iterator[int]:
    for seek in iter_elements(read_at, seek_head.start, seek_head.end):
        numbers = {
            child.kind: int.from_bytes(read_at(child.start, min(child.end - child.start, 8)), "big")
            for child in iter_elements(read_at, seek.start, seek.end)
        }
        if numbers.get(_SEEK_ID) in (_INFO, _TAGS) and _SEEK_POSITION in numbers:
            yield base + numbers[_SEEK_POSITION]


def _tags(read_at: ReadAt, tags: Element) -> Iterator[_Tag]:
    for tag in iter_elements(read_at, tags.start, tags.end):
        target: int | None = None
        for child in iter_elements(read_at, tag.start, tag.end):
            if child.kind == _TARGETS:
                for part in iter_elements(read_at, child.start, child.end):
                    if part.kind == _TARGET_TYPE:
                        target = int.from_bytes(read_at(part.start, min(part.end - part.start, 8)), "big")
            elif child.kind == _SIMPLE_TAG:
                parts = {
                    part.kind: _text(read_at, part)
                    for part in iter_elements(read_at, child.start, child.end)
                    if part.kind in (_NAME, _STRING)
                }
                yield _Tag(target, parts.get(_NAME, "").upper(), parts.get(_STRING, ""))


def _text(read_at: ReadAt, element: Element) -> str:
    text = read_at(element.start, min(element.end - element.start, MOST_BYTES))
    return text.decode("utf-8", "replace").partition("\0")[0]
