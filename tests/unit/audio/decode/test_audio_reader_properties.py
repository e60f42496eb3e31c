"""Whatever the bytes are: finite sound or a typed error, and an end."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.core.errors import AudioError
from tests.support.odd_files import encode, id3_tag, music, write_mp3, write_sound

_RATE = 22_050
_SECONDS = 0.3


@cache
def _seeds() -> dict[str, bytes]:
    sound = music(_SECONDS)
    seeds = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        for format, subtype in (
            ("WAV", "PCM_16"),
            ("WAV", "FLOAT"),
            ("WAV", "IMA_ADPCM"),
            ("WAVEX", "PCM_24"),
            ("RF64", "PCM_16"),
            ("AIFF", "PCM_16"),
            ("AU", "PCM_16"),
            ("CAF", "PCM_16"),
            ("W64", "PCM_16"),
            ("VOC", "PCM_16"),
            ("SDS", "PCM_16"),
            ("FLAC", "PCM_16"),
            ("OGG", "VORBIS"),
        ):
            seeds[f"{format} {subtype}"] = write_sound(path, sound, format=format, subtype=subtype).read_bytes()
        for format, codec in (
            ("mp4", "aac"),
            ("mp4", "alac"),
            ("asf", "wmav2"),
            ("ogg", "libopus"),
            ("matroska", "aac"),
            ("adts", "aac"),
            ("wav", "libmp3lame"),
            ("avi", "libmp3lame"),
        ):
            rate = 48_000 if codec == "libopus" else _RATE
            seeds[f"{format} {codec}"] = encode(
                path, music(_SECONDS, rate), rate, format=format, codec=codec, bit_rate=64_000
            ).read_bytes()
        seeds["MP3"] = write_mp3(path, sound).read_bytes()
        seeds["MP3 with tag"] = id3_tag(300) + seeds["MP3"]
    return seeds


_OFFSETS = st.one_of(st.integers(0, 200), st.integers(0, 20_000))
_MUTATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), _OFFSETS, st.binary(min_size=1, max_size=4)),
        st.tuples(st.just("set"), _OFFSETS, st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f", b"\x80"])),
        st.tuples(st.just("insert"), _OFFSETS, st.binary(min_size=1, max_size=200)),
        st.tuples(st.just("delete"), _OFFSETS, st.binary(min_size=1, max_size=200)),
        st.tuples(st.just("truncate"), _OFFSETS, st.just(b"")),
    ),
    max_size=8,
)


def _mutate(content: bytes, mutations: list[tuple[str, int, bytes]]) -> bytes:
    data = bytearray(content)
    for kind, offset, value in mutations:
        at = offset % max(1, len(data))
        if kind == "set":
            data[at : at + len(value)] = value
        elif kind == "insert":
            data[at:at] = value
        elif kind == "delete":
            del data[at : at + len(value)]
        else:
            del data[at:]
    return bytes(data)


def _check(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        with open_audio(path) as reader:
            count = 0
            for block in reader.blocks(_RATE):
                assert block.dtype == np.float32
                assert block.ndim == 1
                assert block.size > 0
                assert np.isfinite(block).all()
                count += len(block)
                # A third of a second turns into minutes at most, by a header that says 1 kHz.
                assert count < 600 * _RATE
            assert reader.seconds_read >= 0.0
    except AudioError as error:
        assert error.code.startswith("GD-1")
        assert str(path) in str(error)


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_mutated_files(tmp_path, data):
    name = data.draw(st.sampled_from(sorted(_seeds())))
    _check(tmp_path / "x", _mutate(_seeds()[name], data.draw(_MUTATIONS)))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    front=st.sampled_from(
        [
            b"",
            b"RIFF\x00\x10\x00\x00WAVEfmt ",
            b"fLaC",
            b"OggS",
            b"ID3\x04\x00\x00\x00\x00\x00\x05",
            b"\xff\xfb\x90\x64",
            b"\x00\x00\x00\x18ftypM4A ",
            b"FORM\x00\x00\x10\x00AIFF",
            b".snd\x00\x00\x00\x18",
            b"\x1aE\xdf\xa3",
            b"\xf0\x7e\x00\x01",
        ]
    ),
    body=st.binary(max_size=3_000),
)
def test_random_bytes(tmp_path, front, body):
    _check(tmp_path / "x", front + body or b"\0")
