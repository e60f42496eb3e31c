"""Sound devices and streams as protocols, which `portaudio` implements, and fakes in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import NoSoundDeviceError, SoundDeviceError
from genre_desktop.core.i18n import tr

Direction = Literal["output", "input"]

OutputCallback = Callable[[NDArray[np.float32], float, bool], None]
"""``callback(block, delay_s, was_late)``: fill all of `block` [shape=(n_frames, n_channels)], whose first frame will be
audible in `delay_s` seconds. `was_late` is True after an underrun. Called on the device's own thread: it may neither
wait nor raise. An exception ends the stream."""

InputCallback = Callable[[NDArray[np.float32], float, bool], None]
"""``callback(block, delay_s, was_late)``: copy `block` [shape=(n_frames, n_channels)], whose first frame was recorded
`delay_s` seconds ago; the array is the device's own and is overwritten afterwards. `was_late` is True after an overrun:
sound was lost before the block."""

Latency = float | Literal["low", "high"]

OUTPUT_LATENCY_S = 0.1
"""Default latency of an output: still perceived as immediate, and long enough for a busy machine not to stutter (the
value that Audacity requests from PortAudio)."""

OTHER_RATES = (48_000.0, 44_100.0)
"""Rates in Hz to try where a device refuses its default one."""


@dataclass(frozen=True)
class Device:
    """A sound device as PortAudio lists it.

    Attributes
    ----------
    index : int
        Position in the list, which changes when devices are plugged in or out.
    name, host_api : str
        Identify the device after a restart, see `key`.
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
        """Identifier of the device in the settings."""
        return f"{self.host_api}: {self.name}"

    def supports(self, direction: Direction) -> bool:
        """Whether the device has channels of that direction."""
        return (self.max_output_channels if direction == "output" else self.max_input_channels) > 0

    def is_default(self, direction: Direction) -> bool:
        """Whether the device is the system's default for that direction."""
        return self.is_default_output if direction == "output" else self.is_default_input


class SampleRateRefusedError(SoundDeviceError):
    """The device works, but not at this sampling rate."""


class SoundStream(Protocol):
    """An open stream to or from a device; nothing runs before `start`.

    Attributes
    ----------
    sample_rate : float
        The device's actual rate, in Hz.
    channels : int
    latency_s : float
        Seconds between the callback and the sound in the air.
    """

    @property
    def sample_rate(self) -> float: ...  # noqa: D102
    @property
    def channels(self) -> int: ...  # noqa: D102
    @property
    def latency_s(self) -> float: ...  # noqa: D102

    def start(self) -> None:
        """Begin to call back.

        Raises
        ------
        SoundDeviceError
        """

    def stop(self) -> None:
        """Stop calling back: after it returns no callback runs. `start` resumes."""

    def close(self) -> None:
        """Stop and release the device; harmless when done twice."""


class SoundSystem(Protocol):
    """The sound devices of a machine."""

    def devices(self) -> tuple[Device, ...]:
        """All devices that are known.

        Raises
        ------
        NoPortAudioError, SoundDeviceError
        """

    def refresh(self) -> bool:
        """Update the list of devices; False where open streams prevent it.

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
            Called, on any thread, when the stream ended without `stop` or `close`: the device is gone.
        latency : float or {"low", "high"}
            In seconds, or a default of the device.

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


def supporting(devices: Iterable[Device], direction: Direction) -> tuple[Device, ...]:
    """The devices with channels of one direction."""
    return tuple(device for device in devices if device.supports(direction))


def choose_device(devices: Iterable[Device], direction: Direction, key: str | None = None) -> Device:
    """Find the device that was chosen, or else the system's default.

    Parameters
    ----------
    devices : iterable of Device
    direction : {"output", "input"}
    key : str or None
        `Device.key` of the chosen one; while that is not connected another one is returned.

    Raises
    ------
    NoSoundDeviceError
    """
    candidates = supporting(devices, direction)
    for device in candidates:
        if device.key == key:
            return device
    for device in candidates:
        if device.is_default(direction):
            return device
    if candidates:
        return candidates[0]
    raise NoSoundDeviceError(direction=tr("output") if direction == "output" else tr("input"))
