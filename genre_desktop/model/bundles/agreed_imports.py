"""Record of the bundles that were imported with a person's consent.

For each there is an empty file, named by the hash of the bundle's card, in the folder of models. It is beside the
bundles and not in them: a stranger's folder that somebody copies there cannot bring one along.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.model.bundles.bundle import ModelBundle


def is_recorded(bundle: ModelBundle) -> bool:
    """Whether a bundle among the user's models was imported with consent."""
    if bundle.path.parent != locations.user_models():
        return False
    try:
        return _mark(bundle).is_file()
    except OSError:
        return False


def record(bundle: ModelBundle) -> None:
    """Record a bundle, before it is moved to the user's models.

    Raises
    ------
    OSError
    """
    mark = _mark(bundle)
    locations.private_folder(mark.parent)
    mark.touch()


def remove(bundle: ModelBundle) -> None:
    """Delete the record of a bundle; one that cannot be deleted has no effect without its bundle."""
    with contextlib.suppress(OSError):
        _mark(bundle).unlink(missing_ok=True)


def _mark(bundle: ModelBundle) -> Path:
    return locations.user_models() / ".agreed" / bundle.card_sha256
