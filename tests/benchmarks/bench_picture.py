"""The reading process: from asking for a track to its waveform and spectrogram, tiles, samples, memory.

Run with ``pytest tests/benchmarks/bench_picture.py``. Tracks are those of `bench_throughput.py` (see there for
GENRE_DESKTOP_BENCH_TRACKS); the mix is three hours of their MP3 frames in a row, without a length in its header.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from genre_desktop.audio.decode.containers.mpeg_frames import parse_frame, promised_samples
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.picture import picture_process as reading
from genre_desktop.audio.picture.messages import AskPicture, AskSamples, AskTiles, Samples, ShowTrack, TileMade
from genre_desktop.audio.picture.track_picture import PictureConfig, TileKey, TrackPicture
from genre_desktop.core.child_process import ChildProcess
from tests.benchmarks.support.mp3_tracks import make_track

N_TRACKS = 6
MIX_S = 3 * 3_600
CONFIG = PictureConfig()
LEVELS = (0, 2, 4, 6, 7, 8, 10, 12)
_Message = TypeVar("_Message")


class Reader:
    """The reading process, and when its answers arrived."""

    def __init__(self) -> None:
        self._heard: queue.SimpleQueue[tuple[float, Any]] = queue.SimpleQueue()
        self.servant = ChildProcess("reading", reading.main, on_message=self._hear, on_end=lambda: self._hear(None))
        self.ticket = 0

    def _hear(self, message: object) -> None:
        self._heard.put((time.perf_counter(), message))

    def next(self, kind: type[_Message]) -> tuple[float, _Message]:
        while True:
            at, message = self._heard.get(timeout=120)
            assert message is not None, "the process ended"
            if isinstance(message, kind) and message.ticket == self.ticket:  # type: ignore[attr-defined]
                return at, message

    def show(self, path: Path) -> tuple[float, float, TrackPicture]:
        """Seconds until the first waveform and until all, and the picture."""
        self.ticket += 1
        began = time.perf_counter()
        self.servant.send(ShowTrack(self.ticket, str(path), CONFIG))
        at, picture = self.next(TrackPicture)
        first_s = at - began
        while not picture.complete:
            at, picture = self.next(TrackPicture)
        return first_s, at - began, picture

    def seconds(self, message: object, kind: type[object]) -> float:
        """Seconds until an answer."""
        began = time.perf_counter()
        self.servant.send(message)
        return self.next(kind)[0] - began

    def memory(self) -> str:
        """How much the process takes, and took at most."""
        status = Path(f"/proc/{self.servant._process.pid}/status")
        if not status.exists():
            return "unknown here"
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        now, most = (int(lines[name].split()[0]) / 1_024 for name in ("VmRSS", "VmHWM"))
        return f"{now:.0f} MB, {most:.0f} MB at most"


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.servant.close()


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    kept = os.environ.get("GENRE_DESKTOP_BENCH_TRACKS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("tracks")
    folder.mkdir(parents=True, exist_ok=True)
    data = Path(os.environ.get("GENRE_DESKTOP_DATA", "../shared/data")) / "gtzan"
    return [make_track(number, folder, data) for number in range(N_TRACKS)]


@pytest.fixture(scope="module")
def mix(tracks: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mix") / "mix.mp3"
    bodies = [_frames(track.read_bytes()) for track in tracks]
    with open(path, "wb") as file:
        seconds, number = 0.0, 0
        while seconds < MIX_S:
            body, body_s = bodies[number % len(bodies)]
            file.write(body)
            seconds += body_s
            number += 1
    return path


def _frames(data: bytes) -> tuple[bytes, float]:
    """The sound of an MP3 without tags and without the frame that tells its length, and how long it is."""
    start = 0
    if data[:3] == b"ID3":
        start = 10 + sum((data[6 + i] & 127) << 7 * (3 - i) for i in range(4))
    first = parse_frame(data, start)
    assert first is not None
    promised = promised_samples(data[start : start + 256])
    assert promised is not None
    return data[start + first.size :], promised / first.sample_rate


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def say(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}", end="")

    return say


def _tiles(reader: Reader, picture: TrackPicture, report: Callable[[str], None]) -> None:
    for level in LEVELS:
        length_s = TileKey(level, 0).length_s(picture.sample_rate)
        if length_s > 4 * picture.duration_s:
            break
        n_tiles = max(1, int(picture.duration_s / length_s))
        chosen = np.random.default_rng(level).integers(0, n_tiles, 8)
        took = [
            reader.seconds(AskTiles(reader.ticket, CONFIG, (TileKey(level, int(index)),)), TileMade) for index in chosen
        ]
        figures = f"{1e3 * np.median(took):.1f} ms, {1e3 * max(took):.1f} ms at most"
        report(f"  tile of level {level} ({length_s:.1f} s): {figures}")


def _samples(reader: Reader, picture: TrackPicture, report: Callable[[str], None]) -> None:
    starts = np.random.default_rng(0).uniform(0, picture.duration_s - 1, 10)
    took = [reader.seconds(AskSamples(reader.ticket, s, s + 0.5), Samples) for s in starts]
    report(f"  half a second of samples: {1e3 * np.median(took):.1f} ms, {1e3 * max(took):.1f} ms at most")


def test_four_minutes(reader: Reader, tracks: list[Path], report: Callable[[str], None]) -> None:
    first_s, all_s, _ = reader.show(tracks[0])
    report(f"4-minute MP3, process just started: waveform after {first_s:.2f} s, complete after {all_s:.2f} s")
    took = [reader.show(track) for track in tracks[1:]]
    firsts, alls = [t[0] for t in took], [t[1] for t in took]
    report(
        f"4-minute MP3, warm: waveform after {np.median(firsts):.3f} s ({max(firsts):.3f} at most), "
        f"spectrogram complete after {np.median(alls):.3f} s ({max(alls):.3f} at most)"
    )
    picture = took[-1][2]
    assert picture.complete
    log_s = reader.seconds(AskPicture(reader.ticket, PictureConfig("log")), TrackPicture)
    report(f"  picture on another scale: {1e3 * log_s:.1f} ms")
    _tiles(reader, picture, report)
    _samples(reader, picture, report)
    report(f"  memory of the process: {reader.memory()}")


def test_three_hours(reader: Reader, tracks: list[Path], mix: Path, report: Callable[[str], None]) -> None:
    reader.show(tracks[0])
    before = reader.memory()
    first_s, all_s, picture = reader.show(mix)
    report(
        f"{picture.duration_s / 3_600:.1f}-hour MP3: waveform begins after {first_s:.3f} s, "
        f"complete after {all_s:.1f} s ({picture.duration_s / all_s:.0f} times real time)"
    )
    opened = reader.seconds(AskSamples(reader.ticket, 5_000.0, 5_000.5), Samples)
    report(f"  first detail, asked at once: {opened:.2f} s (all packets are counted)")
    _tiles(reader, picture, report)
    _samples(reader, picture, report)
    report(f"  memory of the process: {reader.memory()} (before: {before})")
    # A newer track, in the midst of a long one.
    took = []
    for track in tracks[1:]:
        os.utime(mix)  # another file, as far as the process can tell
        reader.ticket += 1
        reader.servant.send(ShowTrack(reader.ticket, str(mix), CONFIG))
        for _ in range(3):
            reader.next(TrackPicture)
        took.append(reader.show(track)[0])
    report(f"  waveform of another track in the midst of it: {np.median(took):.3f} s, {max(took):.3f} s at most")


def test_detail_while_reading(reader: Reader, mix: Path, report: Callable[[str], None]) -> None:
    reader.ticket += 1
    reader.servant.send(ShowTrack(reader.ticket, str(mix), CONFIG))
    reader.next(TrackPicture)
    took = [
        reader.seconds(AskTiles(reader.ticket, CONFIG, (TileKey(level, 1_000 >> level),)), TileMade)
        for level in (2, 2, 4, 4, 6, 6)
    ]
    said = ", ".join(f"{1e3 * seconds:.0f}" for seconds in took)
    report(f"tiles of levels 2, 2, 4, 4, 6, 6 while the mix is read: {said} ms")


def test_reading_excerpts(mix: Path, report: Callable[[str], None]) -> None:
    began = time.perf_counter()
    with open_random_access(mix) as access:
        report(f"opening {access.n_frames / access.sample_rate / 3_600:.1f} hours: {time.perf_counter() - began:.2f} s")
        took = []
        for start in np.random.default_rng(1).integers(0, access.n_frames - 50_000, 40):
            began = time.perf_counter()
            assert len(access.read(int(start), access.sample_rate)) == access.sample_rate
            took.append(time.perf_counter() - began)
    report(f"  seek and read one second: {1e3 * np.median(took):.1f} ms, {1e3 * max(took):.1f} ms at most")
