"""The catalogue of models that a person can choose from: shipped ones and their own.

An own bundle with the name of a shipped one takes its place if it is newer (`versions`) and was imported with the
person's consent (`agreed_imports`): so a model is updated without a new version of the program. An own bundle that is
not newer, or was merely copied to the folder of models, is listed beside the shipped one, and the name means the
shipped one. Results are stored under `ModelBundle.fingerprint`, so that each version has its own.
"""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import replace as changed
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleExistsError,
    BundleNotFoundError,
    BundleProtectedError,
    GenreDesktopError,
    StorageError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import load_settings, save_settings
from genre_desktop.core.untrusted.device_names import is_device_name
from genre_desktop.model.bundles import agreed_imports
from genre_desktop.model.bundles.bundle import CARD_NAME, ModelBundle, read_bundle
from genre_desktop.model.bundles.bundle_files import copy_folder, pack
from genre_desktop.model.bundles.versions import is_newer

SHIPPED_DEFAULT = "gtzan-musicnn"
"""The default model where the person has chosen none."""

REMOVED = ".removed-"
"""Prefix of folders beside the models that are being deleted."""

_LONGEST_NAME = 120
"""Bytes of a folder's name: file systems allow 255, and a number may be added."""

MAX_CARDS_BYTES = 8_000_000
"""Of all cards in a folder together, 140 times the largest shipped one: a card may need fifty times its length in
memory, and all are read before the window opens."""

_log = logging.getLogger(__name__)


def list_bundles() -> list[ModelBundle]:
    """Every readable bundle that is in use, shipped ones first; unreadable ones are named in the log.

    Of several of one name among the user's models, which an interrupted update may leave, the newest is in use; one
    that was imported goes before one that was merely copied there.
    """
    own: dict[str, ModelBundle] = {}
    for bundle in read_all(locations.user_models()):
        known = own.get(bundle.name)
        if known is None or _is_preferred(bundle, known):
            own[bundle.name] = bundle
    bundles = []
    for shipped in read_all(locations.shipped_models()):
        update = own.get(shipped.name)
        if update is not None and _is_update(update, shipped):
            bundles.append(own.pop(shipped.name))
        else:
            bundles.append(shipped)
    return [*bundles, *own.values()]


def _is_preferred(bundle: ModelBundle, known: ModelBundle) -> bool:
    if agreed_imports.is_recorded(bundle) != agreed_imports.is_recorded(known):
        return agreed_imports.is_recorded(bundle)
    return is_newer(bundle, known)


def _is_update(bundle: ModelBundle, shipped: ModelBundle) -> bool:
    return is_newer(bundle, shipped) and agreed_imports.is_recorded(bundle)


def shipped_behind(bundle: ModelBundle) -> ModelBundle | None:
    """The shipped bundle whose place one of the user's has taken; None where there is none."""
    if bundle.is_shipped or not agreed_imports.is_recorded(bundle):
        return None
    shipped = (known for known in read_all(locations.shipped_models()) if known.name == bundle.name)
    return next((known for known in shipped if _is_update(bundle, known)), None)


def read_all(folder: Path) -> list[ModelBundle]:
    """The readable bundles in a folder, in the order of their folders' names; links are not followed.

    The bundles of the longest cards are left out where all cards together have more than `MAX_CARDS_BYTES`.
    """
    bundles: list[ModelBundle] = []
    for path in _within_limit(_folders(folder)):
        try:
            bundles.append(read_bundle(path))
        except GenreDesktopError as error:
            _log.warning("model folder left out: %r", str(error))
    return bundles


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
            )
    except FileNotFoundError:
        return []
    except OSError as error:
        _log.warning("the models in %r cannot be listed: %s", str(folder), error)
        return []
    return [folder / name for name in names]


def _within_limit(folders: list[Path]) -> list[Path]:
    """The folders without those of the longest cards, as many as exceed `MAX_CARDS_BYTES`."""
    lengths = {folder: _length(folder / CARD_NAME) for folder in folders}
    left, taken = MAX_CARDS_BYTES, set()
    for folder in sorted(folders, key=lambda folder: lengths[folder]):
        left -= lengths[folder]
        if left < 0:
            break
        taken.add(folder)
    if len(taken) < len(folders):
        _log.warning("model folders left out, with too much to read in their cards: %d", len(folders) - len(taken))
    return [folder for folder in folders if folder in taken]


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # reported when the card is read
        return 0


