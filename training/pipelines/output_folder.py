"""The check of the folder that a bundle will be written to, before hours are spent on a training."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

from genre_desktop.core.errors import OutputExistsError, ResumeError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import CARD_NAME
from training.fitting.checkpoints import CHECKPOINT_FOLDER


def check_output_folder(out: Path, *, resume: bool) -> None:
    """Check that a folder can be written to, and holds nothing else or a training to resume.

    Parameters
    ----------
    out : Path
        Need not exist.
    resume : bool
        The folder must hold the checkpoints of an unfinished training.

    Raises
    ------
    OutputExistsError, ResumeError, StorageError
    """
    try:
        if out.exists() and not out.is_dir():
            raise OutputExistsError(path=out)
        if resume:
            if (out / CARD_NAME).is_file() and not (out / CHECKPOINT_FOLDER).is_dir():
                raise ResumeError(path=out, reason=tr("it was carried through to its end"))
            if not (out / CHECKPOINT_FOLDER).is_dir():
                raise ResumeError(path=out, reason=tr("no checkpoint stands there"))
            _require_own_files(out)
        elif out.is_dir() and any(out.iterdir()):
            raise OutputExistsError(path=out)
        nearest = next(folder for folder in (out, *out.absolute().parents) if folder.is_dir())
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise StorageError(path=out, reason=error.strerror or str(error)) from error


def _require_own_files(out: Path) -> None:
    """Refuse links: the folder may come from a stranger, and writing to a link would overwrite another file."""
    for path in (*out.iterdir(), *(out / CHECKPOINT_FOLDER).iterdir()):
        status = path.lstat()
        is_own_file = stat.S_ISREG(status.st_mode) and status.st_nlink <= 1
        if not is_own_file and not (path == out / CHECKPOINT_FOLDER and stat.S_ISDIR(status.st_mode)):
            raise ResumeError(path=out, reason=tr("{name} is a link or no regular file", name=path.name))
