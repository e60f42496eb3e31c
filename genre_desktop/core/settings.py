"""The user's settings: one small JSON file, written in one step."""

from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError
from genre_desktop.core.i18n import mark
from genre_desktop.core.setting_fields import choice, from_values, group, number, switch, text
from genre_desktop.core.untrusted.regular_file import read_regular_file

Theme = Literal["system", "light", "dark"]

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español"}
"""Those that the window speaks, each named in itself: it must be found by whoever reads no other."""

MAX_JOBS = 64
"""Decoding processes; more of them only wait for each other."""

HELP_SIZES = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.8, 2.2)
"""Sizes of the help's text, relative to that of the window."""

LOWEST_DB = -120
"""Of the levels of a spectrogram, in dB of full scale; the highest is 0."""

_AS_THE_SYSTEM = mark("As the system")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CanvasSettings:
    """How a track is drawn.

    Attributes
    ----------
    scale : {"mel", "log", "linear"}
        Of the frequency axis.
    n_fft : int
        Length of the analysis window in samples.
    colour_map : {"magma", "viridis", "cividis", "grey"}
    low_db, high_db : int
        Levels in dB of full scale that get the first and the last colour.
    """

    scale: str = choice(
        "mel",
        {"mel": mark("&Mel"), "log": mark("L&ogarithmic"), "linear": mark("&Linear")},
        label=mark("Frequency scale"),
        hint=mark("Mel: as far apart as the ear hears them. Logarithmic: each octave as high as another."),
    )
    n_fft: int = choice(
        2_048,
        dict.fromkeys((512, 1_024, 2_048, 4_096, 8_192), mark("{n} samples")),
        label=mark("Window length"),
        hint=mark("Long windows tell tones apart, short ones beats."),
    )
    colour_map: str = choice(
        "magma",
        {
            "magma": mark("M&agma"),
            "viridis": mark("&Viridis"),
            "cividis": mark("&Cividis"),
            "grey": mark("&Grey"),
        },
        label=mark("Colours"),
        hint=mark("Cividis looks the same to eyes that cannot tell red from green."),
    )
    low_db: int = number(-100, LOWEST_DB, 0, label=mark("Darkest level"), below="high_db")
    high_db: int = number(-20, LOWEST_DB, 0, label=mark("Brightest level"))


@dataclass(frozen=True)
class ProcessingSettings:
    """How tracks are classified.

    Attributes
    ----------
    jobs : int
        Number of decoding processes; 0 chooses by the number of processors.
    score_every_patch : bool
        In the window, score every patch of each track and not only some spread over it.
    stay_awake : bool
        Keep the computer from going to sleep while a run of the window goes on.
    restore_list : bool
        Begin with the list of the previous run.
    """

    jobs: int = number(
        0,
        0,
        MAX_JOBS,
        label=mark("Decoding processes"),
        hint=mark(
            "Fewer leave more of the computer to you. The next run follows, and the command line where it is "
            "given no --jobs."
        ),
    )
    score_every_patch: bool = switch(
        False,
        label=mark("Listen to every part of each track"),
        hint=mark(
            "Takes several times as long and seldom gives another answer; the next run follows. The track that you "
            "select is always listened to in full."
        ),
        earlier_name="every_part",
    )
    stay_awake: bool = switch(
        True,
        label=mark("Keep the computer awake during a run"),
        hint=mark("The screen may go dark; the computer does not go to sleep before the run is over."),
    )
    restore_list: bool = switch(
        True,
        label=mark("Begin with the list of last time"),
        hint=mark("What was found out about your files is kept either way: they are not listened to again."),
    )


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

    theme: Theme = choice(
        "system", {"system": _AS_THE_SYSTEM, "light": mark("Light"), "dark": mark("Dark")}, label=mark("Theme")
    )
    language: str | None = choice(
        None,
        {None: _AS_THE_SYSTEM, **LANGUAGES},
        label=mark("Language"),
        hint=mark("Another language takes effect at the next start."),
    )
    default_model: str | None = text()
    last_folder: str | None = text()
    window_geometry: str | None = text()
    window_state: str | None = text()
    live_input: str | None = text()
    output_device: str | None = text()
    volume: float = number(0.8, 0.0, 1.0)
    canvas: CanvasSettings = group(CanvasSettings)
    processing: ProcessingSettings = group(ProcessingSettings)
    help_size: float = choice(1.0, dict.fromkeys(HELP_SIZES, ""))


def settings_file() -> Path:
    """Where the settings stand."""
    return locations.user_config() / "settings.json"


_MAX_BYTES = 1_000_000
"""Size above which a file is not of this program."""


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
        values = json.loads(read_regular_file(path, _MAX_BYTES))
        if not isinstance(values, dict):
            raise ValueError(f"a JSON object was expected, received {type(values).__name__}")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _log.warning("settings cannot be read, others are used: %s", error)
        return otherwise
    except (ValueError, RecursionError) as error:  # errors of JSON and UTF-8, and no regular file
        _log.warning("settings are damaged, others are used: %s", error)
        with contextlib.suppress(OSError):
            path.replace(path.with_name(path.name + ".damaged"))
        return otherwise
    return from_values(Settings, values)


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
