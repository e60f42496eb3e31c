"""Sound files to classify: plucked tunes in several formats, and odd files."""

from __future__ import annotations

import os
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.support.sounds import tune

RATE = 44_100

FORMATS = ("wav", "flac", "mp3", "ogg", "m4a")

NAMES = ("plain", "with spaces", "naïve – ♫ 音楽", "-dash", "quote'\"$(x)")


def write(path: Path, seconds: float = 12.0, hz: float = 220.0) -> Path:
    """Write a tune in the format of the ending of `path`."""
    samples = tune(seconds, RATE, hz)
    if path.suffix == ".m4a":
        _write_aac(path, samples)
    else:
        soundfile.write(path, samples, RATE, format=path.suffix[1:].upper())
    return path


def _write_aac(path: Path, samples: NDArray[np.float32]) -> None:
    with open(path, "wb+") as file, av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=RATE, layout="mono")
        for first in range(0, len(samples), RATE):
            frame = av.AudioFrame.from_ndarray(samples[None, first : first + RATE], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, first
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def write_good(folder: Path) -> list[Path]:
    """Write a file of each format, under each kind of name."""
    folder.mkdir()
    made = []
    for i, ending in enumerate(FORMATS):
        for k, name in enumerate(NAMES):
            # Each sounds differently, or they would count as copies.
            made.append(write(folder / f"{name}.{ending}", hz=180.0 + 7 * (len(NAMES) * i + k)))
    return made


def write_odd(folder: Path) -> dict[str, str]:
    """Write odd files; gives the error code that each must get, empty for those that may get a genre."""
    folder.mkdir()
    whole = write(folder / "cut.mp3", hz=400.0)
    os.truncate(whole, whole.stat().st_size // 2)
    (folder / "empty.mp3").touch()
    (folder / "text.flac").write_text("Not a sound at all.\n" * 200)
    (folder / "noise.ogg").write_bytes(np.random.default_rng(0).bytes(50_000))
    write(folder / "short.wav", seconds=0.3)
    undecodable = write(folder / "latin.wav", hz=410.0)
    os.rename(undecodable, os.path.join(os.fsencode(folder), b"caf\xe9.wav"))
    expected = {"cut.mp3": "", "empty.mp3": "GD-104", "text.flac": "GD-105", "noise.ogg": "GD-105"}
    return {**expected, "short.wav": "GD-107", os.fsdecode(b"caf\xe9.wav"): ""}


def write_data_set(folder: Path, tracks: int = 6, seconds: float = 8.0) -> Path:
    """Write a data set of two genres that are easy to tell apart: low and high tunes, by different artists."""
    folder.mkdir()
    table = ["name\tartist"]
    for genre, lowest in (("low", 110.0), ("high", 700.0)):
        (folder / genre).mkdir()
        for i in range(tracks):
            write(folder / genre / f"{i} of {genre}.wav", seconds, lowest * (1 + 0.03 * i))
            table.append(f"{genre}/{i} of {genre}.wav\t{genre} artist {i}")
    (folder / "artists.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")
    return folder
