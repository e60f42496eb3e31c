"""Of several audio tracks the first that sounds is read, and the others are told of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode import audio_tracks
from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.random_access import open_random_access
from tests.support.odd_files import music
from tests.support.rare_files import write_tracks

RATE = 48_000
LOUD = music(4.0, RATE, 2)
SOFT = music(4.0, RATE, 1) * 0.1
SILENT = np.zeros_like(LOUD)
LATE = LOUD.copy()
LATE[: 3 * RATE] = 0

FORMATS = [
    ("matroska", "aac"),
    ("matroska", "libopus"),
    ("mp4", "aac"),
    ("mov", "alac"),
    ("mpegts", "mp2"),
    ("avi", "mp2"),
]


def _level(samples: np.ndarray) -> float:
    return float(np.abs(samples).max())


@pytest.mark.parametrize(("format", "codec"), FORMATS)
@pytest.mark.parametrize(
    ("tracks", "number", "level"),
    [
        ((SILENT, SOFT), 2, 0.05),
        ((SOFT, LOUD), 1, 0.05),
        ((LATE, SOFT), 1, 0.45),
        ((SILENT, SILENT, LOUD, SOFT), 3, 0.45),
        ((SILENT, SILENT), 1, 0.0),
    ],
)
def test_the_first_that_sounds(
    tmp_path: Path, format: str, codec: str, tracks: tuple[np.ndarray, ...], number: int, level: float
) -> None:
    path = write_tracks(tmp_path / "x", format, [(codec, samples) for samples in tracks])
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
        (note,) = reader.notes
        assert reader.problem is None
    assert note.code == "GD-112"
    assert (note.values["count"], note.values["number"]) == (len(tracks), number)
    assert _level(samples) == pytest.approx(level, rel=0.35)
    with open_random_access(path) as access:
        assert _level(access.read(int(3.2 * RATE), RATE // 2)) == pytest.approx(level, rel=0.5)
    try:
        with open_excerpts(path) as excerpts:
            assert [note.code for note in excerpts.notes] == ["GD-112"]
            assert _level(next(excerpts.read([int(3.2 * RATE)], RATE // 2, RATE))) == pytest.approx(level, rel=0.5)
    except CannotSeekError:
        assert format in ("matroska", "avi")  # times are too coarse


def test_one_track_needs_no_word(tmp_path: Path) -> None:
    with open_audio(write_tracks(tmp_path / "x", "mp4", [("aac", LOUD)])) as reader:
        list(reader.blocks(RATE))
        assert reader.notes == ()


@pytest.mark.parametrize("replaced", [(b"A_AAC", b"A_XYZ"), (b"A_AAC", b"A_AC4")])
def test_a_track_of_an_unknown_codec_is_passed_over(tmp_path: Path, replaced: tuple[bytes, bytes]) -> None:
    path = write_tracks(tmp_path / "x", "matroska", [("aac", LOUD), ("libmp3lame", SOFT)])
    path.write_bytes(path.read_bytes().replace(*replaced, 1))
    with open_audio(path) as reader:
        assert _level(np.concatenate(list(reader.blocks(RATE)))) == pytest.approx(0.05, rel=0.4)
        assert [note.values["number"] for note in reader.notes] == [2]


def test_an_encrypted_track_is_passed_over(tmp_path: Path) -> None:
    path = write_tracks(tmp_path / "x", "mp4", [("aac", LOUD), ("alac", SOFT)])
    path.write_bytes(path.read_bytes().replace(b"mp4a", b"enca", 1))
    with open_audio(path) as reader:
        assert _level(np.concatenate(list(reader.blocks(RATE)))) == pytest.approx(0.05, rel=0.4)
        assert [note.values["number"] for note in reader.notes] == [2]


def test_a_damaged_track_is_passed_over(tmp_path: Path) -> None:
    path = write_tracks(tmp_path / "x", "matroska", [("libmp3lame", LOUD), ("flac", SOFT)])
    content = path.read_bytes().replace(b"\xff\xfb", b"\x00\x00")
    path.write_bytes(content)
    with open_audio(path) as reader:
        assert _level(np.concatenate(list(reader.blocks(RATE)))) == pytest.approx(0.05, rel=0.4)


@pytest.mark.parametrize("first", ["silent", "sounds late"])
def test_a_long_silence_is_no_reason_to_decode_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    monkeypatch.setattr(audio_tracks, "_MEASURED_S", 2.0)
    monkeypatch.setattr(audio_tracks, "_PLACE_S", 0.5)
    long = np.tile(LOUD, (15, 1))
    quiet = np.zeros_like(long)
    if first == "sounds late":
        quiet[30 * RATE :] = long[30 * RATE :]
    path = write_tracks(tmp_path / "x", "mp4", [("aac", quiet), ("aac", long * 0.1)])
    decoded = []
    plain = audio_tracks.frame_samples
    monkeypatch.setattr(audio_tracks, "frame_samples", lambda frame: decoded.append(frame.samples) or plain(frame))
    with open_audio(path) as reader:
        assert reader.notes == () and reader.info.channels == 2
        list(reader.blocks(RATE))
        assert [note.values["number"] for note in reader.notes] == [1 if first == "sounds late" else 2]
    assert sum(decoded) / RATE < 10.0
