"""Which bundles came by an import that a person has agreed to.

An empty file in the folder of models for each, called after the hash of the bundle's card. It stands beside the
bundles and not in them: a stranger's folder that somebody copies there brings none along.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.model.bundles.bundle import ModelBundle


def is_agreed(bundle: ModelBundle) -> bool:
    """Whether a bundle among the user's models came by such an import."""
    if bundle.path.parent != locations.user_models():
        return False
    try:
        return _mark(bundle).is_file()
    except OSError:
        return False


def agree(bundle: ModelBundle) -> None:
    """Note that the bundle, wherever it is now, is to be one of the user's models.

    Raises
    ------
    OSError
    """
    mark = _mark(bundle)
    locations.private_folder(mark.parent)
    mark.touch()


def forget(bundle: ModelBundle) -> None:
    """Take that back; a mark that stays behind means nothing without its bundle."""
    with contextlib.suppress(OSError):
        _mark(bundle).unlink(missing_ok=True)


def _mark(bundle: ModelBundle) -> Path:
    return locations.user_models() / ".agreed" / bundle.card_sha256
