from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.decode import pyav_excerpts
from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.pyav_packets import decode_packet
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioEmptyError, AudioError, AudioNotFoundError
from tests.support.odd_files import encode, id3_tag, make_odd_files, music, write_sound

SECONDS = 14.0
NO_XING = {"write_xing": "0"}


@lru_cache
def sound(rate: int = 44_100, channels: int = 2) -> NDArray[np.float32]:
    """Music that differs from second to second, with noise that lets a variable bit rate vary."""
    clean = music(SECONDS, rate, channels)
    rng = np.random.default_rng(5)
    level = np.linspace(0, 0.1, len(clean), dtype=np.float32)[:, np.newaxis]
    return clean + level * rng.normal(size=clean.shape).astype(np.float32)


def mp3(path: Path, rate: int = 44_100, *, kbit: int | None = 192, xing: bool = True) -> Path:
    return encode(
        path,
        sound(rate, 2),
        rate,
        format="mp3",
        codec="libmp3lame",
        bit_rate=None if kbit is None else kbit * 1_000,
        options={"q": "4"} if kbit is None else None,
        container_options=None if xing else NO_XING,
    )


def behind_a_tag(path: Path) -> Path:
    mp3(path)
    path.write_bytes(id3_tag(300_000) + path.read_bytes())
    return path


FORMATS: dict[str, Callable[[Path], Path]] = {
    "mp3 192": mp3,
    "mp3 192, no Xing": lambda p: mp3(p, xing=False),
    "mp3 vbr": lambda p: mp3(p, kbit=None),
    "mp3 vbr, no Xing": lambda p: mp3(p, kbit=None, xing=False),
    "mp3 32, MPEG-2": lambda p: mp3(p, 22_050, kbit=32),
    "mp3 8, MPEG-2.5": lambda p: encode(p, sound(8_000, 1), 8_000, format="mp3", codec="libmp3lame", bit_rate=8_000),
    "mp3 behind a tag": behind_a_tag,
    "mp2": lambda p: encode(p, sound(), 44_100, format="mp2", codec="mp2"),
    "vorbis": lambda p: write_sound(p, sound(), 44_100, format="OGG", subtype="VORBIS"),
    "opus": lambda p: encode(p, sound(48_000), 48_000, format="ogg", codec="libopus", bit_rate=96_000),
    "aac": lambda p: encode(p, sound(), 44_100, format="mp4", codec="aac", options={"aac_pns": "0"}),
    "aac, adts": lambda p: encode(p, sound(), 44_100, format="adts", codec="aac", options={"aac_pns": "0"}),
    "alac": lambda p: encode(p, sound(), 44_100, format="mp4", codec="alac"),
    "film": lambda p: encode(p, sound(), 44_100, format="mp4", codec="aac", video=True, options={"aac_pns": "0"}),
    "flac": lambda p: write_sound(p, sound(), 44_100, format="FLAC"),
    "flac in ogg": lambda p: encode(p, sound(), 44_100, format="ogg", codec="flac"),
    "wav": lambda p: write_sound(p, sound(), 44_100),
    "wav, 44056 Hz": lambda p: write_sound(p, sound(), 44_056),
    "adpcm": lambda p: write_sound(p, sound(22_050, 1), 22_050, subtype="IMA_ADPCM"),
    "aiff": lambda p: write_sound(p, sound(), 44_100, format="AIFF", subtype="PCM_16"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder, numbers = tmp_path_factory.mktemp("formats"), count()

    @lru_cache
    def make(name: str) -> Path:
        return FORMATS[name](folder / str(next(numbers)))

    return make


@lru_cache(maxsize=64)
def in_full(path: Path, rate: int) -> NDArray[np.float32]:
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(rate)))
        assert reader.problem is None
        return samples


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shares=st.lists(st.floats(0, 1), min_size=1, max_size=5),
    seconds=st.floats(0.05, 4.0),
    rate=st.sampled_from([16_000, 22_050, 44_100]),
)
def test_excerpts_are_what_reading_in_full_gives_there(
    files: Callable[[str], Path], name: str, shares: list[float], seconds: float, rate: int
) -> None:
    path = files(name)
    whole = in_full(path, rate)
    length = round(seconds * rate)
    starts = sorted(round(share * (len(whole) - length)) for share in shares)
    with open_excerpts(path) as reader:
        assert reader.length_s == pytest.approx(len(whole) / rate, abs=0.08)
        excerpts = list(reader.read(starts, length, rate))
    assert [len(excerpt) for excerpt in excerpts] == [length] * len(starts)
    # MPEG decoders' last bits depend on what went before. Without an edit list FFmpeg gives the encoder's
    # delay too, and overlaps it with whatever it decoded before.
    delay = round(1_024 / 44_100 * rate) + 200 if name == "aac, adts" else 0
    for start, excerpt in zip(starts, excerpts, strict=True):
        odd = max(0, delay - start)
        assert np.abs(excerpt - whole[start : start + length])[odd:].max(initial=0.0) < 2e-4


