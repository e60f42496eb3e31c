"""Where the program's own files stand, and where the user's data goes."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs

_APP = "genre-desktop"

HOME_VARIABLE = "GENRE_DESKTOP_HOME"
"""Environment variable that moves all user data below one folder (tests, portable use)."""


def resources() -> Path:
    """Folder of the shipped bundles, icons, themes and demo clips."""
    # The same relative place in a checkout, in site-packages and in a frozen program.
    return Path(__file__).resolve().parent.parent / "resources"


def shipped_models() -> Path:
    """Folder of the model bundles that come with the program."""
    return resources() / "models"


def licences() -> Path:
    """Folder of the licences of all parts; a packaged program has it, a checkout has not."""
    return resources().parent / "licences"


def demo_clips() -> Path:
    """Folder of the synthesised clips for a first try."""
    return resources() / "demo"


@cache
def _dirs() -> platformdirs.PlatformDirs:
    return platformdirs.PlatformDirs(_APP, appauthor=False)


def _user(kind: str, platform_folder: Path) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / kind if home else platform_folder


def user_data() -> Path:
    """Folder of the user's models and results (not created here)."""
    return _user("data", _dirs().user_data_path)


def user_models() -> Path:
    """Folder of the bundles the user trained or imported."""
    return user_data() / "models"


def user_config() -> Path:
    """Folder of the settings file."""
    return _user("config", _dirs().user_config_path)


def user_cache() -> Path:
    """Folder of what may be deleted at any time, such as cached features."""
    return _user("cache", _dirs().user_cache_path)


def user_log() -> Path:
    """Folder of the log files."""
    return _user("log", _dirs().user_log_path)


def user_recordings() -> Path:
    """Folder of what live mode records: the user's own, beside their music."""
    return _user("recordings", Path(_dirs().user_music_dir) / "Genre Desktop")
