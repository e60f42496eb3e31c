"""The models a person can choose from: shipped ones and their own.

A bundle of one's own that has the name of a shipped one and is newer (`genre_desktop.model.releases`) stands in its
place: that is how a model is updated without a new version of the program. One that is not newer stands beside it, and
the name means the shipped one. Results are stored under `ModelBundle.fingerprint`: another version finds its own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import time
import zipfile
import zlib
from dataclasses import replace as changed
from itertools import chain, count
from pathlib import Path

from genre_desktop import locations
from genre_desktop.errors import (
    BundleExistsError,
    BundleNotFoundError,
    BundleNotNewerError,
    BundleProtectedError,
    BundleUnreadableError,
    GenreDesktopError,
    StorageError,
)
from genre_desktop.i18n import tr
from genre_desktop.model.bundle import CARD_NAME, ModelBundle, read_bundle, verify_weights
from genre_desktop.model.releases import is_newer, release
from genre_desktop.settings import load_settings, save_settings

SHIPPED_DEFAULT = "gtzan-musicnn"
"""The model a person gets who has not chosen one."""

_AT_HOME = "checkpoints"
"""What a stopped training keeps to go on with: large, and no part of the model."""

_COMING, _GOING = ".import-", ".removed-"
"""Prefixes of folders beside the models for what is not there yet, or not any more."""

_STALE_S = 24 * 3600
"""After which nobody works on such a folder any more: a kill has left it."""

_MAX_BUNDLE_BYTES = 2 * 1024**3
_log = logging.getLogger(__name__)


def list_bundles() -> list[ModelBundle]:
    """Every readable bundle that is in use, shipped ones first; the unreadable ones are named in the log.

    Of several with one name among the user's models, as a kill in the middle of an update may leave them, the newest.
    """
    own: dict[str, ModelBundle] = {}
    for bundle in _read_all(locations.user_models()):
        known = own.get(bundle.name)
        if known is None or is_newer(bundle, known):
            own[bundle.name] = bundle
    bundles = []
    for shipped in _read_all(locations.shipped_models()):
        update = own.get(shipped.name)
        if update is not None and is_newer(update, shipped):
            bundles.append(own.pop(shipped.name))
        else:
            bundles.append(shipped)
    return [*bundles, *own.values()]


def shipped_behind(bundle: ModelBundle) -> ModelBundle | None:
    """The shipped bundle in whose place one of the user's stands; None where there is none."""
    if bundle.is_shipped:
        return None
    shipped = (known for known in _read_all(locations.shipped_models()) if known.name == bundle.name)
    return next((known for known in shipped if is_newer(bundle, known)), None)


def _read_all(folder: Path) -> list[ModelBundle]:
    bundles: list[ModelBundle] = []
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
    raise _not_found(name_or_dir)


def own_bundle(name_or_dir: str) -> ModelBundle:
    """One of the user's bundles, by its name or folder, even where a shipped one has the name too.

    Raises
    ------
    BundleProtectedError
        Where only a shipped one is meant.
    BundleNotFoundError
        Where it does not stand among the user's models.
    """
    own = [bundle for bundle in list_bundles() if not bundle.is_shipped]
    for bundle in own:
        if bundle.name == name_or_dir:
            return bundle
    found = find_bundle(name_or_dir)
    if found.is_shipped:
        raise BundleProtectedError(name=found.name)
    for bundle in own:
        if bundle.path.samefile(found.path):
            return bundle
    raise _not_found(name_or_dir)


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


def import_bundle(path: Path, *, replace: bool = False) -> ModelBundle:
    """Copy a bundle (a folder or a zip of one) to the user's models.

    One with a new name is added. A newer one with the name of another takes its place, in one step and only once its
    network has been loaded; a shipped one stays behind it. Nothing is left behind and nothing is changed unless all of
    it is valid: card, features and hash.

    Parameters
    ----------
    path : Path
    replace : bool
        Let it take the place of one of the user's that is not older, too.

    Raises
    ------
    BundleExistsError
        Where it is there already, to the last digit.
    BundleNotNewerError
        Where it would not be used (``values["is_shipped"]``), or `replace` is wanted.
    BundleUnreadableError, BundleHashError, StorageError
        And, of what is to take another's place, the other errors of `Predictor.load`.
    """
    target_root = locations.user_models()
    try:
        locations.private_folder(target_root)
        _sweep(target_root)
        with tempfile.TemporaryDirectory(prefix=_COMING, dir=target_root, ignore_cleanup_errors=True) as staging:
            source = path if path.is_dir() else _unpack(path, Path(staging) / "unpacked")
            before = _to_be_replaced(read_bundle(source), replace)
            copy = Path(staging) / "copy"
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns(_AT_HOME))
            bundle = read_bundle(copy)
            verify_weights(bundle)
            if before:
                _require_loading(bundle)
            target = _free_folder(target_root, bundle.name)
            copy.rename(target)
            for number, old in enumerate(before):
                _retire(old, bundle.name, Path(staging) / f"old-{number}")
    except OSError as error:
        raise StorageError(path=target_root, reason=error.strerror or str(error)) from error
    return read_bundle(target)


