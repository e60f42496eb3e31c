"""Names of codecs that FFmpeg has no decoder for, as the container gives them."""

from __future__ import annotations

import re

from genre_desktop.audio.decode.containers.mp4 import sample_entry_types
from genre_desktop.audio.decode.source_file import SourceFile

_HEAD_BYTES = 1 << 16
_MATROSKA_CODEC = re.compile(rb"\x86([\x82-\xbf])(A_[A-Z0-9/_.]+)")
_AU_ENCODINGS = frozenset({*range(1, 8), *range(23, 28)})
"""Those that libsndfile or FFmpeg decode: mu-law, samples of whole numbers and floating point, ADPCM and A-law."""

_CAF_DECODED = frozenset(
    {b"lpcm", b"alac", b"aac ", b"opus", b"flac", b".mp3", b"ima4", b"ulaw", b"alaw", b"MAC3", b"MAC6"}
)
"""Those that libsndfile or FFmpeg decode. Both refuse sound whose packets are listed behind it where that part is lost:
such a file is damaged."""

_ASF_AUDIO = bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b")
"""The type "audio" in a Stream Properties Object."""


def codec_name(source: SourceFile, container: str | None) -> str | None:
    """The name of the first audio codec in a file, for a person; None where the container does not tell it."""
    head = source.look_at(0, _HEAD_BYTES)
    if container == "MP4":
        types = sample_entry_types(source)
        return types[0].strip() if types else None
    if container == "WAV" and head[12:16] == b"fmt ":
        return _wave_format(int.from_bytes(head[20:22], "big" if head[:4] == b"RIFX" else "little"))
    if container == "AIFF":
        at = head.find(b"COMM")
        name = head[at + 26 : at + 30]
        return name.decode("latin-1").strip() if at > 0 and name.isalnum() else None
    if container == "AU":
        encoding = int.from_bytes(head[12:16], "big" if head[:1] == b"." else "little")
        return None if encoding in _AU_ENCODINGS else f"AU {encoding}"
    if container == "CAF" and head[8:12] == b"desc":
        return None if head[28:32] in _CAF_DECODED else head[28:32].decode("latin-1").strip()
    if container == "Matroska":
        found = _MATROSKA_CODEC.search(head)
        return found[2][: found[1][0] & 0x3F].decode("ascii") if found else None
    if container == "AVI":
        at = head.find(b"auds")
        form = head.find(b"strf", at)
        return _wave_format(int.from_bytes(head[form + 8 : form + 10], "little")) if 0 < at < form else None
    if container == "ASF":
        at = head.find(_ASF_AUDIO)
        return _wave_format(int.from_bytes(head[at + 54 : at + 56], "little")) if at > 0 else None
    return None


def _wave_format(number: int) -> str:
    return f"WAVE 0x{number:04X}"
