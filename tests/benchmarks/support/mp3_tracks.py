"""MP3s of four minutes for the benchmarks: 44.1 kHz, stereo, 192 kbit/s.

With the GTZAN collection each is made of clips of one genre from the train list, otherwise of synthesised music.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from tests.support.odd_files import encode, music

RATE = 44_100
SECONDS = 240
_N_CLIPS = 8


def read(path: Path, rate: int) -> NDArray[np.float32]:
    with open_audio(path) as reader:
        return np.concatenate(list(reader.blocks(rate)))


def write_track(path: Path, clips: Sequence[NDArray[np.float32]]) -> Path:
    """Clips in a row [shape=(n,)], as a stereo MP3."""
    mono = np.concatenate(clips)[: SECONDS * RATE]
    stereo = np.stack([mono, 0.8 * mono], axis=1)
    return encode(path, stereo, RATE, format="mp3", codec="libmp3lame", bit_rate=192_000)


@cache
def real_clips(data: Path) -> dict[str, list[Path]]:
    """Clips of the train list by genre, where there are enough of a genre for a track."""
    listed = (data / "splits" / "train_filtered.txt").read_text().split()
    by_genre: dict[str, list[Path]] = {}
    for name in listed:
        genre = name.split(".")[0]
        path = data / "audio" / genre / f"{name}.ogg"
        if path.is_file():
            by_genre.setdefault(genre, []).append(path)
    return {genre: paths for genre, paths in by_genre.items() if len(paths) >= 4}


def make_track(number: int, folder: Path, data: Path) -> Path:
    """The track of a number, the same each time; one that is there already is left alone."""
    path = folder / f"track {number:03}.mp3"
    if path.exists():
        return path
    rng = np.random.default_rng(number)
    if (data / "audio").is_dir():
        by_genre = real_clips(data)
        clips = by_genre[sorted(by_genre)[number % len(by_genre)]]
        chosen = rng.choice(len(clips), _N_CLIPS, replace=len(clips) < _N_CLIPS)
        sound = [read(clips[int(i)], RATE) for i in chosen]
    else:
        tune = music(SECONDS, RATE, 1)[:, 0]
        sound = [tune + rng.normal(0, 0.02, len(tune)).astype(np.float32)]
    return write_track(path.with_suffix(".part"), sound).rename(path)
