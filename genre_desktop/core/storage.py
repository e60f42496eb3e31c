"""Disk usage of the program's own folders, and clearing the cache."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError
from genre_desktop.core.i18n import tr

Kind = Literal["data", "models", "config", "cache", "log", "recordings"]


@dataclass(frozen=True)
class Usage:
    """Disk usage of a folder.

    Attributes
    ----------
    kind : str
        Purpose of the folder.
    path : Path
    exists : bool
    n_files : int
    n_bytes : int
        Of all files below it, without those in another folder of the program inside it.
    """

    kind: Kind
    path: Path
    exists: bool
    n_files: int = 0
    n_bytes: int = 0


def folders() -> dict[Kind, Path]:
    """The program's folders by their purpose; on some systems one folder has several."""
    return {
        "data": locations.user_data(),
        "models": locations.user_models(),
        "config": locations.user_config(),
        "cache": locations.user_cache(),
        "log": locations.user_log(),
        "recordings": locations.user_recordings(),
    }


def measure(is_cancelled: Callable[[], bool] = lambda: False) -> tuple[Usage, ...]:
    """Measure the disk usage of the program's folders, which may take a while.

    Parameters
    ----------
    is_cancelled : callable, optional
        Called for each folder inside them; once it returns True the rest is left out.
    """
    known = folders()
    return tuple(_measured(kind, path, set(known.values()) - {path}, is_cancelled) for kind, path in known.items())


def _measured(kind: Kind, folder: Path, others: set[Path], is_cancelled: Callable[[], bool]) -> Usage:
    n_files = n_bytes = 0
    for status in _files(folder, others, is_cancelled):
        n_files += 1
        n_bytes += status.st_size
    # Not `Path.is_dir`, which raises where a folder above may not be read.
    return Usage(kind, folder, os.path.isdir(folder), n_files, n_bytes)


def _files(folder: Path, others: set[Path], is_cancelled: Callable[[], bool]) -> Iterator[os.stat_result]:
    waiting = [folder]
    while waiting and not is_cancelled():
        # Entries that vanish meanwhile or may not be read are not counted.
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    if not stat.S_ISDIR(status.st_mode):
                        yield status
                    elif Path(entry.path) not in others:
                        waiting.append(Path(entry.path))


def clear_cache() -> int:
    """Delete the content of the cache folder; the folder itself stays.

    Returns
    -------
    int
        Number of deleted files.

    Raises
    ------
    StorageError
        When something could not be deleted, or when the folder has another purpose too.
    """
    known = folders()
    cache = known.pop("cache")
    # Environment variables may point all folders to one place.
    if any(path == cache or cache in path.parents for path in known.values()):
        raise StorageError(path=cache, reason=tr("other things stand there too"))
    if not cache.is_dir():
        return 0
    n_before = sum(1 for _ in _files(cache, set(), lambda: False))
    failures: list[OSError] = []
    for entry in cache.iterdir():
        try:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        except OSError as error:  # in use, on Windows
            failures.append(error)
    if failures:
        raise StorageError(path=cache, reason=failures[0].strerror or str(failures[0]))
    return n_before
