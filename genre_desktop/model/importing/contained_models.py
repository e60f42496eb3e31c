"""The models that a folder or an archive holds: one is imported, of several none is, without a word to choose by."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePosixPath

from genre_desktop.core.errors import BundleUnreadableError, SeveralModelsError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import CARD_NAME
from genre_desktop.model.bundles.bundle_files import MAX_ENTRIES

_ARCHIVE_ENDING = ".zip"
_MOST_NAMES = 10

_DEEPEST = 3
"""Most folders from the one that is imported to a model that is found in it."""

_TOP = "."


def only_model(path: Path, files: Iterable[str], deepest: int) -> str:
    """The folder of the only model among the files below a folder, or in an archive.

    Parameters
    ----------
    path : Path
        What is imported, for errors.
    files : iterable of str
        Their relative paths, with slashes.
    deepest : int
        Most folders on the way to the model.

    Returns
    -------
    str
        ``"."`` for the top.

    Raises
    ------
    SeveralModelsError
        Where there are several, or zip files, each of which may be one, beside a model.
    BundleUnreadableError
        Where there is none, or it lies deeper.
    """
    places = [PurePosixPath(name) for name in files]
    folders = sorted({str(place.parent) for place in places if place.name == CARD_NAME})
    archives = sorted(str(place) for place in places if place.suffix.lower() == _ARCHIVE_ENDING and place.stem)
    archives = [name for name in archives if not PurePosixPath(name).name.startswith(".")]
    found = [_shown(folder) for folder in folders] + archives
    if len(found) > 1:
        raise SeveralModelsError(path=path, names=_listed(found))
    if archives or any(_depth(folder) > deepest for folder in folders):
        reason = tr(
            "it holds no {card} of its own, but {name}: unpack it and import that", card=CARD_NAME, name=found[0]
        )
        raise BundleUnreadableError(path=path, reason=reason)
    if not folders:
        raise BundleUnreadableError(path=path, reason=tr("it holds no {card}", card=CARD_NAME))
    return folders[0]


def model_folder(path: Path) -> Path:
    """The folder of the model in a folder that a person names: itself, if it has a card, or the only one below it.

    Raises
    ------
    SeveralModelsError
    BundleUnreadableError
        Where the only one is an archive.
    """
    if os.path.lexists(path / CARD_NAME):
        return path
    files = _files_below(path)
    if not any(PurePosixPath(name).name == CARD_NAME or name.lower().endswith(_ARCHIVE_ENDING) for name in files):
        return path  # what it lacks is said when it is read
    return path / only_model(path, files, _DEEPEST)


def _files_below(path: Path) -> list[str]:
    """Relative paths of the first files below a folder, without those of links, hidden and deep folders."""
    found: list[str] = []
    waiting = [""]
    n_left = MAX_ENTRIES
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(path / folder) as entries:
                listed = list(islice(entries, n_left))
        except OSError:
            continue
        n_left -= len(listed)
        for entry in listed:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                if name.count("/") < _DEEPEST:
                    waiting.append(name)
            else:
                found.append(name)
    return found


def _depth(folder: str) -> int:
    return len(PurePosixPath(folder).parts)


def _shown(folder: str) -> str:
    return tr("one at its top") if folder == _TOP else folder


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else tr("{names} and {n} more", names=shown, n=len(names) - _MOST_NAMES)
