"""The models a person can choose from: shipped ones and their own."""

from __future__ import annotations

import logging
import shutil
import tempfile
import zipfile
from pathlib import Path

from genre_desktop import locations
from genre_desktop.errors import (
    BundleExistsError,
    BundleNotFoundError,
    BundleProtectedError,
    BundleUnreadableError,
    GenreDesktopError,
    StorageError,
)
from genre_desktop.model.bundle import CARD_NAME, ModelBundle, read_bundle, verify_weights
from genre_desktop.settings import load_settings

SHIPPED_DEFAULT = "gtzan-cnn"
"""The model a person gets who has not chosen one."""

_MAX_BUNDLE_BYTES = 2 * 1024**3
_log = logging.getLogger(__name__)


def list_bundles() -> list[ModelBundle]:
    """Every readable bundle, shipped ones first; the others are named in the log."""
    bundles: list[ModelBundle] = []
    for folder in (locations.shipped_models(), locations.user_models()):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not path.is_dir() or path.name.startswith("."):
                continue
            try:
                bundles.append(read_bundle(path))
            except GenreDesktopError as error:
                _log.warning("model folder left out: %s", error)
    return bundles


def find_bundle(name_or_dir: str) -> ModelBundle:
    """A bundle by its name in the catalogue, or by its folder.

    Raises
    ------
    BundleNotFoundError
        Where there is neither; the other errors are those of `read_bundle`.
    """
    bundles = list_bundles()
    for bundle in bundles:
        if bundle.name == name_or_dir:
            return bundle
    folder = Path(name_or_dir)
    if folder.is_dir():
        return read_bundle(folder)
    known = ", ".join(bundle.name for bundle in bundles) or "none"
    raise BundleNotFoundError(name=name_or_dir, known=known)


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


def import_bundle(path: Path) -> ModelBundle:
    """Copy a bundle (a folder or a zip of one) to the user's models.

    Nothing is left behind unless all of it is valid: card, features and hash.

    Raises
    ------
    BundleExistsError, BundleUnreadableError, BundleHashError, StorageError
    """
    target_root = locations.user_models()
    try:
        target_root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=target_root) as staging:
            source = path if path.is_dir() else _unpack(path, Path(staging) / "unpacked")
            bundle = read_bundle(source)
            verify_weights(bundle)
            if any(known.name == bundle.name for known in list_bundles()):
                raise BundleExistsError(name=bundle.name)
            target = target_root / _folder_name(bundle.name)
            copy = Path(staging) / "copy"
            shutil.copytree(source, copy, symlinks=False)
            copy.rename(target)
    except OSError as error:
        raise StorageError(path=target_root, reason=error.strerror or str(error)) from error
    return read_bundle(target)


def export_bundle(bundle: ModelBundle, destination: Path) -> Path:
    """Write a bundle as a zip file (name ending in ``.zip``) or as a folder.

    A destination that is an existing folder gets a zip named after the model inside.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    BundleExistsError
        Where the destination exists: nothing is overwritten.
    StorageError
    """
    if destination.is_dir():
        destination = destination / f"{_folder_name(bundle.name)}.zip"
    if destination.exists():
        raise BundleExistsError(name=destination)
    try:
        if destination.suffix.lower() != ".zip":
            shutil.copytree(bundle.path, destination)
            return destination
        partial = destination.with_name(destination.name + ".part")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(bundle.path.rglob("*")):
                if file.is_file():
                    archive.write(file, file.relative_to(bundle.path).as_posix())
        partial.replace(destination)
    except OSError as error:
        raise StorageError(path=destination, reason=error.strerror or str(error)) from error
    return destination


def remove_bundle(name: str) -> None:
    """Delete one of the user's bundles.

    Raises
    ------
    BundleNotFoundError, BundleProtectedError, StorageError
    """
    for bundle in list_bundles():
        if bundle.name != name:
            continue
        if bundle.is_shipped:
            raise BundleProtectedError(name=name)
        try:
            shutil.rmtree(bundle.path)
        except OSError as error:
            raise StorageError(path=bundle.path, reason=error.strerror or str(error)) from error
        return
    raise BundleNotFoundError(name=name, known=", ".join(bundle.name for bundle in list_bundles()))


def _folder_name(name: str) -> str:
    kept = "".join(char if char.isalnum() or char in "-_. " else "_" for char in name).strip(". ")
    return kept[:100] or "model"


def _unpack(path: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_BUNDLE_BYTES:
                raise BundleUnreadableError(path=path, reason="it unpacks to over 2 GiB")
            # zipfile drops "..", drive letters and leading slashes by itself.
            archive.extractall(folder)
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise BundleUnreadableError(path=path, reason=f"it is neither a folder nor a zip file ({error})") from error
    except FileNotFoundError:
        raise BundleNotFoundError(name=path, known=", ".join(b.name for b in list_bundles())) from None
    cards = sorted(folder.rglob(CARD_NAME), key=lambda card: len(card.parts))
    if not cards:
        raise BundleUnreadableError(path=path, reason=f"it holds no {CARD_NAME}")
    return cards[0].parent
