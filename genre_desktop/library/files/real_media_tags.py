"""Title and artist of RealMedia files, from their content description.

References
----------
Helix, RealMedia File Format, "Content Description Header"
"""

from __future__ import annotations

from typing import Final

from genre_desktop.library.files.audio_payload import ReadAt
from genre_desktop.library.files.tag_texts import MOST_BYTES, TagTexts, decoded

_MOST_CHUNKS: Final = 100


def read_real_media(read_at: ReadAt, size: int) -> TagTexts:
    """The texts of a RealMedia or RealAudio file of `size` bytes; none where it is of another format."""
    texts = TagTexts()
    at = 0 if read_at(0, 4) == b".RMF" else size
    for _ in range(_MOST_CHUNKS):
        head = read_at(at, 10) if at < size else b""
        length = int.from_bytes(head[4:8], "big")
        if len(head) < 10 or length < 10 or head[:4] == b"DATA":
            break
        if head[:4] == b"CONT":
            content = read_at(at + 10, min(length - 10, 4 * MOST_BYTES))
            for field in ("title", "artist"):
                n = int.from_bytes(content[:2], "big")
                texts.add(field, decoded(content[2 : 2 + n]))
                content = content[2 + n :]
            break
        at += length
    return texts
