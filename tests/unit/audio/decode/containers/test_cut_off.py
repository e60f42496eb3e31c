"""Files that end inside a part of their container are damaged, and others are not."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from tests.support.odd_files import encode, music, write_sound

RATE = 48_000
SOUND = music(12.0, RATE, 2)
FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "1000000"}


def _encoded(format: str, codec: str, **options: str) -> Callable[[Path], bytes]:
    return lambda path: encode(path, SOUND, RATE, format=format, codec=codec, container_options=options).read_bytes()


def _dsdiff(path: Path) -> bytes:
    """A tone of 12 s, by bits drawn with its probability."""
    rate = 44_100 * 64
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(12 * rate) / rate)
    bits = np.packbits(np.random.default_rng(0).random(len(tone)) < (tone + 1) / 2).tobytes()

    def chunk(name: bytes, content: bytes) -> bytes:
        return name + struct.pack(">Q", len(content)) + content

    properties = chunk(b"FS  ", struct.pack(">I", rate)) + chunk(b"CHNL", b"\0\1C   ")
    properties += chunk(b"CMPR", b"DSD \x0fnot compressed.")
    return chunk(
        b"FRM8", b"DSD " + chunk(b"FVER", bytes(4)) + chunk(b"PROP", b"SND " + properties) + chunk(b"DSD ", bits)
    )


FILES: dict[str, Callable[[Path], bytes]] = {
    "vorbis": lambda path: write_sound(path, SOUND, RATE, format="OGG", subtype="VORBIS").read_bytes(),
    "opus": _encoded("ogg", "libopus"),
    "matroska": _encoded("matroska", "libmp3lame"),
    "webm": _encoded("webm", "libopus"),
    "fragments": _encoded("mp4", "aac", **FRAGMENTS),
    "avi": _encoded("avi", "libmp3lame"),
    "dsdiff": _dsdiff,
}


def _problem(path: Path) -> tuple[float, str]:
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(RATE))) / RATE
        return seconds, "" if reader.problem is None else reader.problem.code


@pytest.mark.parametrize("share", [0.4, 0.71])
@pytest.mark.parametrize("name", FILES)
def test_cut_off(tmp_path: Path, name: str, share: float) -> None:
    path = tmp_path / "x"
    content = FILES[name](tmp_path / "whole")
    path.write_bytes(content[: int(share * len(content))])
    seconds, problem = _problem(path)
    assert problem == "GD-106"
    assert seconds == pytest.approx(12.0 * share, abs=1.5)
    with pytest.raises(CannotSeekError):
        open_excerpts(path)


@pytest.mark.parametrize("behind", [b"", b"lyrics\n" * 2_000, b"PK\x03\x04" + bytes(9_000)])
@pytest.mark.parametrize("name", FILES)
def test_whole(tmp_path: Path, name: str, behind: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(FILES[name](tmp_path / "whole") + behind)
    seconds, problem = _problem(path)
    assert problem == ""
    assert seconds == pytest.approx(12.0, abs=0.1)


@pytest.mark.parametrize("filling", [bytes(8_192), b"\x55" * 8_192])
def test_a_hole_that_ends_a_film_in_fragments(tmp_path: Path, filling: bytes) -> None:
    path = tmp_path / "x"
    content = FILES["fragments"](tmp_path / "whole")
    at = content.find(b"moof", len(content) // 2) - 100
    path.write_bytes(content[:at] + filling + content[at + len(filling) :])
    seconds, problem = _problem(path)
    assert seconds < 10.0
    assert problem == "GD-106"
