"""Folder throughput: patches spread over each track against reading, and scoring, all of it.

Run with ``pytest tests/benchmarks/bench_spread.py``. Tracks are MP3s of four minutes, 44.1 kHz, stereo,
192 kbit/s. With the GTZAN collection each is made of clips of one genre from the train list, otherwise of synthesised
music.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.decode import open_audio
from genre_desktop.library.classify import classify_tracks
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundle import ModelBundle
from genre_desktop.model.catalogue import list_bundles
from genre_desktop.model.predictor import Predictor
from tests.odd_files import encode, music

RATE = 44_100
SECONDS = 240
N_TRACKS = 8
N_CLIPS = 8
ROUNDS = 3


def read(path: Path, rate: int) -> NDArray[np.float32]:
    with open_audio(path) as reader:
        return np.concatenate(list(reader.blocks(rate)))


def write_track(path: Path, clips: Sequence[NDArray[np.float32]]) -> Path:
    """Clips in a row [shape=(n,)], as a stereo MP3."""
    mono = np.concatenate(clips)[: SECONDS * RATE]
    stereo = np.stack([mono, 0.8 * mono], axis=1)
    return encode(path, stereo, RATE, format="mp3", codec="libmp3lame", bit_rate=192_000)


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


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("tracks")
    data = Path(os.environ.get("GENRE_DESKTOP_DATA", "../shared/data")) / "gtzan"
    rng = np.random.default_rng(0)
    made = []
    if (data / "audio").is_dir():
        by_genre = real_clips(data)
        for number in range(N_TRACKS):
            genre = sorted(by_genre)[number % len(by_genre)]
            chosen = rng.choice(len(by_genre[genre]), N_CLIPS, replace=len(by_genre[genre]) < N_CLIPS)
            clips = [read(by_genre[genre][int(i)], RATE) for i in chosen]
            made.append(write_track(folder / f"{genre} {number}.mp3", clips))
        return made
    sound = music(SECONDS, RATE, 1)[:, 0]
    for number in range(N_TRACKS):
        noise = rng.normal(0, 0.02 * number, len(sound)).astype(np.float32)
        made.append(write_track(folder / f"{number}.mp3", [sound + noise]))
    return made


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time in seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


@pytest.mark.timeout(1_800)  # most of it for encoding
@pytest.mark.parametrize("bundle", list_bundles(), ids=lambda bundle: bundle.name)
def test_folder_throughput(bundle: ModelBundle, tracks: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    predictor = Predictor.load(bundle)
    results: dict[str, list[TrackResult]] = {}

    def classify(what: str, every_patch: bool) -> None:
        found = classify_tracks(tracks, predictor, every_patch=every_patch, jobs=1)
        results[what] = sorted(found, key=lambda result: result.path)

    works: dict[str, Callable[[], object]] = {
        "decode and resample": lambda: [read(path, bundle.config.sample_rate) for path in tracks],
        "every patch": lambda: classify("every patch", True),
        "spread patches": lambda: classify("spread patches", False),
    }
    best = dict.fromkeys(works, (np.inf, np.inf))
    for _ in range(ROUNDS):  # in turn, so that whatever else the machine does hits all alike
        for what, work in works.items():
            best[what] = min(best[what], timed(work))
    full, spread = (
        [result.prediction for result in results[what] if result.prediction]
        for what in ("every patch", "spread patches")
    )
    same = np.mean([a.genre == b.genre for a, b in zip(full, spread, strict=True)])
    heard = [len(prediction.segments) for prediction in spread]
    base = best["decode and resample"]
    with capsys.disabled():
        print(f"\n{bundle.name}, {len(tracks)} tracks of {SECONDS} s, one thread, best of {ROUNDS} rounds")
        for what, (wall, cpu) in best.items():
            print(
                f"  {what:20s} {len(tracks) / wall:6.2f} files/s   {base[0] / wall:5.2f} times reading (wall)"
                f"   {base[1] / cpu:5.2f} times (processor)"
            )
        print(f"  same answer in {100 * same:.0f} %; patches scored: {np.mean(heard):.1f} of {len(full[0].segments)}")
