"""Sound devices through PortAudio.

The library is loaded at first use and not at import: the program starts without it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices.sound_system import (
    OUTPUT_LATENCY_S,
    Device,
    InputCallback,
    Latency,
    OutputCallback,
    SampleRateRefusedError,
    SoundStream,
)
from genre_desktop.core.errors import NoPortAudioError, SoundDeviceError, SoundDeviceLostError

_LONGEST_DELAY_S = 5.0
"""A longer delay is no delay but an unset clock of the host."""

_INVALID_DEVICE = -9996
_INVALID_SAMPLE_RATE = -9997


class PortAudioSystem:
    """The devices of this machine, through PortAudio.

    May be used on several threads: a lock serialises the calls of PortAudio.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._n_open = 0

    def devices(self) -> tuple[Device, ...]:
        """All devices that are known, see `SoundSystem.devices`."""
        with self._lock:
            library = _library()
            try:
                hosts = [host["name"] for host in library.query_hostapis()]
                default_input, default_output = library.default.device
                return tuple(_device(info, hosts, default_output, default_input) for info in library.query_devices())
            except library.PortAudioError as error:
                raise _error(error, "PortAudio") from error

    def refresh(self) -> bool:
        """Update the list of devices, see `SoundSystem.refresh`."""
        with self._lock:
            library = _library()
            # PortAudio lists devices when it is initialised, which ends all streams.
            if self._n_open:
                return False
            try:
                library._terminate()
                library._initialize()
            except library.PortAudioError as error:
                raise _error(error, "PortAudio") from error
            return True

    def open_output(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: OutputCallback,
        on_finished: Callable[[], None],
        latency: Latency = OUTPUT_LATENCY_S,
    ) -> SoundStream:
        """Open a device for playing, see `SoundSystem.open_output`."""
        stream = _PortAudioStream(self, device, on_finished)

        def forward(block: NDArray[np.float32], _n_frames: int, times: Any, status: Any) -> None:
            delay_s = times.outputBufferDacTime - times.currentTime
            if not 0.0 < delay_s < _LONGEST_DELAY_S:  # some hosts leave the clock at 0
                delay_s = stream.latency_s
            callback(block, delay_s, status.output_underflow)

        with self._lock:
            stream.open("OutputStream", sample_rate, channels, latency, forward)
        return stream

    def open_input(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: InputCallback,
        on_finished: Callable[[], None],
        latency: Latency = "low",
    ) -> SoundStream:
        """Open a device for recording, see `SoundSystem.open_input`."""
        stream = _PortAudioStream(self, device, on_finished)

        def forward(block: NDArray[np.float32], _n_frames: int, times: Any, status: Any) -> None:
            delay_s = times.currentTime - times.inputBufferAdcTime
            if not 0.0 < delay_s < _LONGEST_DELAY_S:
                delay_s = stream.latency_s
            callback(block, delay_s, status.input_overflow)

        with self._lock:
            stream.open("InputStream", sample_rate, channels, latency, forward)
        return stream

    def _count_open(self, change: int) -> None:
        with self._lock:
            self._n_open += change


class _PortAudioStream:
    """A stream of the library sounddevice, with the program's own errors."""

    def __init__(self, system: PortAudioSystem, device: Device, on_finished: Callable[[], None]) -> None:
        self._system = system
        self._device = device
        self._on_finished = on_finished
        self._stream: Any = None
        self._is_running = False
        self.sample_rate = 0.0
        self.channels = 0
        self.latency_s = 0.0

    def open(self, class_name: str, sample_rate: float, channels: int, latency: Latency, callback: Any) -> None:
        library = _library()
        try:
            self._stream = getattr(library, class_name)(
                device=self._device.index,
                samplerate=sample_rate,
                channels=channels,
                dtype="float32",
                latency=latency,
                callback=callback,
                finished_callback=self._on_stream_finished,
                clip_off=True,  # samples are played as they are in the file
                dither_off=True,
            )
        except (library.PortAudioError, ValueError) as error:  # ValueError: the index is no device any more
            raise _error(error, self._device.name) from error
        self._system._count_open(1)
        self.sample_rate = float(self._stream.samplerate)
        self.channels = channels
        self.latency_s = float(self._stream.latency)

    def start(self) -> None:
        library = _library()
        self._is_running = True
        try:
            self._stream.start()
        except library.PortAudioError as error:
            self._is_running = False
            raise _error(error, self._device.name) from error

    def stop(self) -> None:
        self._is_running = False
        # Not `stop`, which waits until all buffered sound was played.
        with contextlib.suppress(_library().PortAudioError):
            self._stream.abort()

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        self._is_running = False
        with contextlib.suppress(_library().PortAudioError):
            stream.abort()
        with contextlib.suppress(_library().PortAudioError):
            stream.close()
        self._system._count_open(-1)

    def _on_stream_finished(self) -> None:
        # Called after every end, also after `stop` and `close`.
        if self._is_running:
            self._on_finished()


def _library() -> Any:
    try:
        import sounddevice
    except OSError as error:
        raise NoPortAudioError(reason=error) from error
    except Exception as error:  # sounddevice's own error class cannot be imported: the import initialises PortAudio
        raise SoundDeviceError(device="PortAudio", reason=_reason(error)) from error
    return sounddevice


def _device(info: Any, hosts: list[str], default_output: int, default_input: int) -> Device:
    return Device(
        index=info["index"],
        name=info["name"],
        host_api=hosts[info["hostapi"]],
        max_output_channels=info["max_output_channels"],
        max_input_channels=info["max_input_channels"],
        default_sample_rate=float(info["default_samplerate"]),
        is_default_output=info["index"] == default_output,
        is_default_input=info["index"] == default_input,
    )


def _error(error: Exception, device: str) -> SoundDeviceError | SoundDeviceLostError:
    """The program's error for one of PortAudio's."""
    code = error.args[1] if len(error.args) > 1 else None
    if code == _INVALID_SAMPLE_RATE:
        return SampleRateRefusedError(device=device, reason=_reason(error))
    if code in (None, _INVALID_DEVICE):  # None: sounddevice itself found no such index
        return SoundDeviceLostError(device=device)
    return SoundDeviceError(device=device, reason=_reason(error))


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__
