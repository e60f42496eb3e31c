"""The user's settings: one small JSON file, written in one step."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)

LANGUAGES = ("en", "de", "es")
"""Those that the window speaks."""

MOST_JOBS = 64
"""Decoding processes; more of them only wait for each other."""

HELP_SIZES = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.8, 2.2)
"""Sizes of the help's text, against that of the window."""

_log = logging.getLogger(__name__)


WINDOW_LENGTHS = (512, 1_024, 2_048, 4_096, 8_192)


@dataclass(frozen=True)
class CanvasSettings:
    """How a track is drawn.

    Attributes
    ----------
    scale : {"mel", "log", "linear"}
        Of the frequency axis.
    n_fft : int
        Length of the analysis window in samples, one of `WINDOW_LENGTHS`.
    colour_map : {"magma", "viridis", "cividis", "grey"}
    low_db, high_db : int
        Levels in dB of full scale that get the first and the last colour.
    """

    scale: str = "mel"
    n_fft: int = 2_048
    colour_map: str = "magma"
    low_db: int = -100
    high_db: int = -20


@dataclass(frozen=True)
class ProcessingSettings:
    """How tracks are classified.

    Attributes
    ----------
    jobs : int
        Number of decoding processes, 1 to `MOST_JOBS`; 0 chooses by the number of processors.
    every_part : bool
        In the window, listen to every part of each track and not only to some spread over it.
    stay_awake : bool
        Keep the computer from going to sleep while a run of the window goes on.
    restore_list : bool
        Begin with the list of last time.
    """

    jobs: int = 0
    every_part: bool = False
    stay_awake: bool = True
    restore_list: bool = True


@dataclass(frozen=True)
class Settings:
    """What the program remembers from start to start.

    Attributes
    ----------
    theme : {"system", "light", "dark"}
    language : str or None
        One of `LANGUAGES`; ``None`` for the system's. It takes effect at the next start.
    default_model : str or None
        Name of the bundle that classifies; ``None`` for the shipped one.
    last_folder : str or None
        Where the last file dialog stood.
    window_geometry, window_state : str or None
        Qt's own bytes in base64.
    live_input : str or None
        `Device.key` of the input that live mode listened to; ``None`` for the system's own choice.
    output_device : str or None
        `genre_desktop.audio.devices.sound_system.Device.key` of the one that plays; ``None`` for the system's choice.
    volume : float
        0 to 1, as the slider stands.
    canvas : CanvasSettings
    processing : ProcessingSettings
    help_size : float
        One of `HELP_SIZES`.
    """

    theme: Theme = "system"
    language: str | None = None
    default_model: str | None = None
    last_folder: str | None = None
    window_geometry: str | None = None
    window_state: str | None = None
    live_input: str | None = None
    output_device: str | None = None
    volume: float = 0.8
    canvas: CanvasSettings = CanvasSettings()
    processing: ProcessingSettings = ProcessingSettings()
    help_size: float = 1.0


def settings_file() -> Path:
    """Where the settings stand."""
    return locations.user_config() / "settings.json"


def load_settings(otherwise: Settings = Settings()) -> Settings:
    """Read the settings.

    Never fails: what is missing or has a wrong type gets its default, and a file that is
    no JSON object is kept beside as ``settings.json.damaged``.

    Parameters
    ----------
    otherwise : Settings
        What to go on with where there is a file that cannot be read, for the moment or for good.

    Returns
    -------
    Settings
    """
    path = settings_file()
    try:
        values = json.loads(path.read_bytes())
        if not isinstance(values, dict):
            raise ValueError(f"a JSON object was expected, received {type(values).__name__}")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _log.warning("settings cannot be read, others are used: %s", error)
        return otherwise
    except (ValueError, RecursionError) as error:  # JSON and UTF-8 errors are ValueErrors
        _log.warning("settings are damaged, others are used: %s", error)
        with contextlib.suppress(OSError):
            path.replace(path.with_name(path.name + ".damaged"))
        return otherwise
    return _from_values(values)


def _from_values(values: Mapping[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    for name in ("default_model", "last_folder", "window_geometry", "window_state", "live_input", "output_device"):
        if isinstance(values.get(name), str):
            known[name] = values[name]
    if values.get("theme") in THEMES:
        known["theme"] = values["theme"]
    if values.get("language") in LANGUAGES:
        known["language"] = values["language"]
    volume = values.get("volume")
    if isinstance(volume, int | float) and 0 <= volume <= 1:
        known["volume"] = float(volume)
    if isinstance(values.get("canvas"), dict):
        known["canvas"] = _canvas_from(values["canvas"])
    if isinstance(values.get("processing"), dict):
        known["processing"] = _processing_from(values["processing"])
    if values.get("help_size") in HELP_SIZES:
        known["help_size"] = float(values["help_size"])
    return Settings(**known)


def _canvas_from(values: Mapping[str, Any]) -> CanvasSettings:
    known: dict[str, Any] = {}
    for name, allowed in (
        ("scale", ("mel", "log", "linear")),
        ("n_fft", WINDOW_LENGTHS),
        ("colour_map", ("magma", "viridis", "cividis", "grey")),
    ):
        if values.get(name) in allowed:
            known[name] = values[name]
    low, high = values.get("low_db"), values.get("high_db")
    if isinstance(low, int) and isinstance(high, int) and -120 <= low < high <= 0:
        known |= {"low_db": low, "high_db": high}
    return CanvasSettings(**known)


def _processing_from(values: Mapping[str, Any]) -> ProcessingSettings:
    known: dict[str, Any] = {}
    jobs = values.get("jobs")
    if isinstance(jobs, int) and not isinstance(jobs, bool) and 0 <= jobs <= MOST_JOBS:
        known["jobs"] = jobs
    for name in ("every_part", "stay_awake", "restore_list"):
        if isinstance(values.get(name), bool):
            known[name] = values[name]
    return ProcessingSettings(**known)


def save_settings(settings: Settings) -> None:
    """Write the settings; a kill in between leaves the old file.

    Parameters
    ----------
    settings : Settings

    Raises
    ------
    StorageError
        When the file cannot be written.
    """
    path = settings_file()
    # ASCII, so that a path with undecodable bytes (surrogates) survives as it is.
    content = json.dumps(asdict(settings), indent=2, ensure_ascii=True) + "\n"
    try:
        locations.write_private(path, content.encode("ascii"))
    except OSError as error:
        raise StorageError(path=path, reason=error.strerror or error) from error
