"""Fake input devices; functions of a module, so that the capture process can import them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices.sound_system import Device, InputCallback, Latency, SampleRateRefusedError
from genre_desktop.core.errors import NoPortAudioError, SoundDeviceError
from tests.support.sounds import tune


def microphone(**changes: object) -> Device:
    values: dict[str, object] = {
        "index": 0,
        "name": "Microphone",
        "host_api": "Fake",
        "max_output_channels": 0,
        "max_input_channels": 1,
        "default_sample_rate": 48_000.0,
        "is_default_input": True,
    }
    return Device(**{**values, **changes})  # type: ignore[arg-type]


LINE = microphone(index=1, name="Line in", max_input_channels=2, default_sample_rate=44_100.0, is_default_input=False)


class FakeStream:
    """An input stream whose blocks a test sends, or a subclass at some speed.

    Attributes
    ----------
    is_started, is_closed : bool
    """

    latency_s = 0.01

    def __init__(
        self, sample_rate: float, channels: int, callback: InputCallback, on_finished: Callable[[], None]
    ) -> None:
        self.sample_rate = sample_rate
        self.channels = channels
        self.callback = callback
        self.on_finished = on_finished
        self.is_started = self.is_closed = False

    def start(self) -> None:
        self.is_started = True

    def stop(self) -> None:
        self.is_started = False

    def close(self) -> None:
        self.is_started, self.is_closed = False, True

    def sound(self, block: NDArray[np.float32], *, delay_s: float = 0.0, was_late: bool = False) -> None:
        """Send a block [shape=(n, channels)], in an array that is overwritten afterwards, as by a real device."""
        own = np.array(block, np.float32).reshape(len(block), -1)
        self.callback(own, delay_s, was_late)
        own[:] = np.nan

    def vanish(self) -> None:
        """End as if the device was unplugged."""
        self.on_finished()


class FakeSystem:
    """A sound system with the devices that a test gives.

    Attributes
    ----------
    streams : list of FakeStream
        All that were opened.
    refused_rates : set of float
    """

    def __init__(self, *devices: Device, refused_rates: set[float] | None = None) -> None:
        self._devices = devices or (microphone(),)
        self.refused_rates = refused_rates or set()
        self.streams: list[FakeStream] = []

    def devices(self) -> tuple[Device, ...]:
        return self._devices

    def refresh(self) -> bool:
        return True

    def open_output(self, *_arguments: object, **_named: object) -> FakeStream:
        raise SoundDeviceError(device="Fake", reason="it only listens")

    def open_input(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: InputCallback,
        on_finished: Callable[[], None],
        latency: Latency = "low",
    ) -> FakeStream:
        if sample_rate in self.refused_rates:
            raise SampleRateRefusedError(device=device.name, reason="Invalid sample rate")
        self.streams.append(self.make_stream(sample_rate, channels, callback, on_finished))
        return self.streams[-1]

    def make_stream(
        self, sample_rate: float, channels: int, callback: InputCallback, on_finished: Callable[[], None]
    ) -> FakeStream:
        return FakeStream(sample_rate, channels, callback, on_finished)


class _PlayingStream(FakeStream):
    """Plays a tune for `lives_s` seconds of sound, faster than real time."""

    lives_s = float("inf")
    speed = 4.0

    def start(self) -> None:
        super().start()
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def _play(self) -> None:
        rate = round(self.sample_rate)
        loop = np.tile(tune(10.0, rate)[:, np.newaxis], (1, self.channels))
        began, n = time.monotonic(), rate // 50
        at = 0
        while self.is_started:
            time.sleep(max(0.0, began + at / rate / self.speed - time.monotonic()))
            if at / rate > self.lives_s:
                self.vanish()
                return
            self.sound(loop[at % (10 * rate) :][:n], delay_s=0.02)
            at += n


class _ShortStream(_PlayingStream):
    lives_s = 1.0
    speed = 1.0


class PlayingSystem(FakeSystem):
    """Inputs on which a tune plays."""

    stream_type: type[FakeStream] = _PlayingStream

    def make_stream(
        self, sample_rate: float, channels: int, callback: InputCallback, on_finished: Callable[[], None]
    ) -> FakeStream:
        return self.stream_type(sample_rate, channels, callback, on_finished)


class _Vanishing(PlayingSystem):
    stream_type = _ShortStream


class _Missing(FakeSystem):
    def devices(self) -> tuple[Device, ...]:
        raise NoPortAudioError(reason="PortAudio library not found")

    def refresh(self) -> bool:
        raise NoPortAudioError(reason="PortAudio library not found")


def two_inputs() -> PlayingSystem:
    """A microphone and a line input, on which a tune plays."""
    return PlayingSystem(microphone(), LINE)


def vanishing() -> PlayingSystem:
    """A microphone that is unplugged after a second."""
    return _Vanishing(microphone(), LINE)


def without_portaudio() -> FakeSystem:
    """A system without the PortAudio library."""
    return _Missing()


def without_inputs() -> FakeSystem:
    """A system with an output only."""
    return FakeSystem(microphone(max_input_channels=0, max_output_channels=2))


class _Crashing(FakeSystem):
    def open_input(self, *_arguments: object, **_named: object) -> FakeStream:  # type: ignore[override]
        import os

        os._exit(139)


def crashing() -> FakeSystem:
    """A driver that crashes the process."""
    return _Crashing()
