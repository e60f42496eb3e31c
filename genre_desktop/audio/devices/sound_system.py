"""Devices for sound, and streams to and from them, behind a protocol that tests can stand in for.

PortAudio is looked for at first need and not at import: the program starts without it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import NoPortAudioError, NoSoundDeviceError, SoundDeviceError, SoundDeviceLostError
from genre_desktop.core.i18n import tr

Kind = Literal["output", "input"]

OutputCallback = Callable[[NDArray[np.float32], float, bool], None]
"""``callback(block, delay_s, was_late)``: fill all of `block` [shape=(n_frames, n_channels)], whose first frame is
heard in `delay_s` seconds; `was_late` tells that the device ran dry before. On the device's own thread: it may neither
wait nor raise. An exception ends the stream."""

InputCallback = Callable[[NDArray[np.float32], float, bool], None]
"""``callback(block, delay_s, was_late)``: take over what is in `block` [shape=(n_frames, n_channels)], whose first
frame sounded `delay_s` seconds ago; the array is the device's own and is written over afterwards. `was_late` tells that
sound was lost before it."""

Latency = float | Literal["low", "high"]

OUTPUT_LATENCY_S = 0.1
"""Asked for where nothing else is: heard as "at once", yet a busy machine does not make it stutter (the value that
Audacity asks PortAudio for)."""

_LONGEST_DELAY_S = 5.0  # what a host says beyond this is no delay but an unset clock
_INVALID_DEVICE = -9996
_INVALID_SAMPLE_RATE = -9997


@dataclass(frozen=True)
class Device:
    """One device as PortAudio lists it.

    Attributes
    ----------
    index : int
        Its place in the list, which changes when devices come and go.
    name, host_api : str
        These two tell it again after a restart, see `key`.
    max_output_channels, max_input_channels : int
    default_sample_rate : float
        In Hz.
    is_default_output, is_default_input : bool
    """

    index: int
    name: str
    host_api: str
    max_output_channels: int
    max_input_channels: int
    default_sample_rate: float
    is_default_output: bool = False
    is_default_input: bool = False

    @property
    def key(self) -> str:
        """What the settings remember."""
        return f"{self.host_api}: {self.name}"

    def serves(self, kind: Kind) -> bool:
        """Whether it has channels of that kind."""
        return (self.max_output_channels if kind == "output" else self.max_input_channels) > 0

    def is_default(self, kind: Kind) -> bool:
        """Whether the system takes it where none is chosen."""
        return self.is_default_output if kind == "output" else self.is_default_input


class SampleRateRefusedError(SoundDeviceError):
    """The device is well, but does not do this rate."""


class SoundStream(Protocol):
    """A stream that was opened; it is silent until `start`.

    Attributes
    ----------
    sample_rate : float
        In Hz, as the device does it.
    channels : int
    latency_s : float
        Between callback and air.
    """

    @property
    def sample_rate(self) -> float: ...  # noqa: D102
    @property
    def channels(self) -> int: ...  # noqa: D102
    @property
    def latency_s(self) -> float: ...  # noqa: D102

    def start(self) -> None:
        """Let the callbacks begin.

        Raises
        ------
        SoundDeviceError
        """

    def stop(self) -> None:
        """Return when no callback comes any more; `start` goes on."""

    def close(self) -> None:
        """Stop and give the device back; harmless when done twice."""


class SoundSystem(Protocol):
    """Where devices come from."""

    def devices(self) -> tuple[Device, ...]:
        """All devices that are known.

        Raises
        ------
        NoPortAudioError, SoundDeviceError
        """

    def refresh(self) -> bool:
        """Look for devices that came and went; False where open streams stand against it.

        Raises
        ------
        NoPortAudioError, SoundDeviceError
        """

    def open_output(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: OutputCallback,
        on_finished: Callable[[], None],
        latency: Latency = OUTPUT_LATENCY_S,
    ) -> SoundStream:
        """Open a device for playing.

        Parameters
        ----------
        device : Device
        sample_rate : float
            In Hz.
        channels : int
        callback : callable
            See `OutputCallback`.
        on_finished : callable
            Called, on any thread, when the stream ended although nobody stopped it: the device is gone.
        latency : float or {"low", "high"}
            In seconds, or what the device thinks right.

        Raises
        ------
        SampleRateRefusedError, SoundDeviceLostError, SoundDeviceError, NoPortAudioError
        """

    def open_input(
        self,
        device: Device,
        sample_rate: float,
        channels: int,
        callback: InputCallback,
        on_finished: Callable[[], None],
        latency: Latency = "low",
    ) -> SoundStream:
        """Open a device for recording; parameters and errors as for `open_output`."""


def serving(devices: Iterable[Device], kind: Kind) -> tuple[Device, ...]:
    """Those that play, or those that record."""
    return tuple(device for device in devices if device.serves(kind))


def choose_device(devices: Iterable[Device], kind: Kind, key: str | None = None) -> Device:
    """Find the device that was chosen, or else the system's own choice.

    Parameters
    ----------
    devices : iterable of Device
    kind : {"output", "input"}
    key : str or None
        `Device.key` of the one that was chosen; another is taken while it is away.

    Raises
    ------
    NoSoundDeviceError
    """
    fit = serving(devices, kind)
    for device in fit:
        if device.key == key:
            return device
    for device in fit:
        if device.is_default(kind):
            return device
    if fit:
        return fit[0]
    raise NoSoundDeviceError(direction=tr("output") if kind == "output" else tr("input"))


# --- PortAudio --------------------------------------------------------------------------


class PortAudioSystem:
    """The devices of this machine, by PortAudio.

    May be used on several threads; PortAudio itself is asked by one at a time.
    """

    def __init__(self) -> None:
        self._asking = threading.RLock()
        self._n_open = 0

    def devices(self) -> tuple[Device, ...]:
        """All devices that are known, see `SoundSystem.devices`."""
        with self._asking:
            library = _library()
            try:
                hosts = [host["name"] for host in library.query_hostapis()]
                default_input, default_output = library.default.device
                return tuple(_device(info, hosts, default_output, default_input) for info in library.query_devices())
            except library.PortAudioError as error:
                raise _error(error, "PortAudio") from error

    def refresh(self) -> bool:
        """Look for devices that came and went, see `SoundSystem.refresh`."""
        with self._asking:
            library = _library()
            # PortAudio lists devices when it is initialised, and ends all streams for that.
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

        with self._asking:
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

        with self._asking:
            stream.open("InputStream", sample_rate, channels, latency, forward)
        return stream

    def _count(self, change: int) -> None:
        with self._asking:
            self._n_open += change


class _PortAudioStream:
    """A stream of sounddevice, with our errors."""

    def __init__(self, system: PortAudioSystem, device: Device, on_finished: Callable[[], None]) -> None:
        self._system = system
        self._device = device
        self._on_finished = on_finished
        self._stream: Any = None
        self._is_wanted = False
        self.sample_rate = 0.0
        self.channels = 0
        self.latency_s = 0.0

    def open(self, kind: str, sample_rate: float, channels: int, latency: Latency, callback: Any) -> None:
        library = _library()
        try:
            self._stream = getattr(library, kind)(
                device=self._device.index,
                samplerate=sample_rate,
                channels=channels,
                dtype="float32",
                latency=latency,
                callback=callback,
                finished_callback=self._finish,
                clip_off=True,  # whoever plays limits; a file must come out as it is
                dither_off=True,
            )
        except (library.PortAudioError, ValueError) as error:  # ValueError: the index is no device any more
            raise _error(error, self._device.name) from error
        self._system._count(1)
        self.sample_rate = float(self._stream.samplerate)
        self.channels = channels
        self.latency_s = float(self._stream.latency)

    def start(self) -> None:
        library = _library()
        self._is_wanted = True
        try:
            self._stream.start()
        except library.PortAudioError as error:
            self._is_wanted = False
            raise _error(error, self._device.name) from error

    def stop(self) -> None:
        self._is_wanted = False
        # Not `stop`, which waits until all that is buffered was heard.
        with contextlib.suppress(_library().PortAudioError):
            self._stream.abort()

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        self._is_wanted = False
        with contextlib.suppress(_library().PortAudioError):
            stream.abort()
        with contextlib.suppress(_library().PortAudioError):
            stream.close()
        self._system._count(-1)

    def _finish(self) -> None:
        if self._is_wanted:
            self._on_finished()


def _library() -> Any:
    try:
        import sounddevice
    except OSError as error:
        raise NoPortAudioError(reason=error) from error
    except Exception as error:  # its own error class cannot be had: the import itself initialises PortAudio
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
    """What PortAudio's error is to a person."""
    code = error.args[1] if len(error.args) > 1 else None
    if code == _INVALID_SAMPLE_RATE:
        return SampleRateRefusedError(device=device, reason=_reason(error))
    if code in (None, _INVALID_DEVICE):  # none: sounddevice itself finds no such index
        return SoundDeviceLostError(device=device)
    return SoundDeviceError(device=device, reason=_reason(error))


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__
