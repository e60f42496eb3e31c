"""Recordings that a killed program left unfinished: mended and given a name, never deleted."""

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
"""Of the name of a recording, as of other files, that is not finished."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecoveredRecording:
    """A recording that was left.

    Attributes
    ----------
    path : Path
        Where it is now.
    seconds : float
        How long it is.
    error : StorageError or None
        Why it could not be mended; it is left at `path` then.
    """

    path: Path
    seconds: float
    error: StorageError | None = None


def recover_recordings(folder: Path) -> tuple[RecoveredRecording, ...]:
    """Finish the recordings in a folder that no process writes to any more.

    They get a name of the time at which they began. One in which no sound stands yet is left as it is, and so are
    unfinished files of other kinds.

    Parameters
    ----------
    folder : Path
        It need not exist.

    Returns
    -------
    tuple of Recovered
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
        # Mending has made it look new.
        os.utime(path, (written, written))
        name = tr("Live {time} (recovered)", time=f"{_began(written, seconds):%Y-%m-%d %H.%M.%S}")
        place = _free(path.parent, name)
        if os.name != "nt":
            path.chmod(0o666 & stat.S_IMODE(path.parent.stat().st_mode))  # it was private; now as open as its folder
        path.rename(place)
    except OSError as error:
        _log.warning("a recording cannot be recovered: %s", error)
        return RecoveredRecording(path, 0.0, StorageError(path=path, reason=error.strerror or str(error)))
    _log.info("a recording was recovered: %s", place)
    return RecoveredRecording(place, seconds)


def _began(written: float, seconds: float) -> datetime:
    return datetime.fromtimestamp(written) - timedelta(seconds=seconds)


def _free(folder: Path, name: str) -> Path:
    place, number = folder / f"{name}.wav", 2
    while os.path.lexists(place):
        place, number = folder / f"{name} {number}.wav", number + 1
    return place
