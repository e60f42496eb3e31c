"""What the window and the process that plays say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from genre_desktop.audio.devices.sound_system import Device
from genre_desktop.core.errors import GenreDesktopError

# --- commands -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Open:
    """Get a file ready; what was open before is closed."""

    path: str


@dataclass(frozen=True)
class Close:
    """Close the file and give the device back."""


@dataclass(frozen=True)
class Play:
    """Go on from where it stands."""


@dataclass(frozen=True)
class PlayRegion:
    """Play a stretch once, from its beginning (in seconds)."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Pause:
    """Stand still."""


@dataclass(frozen=True)
class Stop:
    """Stand still at the beginning."""


@dataclass(frozen=True)
class Seek:
    """Go to a place, and go on as before."""

    seconds: float


@dataclass(frozen=True)
class Loop:
    """Repeat a region (seconds), or all of the sound; or nothing any more."""

    is_on: bool
    region: tuple[float, float] | None = None


@dataclass(frozen=True)
class Volume:
    """0 to 1, as a slider stands."""

    volume: float


@dataclass(frozen=True)
class UseDevice:
    """Play on another device (`Device.key`); None for the system's choice."""

    key: str | None


@dataclass(frozen=True)
class ListDevices:
    """Look which devices there are."""


Command = Open | Close | Play | PlayRegion | Pause | Stop | Seek | Loop | Volume | UseDevice | ListDevices

# --- events -------------------------------------------------------------------------------


class PlayState(Enum):
    """How playback stands."""

    EMPTY = "empty"
    OPENING = "opening"
    PAUSED = "paused"
    PLAYING = "playing"


@dataclass(frozen=True)
class StateChanged:
    """Playback stands otherwise.

    Attributes
    ----------
    state : PlayState
    path : str or None
    duration_s : float
        As far as is known.
    """

    state: PlayState
    path: str | None
    duration_s: float


@dataclass(frozen=True)
class Position:
    """What was heard at a moment.

    Attributes
    ----------
    path : str
    seconds : float
        In the sound.
    at : float
        `time.perf_counter`, which is the same for all processes of a machine.
    is_moving : bool
    """

    path: str
    seconds: float
    at: float
    is_moving: bool


@dataclass(frozen=True)
class Devices:
    """The devices that can play, and the key of the one that is chosen (None: the system's choice)."""

    devices: tuple[Device, ...]
    key: str | None


@dataclass(frozen=True)
class Problem:
    """Why nothing is heard."""

    error: GenreDesktopError


@dataclass(frozen=True)
class Underruns:
    """Times that sound came too late for the device, since the device was opened."""

    count: int


Event = StateChanged | Position | Devices | Problem | Underruns
