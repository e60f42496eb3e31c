"""Of two decoders the one that gets further is believed, in both directions and without repeated sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.decode import stream_reader
from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import BrokeOffError
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from tests.support.odd_files import music, write_sound
from tests.support.sounds import load_audio

RATE = 44_100
SOUND = music(6.0, RATE)
FORMATS = {"flac": ("FLAC", "PCM_16"), "vorbis": ("OGG", "VORBIS"), "wav": ("WAV", "PCM_16"), "caf": ("CAF", "PCM_24")}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The backends whose samples were asked for, in order."""
    used: list[str] = []
    for kind in (SoundFileDecoder, PyAVDecoder):
        plain: Any = kind.chunks

        def chunks(self: Any, plain: Any = plain) -> Iterator[Any]:
            used.append(self.backend)
            return plain(self)

        monkeypatch.setattr(kind, "chunks", chunks)
    return used


def _path(folder: Path, name: str) -> Path:
    format, subtype = FORMATS[name]
    return write_sound(folder / name, SOUND, RATE, format=format, subtype=subtype)


@pytest.mark.parametrize("name", FORMATS)
def test_an_intact_file_is_decoded_once(tmp_path: Path, opened: list[str], name: str) -> None:
    with open_audio(_path(tmp_path, name)) as reader:
        list(reader.blocks(RATE))
    assert opened == [reader.info.backend]


@pytest.mark.parametrize("how", ["breaks off", "ends early"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_second_decoder_goes_on_where_the_first_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, how: str
) -> None:
    path = _path(tmp_path, name)
    expected = load_audio(path, RATE).samples
    first = PyAVDecoder if name == "vorbis" else SoundFileDecoder
    plain: Any = first.chunks
    monkeypatch.setattr(stream_reader, "_UNREAD_BYTES", 8)

    def half(self: Any) -> Iterator[Any]:
        chunks = plain(self)
        samples, rate = next(chunks)
        yield samples[:50_001], rate
        self._source.seek(100)
        if how == "breaks off":
            raise BrokeOffError("the first gives up")

    monkeypatch.setattr(first, "chunks", half)
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
        assert reader.problem is None
    assert len(samples) == len(expected)
    np.testing.assert_allclose(samples, expected, atol=1e-3)


@pytest.mark.parametrize("name", FORMATS)
def test_what_neither_reads_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = _path(tmp_path, name)
    lengths = {SoundFileDecoder: 30_000, PyAVDecoder: 40_000}
    for kind, count in lengths.items():
        plain: Any = kind.chunks

        def cut(self: Any, plain: Any = plain, count: int = count) -> Iterator[Any]:
            samples, rate = next(plain(self))
            yield samples[:count], rate
            raise BrokeOffError(f"{self.backend} gives up")

        monkeypatch.setattr(kind, "chunks", cut)
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
    assert len(samples) == 40_000, "the one that gets further is believed"
    assert reader.problem is not None
    assert "pyav gives up" in str(reader.problem)


def test_flac_with_a_hole_in_it_goes_on_behind(tmp_path: Path) -> None:
    content = bytearray(_path(tmp_path, "flac").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 3_000] = bytes(3_000)
    path = tmp_path / "x"
    path.write_bytes(content)
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
    assert len(samples) > 0.9 * len(SOUND)
    begin = int(0.4 * len(SOUND))
    np.testing.assert_allclose(samples[:begin], SOUND[:begin, 0], atol=1e-4)
    end = int(0.3 * len(SOUND))
    np.testing.assert_allclose(samples[-end:], SOUND[-end:, 0], atol=1e-4)
