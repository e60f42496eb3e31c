"""Title, artist, album and genres of an APEv2 tag at the end of a file, with bounded reading.

Musepack, WavPack and Monkey's Audio keep their tags in it, and some programs write it behind MP3, AAC and TTA as well,
where mutagen does not look for it.

References
----------
https://wiki.hydrogenaud.io/index.php?title=APEv2_specification
"""

from __future__ import annotations

import struct
from typing import Final

from genre_desktop.library.files.audio_payload import ReadAt
from genre_desktop.library.files.tag_texts import MOST_BYTES, TagTexts, decoded

_MOST_ITEMS: Final = 1_000
_LONGEST_KEY: Final = 255
_IS_TEXT: Final = 0


def read_ape(read_at: ReadAt, size: int) -> TagTexts:
    """The texts of the APEv1 or APEv2 tag at the end of a file, before an ID3v1 tag if there is one."""
    end = size - 128 if size >= 128 and read_at(size - 128, 3) == b"TAG" else size
    footer = read_at(end - 32, 32) if end >= 32 else b""
    texts = TagTexts()
    if footer[:8] != b"APETAGEX":
        return texts
    length, n_items = struct.unpack("<II", footer[12:20])
    at, end = max(0, end - length), end - 32
    found: dict[str, list[str]] = {}
    for _ in range(min(n_items, _MOST_ITEMS)):
        head = read_at(at, 8 + _LONGEST_KEY + 1)
        key, is_ended, _ = head[8:].partition(b"\0")
        if at + 8 >= end or not is_ended:
            break
        n_bytes, flags = struct.unpack("<II", head[:8])
        at += 8 + len(key) + 1
        name = key.decode("latin-1").lower()
        if flags >> 1 & 3 == _IS_TEXT and name not in found:
            content = read_at(at, min(n_bytes, MOST_BYTES, max(0, end - at)))
            found[name] = [decoded(part) for part in content.split(b"\0")]
        at += n_bytes
    if not any(found.get("artist", [])):
        found["artist"] = found.get("album artist", [])
    return TagTexts(found)
