"""A sound file in the place of a microphone: the same stream, without any hardware."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.devices.sound_system import Device, InputCallback, Latency, OutputCallback, SoundStream
from genre_desktop.core.errors import GenreDesktopError, SoundDeviceError
from genre_desktop.core.i18n import tr

SIMULATION = "Simulation"
"""Stands where other devices name their host interface."""

BLOCK_S = 0.01
"""What the callback is given at a time; real devices give 5 to 20 ms."""


class SimulatedSystem:
    """One input device, which plays a file to the program.

    Parameters
    ----------
    path : path-like
    speed : float
        1 is real speed; tests hurry.
    repeats : int
        How often the file is fed.
    """

    def __init__(self, path: str | os.PathLike[str], *, speed: float = 1.0, repeats: int = 1) -> None:
        self._path = path
        self._speed = speed
        self._repeats = repeats

    def devices(self) -> tuple[Device, ...]:
        """The file as a device.

        Raises
        ------
        AudioError
        """
        with open_audio(self._path) as reader:
            rate = reader.info.sample_rate
        name = os.path.basename(os.fsdecode(self._path))
        return (Device(0, name, SIMULATION, 0, 1, float(rate), is_default_input=True),)

    def refresh(self) -> bool:
        """There is nothing to look for."""
        return True

    def open_output(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: OutputCallback,
        on_finished: Callable[[], None],
        latency: Latency = "low",
    ) -> SoundStream:
        """Refuse: a file hears nothing."""
        raise SoundDeviceError(device=device.name, reason=tr("a simulated input cannot play"))

    def open_input(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: InputCallback,
        on_finished: Callable[[], None],
        latency: Latency = "low",
    ) -> SoundStream:
        """Open the file, see `genre_desktop.audio.devices.sound_system.SoundSystem.open_input`."""
        return SimulatedStream(self._path, round(sample_rate), self._speed, self._repeats, callback, on_finished)


class SimulatedStream:
    """Feeds mono blocks by a clock that does not drift: each block is due at its own time after the start.

    Attributes
    ----------
    problem : GenreDesktopError or None
        What is wrong with the file, known once it is at its end: it broke off, or a part of it is damaged.
    """

    channels = 1
    latency_s = BLOCK_S

    def __init__(
        self,
        path: str | os.PathLike[str],
        sample_rate: int,
        speed: float,
        repeats: int,
        callback: InputCallback,
        on_finished: Callable[[], None],
    ) -> None:
        self.sample_rate = float(sample_rate)
        self.problem: GenreDesktopError | None = None
        self._path = path
        self._speed = speed
        self._repeats = repeats
        self._callback = callback
        self._on_finished = on_finished
        self._is_stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to feed."""
        self._is_stopped.clear()
        self._thread = threading.Thread(target=self._feed, name="simulated input", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Feed no more."""
        self._is_stopped.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def close(self) -> None:
        """Stop for good."""
        self.stop()

    def _feed(self) -> None:
        try:
            self._feed_all()
        except GenreDesktopError as error:
            self.problem = error
        if not self._is_stopped.is_set():
            self._on_finished()

    def _feed_all(self) -> None:
        rate = self.sample_rate * self._speed
        began = time.monotonic()
        n_fed = 0
        for block in self._blocks():
            n_fed += len(block)
            # When the last sample of the block would have reached a microphone.
            due_in = began + n_fed / rate - time.monotonic()
            if self._is_stopped.wait(max(due_in, 0.0)):
                return
            # The block lasts as long as its sound does, however quickly it is fed.
            self._callback(block[:, np.newaxis], len(block) / self.sample_rate + max(-due_in, 0.0), False)

    def _blocks(self) -> Iterator[NDArray[np.float32]]:
        size = max(1, round(BLOCK_S * max(self._speed, 1.0) * self.sample_rate))
        for _ in range(self._repeats):
            with open_audio(self._path) as reader:
                left = np.empty(0, np.float32)
                for samples in reader.blocks(round(self.sample_rate), 1.0):
                    left = np.concatenate((left, samples))
                    whole = len(left) // size * size
                    yield from left[:whole].reshape(-1, size)
                    left = left[whole:]
                if len(left):
                    yield left
                self.problem = self.problem or reader.problem
