"""A simulated input device, which plays a sound file in the place of a microphone."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.devices.sound_system import Device, InputCallback, Latency, OutputCallback, SoundStream
from genre_desktop.core.errors import AudioError, GenreDesktopError, SoundDeviceError
from genre_desktop.core.i18n import tr

SIMULATION = "Simulation"
"""Host interface (`Device.host_api`) of simulated devices."""

BLOCK_S = 0.01
"""Length of the blocks given to the callback; those of real devices have 5 to 20 ms."""


class SimulatedSystem:
    """A sound system with one input device, whose sound is that of a file.

    Parameters
    ----------
    path : path-like
    speed : float
        1 is real time; tests are faster.
    repeats : int
        How often the file is played.
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
        """Do nothing: the device is always there."""
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
        """Refuse: a simulated device has no output."""
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
    """Calls back with mono blocks, on a schedule that does not drift: each is due at its own time after the start.

    Attributes
    ----------
    problem : GenreDesktopError or None
        Why the file broke off, or that a part of it is damaged; set when it is at its end.
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
        self.notes: tuple[AudioError, ...] = ()
        self._path = path
        self._speed = speed
        self._repeats = repeats
        self._callback = callback
        self._on_finished = on_finished
        self._is_stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to call back."""
        self._is_stopped.clear()
        self._thread = threading.Thread(target=self._feed, name="simulated input", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop calling back."""
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
            # The delay of the first sample is the length of the block, at any speed.
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
                self.problem, self.notes = self.problem or reader.problem, reader.notes
