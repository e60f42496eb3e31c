"""A client of the picture process, which runs in a thread, and sounds for it."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.picture import picture_process
from genre_desktop.audio.picture.messages import (
    ShowTrack,
    TrackFailed,
)
from genre_desktop.audio.picture.track_picture import FrequencyRange, PictureConfig, TrackPicture
from tests.support.odd_files import music, write_sound
from tests.support.waiting import PATIENCE_S

RATE = 44_100
CONFIG = PictureConfig()
_Message = TypeVar("_Message")


class PictureClient:
    """The other end of a picture server that runs in a thread of this process."""

    def __init__(self, hook: Callable[[str], None] | None = None) -> None:
        self.connection, far = multiprocessing.Pipe()
        self.received: list[Any] = []
        self._thread = threading.Thread(target=self._run, args=(far, hook))
        self._thread.start()
        self._ticket = 0

    @staticmethod
    def _run(connection: Any, hook: Callable[[str], None] | None) -> None:
        try:
            picture_process.main(connection, hook)
        except EOFError:
            pass
        finally:
            connection.close()

    def send(self, message: object) -> None:
        self.connection.send(message)

    def show(self, path: Path, config: PictureConfig = CONFIG, *, is_known: bool = False) -> int:
        self._ticket += 1
        self.send(ShowTrack(self._ticket, str(path), config, is_known))
        return self._ticket

    def next(self, kind: type[_Message]) -> _Message:
        while True:
            assert self.connection.poll(PATIENCE_S), f"no {kind.__name__}"
            message = self.connection.recv()
            self.received.append(message)
            assert kind is TrackFailed or not isinstance(message, TrackFailed), message
            if isinstance(message, kind):
                return message

    def complete(self) -> TrackPicture:
        while not (picture := self.next(TrackPicture)).complete:
            pass
        return picture

    def close(self) -> None:
        self.connection.send(None)
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        self.connection.close()


def tone(path: Path, hz: float = 1_000.0, seconds: float = 12.0, channels: int = 2) -> Path:
    time = np.arange(round(seconds * RATE)) / RATE
    sound = (0.5 * np.sin(2 * np.pi * hz * time)).astype(np.float32)
    return write_sound(path, np.repeat(sound[:, np.newaxis], channels, axis=1), RATE)


def long_file(path: Path, seconds: float = 90.0) -> tuple[Path, NDArray[np.float32]]:
    sound = music(seconds, RATE, 1)
    return write_sound(path, sound, RATE, format="FLAC"), sound[:, 0]


def loudest_hz(picture: TrackPicture) -> float:
    levels = picture.spectrogram.levels.astype(float).mean(axis=0)
    axis = FrequencyRange.of(picture.config, picture.sample_rate)
    return float(axis.hz((levels.argmax() + 0.5) / levels.size))
