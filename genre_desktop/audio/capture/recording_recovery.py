"""Recovery of recordings that a killed program left unfinished: repaired and renamed, never deleted."""

from __future__ import annotations

import logging
import os
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from genre_desktop.audio.capture.wav_header import become_wav, repair_header
from genre_desktop.core.errors import StorageError
from genre_desktop.core.file_lock import hold_lock
from genre_desktop.core.i18n import tr

PART_PREFIX, PART_ENDING = ".genre-desktop-", ".part"
"""Beginning and end of the name of an unfinished file, a recording or another."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecoveredRecording:
    """A recording that was left unfinished.

    Attributes
    ----------
    path : Path
        Its path now.
    seconds : float
        Its length.
    error : StorageError or None
        Why it could not be recovered; its path is unchanged then.
    """

    path: Path
    seconds: float
    error: StorageError | None = None


def recover_recordings(folder: Path) -> tuple[RecoveredRecording, ...]:
    """Finish the recordings in a folder to which no process writes any more.

    They are named by the time at which they began. One without any sound is left as it is, and so are unfinished files
    of other kinds.

    Parameters
    ----------
    folder : Path
        May be missing.

    Returns
    -------
    tuple of RecoveredRecording
        The earliest first.
    """
    try:
        parts = sorted(
            (path for path in folder.iterdir() if _is_part(path)), key=lambda path: (path.stat().st_mtime, path)
        )
    except OSError:
        return ()
    return tuple(found for path in parts if (found := _recover(path)) is not None)


def _is_part(path: Path) -> bool:
    return path.name.startswith(PART_PREFIX) and path.name.endswith(PART_ENDING) and path.is_file()


def _recover(path: Path) -> RecoveredRecording | None:
    try:
        with path.open("r+b") as file:
            if not hold_lock(file.fileno()):
                return None
            written = path.stat().st_mtime
            seconds = repair_header(file)
            if not seconds:
                return None
            become_wav(file)
            file.flush()
            os.fsync(file.fileno())
        # The repair has changed the time.
        os.utime(path, (written, written))
        name = tr("Live {time} (recovered)", time=f"{_began(written, seconds):%Y-%m-%d %H.%M.%S}")
        place = _unused_path(path.parent, name)
        if os.name != "nt":
            path.chmod(0o666 & stat.S_IMODE(path.parent.stat().st_mode))  # private until now
        path.rename(place)
    except OSError as error:
        _log.warning("a recording cannot be recovered: %s", error)
        return RecoveredRecording(path, 0.0, StorageError(path=path, reason=error.strerror or str(error)))
    _log.info("a recording was recovered: %s", place)
    return RecoveredRecording(place, seconds)


def _began(written: float, seconds: float) -> datetime:
    return datetime.fromtimestamp(written) - timedelta(seconds=seconds)


def _unused_path(folder: Path, name: str) -> Path:
    place, number = folder / f"{name}.wav", 2
    while os.path.lexists(place):
        place, number = folder / f"{name} {number}.wav", number + 1
    return place
