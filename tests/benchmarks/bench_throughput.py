"""Folder throughput: the batch engine against reading the same files, and against the plain way.

Run with ``pytest tests/benchmarks/bench_throughput.py``. Tracks are 200 MP3s of four minutes, 44.1 kHz, stereo, 192
kbit/s, made from the clips of the GTZAN train list where they are there, otherwise
from synthesised music. They are made anew each time (minutes) unless GENRE_DESKTOP_BENCH_TRACKS names a folder to
keep them in. ``ONEDNN_MAX_CPU_ISA=AVX2`` holds it to the instructions of an ordinary processor.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.library.engine.decoder_pool import usable_processors
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.prediction import Prediction
from genre_desktop.model.predictor import Predictor
from genre_desktop.model.processor import instructions, library_of
from tests.benchmarks.support.mp3_tracks import SECONDS, make_track
from tests.support.bundles import make_bundle
from tests.support.stored_results import without_results

N_TRACKS = 200
N_PLAIN = 10


@contextmanager
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(usable_processors(), mp_context=get_context("spawn")) as pool:
        list(pool.map(abs, range(2 * usable_processors())))  # all are there before the clock runs
        yield pool


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    kept = os.environ.get("GENRE_DESKTOP_BENCH_TRACKS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("tracks")
    folder.mkdir(parents=True, exist_ok=True)
    data = Path(os.environ.get("GENRE_DESKTOP_DATA", "../shared/data")) / "gtzan"
    with processes() as pool:
        return list(pool.map(make_track, range(N_TRACKS), [folder] * N_TRACKS, [data] * N_TRACKS))


def decode(path: Path, rate: int) -> int:
    """Read a file in full as the network would hear it, and let go of it."""
    with open_audio(path) as reader:
        return sum(len(block) for block in reader.blocks(rate))


@dataclass
class Rate:
    """Files and seconds of one way to go through them."""

    n_files: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return self.n_files / self.seconds

    @contextmanager
    def timing(self, n_files: int) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - began
        self.n_files += n_files


def plain(paths: list[Path], bundle: ModelBundle) -> None:
    """What most programs of this kind do."""
    import keras
    import librosa

    config = bundle.config
    model = keras.saving.load_model(bundle.path / "model.keras", compile=False)
    for path in paths:
        samples, rate = librosa.load(path, sr=config.sample_rate)
        length = config.patch_frames * config.hop_length
        step = config.patch_hop * config.hop_length
        patches = []
        for start in range(0, len(samples) - length + 1, step):
            mel = librosa.feature.melspectrogram(
                y=samples[start : start + length],
                sr=rate,
                n_fft=config.n_fft,
                hop_length=config.hop_length,
                n_mels=config.n_mels,
            )
            patches.append(librosa.power_to_db(mel, ref=np.max).T[: config.patch_frames] / 80 + 1)
        model.predict(np.stack(patches), verbose=0).mean(axis=0).argmax()


@pytest.mark.timeout(3_600)
@pytest.mark.filterwarnings("ignore:.*slated for removal:DeprecationWarning")  # of audioread, for librosa.load
def test_throughput(tracks: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    default, cheap = find_bundle("gtzan-musicnn"), find_bundle("gtzan-cnn")
    # What the engine itself costs: the features of gtzan-cnn, and a network of one layer.
    dense = read_bundle(make_bundle(tmp_path / "dense", config=cheap.config))
    predictors = {bundle.name: Predictor.load(bundle) for bundle in (default, cheap, dense)}
    rates = {
        name: Rate()
        for name in ("read", "engine", "cheap engine", "cheap full", "dense full", "full", "read 22", "plain")
    }
    same: list[bool] = []
    heard: list[int] = []
    parts = np.array_split(np.array(tracks), 4)  # in turn, so that whatever else the machine does hits all alike
    with processes() as pool, Engine() as engine, ResultStore.open(tmp_path / "library.sqlite3") as store:
        engine.start()

        def run(paths: list[Path], bundle: ModelBundle, every_patch: bool) -> dict[Path, Prediction]:
            feed = PathQueue(map(str, paths))
            found = engine.classify(feed, predictors[bundle.name], store=store, every_patch=every_patch)
            answers = {result.path: result.prediction for result in found if result.prediction and not result.is_stored}
            assert len(answers) == len(paths)
            return answers

        run(tracks[:4], default, True)  # imports, compiles
        run(tracks[:4], cheap, True)
        without_results(store)
        for part in parts:
            paths = [Path(path) for path in part]
            few = paths[: len(paths) // 5]
            n = len(paths)
            with rates["read"].timing(n):
                list(pool.map(decode, paths, [default.config.sample_rate] * n))
            with rates["engine"].timing(n):
                spread = run(paths, default, False)
            with rates["read 22"].timing(n):
                list(pool.map(decode, paths, [cheap.config.sample_rate] * n))
            with rates["cheap engine"].timing(n):
                run(paths, cheap, False)
            with rates["cheap full"].timing(n):
                run(paths, cheap, True)
            with rates["dense full"].timing(n):
                run(paths, dense, True)
            with rates["full"].timing(len(few)):
                full = run(few, default, True)
            same += [spread[path].genre == full[path].genre for path in few]
            heard += [len(spread[path].segments) for path in paths]
    with rates["plain"].timing(N_PLAIN):
        plain(tracks[:N_PLAIN], cheap)
    with capsys.disabled():
        base, base_22 = rates["read"].per_second, rates["read 22"].per_second
        computing = f"{instructions()}, {library_of(predictors[default.name])}"
        print(f"\n{len(tracks)} MP3s of {SECONDS} s, {usable_processors()} processors ({computing})")
        for name, what, reading in (
            ("read", f"decode and resample to {default.config.sample_rate} Hz, a process a processor", base),
            ("engine", f"engine, {default.name}", base),
            ("full", f"engine, {default.name}, every patch", base),
            ("read 22", f"decode and resample to {cheap.config.sample_rate} Hz", base_22),
            ("cheap engine", f"engine, {cheap.name}", base_22),
            ("cheap full", f"engine, {cheap.name}, every patch", base_22),
            ("dense full", "engine, features of gtzan-cnn and a network of one layer, every patch", base_22),
            ("plain", f"librosa.load, a mel a patch, model.predict a file, {cheap.name} ({N_PLAIN} files)", base_22),
        ):
            rate = rates[name]
            print(f"  {what:90s} {rate.per_second:6.2f} files/s  {rate.per_second / reading:5.2f} times reading")
        ours = {name: rates[name].per_second / rates["plain"].per_second for name in ("engine", "cheap full")}
        print(
            f"  engine / plain: {ours['engine']:.0f} times; every patch, {cheap.name}: {ours['cheap full']:.0f} times"
        )