def test_noise_that_the_decoder_invents_is_the_only_difference(tmp_path: Path) -> None:
    # AAC may say "noise of that level here" (PNS): other noise comes out each time.
    path = encode(tmp_path / "a", sound(), 44_100, format="mp4", codec="aac", options={"aac_pns": "1"}, bit_rate=96_000)
    whole = in_full(path, 22_050)
    with open_excerpts(path) as reader:
        for start, excerpt in zip((50_000, 120_000), reader.read((50_000, 120_000), 40_000, 22_050), strict=True):
            there = whole[start : start + 40_000]
            assert np.corrcoef(there, excerpt)[0, 1] > 0.95
            assert np.std(excerpt) == pytest.approx(np.std(there), rel=0.02)


@pytest.mark.parametrize("name", ["mp3 192", "vorbis", "flac"])
def test_an_excerpt_ends_with_the_track(files: Callable[[str], Path], name: str) -> None:
    path = files(name)
    whole = in_full(path, 22_050)
    with open_excerpts(path) as reader:
        (excerpt,) = reader.read([len(whole) - 10_000], 30_000, 22_050)
    assert len(excerpt) == pytest.approx(10_000, abs=400)  # an MP3's padding is cut by the last packet
    assert np.abs(excerpt[:9_000] - whole[-10_000:-1_000]).max() < 2e-4


