"""Damaged files: what can be decoded is, and what is missing is reported."""

import errno
import os

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import BrokeOffError, StreamInfo
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioReadError, DamagedAudioError, NoAudioStreamError
from tests.support.odd_files import encode, id3_tag, music, write_mp3, write_sound
from tests.support.sounds import load_audio

RATE = 22_050


def _cut(path, share):
    os.truncate(path, int(path.stat().st_size * share))
    return path


@pytest.mark.parametrize("format", ["WAV", "AIFF", "AU", "FLAC"])
def test_a_file_cut_in_half_gives_its_half_and_a_problem(tmp_path, format):
    path = _cut(write_sound(tmp_path / "x", music(6.0), format=format), 0.5)
    waveform = load_audio(path, RATE)
    assert waveform.duration_s == pytest.approx(3.0, abs=0.3)
    assert waveform.problem is not None
    assert waveform.problem.code == "GD-106"
    assert waveform.problem.values["seconds_read"] == pytest.approx(waveform.duration_s, abs=0.01)


@pytest.mark.parametrize(
    ("format", "codec", "options"),
    [("mp3", "libmp3lame", {}), ("mp4", "aac", {"movflags": "faststart"}), ("asf", "wmav2", {}), ("tta", "tta", {})],
)
def test_a_cut_file_whose_header_has_its_length_has_a_problem(tmp_path, format, codec, options):
    path = encode(tmp_path / "x", music(6.0), format=format, codec=codec, bit_rate=64_000, container_options=options)
    waveform = load_audio(_cut(path, 0.5), RATE)
    assert 1.5 < waveform.duration_s < 4.5
    assert waveform.problem is not None


