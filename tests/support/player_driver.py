"""A player of a sound in memory, with a device that a test drives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.playback.messages import Event, PlayState, Position, Problem, StateChanged
from genre_desktop.audio.playback.player import Player
from genre_desktop.core.errors import (
    AudioNotFoundError,
    GenreDesktopError,
)
from tests.support.fake_portaudio import FakeSoundSystem

RATE = 8000
BLOCK = 64
FADE = 40  # frames: 5 ms


class Noise:
    """A sound in memory; no two samples are alike."""

    def __init__(self, n_frames: int = 4 * RATE, channels: int = 2, rate: int = RATE) -> None:
        self.samples = np.random.default_rng(7).uniform(-1, 1, (n_frames, channels)).astype(np.float32)
        self.sample_rate, self.channels, self.n_frames = rate, channels, n_frames
        self.is_closed = False
        self.failure: GenreDesktopError | None = None

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        if self.failure is not None:
            raise self.failure
        return self.samples[start : start + count]

    def close(self) -> None:
        self.is_closed = True


class Bench:
    """A player with a device that a test drives."""

    def __init__(self, sound: Noise | None = None, system: FakeSoundSystem | None = None) -> None:
        self.sound = sound or Noise()
        self.system = system or FakeSoundSystem()
        self.events: list[Event] = []
        self.player = Player(self.system, self.events.append, self._open, self.system.clock)

    def _open(self, path: str) -> Noise:
        if path == "gone":
            raise AudioNotFoundError(path=path)
        return self.sound

    def playing(self, *, work: bool = True) -> Bench:
        self.player.open("noise")
        self.player.play()
        if work:
            self.work()
        return self

    def work(self) -> None:
        for _ in range(20):
            self.player.work()

    def pull(self, count: int) -> NDArray[np.float32]:
        """The frames that the device gets, with the player at work between its blocks."""
        blocks = []
        for start in range(0, count, BLOCK):
            blocks.append(self.system.pull(min(BLOCK, count - start)))
            self.work()
        return np.concatenate(blocks)

    def emitted(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def state(self) -> PlayState:
        last = self.emitted(StateChanged)[-1]
        assert isinstance(last, StateChanged)
        return last.state

    def problem(self) -> GenreDesktopError:
        last = self.emitted(Problem)[-1]
        assert isinstance(last, Problem)
        return last.error

    def position_s(self) -> float:
        last = self.emitted(Position)[-1]
        assert isinstance(last, Position)
        moved = self.system.now - last.at if last.is_moving else 0.0
        return last.seconds + max(0.0, moved)
