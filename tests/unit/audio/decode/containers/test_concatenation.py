"""Files joined byte by byte are heard to the last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.containers.streams import find_streams
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.file_format import detect_format
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.decode.source_file import SourceFile
from tests.support.odd_files import encode, music, write_sound

OUT = 22_050
Make = Callable[[Path, np.ndarray, int], Path]


def _written(format: str, subtype: str = "PCM_16", endian: str | None = None) -> Make:
    def make(path: Path, sound: np.ndarray, rate: int) -> Path:
        import soundfile

        with open(path, "wb+") as file:
            soundfile.write(file, sound, rate, subtype=subtype, format=format, endian=endian)
        return path

    return make


def _coded(format: str, codec: str, **options: str) -> Make:
    return lambda path, sound, rate: encode(path, sound, rate, format=format, codec=codec, container_options=options)


FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "1000000"}
FORMATS: dict[str, Make] = {
    "WAV": _written("WAV"),
    "WAV, 24 bits, mono": lambda path, sound, rate: write_sound(path, sound[:, :1], rate, subtype="PCM_24"),
    "RIFX": _written("WAV", endian="BIG"),
    "RF64": _written("RF64"),
    "AIFF": _written("AIFF"),
    "AU": _written("AU"),
    "CAF": _written("CAF"),
    "TTA": _coded("tta", "tta"),
    "FLV": _coded("flv", "libmp3lame"),
    "MP4": _coded("mp4", "aac"),
    "MP4, index first": _coded("mp4", "aac", movflags="faststart"),
    "MOV": _coded("mov", "pcm_s16le"),
    "MP4, fragments": _coded(
        "mp4", "aac", movflags="frag_keyframe+empty_moov+default_base_moof", frag_duration="1000000"
    ),
}


def _seconds(path: Path) -> float:
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(OUT))) / OUT
        assert reader.problem is None and reader.notes == ()
        return seconds


def _n_streams(path: Path) -> int:
    source = SourceFile(path)
    detected = detect_format(source)
    count = len(find_streams(source, detected.container, detected.offset))
    source.close()
    return count


@pytest.mark.parametrize("rate", [44_100, 22_050])
@pytest.mark.parametrize("name", FORMATS)
def test_two(tmp_path: Path, name: str, rate: int) -> None:
    first = FORMATS[name](tmp_path / "first", music(4.0, 44_100, 2), 44_100).read_bytes()
    second = FORMATS[name](tmp_path / "second", music(3.0, rate, 2), rate).read_bytes()
    path = tmp_path / "x"
    path.write_bytes(first + second)
    assert _seconds(path) == pytest.approx(7.0, abs=0.2)
    with pytest.raises(CannotSeekError):
        open_excerpts(path)
    with open_random_access(path) as access:
        assert len(access.read_mono(round(6.5 * access.sample_rate), 1_000)) == 1_000
    path.write_bytes(first)
    assert _n_streams(path) == 1
    assert _seconds(path) == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("name", ["WAV", "AIFF", "MP4", "TTA", "CAF"])
def test_three_of_which_the_last_is_cut_off(tmp_path: Path, name: str) -> None:
    content = FORMATS[name](tmp_path / "first", music(4.0, 44_100, 2), 44_100).read_bytes()
    path = tmp_path / "x"
    path.write_bytes(2 * content + content[: len(content) // 2])
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(OUT))) / OUT
        assert 7.8 < seconds < 10.6
        assert reader.problem is not None
        assert reader.problem.values["seconds_read"] == pytest.approx(seconds, abs=0.1)
        assert "in the recording that ends at" in str(reader.problem.values["reason"])


@pytest.mark.parametrize("name", ["WAV", "AIFF", "AU", "MP4"])
def test_no_second_behind_other_bytes(tmp_path: Path, name: str) -> None:
    path = FORMATS[name](tmp_path / "x", music(3.0, 44_100, 2), 44_100)
    path.write_bytes(path.read_bytes() + b"PK\x03\x04" + bytes(6_000))
    assert _n_streams(path) == 1
    assert _seconds(path) == pytest.approx(3.0, abs=0.1)


def test_fragments_that_repeat_their_header_are_one_recording(tmp_path: Path) -> None:
    content = FORMATS["MP4, fragments"](tmp_path / "x", music(6.0, 44_100, 2), 44_100).read_bytes()
    header, fragment = content[: content.find(b"moof") - 4], content.find(b"moof", content.find(b"moof") + 4) - 4
    path = tmp_path / "repeated"
    path.write_bytes(content[:fragment] + header + content[fragment:])
    assert _n_streams(path) == 1
    assert _seconds(path) == pytest.approx(6.0, abs=0.2)


@pytest.mark.parametrize("size", [0, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_size_that_is_unknown(tmp_path: Path, size: int) -> None:
    content = bytearray(FORMATS["WAV"](tmp_path / "x", music(3.0, 44_100, 2), 44_100).read_bytes())
    content[40:44] = size.to_bytes(4, "little")
    path = tmp_path / "x"
    path.write_bytes(content)
    assert _n_streams(path) == 1
    assert _seconds(path) == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    "content",
    [
        b"TTA1\x01\0\x02\0\x10\0\x01\0\0\0\xff\xff\xff\xff" + bytes(40_000),
        b"TTA1\x01\0\x02\0\x10\0\xff\xff\xff\xff\0\0\0\0" + bytes(40_000),
        b"caff\x00\x01\0\0" + 10_000 * (b"free" + bytes(8)),
        b"caff\x00\x01\0\0" + b"data" + b"\xff" * 8 + bytes(1_000),
        b".snd" + bytes(40_000),
        b"RIFF\xff\xff\xff\x7fWAVE" + 100_000 * b"JUNK\0\0\0\0",
        b"\0\0\0\x08ftyp" * 20_000,
    ],
)
def test_headers_that_lead_nowhere(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert _n_streams(path) == 1
