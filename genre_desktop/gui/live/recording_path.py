"""Where recordings of live sessions and their tables are written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from genre_desktop.core.errors import StorageError
from genre_desktop.core.i18n import tr


def new_recording_path(folder: Path, suffix: str) -> str:
    """Path of a file, named after the present time, that does not exist yet; makes the folder.

    Parameters
    ----------
    folder : Path
    suffix : str
        ``".wav"`` or ``".csv"``.

    Raises
    ------
    StorageError
        The folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(path=folder, reason=error.strerror or error) from error
    name = tr("Live {time}", time=f"{datetime.now():%Y-%m-%d %H.%M.%S}")
    number, path = 1, folder / f"{name}{suffix}"
    while path.exists():  # two sessions may begin within one second
        number += 1
        path = folder / f"{name} ({number}){suffix}"
    return str(path)