def test_packets_that_are_not_kept_are_read_again(
    files: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files("mp3 vbr, no Xing")
    whole = in_full(path, 22_050)
    monkeypatch.setattr(pyav_excerpts, "_KEPT_BYTES", 10_000)
    with open_excerpts(path) as reader:
        assert reader._excerpts._kept is None
        for starts in ([200_000], [50_000, 150_000]):
            for start, excerpt in zip(starts, reader.read(starts, 20_000, 22_050), strict=True):
                assert np.abs(excerpt - whole[start : start + 20_000]).max() < 2e-4


def test_few_packets_are_decoded(files: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []

    def count_and_decode(codec_context: Any, packet: Any) -> list[Any]:
        decoded.append(packet.pts)
        return decode_packet(codec_context, packet)

    monkeypatch.setattr(pyav_excerpts, "decode_packet", count_and_decode)
    with open_excerpts(files("mp3 192")) as reader:
        list(reader.read([100_000], 22_050, 22_050))
        n_packets = reader.length_s * 44_100 / 1_152
    assert 38 < len(decoded) < 0.2 * n_packets


def test_silence_is_judged_by_what_was_read(tmp_path: Path) -> None:
    samples = np.concatenate([np.zeros((220_500, 1), np.float32), music(10.0)])
    path = write_sound(tmp_path / "a.flac", samples, format="FLAC")
    with open_excerpts(path) as reader:
        list(reader.read([0, 60_000], 22_050, 22_050))
        assert reader.is_digital_silence
        list(reader.read([300_000], 22_050, 22_050))
        assert not reader.is_digital_silence


@pytest.mark.parametrize("name", ["mp3 192", "mp3 vbr", "flac", "wav", "aac"])
def test_a_truncated_file_is_read_in_full(files: Callable[[str], Path], name: str, tmp_path: Path) -> None:
    path = tmp_path / "cut"
    content = files(name).read_bytes()
    path.write_bytes(content[: int(0.7 * len(content))])
    with pytest.raises((CannotSeekError, AudioError)):
        open_excerpts(path)


def test_a_stream_behind_another_one_is_read_in_full(tmp_path: Path) -> None:
    one = write_sound(tmp_path / "one", music(4.0), format="OGG", subtype="VORBIS").read_bytes()
    (tmp_path / "two").write_bytes(one + one)
    with pytest.raises(CannotSeekError):
        open_excerpts(tmp_path / "two")


def test_a_format_without_exact_times_is_read_in_full(tmp_path: Path) -> None:
    matroska = encode(tmp_path / "a", music(4.0), format="matroska", codec="aac")
    windows = encode(tmp_path / "b", music(4.0), format="asf", codec="wmav2", bit_rate=64_000)
    for path in (matroska, windows):
        with pytest.raises(CannotSeekError):
            open_excerpts(path)


def test_what_is_no_sound_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AudioNotFoundError):
        open_excerpts(tmp_path / "none.mp3")
    (tmp_path / "empty.mp3").touch()
    with pytest.raises(AudioEmptyError):
        open_excerpts(tmp_path / "empty.mp3")
    (tmp_path / "text.mp3").write_text("words " * 1_000)
    with pytest.raises(CannotSeekError):
        open_excerpts(tmp_path / "text.mp3")


@pytest.mark.parametrize("name", ["mp3 192, no Xing", "wav"])
def test_a_drive_that_fails_is_no_end_of_the_song(
    files: Callable[[str], Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files(name)
    limit = path.stat().st_size // 2
    plain = SourceFile.readinto

    def readinto(self: SourceFile, buffer: memoryview) -> int:
        if self.tell() < limit:
            return plain(self, buffer)
        self.error = OSError(errno.EIO, "Input/output error")
        return 0

    monkeypatch.setattr(SourceFile, "readinto", readinto)
    with pytest.raises(CannotSeekError):
        open_excerpts(path)


def test_cancelling_ends_it(files: Callable[[str], Path]) -> None:
    with pytest.raises(CannotSeekError):
        open_excerpts(files("mp3 192"), is_cancelled=lambda: True)
    is_cancelled = False
    with open_excerpts(files("mp3 192"), is_cancelled=lambda: is_cancelled) as reader:
        excerpts = reader.read([0, 100_000], 20_000, 22_050)
        assert len(next(excerpts)) == 20_000
        is_cancelled = True
        assert list(excerpts) == []


def test_odd_files_give_their_excerpts_or_say_that_they_cannot(tmp_path: Path) -> None:
    n_read = 0
    for odd in make_odd_files(tmp_path):
        try:
            with open_excerpts(odd.path) as reader:
                lengths = [len(part) for part in reader.read([0, 60_000, 120_000], 40_000, 22_050)]
        except (CannotSeekError, AudioError):
            continue
        n_read += 1
        if odd.expect in ("genre", "not music"):
            assert lengths == [40_000] * 3, odd.what
    assert n_read > 30


@pytest.mark.parametrize("name", ["mp3 192", "mp3 vbr, no Xing", "vorbis", "opus", "aac", "flac", "wav", "alac"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_never_hang_or_raise_anything_else(
    files: Callable[[str], Path], name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(files(name).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.one_of(st.integers(0, 200), st.integers(0, len(content) - 1)))
        junk = data.draw(st.binary(min_size=1, max_size=40))
        content[at : at + len(junk)] = junk
    content = content[: data.draw(st.integers(len(content) // 2, len(content)))]
    path = tmp_path_factory.mktemp("fuzz") / "x"
    path.write_bytes(content)
    try:
        with open_excerpts(path) as reader:
            length = min(int(reader.length_s * 16_000), 60 * 16_000)
            for excerpt in reader.read([0, length // 2, max(0, length - 9_000)], 16_000, 16_000):
                assert excerpt.dtype == np.float32
                assert np.isfinite(excerpt).all()
    except (CannotSeekError, AudioError):
        pass
    os.unlink(path)
