"""Messages between the window and the player process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from genre_desktop.audio.devices.sound_system import Device
from genre_desktop.core.errors import GenreDesktopError

# --- commands, to the process -------------------------------------------------------------


@dataclass(frozen=True)
class Open:
    """Open a file at its beginning, paused; the file that was open is closed."""

    path: str


@dataclass(frozen=True)
class Close:
    """Close the file and release the device."""


@dataclass(frozen=True)
class Play:
    """Play from the current position."""


@dataclass(frozen=True)
class PlayRegion:
    """Play a region (in seconds) once, from its beginning."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Pause:
    """Pause at the current position."""


@dataclass(frozen=True)
class Stop:
    """Pause and go to the beginning."""


@dataclass(frozen=True)
class Seek:
    """Go to a position, playing or paused as before."""

    seconds: float


@dataclass(frozen=True)
class Loop:
    """Switch looping on or off, of a region (in seconds) or of the whole sound."""

    is_on: bool
    region: tuple[float, float] | None = None


@dataclass(frozen=True)
class Volume:
    """Set the volume: the position of a slider, 0 to 1."""

    volume: float


@dataclass(frozen=True)
class UseDevice:
    """Play on another device (`Device.key`); None for the system's default."""

    key: str | None


@dataclass(frozen=True)
class ListDevices:
    """List the devices, answered by `Devices`."""


Command = Open | Close | Play | PlayRegion | Pause | Stop | Seek | Loop | Volume | UseDevice | ListDevices

# --- events, from the process -------------------------------------------------------------


class PlayState(Enum):
    """The state of playback."""

    EMPTY = "empty"
    OPENING = "opening"
    PAUSED = "paused"
    PLAYING = "playing"


@dataclass(frozen=True)
class StateChanged:
    """The state of playback has changed.

    Attributes
    ----------
    state : PlayState
    path : str or None
    duration_s : float
        As far as it is known.
    """

    state: PlayState
    path: str | None
    duration_s: float


@dataclass(frozen=True)
class Position:
    """The position that was audible at some time.

    Attributes
    ----------
    path : str
    seconds : float
        Position in the sound.
    at : float
        Time of that position by `time.perf_counter`, which is the same for all processes of a machine.
    is_moving : bool
        Whether the position advances from then on.
    """

    path: str
    seconds: float
    at: float
    is_moving: bool


@dataclass(frozen=True)
class Devices:
    """The devices that can play, and the key of the chosen one (None: the system's default)."""

    devices: tuple[Device, ...]
    key: str | None


@dataclass(frozen=True)
class Problem:
    """Why nothing can be played."""

    error: GenreDesktopError


@dataclass(frozen=True)
class Underruns:
    """Number of underruns since the device was opened."""

    count: int


Event = StateChanged | Position | Devices | Problem | Underruns