def test_an_ogg_cut_between_pages_has_no_length_to_miss(tmp_path):
    path = write_sound(tmp_path / "x", music(6.0), format="OGG", subtype="VORBIS")
    content = path.read_bytes()
    path.write_bytes(content[: content.find(b"OggS", len(content) // 2)])
    assert load_audio(path, RATE).problem is None


def test_an_ogg_cut_inside_a_page_has_a_problem(tmp_path):
    path = _cut(write_sound(tmp_path / "x", music(6.0), format="OGG", subtype="VORBIS"), 0.5)
    assert load_audio(path, RATE).problem.values["reason"] == "the end is missing"


@pytest.mark.parametrize("size", [b"\x00" * 4, b"\xff" * 4])
def test_a_wav_whose_recorder_did_not_know_the_length_is_whole(tmp_path, size):
    path = write_sound(tmp_path / "x", music(2.0))
    content = bytearray(path.read_bytes())
    content[40:44] = size
    path.write_bytes(content)
    waveform = load_audio(path, RATE)
    assert waveform.problem is None
    assert waveform.duration_s == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("format", ["FLAC", "MP3"])
def test_bad_frames_in_the_middle_are_skipped(tmp_path, format):
    path = tmp_path / "x"
    write_mp3(path, music(6.0)) if format == "MP3" else write_sound(path, music(6.0), format=format)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 800] = np.random.default_rng(0).integers(0, 256, 800, dtype=np.uint8).tobytes()
    path.write_bytes(content)
    waveform = load_audio(path, RATE)
    assert waveform.problem is None
    assert waveform.duration_s == pytest.approx(6.0, abs=0.5)


_TAILS = {
    "ID3v1": b"TAG" + b"x" * 125,
    "APEv2": b"APETAGEX" + b"\xd0\x07\x00\x00" + bytes(20) + b"key=value" * 50,
    "zip": b"PK\x03\x04" + b"abc" * 3_000,
    "noise": np.random.default_rng(5).integers(0, 256, 20_000, dtype=np.uint8).tobytes(),
    "zeros": bytes(100_000),
}


@pytest.mark.parametrize("tail", _TAILS)
@pytest.mark.parametrize("format", ["MP3", "FLAC", "WAV", "Ogg"])
def test_what_stands_behind_the_sound_is_no_damage(tmp_path, format, tail):
    path = tmp_path / "x"
    if format == "MP3":
        write_mp3(path, music(3.0))
    else:
        write_sound(path, music(3.0), format=format.upper())
    path.write_bytes(path.read_bytes() + _TAILS[tail])
    waveform = load_audio(path, RATE)
    assert waveform.problem is None
    assert waveform.duration_s == pytest.approx(3.0, abs=0.15)


def test_a_tag_of_megabytes_in_front_does_not_matter(tmp_path):
    path = write_mp3(tmp_path / "x", music(2.0))
    path.write_bytes(id3_tag(6 << 20) + path.read_bytes())
    assert load_audio(path, RATE).duration_s == pytest.approx(2.0, abs=0.1)


def test_a_hole_in_an_ogg_costs_only_what_stood_there(tmp_path):
    sound = np.random.default_rng(0).normal(0, 0.2, (60 * RATE, 1)).astype(np.float32)
    path = write_sound(tmp_path / "x", sound, format="OGG", subtype="VORBIS")
    content = bytearray(path.read_bytes())
    hole = slice(len(content) // 3, len(content) // 3 + 200_000)
    content[hole] = bytes(200_000)
    path.write_bytes(content)
    kept = 1 - 200_000 / len(content)
    assert load_audio(path, RATE).duration_s == pytest.approx(60.0 * kept, rel=0.1)


def test_a_known_container_without_anything_to_decode_is_damaged(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"fLaC" + bytes(500))
    with pytest.raises(DamagedAudioError) as caught:
        open_audio(path)
    assert caught.value.values["seconds_read"] == 0.0


_HUGE_ROWS = {
    "zeros": b"RIFF\xff\xff\xff\x7fWAVE" + bytes(2_000_000),
    "empty chunks": b"RIFF\xff\xff\xff\x7fWAVE" + 250_000 * b"JUNK\0\0\0\0",
    "empty chunks, AIFF": b"FORM\x7f\xff\xff\xffAIFF" + 250_000 * b"JUNK\0\0\0\0",
    "empty tags": 200_000 * b"ID3\x03\0\0\0\0\0\0",
}


@pytest.mark.parametrize("content", _HUGE_ROWS.values(), ids=_HUGE_ROWS)
def test_a_row_of_nothing_is_not_walked_to_its_end(tmp_path, monkeypatch, content):
    path = tmp_path / "preallocated"
    path.write_bytes(content)
    n_calls = 0
    for name in ("peek_at", "readinto", "seek"):
        plain = getattr(SourceFile, name)

        def counted(*arguments, plain=plain):
            nonlocal n_calls
            n_calls += 1
            return plain(*arguments)

        monkeypatch.setattr(SourceFile, name, counted)
    with pytest.raises((DamagedAudioError, NoAudioStreamError)):
        open_audio(path)
    assert n_calls < 100_000


@pytest.mark.parametrize("rate", [0, 1])
def test_a_second_decoder_that_breaks_off_too_is_damage(tmp_path, monkeypatch, rate):
    path = write_sound(tmp_path / "x", music(2.0))
    once = SoundFileDecoder.chunks

    def half(self):
        yield next(once(self))
        raise BrokeOffError("the first")

    def impossible(self):
        yield np.zeros((200_000, 1), np.float32), 50_000
        yield np.zeros((100, 1), np.float32), rate

    monkeypatch.setattr("genre_desktop.audio.decode.soundfile_decoder.segment_frames", lambda *_: 4_096)
    monkeypatch.setattr(SoundFileDecoder, "chunks", half)
    monkeypatch.setattr(PyAVDecoder, "chunks", impossible)
    monkeypatch.setattr(PyAVDecoder, "_describe", lambda *_: StreamInfo("WAV", "x", RATE, 1, None, None))
    with open_audio(path) as reader:
        assert sum(map(len, reader.blocks(RATE))) > 0
    assert reader.problem is not None and f"sample rate of {rate} Hz" in str(reader.problem)


@pytest.mark.parametrize("format", ["WAV", "MP3"])
def test_a_drive_that_fails_half_way_is_no_end_of_the_song(tmp_path, monkeypatch, format):
    path = tmp_path / "x"
    write_mp3(path, music(60.0)) if format == "MP3" else write_sound(path, music(60.0))
    limit = path.stat().st_size // 2
    plain = SourceFile.readinto

    def readinto(self, buffer):
        if self.tell() < limit:
            return plain(self, buffer)
        self.error = OSError(errno.EIO, "Input/output error")
        return 0

    monkeypatch.setattr(SourceFile, "readinto", readinto)
    with open_audio(path) as reader, pytest.raises(AudioReadError, match="Input/output error"):
        list(reader.blocks(RATE))
