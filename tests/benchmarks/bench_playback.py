"""Playback: what the callback costs, how long until sound, and whether it and classification leave each other alone.

Run with ``pytest -s tests/benchmarks/bench_playback.py``. The device is a thread that takes blocks of 512 frames in
real time and holds 0.1 s; all else is the program's own: the process that plays, the engine with two processes and the
shipped model. Tracks are those of bench_throughput (GENRE_DESKTOP_BENCH_TRACKS names a folder that keeps them).
"""

from __future__ import annotations

import json
import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.playback import messages, player_process
from genre_desktop.core.child_process import ChildProcess
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.model.bundles.catalogue import default_bundle
from genre_desktop.model.predictor import Predictor
from tests.benchmarks.support.mp3_tracks import SECONDS, make_track
from tests.benchmarks.support.real_time_device import RealTimeSystem

N_TRACKS = int(os.environ.get("GENRE_DESKTOP_BENCH_PLAYBACK_TRACKS", "16"))
N_STARTS = 10
N_TURNS = 6
WAIT_S = 30.0

pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    kept = os.environ.get("GENRE_DESKTOP_BENCH_TRACKS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("tracks")
    data = Path(os.environ.get("GENRE_DESKTOP_DATA", "../shared/data")) / "gtzan"
    return [make_track(number, folder, data) for number in range(N_TRACKS)]


@dataclass
class PlayerProcess:
    """The player process, with a fake device."""

    results: Path
    events: list[Any] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self._process = ChildProcess(
            "player",
            player_process.main,
            (partial(RealTimeSystem, self.results),),
            on_message=self._on_event,
            on_end=lambda: self._on_event("ended"),
        )

    def _on_event(self, event: object) -> None:
        with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()

    def send(self, command: object) -> None:
        """Send a command."""
        self._process.send(command)

    def send_and_wait(self, command: object, answer: Callable[[Any], bool]) -> float:
        """Send a command and wait for an answer; gives the time of sending."""
        with self._arrived:
            self.events.clear()
            sent_at = time.perf_counter()
            self._process.send(command)
            assert self._arrived.wait_for(lambda: any(map(answer, self.events)), WAIT_S), self.events
        return sent_at

    def close(self) -> dict[str, list[float]]:
        """End the process; gives the measurements of the device."""
        self._process.close()
        counted: dict[str, list[float]] = json.loads(self.results.read_text())
        return counted


def is_state(state: messages.PlayState) -> Callable[[Any], bool]:
    return lambda event: isinstance(event, messages.StateChanged) and event.state is state


def is_moving(event: Any) -> bool:
    return isinstance(event, messages.Position) and event.is_moving


def delays_ms(sent: list[float], sound_at: list[float]) -> list[float]:
    """Milliseconds from each command to the first block with sound after it."""
    return [1000 * (next(at for at in sound_at if at > moment) - moment) for moment in sent]


def spread(values: list[float], unit: str) -> str:
    return f"median {statistics.median(values):.1f} {unit}, worst {max(values):.1f} {unit} of {len(values)}"


def test_until_sound(tracks: list[Path], tmp_path: Path) -> None:
    player = PlayerProcess(tmp_path / "counted.json")
    opened, played, sought = [], [], []
    rng = np.random.default_rng(5)
    for number in range(N_STARTS):
        path = str(tracks[number % len(tracks)])
        began = player.send_and_wait(messages.Open(path), is_state(messages.PlayState.PAUSED))
        opened.append(1000 * (time.perf_counter() - began))
        played.append(player.send_and_wait(messages.Play(), is_moving))
        time.sleep(0.3)
        sought.append(player.send_and_wait(messages.Seek(float(rng.uniform(10, SECONDS - 10))), is_moving))
        time.sleep(0.3)
        player.send_and_wait(messages.Pause(), is_state(messages.PlayState.PAUSED))
        time.sleep(0.1)
    counted = player.close()
    callback_us = 1e6 * np.array(counted["callback_s"])
    print(f"\nopen a 4-minute MP3: {spread(opened, 'ms')}")
    print(f"play -> first block with sound: {spread(delays_ms(played, counted['sound_at']), 'ms')}")
    print(f"seek -> first block with sound: {spread(delays_ms(sought, counted['sound_at']), 'ms')}")
    p50, p99 = np.percentile(callback_us, (50, 99))
    print(f"callback of 512 frames: median {p50:.0f} µs, p99 {p99:.0f} µs, worst {callback_us.max():.0f} µs")


def classify(engine: Engine, predictor: Predictor, tracks: list[Path]) -> float:
    """Classify tracks; gives their number a second."""
    began = time.perf_counter()
    results = list(engine.classify(PathQueue(map(str, tracks)), predictor))
    assert len(results) == len(tracks) and not [result for result in results if result.error]
    return len(tracks) / (time.perf_counter() - began)


def test_playing_and_classifying(tracks: list[Path], tmp_path: Path) -> None:
    """The ratio of throughputs says little where the machine has other work; the processor time does not mind it."""
    predictor = Predictor.load(default_bundle())
    ratios, underruns, counted = [], 0, []
    with Engine(jobs=2, niceness=10) as engine:

        def alone() -> float:
            return classify(engine, predictor, tracks)

        def beside() -> float:
            nonlocal underruns
            player = PlayerProcess(tmp_path / "counted.json")
            player.send_and_wait(messages.Open(str(tracks[-1])), is_state(messages.PlayState.PAUSED))
            player.send(messages.Loop(True))
            player.send_and_wait(messages.Play(), is_moving)
            rate = classify(engine, predictor, tracks)
            counts = [event.count for event in player.events if isinstance(event, messages.Underruns)]
            underruns += max(counts, default=0)
            counted.append(player.close())
            return rate

        classify(engine, predictor, tracks)  # imports, compiles, and fills the system's cache
        print(f"\n{len(tracks)} tracks, tracks a second alone and while one plays:")
        for turn in range(N_TURNS):
            # The order changes, so that a drift of the machine favours neither.
            first, second = (alone, beside) if turn % 2 == 0 else (beside, alone)
            rates = {first: first(), second: second()}
            ratios.append(rates[beside] / rates[alone])
            print(f"  {rates[alone]:.2f}  {rates[beside]:.2f}  ratio {ratios[-1]:.3f}")
    late = [moment for one in counted for moment in one["late_s"]]
    callback = [moment for one in counted for moment in one["callback_s"]]
    cpu, wall = (sum(sum(one[name]) for one in counted) for name in ("cpu_s", "wall_s"))
    print(f"ratio: median {statistics.median(ratios):.3f}, from {min(ratios):.3f} to {max(ratios):.3f}")
    print(f"{wall:.0f} s played: {underruns} underruns, {100 * cpu / wall:.1f} % of one processor")
    print(
        f"the device's thread came {1000 * max(late):.1f} ms late at worst, p99 {1000 * np.percentile(late, 99):.1f} ms"
    )
    print(f"callback p99 {1e6 * np.percentile(callback, 99):.0f} µs, worst {1e6 * max(callback):.0f} µs")
