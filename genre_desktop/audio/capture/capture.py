"""Sound from an input device, in mono blocks with the time at which they sounded."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.simulated_input import SimulatedStream
from genre_desktop.audio.decode.decoder import finite
from genre_desktop.audio.devices.ring_buffer import RingBuffer
from genre_desktop.audio.devices.sound_system import (
    Device,
    SampleRateRefusedError,
    SoundStream,
    SoundSystem,
    choose_device,
)
from genre_desktop.core.errors import SoundDeviceError, SoundDeviceLostError

RING_S = 10.0
"""What may wait in the ring: longer than any stall that was seen."""

SILENT_S = 3.0
"""A device that calls back no more for so long is gone, whether it says so or not."""

_OTHER_RATES = (48_000.0, 44_100.0)
_MAX_CHANNELS = 2


class EndOfInput(Exception):
    """A simulated input has come to the end of its file."""


@dataclass(frozen=True, eq=False)
class CapturedBlock:
    """Some sound.

    Attributes
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono, at the device's own rate; always finite.
    heard_at : float
        When the last sample sounded, by `time.monotonic`, which all processes of a machine share.
    seconds : float
        Its length.
    peak : float
        Highest magnitude on any channel, before mixing down.
    rms : float
        Of the samples.
    n_overflows : int
        How often sound has been lost since the stream began.
    """

    samples: NDArray[np.float32]
    heard_at: float
    seconds: float
    peak: float
    rms: float
    n_overflows: int


class Capture:
    """An open input device; a context manager.

    The device's callback copies into a ring made beforehand, and does nothing else.

    Parameters
    ----------
    system : SoundSystem
    key : str or None
        `Device.key` of the wanted input; the system's own choice where that is away.

    Attributes
    ----------
    device : Device
    sample_rate : int
        In Hz, the device's own: resampling is better left to soxr.
    channels : int
    latency_s : float
        Between air and callback, as the device says.

    Raises
    ------
    NoPortAudioError, NoSoundDeviceError, SoundDeviceError, SoundDeviceLostError
    """

    def __init__(self, system: SoundSystem, key: str | None = None) -> None:
        self.device: Device = choose_device(system.devices(), "input", key)
        self.channels = min(_MAX_CHANNELS, self.device.max_input_channels)
        self._is_over = threading.Event()
        rate = max(self.device.default_sample_rate, *_OTHER_RATES)
        self._ring = RingBuffer(round(RING_S * rate), self.channels)
        self._n_overflows = 0
        self._newest_at = self._called_at = time.monotonic()
        self._stream = self._open(system)
        self.sample_rate = round(self._stream.sample_rate)
        self.latency_s = self._stream.latency_s

    def _open(self, system: SoundSystem) -> SoundStream:
        own = self.device.default_sample_rate
        refused: SoundDeviceError | None = None
        for rate in (own, *(other for other in _OTHER_RATES if other != own)):
            try:
                return system.open_input(self.device, rate, self.channels, self._take, self._is_over.set)
            except SampleRateRefusedError as error:
                refused = refused or error
        assert refused is not None
        raise refused

    def start(self) -> None:
        """Begin to listen.

        Raises
        ------
        SoundDeviceError
        """
        self._called_at = time.monotonic()
        self._stream.start()

    def read(self) -> CapturedBlock | None:
        """What has come since the last call; None where nothing has.

        Raises
        ------
        SoundDeviceLostError
            Once all that came before was read.
        EndOfInput
            The same for a file that is at its end.
        AudioError
            The same for a file that is damaged.
        """
        is_over = self._is_over.is_set()  # asked first: what came just before the end counts
        newest_at = self._newest_at  # asked before the sound: it makes that older, not younger
        n_frames = self._ring.available
        if n_frames:
            return self._cut(n_frames, newest_at)
        if is_over:
            if not isinstance(self._stream, SimulatedStream):
                raise SoundDeviceLostError(device=self.device.name)
            raise self._stream.problem or EndOfInput
        if time.monotonic() - self._called_at > SILENT_S:
            raise SoundDeviceLostError(device=self.device.name)
        return None

    def close(self) -> None:
        """Give the device back; harmless when done twice."""
        self._stream.close()

    def __enter__(self) -> Capture:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- on the device's thread ----------------------------------------------------------

    def _take(self, block: NDArray[np.float32], delay_s: float, was_late: bool) -> None:
        now = time.monotonic()
        if was_late:
            self._n_overflows += 1
        if len(block) > self._ring.free:  # nobody has read for long: this block is lost
            self._n_overflows += 1
        else:
            self._ring.write(block)
            self._newest_at = now - delay_s + len(block) / self._stream.sample_rate
        self._called_at = now

    # -- on the reader's thread ----------------------------------------------------------

    def _cut(self, n_frames: int, newest_at: float) -> CapturedBlock:
        frames = np.empty((n_frames, self.channels), np.float32)
        self._ring.read_into(frames)
        frames = finite(frames)  # of a faulty driver
        samples = frames.mean(axis=1, dtype=np.float32)
        peak = float(np.abs(frames).max())
        rms = float(np.sqrt(np.mean(np.square(samples))))
        return CapturedBlock(samples, newest_at, len(samples) / self.sample_rate, peak, rms, self._n_overflows)