def _to_be_replaced(bundle: ModelBundle, replace: bool) -> list[ModelBundle]:
    """Those whose place it takes, shipped or not; an error where it must not."""
    known = [one for one in list_bundles() if one.name == bundle.name]
    for one in known:
        if one.fingerprint == bundle.fingerprint:
            raise BundleExistsError(name=bundle.name)
        # One that is not newer than the shipped one would not be found by its name.
        if not is_newer(bundle, one) and (one.is_shipped or not replace):
            unknown = tr("without a version")
            raise BundleNotNewerError(
                name=bundle.name,
                known=release(one) or unknown,
                received=release(bundle) or unknown,
                is_shipped=one.is_shipped,
            )
    own = [one for one in _read_all(locations.user_models()) if one.name == bundle.name]
    return [*own, *(one for one in known if one.is_shipped)]


def _sweep(root: Path) -> None:
    """Delete what a kill in the middle of an import or a removal has left."""
    for folder in root.iterdir():
        if folder.name.startswith((_COMING, _GOING)):
            with contextlib.suppress(OSError):  # another process has been faster
                if time.time() - folder.stat().st_mtime > _STALE_S:
                    shutil.rmtree(folder, ignore_errors=True)


def _require_loading(bundle: ModelBundle) -> None:
    from genre_desktop.model.predictor import Predictor

    Predictor.load(bundle)


def _retire(old: ModelBundle, name: str, bin_: Path) -> None:
    """Take the folder of the old one away, which the new one stands before already."""
    if old.is_shipped:
        return
    settings = load_settings()
    try:
        old.path.rename(bin_)
    except OSError as error:  # on Windows, while somebody reads it
        _log.warning("an old version of %s stays at %s: %s", name, old.path, error)
    if settings.default_model == str(old.path.resolve()):
        save_settings(changed(settings, default_model=name))


def export_bundle(bundle: ModelBundle, destination: Path) -> Path:
    """Write a bundle as a zip file (name ending in ``.zip``) or as a folder.

    A destination that is an existing folder gets a zip named after the model inside.
    A failure leaves nothing behind.

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
        destination.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=destination.parent) as staging:
            copy = Path(staging) / "copy"
            if destination.suffix.lower() == ".zip":
                _pack(bundle.path, copy)
            else:
                shutil.copytree(bundle.path, copy, ignore=shutil.ignore_patterns(_AT_HOME))
            copy.rename(destination)
    except OSError as error:
        raise StorageError(path=destination, reason=error.strerror or str(error)) from error
    return destination


def remove_bundle(bundle: ModelBundle) -> None:
    """Delete one of the user's bundles, as `own_bundle` finds it; a shipped one that stood behind it is used again.

    A default that is gone with it is forgotten.

    Raises
    ------
    BundleNotFoundError, BundleProtectedError, StorageError
    """
    if bundle.is_shipped:
        raise BundleProtectedError(name=bundle.name)
    if bundle.path.parent != locations.user_models():
        raise _not_found(bundle.name)
    folder = str(bundle.path.resolve())
    try:
        # In one step: where a part of it is in use (Windows) or a kill comes, no half of a model is left.
        with tempfile.TemporaryDirectory(prefix=_GOING, dir=bundle.path.parent, ignore_cleanup_errors=True) as bin_:
            bundle.path.rename(Path(bin_) / "model")
    except OSError as error:
        raise StorageError(path=bundle.path, reason=error.strerror or str(error)) from error
    settings = load_settings()
    is_known = any(known.name == settings.default_model for known in list_bundles())
    if settings.default_model == folder or (settings.default_model == bundle.name and not is_known):
        save_settings(changed(settings, default_model=None))


def _not_found(name: str | Path) -> BundleNotFoundError:
    known = ", ".join(bundle.name for bundle in list_bundles())
    return BundleNotFoundError(name=name, known=known or tr("none"))


def _free_folder(root: Path, name: str) -> Path:
    """A folder in `root` that is not there yet: names that differ may make the same one."""
    plain = _folder_name(name)
    candidates = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(root / candidate for candidate in candidates if not os.path.lexists(root / candidate))


def _folder_name(name: str) -> str:
    kept = "".join(char if char.isalnum() or char in "-_. " else "_" for char in name).strip(". ")
    return kept[:100] or "model"


def _pack(folder: Path, archive_path: Path) -> None:
    with zipfile.ZipFile(archive_path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder)
            if file.is_file() and _AT_HOME not in name.parts:
                archive.write(file, name.as_posix())


def _unpack(path: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_BUNDLE_BYTES:
                raise BundleUnreadableError(path=path, reason=tr("it unpacks to over 2 GiB"))
            # zipfile drops "..", drive letters and leading slashes by itself.
            archive.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        reason = tr("it is neither a folder nor an intact zip file ({error})", error=error)
        raise BundleUnreadableError(path=path, reason=reason) from error
    except FileNotFoundError:
        raise _not_found(path) from None
    cards = sorted(folder.rglob(CARD_NAME), key=lambda card: len(card.parts))
    if not cards:
        raise BundleUnreadableError(path=path, reason=tr("it holds no {card}", card=CARD_NAME))
    return cards[0].parent
