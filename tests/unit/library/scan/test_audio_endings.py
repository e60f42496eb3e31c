"""Every ending that folders are searched for is one of a format that the decoders read."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.library.scan.scan import AUDIO_ENDINGS, scan
from tests.support.odd_files import encode, music, write_mp3, write_sound

SECONDS = 2.0
SOUND = music(SECONDS)


def big(kind: bytes, content: bytes, size: str = "I") -> bytes:
    return kind + struct.pack(">" + size, len(content)) + content + bytes(len(content) % 2)


def write_dsf(path: Path) -> Path:
    """A stream file of noise, 2.8 MHz, one channel."""
    n = int(SECONDS * 2_822_400) // 8 // 4096 * 4096
    bits = np.random.default_rng(0).bytes(n)
    form = struct.pack("<QIIIIIIQII", 52, 1, 0, 1, 1, 2_822_400, 1, n * 8, 4096, 0)
    sound = b"fmt " + form + b"data" + struct.pack("<Q", 12 + n) + bits
    path.write_bytes(b"DSD " + struct.pack("<QQQ", 28, 28 + len(sound), 0) + sound)
    return path


def write_dff(path: Path) -> Path:
    """An interchange file of noise, 2.8 MHz, one channel."""
    bits = np.random.default_rng(0).bytes(int(SECONDS * 2_822_400) // 8)
    about = b"SND " + big(b"FS  ", struct.pack(">I", 2_822_400), "Q")
    about += big(b"CHNL", b"\0\1C   ", "Q") + big(b"CMPR", b"DSD \x0enot compressed\0", "Q")
    chunks = big(b"FVER", bytes([1, 5, 0, 0]), "Q") + big(b"PROP", about, "Q") + big(b"DSD ", bits, "Q")
    path.write_bytes(big(b"FRM8", b"DSD " + chunks, "Q"))
    return path


def write_oma(path: Path) -> Path:
    samples = (music(SECONDS, 44_100, 2) * 32_000).astype(">i2").tobytes()
    path.write_bytes(b"EA3\1\0\x60\xff\xff" + bytes(24) + b"\4\x10\x10\x10" + bytes(60) + samples)
    return path


def write_8svx(path: Path) -> Path:
    samples = (SOUND[:, 0] * 120).astype(np.int8).tobytes()
    head = struct.pack(">IIIHBBI", len(samples), 0, 0, 22_050, 1, 0, 65_536)
    path.write_bytes(big(b"FORM", b"8SVX" + big(b"VHDR", head) + big(b"BODY", samples)))
    return path


def libsndfile(format: str, subtype: str | None = None) -> Callable[[Path], Path]:
    return lambda path: write_sound(path, SOUND, format=format, subtype=subtype)


def ffmpeg(format: str, codec: str, rate: int = 44_100) -> Callable[[Path], Path]:
    return lambda path: encode(path, music(SECONDS, rate), rate, format=format, codec=codec)


WRITERS: dict[str, Callable[[Path], Path]] = {
    **dict.fromkeys((".wav", ".wave", ".bwf"), libsndfile("WAV")),
    ".rf64": libsndfile("RF64"),
    ".w64": libsndfile("W64"),
    **dict.fromkeys((".aif", ".aiff", ".aifc"), libsndfile("AIFF", "PCM_16")),
    **dict.fromkeys((".au", ".snd"), libsndfile("AU", "PCM_16")),
    ".caf": libsndfile("CAF", "PCM_16"),
    ".voc": libsndfile("VOC", "PCM_16"),
    ".8svx": write_8svx,
    ".flac": libsndfile("FLAC"),
    **dict.fromkeys((".ogg", ".oga"), libsndfile("OGG", "VORBIS")),
    ".opus": ffmpeg("ogg", "libopus", 48_000),
    **dict.fromkeys((".mp3", ".mpga", ".mpa"), lambda path: write_mp3(path, SOUND)),
    ".mp2": ffmpeg("mp2", "mp2"),
    **dict.fromkeys((".m4a", ".m4b", ".m4r", ".f4a", ".mp4", ".3ga"), ffmpeg("mp4", "aac")),
    ".3gp": ffmpeg("3gp", "aac"),
    **dict.fromkeys((".aac", ".adts"), ffmpeg("adts", "aac")),
    ".ac3": ffmpeg("ac3", "ac3"),
    **dict.fromkeys((".eac3", ".ec3"), ffmpeg("eac3", "eac3")),
    **dict.fromkeys((".wma", ".asf"), lambda path: encode(path, SOUND, format="asf", codec="wmav2", bit_rate=64_000)),
    ".rm": ffmpeg("rm", "ac3"),
    **dict.fromkeys((".oma", ".aa3"), write_oma),
    **dict.fromkeys((".webm", ".weba"), ffmpeg("webm", "libopus", 48_000)),
    ".mka": ffmpeg("matroska", "libopus", 48_000),
    ".wv": ffmpeg("wv", "wavpack"),
    ".tta": ffmpeg("tta", "tta"),
    ".dsf": write_dsf,
    ".dff": write_dff,
}

NOT_WRITTEN = {".spx", ".mp1", ".dts", ".amr", ".awb", ".ra", ".ape", ".mpc", ".mp+", ".tak"}
"""FFmpeg reads them, and neither library here writes them everywhere."""


def test_no_ending_is_forgotten() -> None:
    assert set(WRITERS) | NOT_WRITTEN == AUDIO_ENDINGS
    assert not set(WRITERS) & NOT_WRITTEN


@pytest.mark.parametrize("ending", WRITERS)
def test_a_file_with_the_ending_is_found_and_decoded(tmp_path: Path, ending: str) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending.upper()}")
    assert [*scan([tmp_path])] == [path]
    with open_audio(path) as reader:
        n_samples = sum(map(len, reader.blocks(22_050)))
        assert reader.problem is None
    assert n_samples / 22_050 == pytest.approx(SECONDS, abs=0.3)


@pytest.mark.parametrize("name", ["a.mkv", "a.avi", "a.mov", "a.mpg", "a.ts", "a.flv", "a.vob", "a.jpg", "a.mpp"])
def test_films_and_other_files_are_not_taken_from_folders(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert [*scan([tmp_path])] == []
