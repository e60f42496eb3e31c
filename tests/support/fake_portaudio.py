"""A fake sound system with a clock of its own, which advances when a test takes blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices.sound_system import Device, Latency, SampleRateRefusedError
from genre_desktop.core.errors import GenreDesktopError, SoundDeviceLostError

SPEAKERS = Device(0, "Speakers", "Fake", 2, 0, 48_000.0, is_default_output=True)
HEADPHONES = Device(1, "Headphones", "Fake", 2, 0, 44_100.0)
MONO = Device(2, "Mono", "Fake", 1, 0, 44_100.0)
MICROPHONE = Device(3, "Microphone", "Fake", 0, 1, 44_100.0, is_default_input=True)


class FakeStream:
    """A stream whose callback a test calls."""

    def __init__(
        self, system: FakeSoundSystem, device: Device, sample_rate: float, channels: int, callback: Any, lost: Any
    ) -> None:
        self.device, self.sample_rate, self.channels = device, float(sample_rate), channels
        self.latency_s = system.latency_s
        self.is_running = self.is_closed = False
        self.callback: Callable[[NDArray[np.float32], float, bool], None] = callback
        self.on_finished: Callable[[], None] = lost

    def start(self) -> None:
        self.is_running = True

    def stop(self) -> None:
        self.is_running = False

    def close(self) -> None:
        self.is_running = False
        self.is_closed = True


class FakeSoundSystem:
    """Devices that a test plugs in and unplugs, and takes sound from."""

    def __init__(self, *devices: Device, latency_s: float = 0.05) -> None:
        self.plugged: tuple[Device, ...] = devices or (SPEAKERS, HEADPHONES, MICROPHONE)
        self.latency_s = latency_s
        self.now = 1000.0
        self.refused_rates: set[float] = set()
        self.failure: GenreDesktopError | None = None
        self.streams: list[FakeStream] = []
        self.n_refreshes = 0
        self._known = self.plugged

    def clock(self) -> float:
        return self.now

    @property
    def stream(self) -> FakeStream | None:
        """The stream that is open."""
        return next((stream for stream in self.streams if not stream.is_closed), None)

    def devices(self) -> tuple[Device, ...]:
        if self.failure is not None:
            raise self.failure
        return self._known

    def refresh(self) -> bool:
        if self.failure is not None:
            raise self.failure
        if self.stream is not None:
            return False
        self.n_refreshes += 1
        self._known = self.plugged
        return True

    def open_output(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: Any,
        on_finished: Callable[[], None],
        latency: Latency = 0.1,
    ) -> FakeStream:
        if self.failure is not None:
            raise self.failure
        if device not in self.plugged:
            raise SoundDeviceLostError(device=device.name)
        if sample_rate in self.refused_rates:
            raise SampleRateRefusedError(device=device.name, reason=f"{sample_rate:.0f} Hz")
        assert self.stream is None, "PortAudio gives a device to one stream at a time"
        stream = FakeStream(self, device, sample_rate, channels, callback, on_finished)
        self.streams.append(stream)
        return stream

    open_input = open_output

    def pull(self, count: int, *, was_late: bool = False) -> NDArray[np.float32]:
        """Let the open stream fill `count` frames, and advance the clock by their time."""
        stream = self.stream
        assert stream is not None and stream.is_running
        block = np.full((count, stream.channels), np.nan, dtype=np.float32)  # a callback that fills too little is seen
        stream.callback(block, self.latency_s, was_late)
        self.now += count / stream.sample_rate
        return block

    def unplug(self, device: Device) -> None:
        """Unplug a device; its stream ends."""
        self.plugged = tuple(other for other in self.plugged if other != device)
        stream = self.stream
        if stream is not None and stream.device == device and stream.is_running:
            stream.is_running = False
            stream.on_finished()
