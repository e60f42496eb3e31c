"""Staged writing of several files: they appear in a folder when all of them are complete, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from genre_desktop.core.errors import StorageError

STAGE_NAME = ".unfinished"
"""Name of the folder in which the files are written; one that a killed process left is deleted."""


@contextlib.contextmanager
def staged_folder(folder: Path, *, last: str = "") -> Iterator[Path]:
    """A folder within `folder` whose files are moved into `folder` at the end of the block.

    After an exception, as on a full disk, nothing of them is left, and no folder that was made for them.

    Parameters
    ----------
    folder : Path
        Made where it is missing. Files in it that have the name of a new one are replaced.
    last : str
        Name of the file that is moved last: where it is, all others are.

    Raises
    ------
    StorageError
        If a file cannot be written, or moved.
    """
    stage = folder / STAGE_NAME
    made = [path for path in (folder, *folder.absolute().parents) if not os.path.lexists(path)]
    is_complete = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(stage):
            shutil.rmtree(stage)
        stage.mkdir()
        yield stage
        for path in sorted(stage.iterdir(), key=lambda path: path.name == last):
            path.replace(folder / path.name)
        is_complete = True
    except OSError as error:
        # Libraries put file names and numbers of their own into the text of the error.
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise StorageError(path=folder, reason=reason) from error
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(stage)
        if not is_complete:
            remove_empty(made)


def remove_empty(folders: list[Path]) -> None:
    """Remove folders that are empty, each before the one it is in; others stay."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
