"""Where the program's own files stand, and where the user's data goes, which is for nobody else to read."""

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
    # The same relative place in a checkout, in site-packages and in a frozen program.
    return Path(__file__).resolve().parents[2] / "resources"


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


# -- for the user alone ------------------------------------------------------------------
#
# On Windows a user's profile is theirs alone as it is, and modes say nothing: there all of this changes nothing.


def private_folder(folder: Path) -> Path:
    """Make a folder of the program's own, and those above it, for the user alone; one that is there is narrowed.

    Elsewhere than among the program's own folders nothing that is there changes.

    Raises
    ------
    OSError
    """
    if not folder.is_dir():
        if not folder.parent.is_dir():
            private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    if any(folder.is_relative_to(own) for own in (user_data(), user_config(), user_cache(), user_log())):
        narrow(folder)
    return folder


def private_opener(path: str, flags: int) -> int:
    """For the `opener` of `open`: a new file is for the user alone, and so is one that was there from now on."""
    descriptor = os.open(path, flags, 0o600)
    narrow(path)
    return descriptor


def write_private(path: Path, content: bytes) -> None:
    """Write a file for the user alone in one step: a kill in between leaves the old one.

    Raises
    ------
    OSError
        The file that was there is as it was.
    """
    private_folder(path.parent)
    # In the same folder: a rename is atomic only within one file system. What tempfile makes is for the user alone.
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


def narrow(path: str | os.PathLike[str]) -> None:
    """Take from others what rights they have to a file or folder of the user's; where it cannot be done, nothing."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # it is not there; or the drive knows no rights
        status = os.stat(path)
        mode = stat.S_IMODE(status.st_mode)
        if mode & 0o077 and status.st_uid == os.getuid():
            os.chmod(path, mode & 0o700)


def claim_own_folders() -> None:
    """Keep others out of the program's own folders, whatever has been left in them before.

    The cache is made here: libraries that write there would make it for everybody to read.
    """
    with contextlib.suppress(OSError):  # whoever needs it says so
        private_folder(user_cache())
    for folder in (user_data(), user_config(), user_log()):
        narrow(folder)
