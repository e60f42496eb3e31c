"""Requests about model bundles, their answer, and the work function that carries them out on a worker."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.gui.workers.worker import TaskContext
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.importing.bundle_changes import Update


@dataclass(frozen=True)
class ListModels:
    """List the bundles; nothing else changes."""


@dataclass(frozen=True, eq=False)
class ImportModel:
    """Copy a bundle, a folder or a zip file, to the user's models.

    Attributes
    ----------
    path : Path
    agreed : Update or None
        The replacement that the user has seen and confirmed. A bundle that would replace another one is imported only
        if the replacement is still exactly this one.
    """

    path: Path
    agreed: Update | None = None


@dataclass(frozen=True, eq=False)
class ExportModel:
    """Write a bundle to a zip file; an existing zip file is replaced."""

    bundle: ModelBundle
    target: Path


@dataclass(frozen=True, eq=False)
class RemoveModel:
    """Delete one of the user's bundles."""

    bundle: ModelBundle


Request = ListModels | ImportModel | ExportModel | RemoveModel


@dataclass(frozen=True, eq=False)
class ModelEntry:
    """A bundle with what the dialog shows of it.

    Attributes
    ----------
    bundle : ModelBundle
    size_bytes : int
        Size of its folder.
    behind : ModelBundle or None
        The shipped bundle of the same name that this one replaces.
    """

    bundle: ModelBundle
    size_bytes: int
    behind: ModelBundle | None


@dataclass(frozen=True, eq=False)
class ModelsListed:
    """Answer to every request: all bundles after it was carried out.

    Attributes
    ----------
    request : Request
    entries : tuple of ModelEntry
        All bundles, shipped ones first.
    default : ModelBundle or None
        The bundle of a start that names none.
    bundle : ModelBundle or None
        The bundle that was imported.
    update : Update or None
        The replacement by the import: carried out if `bundle` is set, otherwise still to be confirmed.
    """

    request: Request
    entries: tuple[ModelEntry, ...]
    default: ModelBundle | None
    bundle: ModelBundle | None = None
    update: Update | None = None


def run_models_task(request: Request, context: TaskContext) -> ModelsListed:
    """Carry out a request; raises the errors of `genre_desktop.model.bundles.catalogue`."""
    from genre_desktop.core.errors import BundleNotFoundError
    from genre_desktop.model.bundles import catalogue

    bundle = update = None
    if isinstance(request, ImportModel):
        bundle, update = _import(request, context)
    elif isinstance(request, ExportModel):
        _export(request)
    elif isinstance(request, RemoveModel):
        catalogue.remove_bundle(request.bundle)
    bundles = catalogue.list_bundles()
    entries = tuple(ModelEntry(known, _size(known.path), catalogue.shipped_behind(known)) for known in bundles)
    try:
        default = catalogue.default_bundle()
    except BundleNotFoundError:
        default = None
    return ModelsListed(request, entries, default, bundle, update)


def _import(request: ImportModel, context: TaskContext) -> tuple[ModelBundle | None, Update | None]:
    """Import a bundle, unless it replaces another one and the user has not confirmed that."""
    from genre_desktop.model.importing.bundle_import import import_bundle

    found: Update | None = None

    def confirm(update: Update) -> bool:
        nonlocal found
        found = update
        return request.agreed is not None and update.is_same(request.agreed)

    # An older one is no error here: the question before the replacement shows both dates.
    bundle = import_bundle(request.path, confirm=confirm, replace=True, is_cancelled=context.is_cancelled)
    return bundle, found


def _export(request: ExportModel) -> None:
    import tempfile
    import zipfile

    from genre_desktop.core.errors import ExportTargetError, StorageError
    from genre_desktop.core.i18n import tr
    from genre_desktop.model.bundles.catalogue import export_bundle

    target = request.target
    # The file dialog has asked whether to replace the file; a file that is no zip file is kept all the same.
    if target.exists() and not (target.is_file() and zipfile.is_zipfile(target)):  # is_file: opening a pipe would block
        raise ExportTargetError(path=target, reason=tr("it holds something else, which would be lost"))
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=target.parent) as folder:
            export_bundle(request.bundle, Path(folder) / "model.zip").replace(target)
    except OSError as error:
        raise StorageError(path=target, reason=error.strerror or str(error)) from error


def _size(folder: Path) -> int:
    try:
        with os.scandir(folder) as files:
            return sum(file.stat(follow_symlinks=False).st_size for file in files)
    except OSError:
        return 0
