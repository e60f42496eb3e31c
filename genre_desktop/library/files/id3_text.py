"""The texts of ID3 tags that give title, artist, album and genres, with bounded reading.

For ID3 tags in places that mutagen does not know. Frames that are compressed or encrypted are passed over.

References
----------
https://id3.org/id3v2.4.0-structure, https://id3.org/id3v2.3.0, https://id3.org/id3v2-00
"""

from __future__ import annotations

from typing import Final

from genre_desktop.library.files.audio_payload import ReadAt
from genre_desktop.library.files.tag_texts import MOST_BYTES, TagTexts, decoded

_MOST_FRAMES: Final = 1_000
"""Frames that are looked at; a tag with a lot of pictures and ratings has a hundred."""

_FRAMES: Final = {
    **{b"TIT2": "title", b"TPE1": "artist", b"TPE2": "album artist", b"TALB": "album", b"TCON": "genre"},
    **{b"TT2": "title", b"TP1": "artist", b"TP2": "album artist", b"TAL": "album", b"TCO": "genre"},
}
_ENCODINGS: Final = ("cp1252", "utf-16", "utf-16-be", "utf-8")
_UNSYNCHRONISED: Final = 0x80
_EXTENDED: Final = 0x40


def read_id3(read_at: ReadAt, start: int, end: int) -> TagTexts:
    """The texts of the ID3v2 tag at `start`, which ends before `end`; none where there is no such tag.

    ATRAC files have one that begins with another word.
    """
    head = read_at(start, 10)
    if len(head) < 10 or head[:3] not in (b"ID3", b"ea3") or head[3] not in (2, 3, 4):
        return TagTexts()
    version, flags = head[3], head[5]
    end = min(end, start + 10 + _synchsafe(head[6:10]))
    at = start + 10
    if flags & _EXTENDED and version > 2:
        extended = read_at(at, 4)
        at += _synchsafe(extended) if version == 4 else 4 + int.from_bytes(extended, "big")
    found: dict[str, list[str]] = {}
    n_head = 6 if version == 2 else 10
    for _ in range(_MOST_FRAMES):
        frame = read_at(at, n_head) if at + n_head <= end else b""
        name = frame[: 3 if version == 2 else 4]
        if len(frame) < n_head or not name.isalnum():  # padding, or no frame
            break
        length = int.from_bytes(frame[3:6], "big") if version == 2 else int.from_bytes(frame[4:8], "big")
        if version == 4:
            length = _synchsafe(frame[4:8])
        field = _FRAMES.get(name)
        if field is not None and field not in found and (version == 2 or _is_plain(version, frame[9])):
            is_mixed = bool(flags & _UNSYNCHRONISED) or (version == 4 and bool(frame[9] & 2))
            skipped = 4 if version == 4 and frame[9] & 1 else 0  # the length without changes
            found[field] = _texts(read_at(at + n_head + skipped, min(length - skipped, MOST_BYTES)), is_mixed)
        at += n_head + length
    album_artist = found.pop("album artist", [])
    return TagTexts({"artist": album_artist, **found} if not any(found.get("artist", [])) else found)


def read_id3v1(read_at: ReadAt, size: int) -> TagTexts:
    """The texts of the ID3v1 tag at the end of a file; the genre is a number."""
    tag = read_at(size - 128, 128) if size >= 128 else b""
    texts = TagTexts()
    if tag[:3] == b"TAG":
        for field, start in (("title", 3), ("artist", 33), ("album", 63)):
            texts.add(field, decoded(tag[start : start + 30]).strip())
        texts.add("genre", str(tag[127]))
    return texts


def _texts(content: bytes, is_unsynchronised: bool) -> list[str]:
    if not content or content[0] >= len(_ENCODINGS):
        return []
    text = content[1:].replace(b"\xff\x00", b"\xff") if is_unsynchronised else content[1:]
    return [part.removeprefix("\ufeff") for part in text.decode(_ENCODINGS[content[0]], "replace").split("\0")]


def _is_plain(version: int, flags: int) -> bool:
    """Whether a frame is neither compressed nor encrypted."""
    return not flags & (0x0C if version == 4 else 0xC0)


def _synchsafe(number: bytes) -> int:
    value = 0
    for byte in number:
        value = value << 7 | (byte & 0x7F)
    return value
