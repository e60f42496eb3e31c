"""Import of a bundle: it is copied within limits, compared, consented to, tried, and moved to the user's models."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace as changed
from itertools import chain, count
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleNotNewerError,
    BundlePathNotFoundError,
    BundleUnchangedError,
    GenreDesktopError,
    StorageError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import load_settings, save_settings
from genre_desktop.model.bundles import agreed_imports
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle, verify_weights
from genre_desktop.model.bundles.bundle_files import Cancelled, ImportCancelledError, copy_folder
from genre_desktop.model.bundles.catalogue import REMOVED, folder_name, list_bundles, read_all
from genre_desktop.model.bundles.versions import is_newer, release
from genre_desktop.model.importing.bundle_changes import Update
from genre_desktop.model.importing.contained_models import model_folder
from genre_desktop.model.importing.zip_extraction import unpack

_INCOMING = ".import-"
"""Prefix of folders beside the models for bundles that are being imported."""

_STALE_S = 24 * 3600
"""Age after which such a folder was left by a process that was killed."""

_log = logging.getLogger(__name__)


def import_bundle(
    path: Path,
    *,
    confirm: Callable[[Update], bool],
    replace: bool = False,
    is_cancelled: Cancelled = lambda: False,
) -> ModelBundle | None:
    """Copy a bundle (a folder or a zip of one, or a folder that holds one) to the user's models.

    A bundle with a new name is added. One with the name of another takes its place in one step, if `confirm` returns
    True; a shipped one remains and is used again when the new one is removed. No network is loaded before the person
    has consented, and none is imported that `genre_desktop.model.predictor.require_safe` refuses. Unless all of it is
    valid, nothing is changed and no file is left behind.

    Parameters
    ----------
    path : Path
    confirm : callable
        Whether the update is wanted; called only where a bundle would take the place of another.
    replace : bool
        Whether it may also take the place of one of the user's that is not older.
    is_cancelled : callable, optional
        Called for each block that is copied.

    Returns
    -------
    ModelBundle or None
        None where the import was cancelled, or `confirm` returned False.

    Raises
    ------
    BundlePathNotFoundError
        Where there is nothing at `path`.
    SeveralModelsError
        Where it holds several.
    BundleUnchangedError
        Where exactly this bundle is already there.
    BundleNotNewerError
        Where it is not newer than a shipped one (``values["is_shipped"]``), or than an own one without `replace`.
    ModelError
        Where the bundle cannot be used, see `read_bundle`, `verify_weights` and `require_safe`.
    StorageError
    """
    if not os.path.exists(path):
        raise BundlePathNotFoundError(path=path)
    root = locations.user_models()
    try:
        locations.private_folder(root)
        _delete_leftovers(root)
        with tempfile.TemporaryDirectory(prefix=_INCOMING, dir=root, ignore_cleanup_errors=True) as staging:
            try:
                return _import_to(path, Path(staging), confirm, replace, is_cancelled)
            except GenreDesktopError as error:
                raise _with_known_path(error, Path(staging), path) from error
    except ImportCancelledError:
        return None
    except OSError as error:
        raise StorageError(path=root, reason=error.strerror or str(error)) from error


def _import_to(
    path: Path, staging: Path, confirm: Callable[[Update], bool], replace: bool, is_cancelled: Cancelled
) -> ModelBundle | None:
    from genre_desktop.model.predictor import require_safe

    copy = staging / "copy"
    if os.path.isdir(path):
        # A file with another hard link may be a private one, which would be in the next export.
        copy_folder(model_folder(path), copy, is_cancelled=is_cancelled, several_names=False)
    else:
        unpack(path, copy, is_cancelled=is_cancelled)
    bundle = read_bundle(copy)
    verify_weights(bundle)
    before = _to_be_replaced(bundle, replace)
    if is_cancelled() or (before and not confirm(Update(before[0], bundle))):
        return None
    require_safe(bundle)
    if is_cancelled():
        return None
    target = _free_folder(locations.user_models(), bundle.name)
    agreed_imports.record(bundle)
    try:
        copy.rename(target)
    except OSError:
        agreed_imports.remove(bundle)
        raise
    for number, old in enumerate(before):
        _remove_old(old, bundle, staging / f"old-{number}")
    return read_bundle(target)


def _with_known_path(error: GenreDesktopError, staging: Path, source: Path) -> GenreDesktopError:
    """The error about a path that the person knows, instead of the temporary folder."""
    where = error.values.get("path")
    if not isinstance(where, Path) or staging not in (where, *where.parents):
        return error
    known = locations.user_models() if isinstance(error, StorageError) else source
    return type(error)(**{**error.values, "path": known})


def _to_be_replaced(bundle: ModelBundle, replace: bool) -> list[ModelBundle]:
    """The bundles whose place a new one takes, the one in use first; an error where it must not."""
    in_use = [one for one in list_bundles() if one.name == bundle.name]
    # A bundle that was merely copied to the models is no reason to refuse the new one.
    copied = [one for one in in_use[1:] if not agreed_imports.is_recorded(one)]
    known = [one for one in in_use if one not in copied]
    for one in known:
        if one.card_sha256 == bundle.card_sha256:
            raise BundleUnchangedError(name=bundle.name)
        # A bundle that is not newer than the shipped one would not be found by its name.
        if not is_newer(bundle, one) and (one.is_shipped or not replace):
            unknown = tr("without a version")
            raise BundleNotNewerError(
                name=bundle.name,
                known=release(one) or unknown,
                received=release(bundle) or unknown,
                is_shipped=one.is_shipped,
            )
    first = known[:1]
    own = [one for one in read_all(locations.user_models()) if one.name == bundle.name]
    return first + [one for one in own if not first or one.path != first[0].path]


def _delete_leftovers(root: Path) -> None:
    """Delete the folders that a process left which was killed during an import or a removal."""
    with os.scandir(root) as entries:
        left = [entry for entry in entries if entry.name.startswith((_INCOMING, REMOVED))]
    for entry in left:
        with contextlib.suppress(OSError):  # another process may have deleted it
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode) and time.time() - status.st_mtime > _STALE_S:
                shutil.rmtree(entry.path, ignore_errors=True)


def _remove_old(old: ModelBundle, new: ModelBundle, bin_: Path) -> None:
    """Move the folder of an old bundle away; the new one is in use already."""
    if old.is_shipped:
        return
    settings = load_settings()
    if old.card_sha256 != new.card_sha256:
        agreed_imports.remove(old)
    try:
        old.path.rename(bin_)
    except OSError as error:  # on Windows, while a process reads it
        _log.warning("an old version of %r stays at %r: %s", new.name, str(old.path), error)
    if settings.default_model == str(old.path.resolve()):
        save_settings(changed(settings, default_model=new.name))


def _free_folder(root: Path, name: str) -> Path:
    """A path in `root` that does not exist: different names may have the same `folder_name`."""
    plain = folder_name(name)
    candidates = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(root / candidate for candidate in candidates if not os.path.lexists(root / candidate))
