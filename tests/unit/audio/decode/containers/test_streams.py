"""Streams in a row are read to the last, whatever their rate, channels and codec."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.containers import ogg, streams
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.decode.source_file import SourceFile
from tests.support.odd_files import encode, id3_tag, music, write_sound
from tests.support.rare_files import patched, write_tracks

OUT = 22_050


def _sound(seconds: float, rate: int, channels: int) -> np.ndarray:
    # The level tells the parts apart.
    return music(seconds, rate, channels) * (0.2 if channels == 1 else 1.0)


def make(folder: Path, name: str) -> bytes:
    kind, seconds, rate, channels = name.split()
    sound = _sound(float(seconds), int(rate), int(channels))
    path = folder / "part"
    match kind:
        case "vorbis":
            write_sound(path, sound, int(rate), format="OGG", subtype="VORBIS")
        case "flac" | "flac24":
            write_sound(path, sound, int(rate), format="FLAC", subtype="PCM_24" if kind == "flac24" else "PCM_16")
        case _:
            format, codec = {
                "opus": ("ogg", "libopus"),
                "oggflac": ("ogg", "flac"),
                "mp3": ("mp3", "libmp3lame"),
                "aac": ("adts", "aac"),
                "ts": ("mpegts", "aac"),
                "wavpack": ("wv", "wavpack"),
            }[kind]
            encode(path, sound, int(rate), format=format, codec=codec)
    return path.read_bytes()


CHAINS = [
    ("vorbis 3 44100 2", "vorbis 2 22050 1"),
    ("vorbis 3 22050 1", "vorbis 2 44100 2"),
    ("vorbis 3 44100 2", "opus 2 48000 2"),
    ("opus 3 48000 2", "vorbis 2 44100 1"),
    ("opus 3 48000 2", "opus 2 48000 1"),
    ("oggflac 3 44100 2", "vorbis 2 44100 2"),
    ("vorbis 3 44100 1", "oggflac 2 96000 2"),
    ("vorbis 2 44100 2", "opus 2 48000 2", "vorbis 2 44100 2"),
    ("flac 3 44100 2", "flac24 2 48000 1"),
    ("flac24 3 48000 1", "flac 2 44100 2"),
    ("flac 3 44100 2", "flac 3 44100 2"),
    ("flac 2 44100 2", "flac 4 44100 2", "flac 2 44100 2"),
    ("mp3 3 44100 2", "mp3 2 24000 1"),
    ("mp3 3 24000 1", "mp3 2 44100 2"),
    ("mp3 3 8000 1", "mp3 2 48000 2"),
    ("aac 3 44100 2", "aac 2 24000 1"),
    ("aac 3 24000 1", "aac 2 48000 2"),
    ("ts 3 44100 2", "ts 2 48000 1"),
    ("wavpack 3 44100 2", "wavpack 2 48000 1"),
]


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("chain", CHAINS, ids=" + ".join)
def test_are_read_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chain: tuple[str, ...], size: str
) -> None:
    if size == "large":  # some places tell whether a large file is searched as a whole
        monkeypatch.setattr(streams, "_SCANNED_BYTES", 0)
        monkeypatch.setattr(ogg, "_LONGEST_PAGE", 9_000)
    path = tmp_path / "x"
    path.write_bytes(b"".join(make(tmp_path, name) for name in chain))
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(OUT)))
        assert reader.problem is None and reader.notes == ()
    lengths = [float(name.split()[1]) for name in chain]
    assert len(samples) / OUT == pytest.approx(sum(lengths), abs=0.1 * len(chain))
    begins = np.concatenate(([0.0], np.cumsum(lengths)))
    for name, begin, length in zip(chain, begins, lengths, strict=False):
        middle = samples[int((begin + 0.3 * length) * OUT) : int((begin + 0.8 * length) * OUT)]
        expected = np.mean(_sound(length, OUT, int(name.split()[3])) ** 2) ** 0.5 * (0.8 if name.endswith("2") else 1)
        assert np.sqrt(np.mean(middle**2)) == pytest.approx(expected, rel=0.25)
    with pytest.raises(CannotSeekError):
        list(_excerpts(path))
    with open_random_access(path) as access:
        at = round((sum(lengths) - 0.5) * access.sample_rate)
        assert np.abs(access.read(at, access.sample_rate // 4)).max() > 0.01


def _excerpts(path: Path) -> list[np.ndarray]:
    with open_excerpts(path) as reader:
        return list(reader.read([0, int(max(0.0, reader.length_s - 0.5) * OUT)], 3_000, OUT))


@pytest.mark.parametrize("name", ["flac 4 44100 2", "vorbis 4 44100 2", "opus 4 48000 2", "wavpack 4 44100 2"])
def test_a_large_file_of_one_stream_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(make(tmp_path, name))
    monkeypatch.setattr(streams, "_SCANNED_BYTES", 0)
    monkeypatch.setattr(ogg, "_LONGEST_PAGE", 20_000)
    monkeypatch.delattr(SourceFile, "find_all")
    with open_audio(path) as reader:
        assert sum(map(len, reader.blocks(OUT))) / OUT == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("name", ["flac 4 44100 2", "vorbis 4 44100 2", "opus 4 48000 2"])
def test_one_stream_is_none_of_several(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(make(tmp_path, name))
    assert len(_excerpts(path)) == 2
    with open_audio(path) as reader:
        assert reader.info.duration_s is not None


def test_flac_streams_with_tags_between(tmp_path: Path) -> None:
    path = tmp_path / "x"
    one = make(tmp_path, "flac 3 44100 2")
    path.write_bytes(id3_tag(500) + one + b"TAG" + bytes(125) + id3_tag(500) + make(tmp_path, "flac 2 48000 1"))
    with open_audio(path) as reader:
        assert sum(map(len, reader.blocks(OUT))) / OUT == pytest.approx(5.0, abs=0.01)
        assert reader.problem is None


def test_a_part_that_nothing_decodes_is_left_out_and_told(tmp_path: Path) -> None:
    strange = make(tmp_path, "opus 2 48000 2").replace(b"OpusHead", b"Speex   ", 1)
    path = tmp_path / "x"
    path.write_bytes(make(tmp_path, "vorbis 3 44100 2") + strange + make(tmp_path, "vorbis 2 44100 2"))
    with open_audio(path) as reader:
        assert sum(map(len, reader.blocks(OUT))) / OUT == pytest.approx(5.0, abs=0.1)
        assert reader.problem is not None or [note.code for note in reader.notes] == ["GD-113"]


def test_a_first_part_that_nothing_decodes(tmp_path: Path) -> None:
    one = bytearray(make(tmp_path, "flac 3 44100 2"))
    one[60:] = bytes(len(one) - 60)
    path = tmp_path / "x"
    path.write_bytes(bytes(one) + make(tmp_path, "flac 2 44100 2"))
    with open_audio(path) as reader:
        assert sum(map(len, reader.blocks(OUT))) / OUT == pytest.approx(2.0, abs=0.01)
        assert reader.problem is not None


def test_a_cut_off_last_part_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "x"
    two = make(tmp_path, "flac 4 44100 2")
    path.write_bytes(make(tmp_path, "flac 3 44100 2") + two[: len(two) // 2])
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(OUT))) / OUT
    assert 4.0 < seconds < 6.0
    assert reader.problem is not None


def test_a_number_of_samples_that_is_wrong_in_one_of_two(tmp_path: Path) -> None:
    one = make(tmp_path, "flac 3 44100 2")
    fields = int.from_bytes(one[21:26], "big") >> 36 << 36
    path = tmp_path / "x"
    path.write_bytes(patched(one, 21, fields.to_bytes(5, "big")) + one)
    with open_audio(path) as reader:
        assert sum(map(len, reader.blocks(OUT))) / OUT == pytest.approx(6.0, abs=0.01)
    with pytest.raises(CannotSeekError):
        open_excerpts(path)


@pytest.mark.parametrize("n_tracks", [2, 3])
def test_streams_side_by_side_are_tracks_and_no_damage(tmp_path: Path, n_tracks: int) -> None:
    sound, softer = music(4.0, 48_000, 2), music(4.0, 48_000, 1) * 0.1
    tracks = [("libopus", sound), *[("libopus", softer)] * (n_tracks - 1)]
    path = write_tracks(tmp_path / "x", "ogg", tracks)
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(48_000)))
    assert reader.problem is None
    assert [(note.code, note.values["number"]) for note in reader.notes] == [("GD-112", 1)]
    assert len(samples) / 48_000 == pytest.approx(4.0, abs=0.1)
    assert np.abs(samples).max() > 0.3


def test_garbage_behind_a_transport_stream_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(make(tmp_path, "ts 4 44100 2") + bytes(500_000))
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(OUT))) / OUT
    assert reader.problem is None
    assert seconds == pytest.approx(4.0, abs=0.1)
