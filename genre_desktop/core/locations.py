"""Paths of the program's own files and of the user's data, which is private to the user."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

_APP = "genre-desktop"

HOME_VARIABLE = "GENRE_DESKTOP_HOME"
"""Environment variable that moves all user data below one folder (tests, portable use)."""


def resources() -> Path:
    """Folder of the shipped bundles, icons, themes and demo clips."""
    # The same relative path in a checkout, in site-packages and in a frozen program.
    return Path(__file__).resolve().parents[2] / "resources"


def shipped_models() -> Path:
    """Folder of the model bundles that come with the program."""
    return resources() / "models"


def licences() -> Path:
    """Folder of the licences of all libraries; only a packaged program has it."""
    return resources().parent / "licences"


def demo_clips() -> Path:
    """Folder of the synthesised demo clips."""
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
    """Folder of files that may be deleted at any time, such as cached features."""
    return _user("cache", _dirs().user_cache_path)


def user_log() -> Path:
    """Folder of the log files."""
    return _user("log", _dirs().user_log_path)


def user_recordings() -> Path:
    """Folder of the recordings of live mode, below the user's music."""
    return _user("recordings", Path(_dirs().user_music_dir) / "Genre Desktop")


# -- permissions -------------------------------------------------------------------------
#
# On Windows a user's profile is private anyway, and modes have no meaning: nothing of this has an effect there.


def private_folder(folder: Path) -> Path:
    """Create a folder, and those above it, that only the user may read; makes an existing one private too.

    An existing folder that is not one of the program's own is left as it is.

    Raises
    ------
    OSError
    """
    if not folder.is_dir():
        if not folder.parent.is_dir():
            private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    if any(folder.is_relative_to(own) for own in (user_data(), user_config(), user_cache(), user_log())):
        make_private(folder)
    return folder


def private_opener(path: str, flags: int) -> int:
    """An `opener` for `open` that makes the file private, a new one and an existing one."""
    descriptor = os.open(path, flags, 0o600)
    make_private(path)
    return descriptor


def write_private(path: Path, content: bytes) -> None:
    """Replace a private file atomically: a kill in between leaves the old one.

    Raises
    ------
    OSError
        The old file is unchanged.
    """
    private_folder(path.parent)
    # In the same folder: a rename is atomic only within one file system. Files of tempfile are private.
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def make_private(path: str | os.PathLike[str]) -> None:
    """Remove the permissions of others from a file or folder of the user; does nothing where that is impossible."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # it is missing, or the drive has no permissions
        status = os.stat(path)
        mode = stat.S_IMODE(status.st_mode)
        if mode & 0o077 and status.st_uid == os.getuid():
            os.chmod(path, mode & 0o700)


def protect_own_folders() -> None:
    """Make the program's own folders private, also those of earlier versions.

    The cache folder is created here: libraries that write to it would create it readable for everybody.
    """
    with contextlib.suppress(OSError):  # reported where the folder is needed
        private_folder(user_cache())
    for folder in (user_data(), user_config(), user_log()):
        make_private(folder)