def find_bundle(name_or_dir: str) -> ModelBundle:
    """A bundle by its name in the catalogue, or by its folder.

    A text with a separator that is an existing folder means that folder, whatever a bundle is called.

    Raises
    ------
    BundleNotFoundError
        Where there is neither. Other errors are those of `read_bundle`.
    """
    named = () if _is_path(name_or_dir) else list_bundles()
    for bundle in named:
        if bundle.name == name_or_dir:
            return bundle
    if os.path.isdir(name_or_dir):
        return read_bundle(Path(name_or_dir))
    raise not_found(name_or_dir)


def _is_path(name_or_dir: str) -> bool:
    return bool(os.path.dirname(name_or_dir)) and os.path.isdir(name_or_dir)


def own_bundle(name_or_dir: str) -> ModelBundle:
    """One of the user's bundles, by its name or folder, also where a shipped one has the same name.

    Raises
    ------
    BundleProtectedError
        Where a shipped one alone has the name.
    BundleNotFoundError
        Where it is not among the user's models.
    """
    own = [bundle for bundle in list_bundles() if not bundle.is_shipped]
    named = () if _is_path(name_or_dir) else own
    for bundle in named:
        if bundle.name == name_or_dir:
            return bundle
    found = find_bundle(name_or_dir)
    if found.is_shipped:
        raise BundleProtectedError(name=found.name)
    for bundle in own:
        if bundle.path.samefile(found.path):
            return bundle
    raise not_found(name_or_dir)


def default_bundle() -> ModelBundle:
    """The bundle the user chose, else the shipped default.

    Raises
    ------
    BundleNotFoundError
    """
    chosen = load_settings().default_model
    if chosen is not None:
        try:
            return find_bundle(chosen)
        except GenreDesktopError as error:
            _log.warning("default model not usable, taking %s: %s", SHIPPED_DEFAULT, error)
    return find_bundle(SHIPPED_DEFAULT)


def export_bundle(bundle: ModelBundle, destination: Path) -> Path:
    """Write a bundle as a zip file (name ending in ``.zip``) or as a folder.

    A destination that is an existing folder gets a zip named after the model inside.
    A failure leaves no file behind.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    BundleExistsError
        Where the destination exists: nothing is overwritten.
    BundleUnreadableError
        Where a file of the bundle is a link, or cannot be read.
    StorageError
    """
    if os.path.isdir(destination):
        destination = destination / f"{folder_name(bundle.name)}.zip"
    if os.path.lexists(destination):
        raise BundleExistsError(name=destination)
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=destination.parent) as staging:
            copy = Path(staging) / "copy"
            if destination.suffix.lower() == ".zip":
                pack(bundle.path, copy)
            else:
                copy_folder(bundle.path, copy, is_cancelled=lambda: False)
            copy.rename(destination)
    except StorageError as error:  # of a file in the temporary folder
        raise StorageError(path=destination, reason=error.values["reason"]) from error
    except OSError as error:
        raise StorageError(path=destination, reason=error.strerror or str(error)) from error
    return destination


def remove_bundle(bundle: ModelBundle) -> None:
    """Delete one of the user's bundles, from `own_bundle`; a shipped one whose place it had is used again.

    If it was the default model, the setting is reset.

    Raises
    ------
    BundleNotFoundError, BundleProtectedError, StorageError
    """
    if bundle.is_shipped:
        raise BundleProtectedError(name=bundle.name)
    if bundle.path.parent != locations.user_models():
        raise not_found(bundle.name)
    folder = str(bundle.path.resolve())
    try:
        # In one step: where a file is in use (Windows) or the process is killed, no half of a model is left.
        with tempfile.TemporaryDirectory(prefix=REMOVED, dir=bundle.path.parent, ignore_cleanup_errors=True) as bin_:
            bundle.path.rename(Path(bin_) / "model")
            agreed_imports.remove(bundle)
    except OSError as error:
        raise StorageError(path=bundle.path, reason=error.strerror or str(error)) from error
    settings = load_settings()
    is_known = any(known.name == settings.default_model for known in list_bundles())
    if settings.default_model == folder or (settings.default_model == bundle.name and not is_known):
        save_settings(changed(settings, default_model=None))


def not_found(name: str | Path) -> BundleNotFoundError:
    """The error for an unknown model; it names those that exist."""
    known = ", ".join(bundle.name for bundle in list_bundles())
    return BundleNotFoundError(name=name, known=known or tr("none"))


def folder_name(name: str) -> str:
    """The name of a bundle's folder or archive, which is valid on every system."""
    plain = "".join(char if char.isalnum() or char in "-_. " else "_" for char in name)
    kept = plain.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(". ")
    if is_device_name(kept):
        kept = f"_{kept}"
    return kept or "model"
