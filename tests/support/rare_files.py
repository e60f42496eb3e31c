"""Sound files that encoders write rarely or never: several tracks, DSD, tags beyond all measure."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.containers import ogg
from genre_desktop.audio.decode.source_file import SourceFile

LIST_CHUNK = b"LIST" + struct.pack("<I", 26) + b"INFOIART" + struct.pack("<I", 14) + b"Somebody else\0"


def patched(content: bytes, at: int, value: bytes) -> bytes:
    """Bytes with some of them replaced."""
    return content[:at] + value + content[at + len(value) :]


def write_tracks(
    path: Path, format: str, tracks: Sequence[tuple[str, NDArray[np.float32]]], rate: int = 48_000
) -> Path:
    """A file of several audio tracks, each with a codec and samples [shape=(n, channels)] of one length."""
    import av

    with open(path, "wb+") as file, av.open(file, "w", format=format) as out:
        streams = [
            out.add_stream(codec, rate=rate, layout={1: "mono", 2: "stereo"}[samples.shape[1]])
            for codec, samples in tracks
        ]
        for first in range(0, len(tracks[0][1]), rate // 10):
            for stream, (_, samples) in zip(streams, tracks, strict=True):
                piece = np.ascontiguousarray(samples[first : first + rate // 10].T)
                frame = av.AudioFrame(format="fltp", layout=stream.layout, samples=piece.shape[1])
                for plane, channel in zip(frame.planes, piece, strict=True):
                    plane.update(channel)
                frame.sample_rate, frame.pts, frame.time_base = rate, first, Fraction(1, rate)
                out.mux(stream.encode(frame))
        for stream in streams:
            out.mux(stream.encode(None))
    return path


def write_dsf(path: Path, seconds: float, rate: int, *, n_samples: int | None = None, size: int | None = None) -> Path:
    """A DSF file of a tone, by bits drawn with its probability; `n_samples` and `size` are put into its header."""
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    bits = np.random.default_rng(0).random(len(tone)) < (tone + 1) / 2
    packed = np.packbits(bits, bitorder="little").tobytes()
    data = packed + b"\x69" * (-len(packed) % 4_096)
    count = len(bits) if n_samples is None else n_samples
    content = b"fmt " + struct.pack("<QIIIIIIQII", 52, 1, 0, 1, 1, rate, 1, count, 4_096, 0)
    content += b"data" + struct.pack("<Q", len(data) + 12 if size is None else size) + data
    path.write_bytes(b"DSD " + struct.pack("<QQQ", 28, 28 + len(content), 0) + content)
    return path


def id3v24(frames: bytes) -> bytes:
    """An ID3v2.4 tag of these frames."""
    return b"ID3\x04\x00\x00" + _syncsafe(len(frames)) + frames


def id3_text(name: str, text: str) -> bytes:
    """A frame of ID3v2.4 with text of the user's."""
    body = b"\x03" + name.encode() + b"\0" + text.encode()
    return b"TXXX" + _syncsafe(len(body)) + b"\0\0" + body


def _syncsafe(number: int) -> bytes:
    return bytes(number >> shift & 127 for shift in (21, 14, 7, 0))


def vorbis_comments(count: int) -> bytes:
    """Comments of Ogg and FLAC files, each with a name of its own."""
    entries = [b"K%d=v" % number for number in range(count)]
    return struct.pack("<III", 0, count, 0)[:8] + b"".join(struct.pack("<I", len(entry)) + entry for entry in entries)


def with_comments(path: Path, comments: bytes) -> Path:
    """Replace the comments of an Ogg file of Vorbis or Opus."""
    with SourceFile(path) as source:
        first = ogg._page_at(source, 0)
        assert first is not None
        is_vorbis = b"vorbis" in source.peek_at(0, 60)
        packets, at = ogg._header_packets(source, first.end, source.total, 2 if is_vorbis else 1)
        tags = b"\x03vorbis" + comments + b"\x01" if is_vorbis else b"OpusTags" + comments
        content = source.peek_at(0, first.end) + ogg._pages([tags, *packets[1:]], first.serial)
        content += source.peek_at(at, source.total - at)
    path.write_bytes(content)
    return path


def atom(name: bytes, content: bytes) -> bytes:
    """An atom of an MP4 file."""
    return struct.pack(">I", 8 + len(content)) + name + content


def with_tags(path: Path, items: bytes) -> Path:
    """Replace the tags of an MP4 file that ends with its ``moov`` by these atoms."""
    content = path.read_bytes()
    at = content.find(b"moov") - 4
    movie = content[at + 8 :]
    old = movie.find(b"udta")
    movie = movie[: old - 4] if old > 0 else movie
    meta = atom(b"meta", bytes(4) + atom(b"hdlr", bytes(8) + b"mdirappl" + bytes(9)) + atom(b"ilst", items))
    path.write_bytes(content[:at] + atom(b"moov", movie + atom(b"udta", meta)))
    return path
