"""The device that playback has open, at the sound's own rate wherever it supports that."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from genre_desktop.audio.devices.ring_buffer import RingBuffer
from genre_desktop.audio.devices.sound_system import (
    OTHER_RATES,
    Device,
    SampleRateRefusedError,
    SoundStream,
    SoundSystem,
)
from genre_desktop.audio.playback.output_stream import OutputStream
from genre_desktop.core.errors import GenreDesktopError

_LOST_AFTER_S = 2.0
"""A device that does not call back for so long is gone: some systems report nothing when one is pulled out."""


class OutputDevice:
    """A device opened for one sound, with the stream that it plays.

    Parameters
    ----------
    system : SoundSystem
    device : Device
    sound_rate : int
        Of the sound, in Hz; another rate is opened only where the device refuses it.
    buffer_s : float
        Capacity of the ring buffer, in seconds.
    clock : callable
        In seconds, see `OutputStream`.

    Attributes
    ----------
    name : str
    sound_rate : int
        The rate that it was opened for, in Hz.
    output : OutputStream
        At the rate that the device took.
    is_running : bool
        Whether it was started.

    Raises
    ------
    SoundDeviceError, SoundDeviceLostError, NoPortAudioError
        `SampleRateRefusedError` where it supports none of the rates.
    """

    def __init__(
        self, system: SoundSystem, device: Device, sound_rate: int, buffer_s: float, clock: Callable[[], float]
    ) -> None:
        self.name = device.name
        self.sound_rate = sound_rate
        self.is_running = False
        self._buffer_s = buffer_s
        self._clock = clock
        self._started_at = 0.0
        self._has_ended = False
        self._stream, self.output = self._open(system, device)

    def _open(self, system: SoundSystem, device: Device) -> tuple[SoundStream, OutputStream]:
        channels = min(2, device.max_output_channels)
        refusal: SampleRateRefusedError | None = None
        for rate in dict.fromkeys((float(self.sound_rate), device.default_sample_rate, *OTHER_RATES)):
            ring = RingBuffer(round(self._buffer_s * rate), channels)
            output = OutputStream(ring, rate, channels, self._clock)
            try:
                return system.open_output(device, rate, channels, output.callback, self._on_finished), output
            except SampleRateRefusedError as error:
                refusal = refusal or error
        assert refusal is not None
        raise refusal

    def start(self) -> None:
        """Let the device call back; harmless where it does.

        Raises
        ------
        SoundDeviceError
        """
        if not self.is_running:
            self._stream.start()
            self.is_running = True
        self._started_at = self._clock()

    def is_lost(self, *, is_call_expected: bool) -> bool:
        """Whether the device is gone: its stream ended, or it does not call back although a call is expected."""
        if not self.is_running:
            return False
        last = max(self._started_at, self.output.called_at or 0.0)
        return self._has_ended or (is_call_expected and self._clock() - last > _LOST_AFTER_S)

    def close(self) -> None:
        """Release the device."""
        with contextlib.suppress(GenreDesktopError):
            self._stream.close()

    def _on_finished(self) -> None:
        self._has_ended = True  # on the device's thread
