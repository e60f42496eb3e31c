"""What is done with models on a worker: requests in, the models there are then out. No widgets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.gui.workers.worker import TaskContext
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.importing.bundle_changes import Update


@dataclass(frozen=True)
class ListModels:
    """Say which there are."""


@dataclass(frozen=True, eq=False)
class ImportModel:
    """Take a bundle, a folder or a zip file, to the user's models.

    Attributes
    ----------
    path : Path
    agreed : Update or None
        What a person has seen and agreed to. Only just that bundle takes just that one's place.
    """

    path: Path
    agreed: Update | None = None


@dataclass(frozen=True, eq=False)
class ExportModel:
    """Write a bundle to a zip file, which takes the place of one that is there."""

    bundle: ModelBundle
    target: Path


@dataclass(frozen=True, eq=False)
class RemoveModel:
    """Delete one of the user's bundles."""

    bundle: ModelBundle


Request = ListModels | ImportModel | ExportModel | RemoveModel


@dataclass(frozen=True, eq=False)
class ModelEntry:
    """A model there is.

    Attributes
    ----------
    bundle : ModelBundle
    size_bytes : int
        Of its folder.
    behind : ModelBundle or None
        The shipped one in whose place it stands.
    """

    bundle: ModelBundle
    size_bytes: int
    behind: ModelBundle | None


@dataclass(frozen=True, eq=False)
class ModelsListed:
    """How it stands after a request.

    Attributes
    ----------
    request : Request
        What was done.
    entries : tuple of Entry
        All models, shipped ones first.
    default : ModelBundle or None
        The one that classifies where none is named.
    bundle : ModelBundle or None
        What was imported.
    update : Update or None
        What is to be agreed to before anything is done, or what was done.
    """

    request: Request
    entries: tuple[ModelEntry, ...]
    default: ModelBundle | None
    bundle: ModelBundle | None = None
    update: Update | None = None


def work(request: Request, report: TaskContext) -> ModelsListed:
    """Do it; errors are those of `genre_desktop.model.bundles.catalogue`."""
    from genre_desktop.core.errors import BundleNotFoundError
    from genre_desktop.model.bundles import catalogue

    bundle = update = None
    if isinstance(request, ImportModel):
        bundle, update = _import(request, report)
    elif isinstance(request, ExportModel):
        _export(request)
    elif isinstance(request, RemoveModel):
        catalogue.remove_bundle(request.bundle)
    entries = tuple(ModelEntry(one, _size(one.path), catalogue.shipped_behind(one)) for one in catalogue.list_bundles())
    try:
        default = catalogue.default_bundle()
    except BundleNotFoundError:
        default = None
    return ModelsListed(request, entries, default, bundle, update)


def _import(request: ImportModel, report: TaskContext) -> tuple[ModelBundle | None, Update | None]:
    """What was imported, and the update that it is; nothing is imported that is one and was not agreed to."""
    from genre_desktop.model.importing.bundle_import import import_bundle

    found: Update | None = None

    def confirm(update: Update) -> bool:
        nonlocal found
        found = update
        return request.agreed is not None and update.is_same(request.agreed)

    # One that is not newer is asked about like any other: the differences tell.
    bundle = import_bundle(request.path, confirm=confirm, replace=True, is_cancelled=report.is_cancelled)
    return bundle, found


def _export(request: ExportModel) -> None:
    import tempfile
    import zipfile

    from genre_desktop.core.errors import ExportTargetError, StorageError
    from genre_desktop.core.i18n import tr
    from genre_desktop.model.bundles.catalogue import export_bundle

    target = request.target
    # The file dialog has asked; but only for what is a zip file is the answer of use.
    if target.exists() and not (target.is_file() and zipfile.is_zipfile(target)):  # a pipe would be waited for
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
