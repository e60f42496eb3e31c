"""Sound from an input device, in mono blocks with the time at which they were recorded."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.simulated_input import SimulatedStream
from genre_desktop.audio.decode.decoder import replace_non_finite
from genre_desktop.audio.decode.downmix import Downmix
from genre_desktop.audio.devices.ring_buffer import RingBuffer
from genre_desktop.audio.devices.sound_system import (
    OTHER_RATES,
    Device,
    SampleRateRefusedError,
    SoundStream,
    SoundSystem,
    choose_device,
)
from genre_desktop.core.errors import AudioError, SoundDeviceError, SoundDeviceLostError

RING_S = 10.0
"""Capacity of the ring buffer: longer than any stall that was observed."""

SILENT_S = 3.0
"""A device that does not call back for so long is gone, whether the system reports it or not."""

_MAX_CHANNELS = 2


class EndOfInput(Exception):
    """A simulated input is at the end of its file; `notes` are those of `AudioReader.notes`."""

    def __init__(self, notes: tuple[AudioError, ...] = ()) -> None:
        super().__init__()
        self.notes = notes


@dataclass(frozen=True, eq=False)
class CapturedBlock:
    """A block of captured sound.

    Attributes
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono, at the device's own rate; always finite.
    recorded_at : float
        Time at which the last sample was recorded, by `time.monotonic`, which all processes of a machine share.
    seconds : float
        Length of the block.
    peak : float
        Highest magnitude on any channel, before mixing down.
    rms : float
        Root mean square of the samples.
    n_overflows : int
        Number of times that sound was lost since the stream began.
    """

    samples: NDArray[np.float32]
    recorded_at: float
    seconds: float
    peak: float
    rms: float
    n_overflows: int


class Capture:
    """An open input device; a context manager.

    The device's callback copies into a preallocated ring buffer, and does nothing else.

    Parameters
    ----------
    system : SoundSystem
    key : str or None
        `Device.key` of the chosen input; the system's default where that is not connected.

    Attributes
    ----------
    device : Device
    sample_rate : int
        The device's own rate in Hz: resampling is better left to soxr.
    channels : int
    latency_s : float
        Seconds between the sound in the air and the callback, by the device.

    Raises
    ------
    NoPortAudioError, NoSoundDeviceError, SoundDeviceError, SoundDeviceLostError
    """

    def __init__(self, system: SoundSystem, key: str | None = None) -> None:
        self.device: Device = choose_device(system.devices(), "input", key)
        self.channels = min(_MAX_CHANNELS, self.device.max_input_channels)
        self._has_ended = threading.Event()
        rate = max(self.device.default_sample_rate, *OTHER_RATES)
        self._ring = RingBuffer(round(RING_S * rate), self.channels)
        self._n_overflows = 0
        self._newest_at = self._called_at = time.monotonic()
        self._stream = self._open(system)
        self.sample_rate = round(self._stream.sample_rate)
        self._downmix = Downmix(self.channels, self.sample_rate, is_live=True)
        self.latency_s = self._stream.latency_s

    def _open(self, system: SoundSystem) -> SoundStream:
        refusal: SoundDeviceError | None = None
        for rate in dict.fromkeys((self.device.default_sample_rate, *OTHER_RATES)):
            try:
                return system.open_input(self.device, rate, self.channels, self._on_block, self._has_ended.set)
            except SampleRateRefusedError as error:
                refusal = refusal or error
        assert refusal is not None
        raise refusal

    def start(self) -> None:
        """Begin to capture.

        Raises
        ------
        SoundDeviceError
        """
        self._called_at = time.monotonic()
        self._stream.start()

    def read(self) -> CapturedBlock | None:
        """The sound captured since the last call; None where there is none.

        Raises
        ------
        SoundDeviceLostError
            When the device is gone, after all sound before was read.
        EndOfInput
            The same at the end of a simulated input's file.
        AudioError
            The same for a file that is damaged.
        """
        has_ended = self._has_ended.is_set()  # before the sound, so that none of it is missed
        newest_at = self._newest_at  # before the sound: the block may seem older than it is, never younger
        n_frames = self._ring.available
        if n_frames:
            return self._cut(n_frames, newest_at)
        if has_ended:
            if not isinstance(self._stream, SimulatedStream):
                raise SoundDeviceLostError(device=self.device.name)
            raise self._stream.problem or EndOfInput(self._stream.notes)
        if time.monotonic() - self._called_at > SILENT_S:
            raise SoundDeviceLostError(device=self.device.name)
        return None

    def close(self) -> None:
        """Release the device; harmless when done twice."""
        self._stream.close()

    def __enter__(self) -> Capture:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- on the device's thread ----------------------------------------------------------

    def _on_block(self, block: NDArray[np.float32], delay_s: float, was_late: bool) -> None:
        now = time.monotonic()
        if was_late:
            self._n_overflows += 1
        if len(block) > self._ring.free:  # not read for long: this block is lost
            self._n_overflows += 1
        else:
            self._ring.write(block)
            self._newest_at = now - delay_s + len(block) / self._stream.sample_rate
        self._called_at = now

    # -- on the reader's thread ----------------------------------------------------------

    def _cut(self, n_frames: int, newest_at: float) -> CapturedBlock:
        frames = np.empty((n_frames, self.channels), np.float32)
        self._ring.read_into(frames)
        frames = replace_non_finite(frames)  # a faulty driver may record NaN
        samples = np.concatenate(list(self._downmix.push(frames)))
        peak = float(np.abs(frames).max())
        rms = float(np.sqrt(np.mean(np.square(samples))))
        return CapturedBlock(samples, newest_at, len(samples) / self.sample_rate, peak, rms, self._n_overflows)
