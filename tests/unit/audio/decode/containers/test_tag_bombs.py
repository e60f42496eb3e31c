"""Tags beyond all measure cost no sound: decoders never see them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.containers.streams import lay_out
from genre_desktop.audio.decode.file_format import detect_format
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.library.files.file_facts import read_facts
from tests.support.odd_files import encode, music, write_mp3, write_sound
from tests.support.rare_files import atom, id3_text, id3v24, vorbis_comments, with_comments, with_tags

RATE = 44_100
SOUND = music(2.0, RATE, 2)
MANY = 20_000
"""Enough for the square of it to be seconds, and few enough to be made quickly."""


def _compressed(n_bytes: int) -> bytes:
    """An ID3 tag with a frame that unpacks to so many bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(n_bytes >> 20)) + packer.flush()
    sizes = [
        bytes(n >> shift & 127 for shift in (21, 14, 7, 0)) for n in (min(n_bytes, (1 << 28) - 1), len(packed) + 4)
    ]
    return id3v24(b"TXXX" + sizes[1] + b"\x00\x09" + sizes[0] + packed)


def _chunk(name: bytes, content: bytes, order: str = "<") -> bytes:
    return name + struct.pack(order + "I", len(content)) + content + bytes(len(content) % 2)


def _behind_head(format: str, chunks: bytes) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        content = write_sound(folder / "w", SOUND, RATE, format=format).read_bytes()
        return content[:12] + chunks + content[12:]

    return make


def _flac(blocks: bytes) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        content = write_sound(folder / "w", SOUND, RATE, format="FLAC").read_bytes()
        return content[:42] + blocks + content[42:]

    return make


def _block(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + len(content).to_bytes(3, "big") + content


def _ogg(count: int, codec: str) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        if codec == "vorbis":
            path = write_sound(folder / "w", SOUND, RATE, format="OGG", subtype="VORBIS")
        else:
            path = encode(folder / "w", music(2.0, 48_000, 2), 48_000, format="ogg", codec="libopus")
        return with_comments(path, vorbis_comments(count)).read_bytes()

    return make


def _mp4(items: bytes) -> Callable[[Path], bytes]:
    return lambda folder: with_tags(encode(folder / "w", SOUND, RATE, format="ipod", codec="aac"), items).read_bytes()


def _deep_mp4(folder: Path) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="ipod", codec="aac").read_bytes()
    at = content.find(b"moov") - 4
    deep = b"".join(struct.pack(">I", 8 * (MANY - i)) + b"udta" for i in range(MANY))
    return content[:at] + atom(b"moov", content[at + 8 :] + deep)


def _ape(content: bytes, count: int, n_written: int) -> bytes:
    items = b"".join(struct.pack("<II", 1, 0) + b"k%d\0v" % number for number in range(n_written))
    return content + items + b"APETAGEX" + struct.pack("<IIII", 2_000, len(items) + 32, count, 0) + bytes(8)


def _mp3(folder: Path) -> bytes:
    return write_mp3(folder / "w", SOUND, RATE).read_bytes()


def _asf(folder: Path) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="asf", codec="wmav2", bit_rate=96_000).read_bytes()
    names = [f"k{number}\0".encode("utf-16-le") for number in range(MANY)]
    entries = b"".join(struct.pack("<H", len(name)) + name + struct.pack("<HH", 0, 4) + b"v\0\0\0" for name in names)
    described = UUID("D2D0A440-E307-11D2-97F0-00A0C95EA850").bytes_le
    described += struct.pack("<QH", 26 + len(entries), MANY) + entries
    size, count = struct.unpack("<QI", content[16:28])
    head = content[:16] + struct.pack("<QI", size + len(described), count + 1) + content[28:size]
    return head + described + content[size:]


def _element(name: bytes, content: bytes) -> bytes:
    return name + (0x10000000 | len(content)).to_bytes(4, "big") + content


def _matroska(folder: Path) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="matroska", codec="aac").read_bytes()
    tags = b"".join(
        _element(b"\x67\xc8", _element(b"\x45\xa3", b"k%d" % n) + _element(b"\x44\x87", b"v")) for n in range(4 * MANY)
    )
    at = content.find(b"\x1f\x43\xb6\x75")
    content = content[:at] + _element(b"\x12\x54\xc3\x67", _element(b"\x73\x73", tags)) + content[at:]
    size = content.find(b"\x18\x53\x80\x67") + 4
    return content[:size] + b"\x01" + b"\xff" * 7 + content[size + 8 :]


BOMB = _compressed(300 << 20)
BOMBS: dict[str, Callable[[Path], bytes]] = {
    "mp3, zlib": lambda folder: BOMB + _mp3(folder),
    "mp3, frames": lambda folder: id3v24(b"".join(id3_text(f"{n}", "v") for n in range(5 * MANY))) + _mp3(folder),
    "mp3, ape count": lambda folder: _ape(_mp3(folder), 2**32 - 1, 5),
    "mp3, ape items": lambda folder: _ape(_mp3(folder), 3 * MANY, 3 * MANY),
    "wav, zlib": _behind_head("WAV", _chunk(b"id3 ", BOMB)),
    "wav, lists": _behind_head("WAV", _chunk(b"LIST", b"INFO") * (10 * MANY)),
    "aiff, zlib": _behind_head("AIFF", _chunk(b"ID3 ", BOMB, ">")),
    "aiff, notes": _behind_head("AIFF", _chunk(b"ANNO", b"ab", ">") * (10 * MANY)),
    "flac, comments": _flac(_block(4, vorbis_comments(5 * MANY))),
    "flac, pictures": _flac(_block(6, bytes(1 << 23)) * 4),
    "vorbis, comments": _ogg(5 * MANY, "vorbis"),
    "opus, comments": _ogg(5 * MANY, "opus"),
    "m4a, items": _mp4(
        b"".join(
            atom(b"----", atom(b"mean", bytes(4) + b"a") + atom(b"name", b"%08d" % n) + atom(b"data", bytes(8) + b"v"))
            for n in range(MANY)
        )
    ),
    "m4a, deep": _deep_mp4,
    "m4a, cover": _mp4(atom(b"covr", atom(b"data", struct.pack(">II", 14, 0) + bytes(70 << 20)))),
    "wma, attributes": _asf,
    "matroska, tags": _matroska,
}


@pytest.mark.parametrize("name", BOMBS)
def test_the_sound_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(BOMBS[name](tmp_path))
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(22_050)))
        assert reader.problem is None
    assert len(samples) / 22_050 == pytest.approx(2.0, abs=0.1)
    assert np.abs(samples).max() > 0.2


@pytest.mark.parametrize("name", sorted(BOMBS.keys() - {"wma, attributes", "matroska, tags"}))
def test_decoders_do_not_see_the_tags(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(BOMBS[name](tmp_path))
    with SourceFile(path) as source:
        detected = detect_format(source)
        lay_out(source, detected.container, detected.offset, source.total)
        seen = source.look_at(0, 1 << 27)
        for trace in (b"id3 ", b"ID3 ", b"APETAGEX", b"LIST", b"ANNO", b"K77=v"):
            assert trace not in seen
        assert seen.count(b"udta") == 0 or name == "m4a, deep"


@pytest.mark.parametrize("name", BOMBS)
def test_the_facts_of_the_file_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.sound"
    path.write_bytes(BOMBS[name](tmp_path))
    facts = read_facts(path)
    assert facts.size == path.stat().st_size and facts.title == ""
