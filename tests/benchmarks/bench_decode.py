"""Seconds of sound decoded, mixed down and resampled a second, ours and librosa's.

Run with ``pytest tests/benchmarks/bench_decode.py``.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from tests.support.odd_files import encode, music, write_sound

RATE = 22_050
SECONDS = 240.0
FORMATS = ("MP3", "FLAC", "WAV", "M4A", "Ogg", "Opus")


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Four minutes of stereo at 44.1 kHz, 192 kbit/s where it is compressed."""
    folder = tmp_path_factory.mktemp("tracks")
    sound = music(SECONDS, 44_100, 2)
    opus = music(SECONDS, 48_000, 2)
    return {
        "MP3": encode(folder / "a", sound, 44_100, format="mp3", codec="libmp3lame", bit_rate=192_000),
        "FLAC": write_sound(folder / "b", sound, 44_100, format="FLAC"),
        "WAV": write_sound(folder / "c", sound, 44_100),
        "M4A": encode(folder / "d", sound, 44_100, format="mp4", codec="aac", bit_rate=192_000),
        "Ogg": write_sound(folder / "e", sound, 44_100, format="OGG", subtype="VORBIS"),
        "Opus": encode(folder / "f", opus, 48_000, format="ogg", codec="libopus", bit_rate=192_000),
    }


def decode(path: Path) -> float:
    with open_audio(path) as reader:
        return sum(map(len, reader.blocks(RATE))) / RATE


@pytest.mark.benchmark(group="decode")
@pytest.mark.parametrize("format", FORMATS)
def test_decode(benchmark, capsys, tracks, format):
    seconds = benchmark.pedantic(decode, args=(tracks[format],), rounds=3, warmup_rounds=1)
    assert seconds == pytest.approx(SECONDS, abs=0.2)
    _report(benchmark, capsys, f"{format}, ours")


@pytest.mark.benchmark(group="decode")
@pytest.mark.parametrize("format", ["MP3", "FLAC", "WAV"])
def test_librosa(benchmark, capsys, tracks, format):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import librosa

        samples, _ = benchmark.pedantic(
            librosa.load, args=(tracks[format],), kwargs={"sr": RATE}, rounds=3, warmup_rounds=1
        )
    assert len(samples) / RATE == pytest.approx(SECONDS, abs=0.2)
    _report(benchmark, capsys, f"{format}, librosa.load")


def _report(benchmark, capsys, what: str) -> None:
    best = benchmark.stats.stats.min
    benchmark.extra_info["seconds of sound a second"] = round(SECONDS / best)
    with capsys.disabled():
        print(f"\n{what}: {best:.3f} s for four minutes, {SECONDS / best:.0f} seconds of sound a second")
