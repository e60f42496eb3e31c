"""The check of the folder that a bundle will be written to, before hours are spent on a training."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from genre_desktop.core.errors import ModelNameError, OutputExistsError, ResumeError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import brief, printable
from genre_desktop.library.files.staged_folder import STAGE_NAME
from genre_desktop.model.bundles.bundle import CARD_NAME
from genre_desktop.model.bundles.card import LONGEST_TITLE
from genre_desktop.model.bundles.json_schema import is_one_line
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
    ModelNameError, OutputExistsError, ResumeError, StorageError
    """
    try:
        _require_model_name(os.path.basename(os.path.realpath(out)))
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


def _require_model_name(name: str) -> None:
    """Refuse a name that the card of a model cannot have, which is that of its folder."""
    if len(name) > LONGEST_TITLE:
        raise ModelNameError(name=brief(name), reason=tr("it is longer than {n} characters", n=LONGEST_TITLE))
    if not is_one_line(name):
        raise ModelNameError(name=printable(name), reason=tr("it holds characters that cannot be shown"))


def _require_own_files(out: Path) -> None:
    """Refuse links: the folder may come from a stranger, and writing to a link would overwrite another file."""
    for path in (*out.iterdir(), *(out / CHECKPOINT_FOLDER).iterdir()):
        status = path.lstat()
        is_own_file = stat.S_ISREG(status.st_mode) and status.st_nlink <= 1
        is_own_folder = path in (out / CHECKPOINT_FOLDER, out / STAGE_NAME) and stat.S_ISDIR(status.st_mode)
        if not is_own_file and not is_own_folder:
            raise ResumeError(path=out, reason=tr("{name} is a link or no regular file", name=path.name))
