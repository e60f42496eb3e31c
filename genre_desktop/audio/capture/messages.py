"""Messages between the program and the capture process."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.capture import CapturedBlock
from genre_desktop.audio.devices.sound_system import Device
from genre_desktop.core.errors import AudioError, GenreDesktopError

# -- requests, to the process ------------------------------------------------------------


@dataclass(frozen=True)
class ListInputs:
    """List the inputs; only while none is open."""


@dataclass(frozen=True)
class OpenInput:
    """Begin to capture sound.

    Attributes
    ----------
    ticket : int
        Answers carry it.
    key : str or None
        `Device.key`; None for the system's default.
    file : str or None
        Simulate an input that plays this file.
    speed : float
        Of the file; 1 is real time.
    repeats : int
        How often the file is played.
    """

    ticket: int
    key: str | None = None
    file: str | None = None
    speed: float = 1.0
    repeats: int = 1


@dataclass(frozen=True)
class CloseInput:
    """Stop capturing."""


# -- answers, from the process -----------------------------------------------------------


@dataclass(frozen=True)
class InputsFound:
    """Answer to `ListInputs`; without devices where there is an error."""

    devices: tuple[Device, ...]
    error: GenreDesktopError | None = None


@dataclass(frozen=True)
class InputOpened:
    """An input is open; blocks follow.

    Attributes
    ----------
    ticket : int
    device : Device
    sample_rate : int
        In Hz.
    channels : int
    latency_s : float
        Seconds between the sound in the air and the callback, by the device.
    """

    ticket: int
    device: Device
    sample_rate: int
    channels: int
    latency_s: float


@dataclass(frozen=True, eq=False)
class InputBlock:
    """A block of sound with its columns of the live spectrogram.

    Attributes
    ----------
    ticket : int
    block : CapturedBlock
    columns : ndarray of uint8 [shape=(n_columns, n_rows)]
        See `genre_desktop.audio.picture.live_spectrogram`.
    """

    ticket: int
    block: CapturedBlock
    columns: NDArray[np.uint8]


@dataclass(frozen=True)
class InputEnded:
    """Capture has ended: by an error, or without one at the end of a simulated input's file.

    `notes` are those of `AudioReader.notes` for that file.
    """

    ticket: int
    error: GenreDesktopError | None
    notes: tuple[AudioError, ...] = ()
