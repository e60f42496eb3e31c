"""What is done with models on a worker: requests in, the models there are then out. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from genre_desktop.gui.worker import Report
from genre_desktop.model.bundle import ModelBundle


@dataclass(frozen=True)
class ListModels:
    """Say which there are."""


@dataclass(frozen=True)
class ImportModel:
    """Take a bundle, a folder or a zip file, to the user's models.

    Attributes
    ----------
    path : Path
    replace : bool
        Even in place of one that is not older.
    """

    path: Path
    replace: bool = False


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
class Entry:
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
class Models:
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
    before : ModelBundle or None
        In whose place that stands.
    """

    request: Request
    entries: tuple[Entry, ...]
    default: ModelBundle | None
    bundle: ModelBundle | None = None
    before: ModelBundle | None = None


def work(request: Request, _report: Report) -> Models:
    """Do it; errors are those of `genre_desktop.model.catalogue`."""
    from genre_desktop.errors import BundleNotFoundError
    from genre_desktop.model import catalogue

    bundle = before = None
    if isinstance(request, ImportModel):
        known = catalogue.list_bundles()
        bundle = catalogue.import_bundle(request.path, replace=request.replace)
        before = next((one for one in known if one.name == bundle.name), None)
    elif isinstance(request, ExportModel):
        _export(request)
    elif isinstance(request, RemoveModel):
        catalogue.remove_bundle(request.bundle)
    entries = tuple(Entry(one, _size(one.path), catalogue.shipped_behind(one)) for one in catalogue.list_bundles())
    try:
        default = catalogue.default_bundle()
    except BundleNotFoundError:
        default = None
    return Models(request, entries, default, bundle, before)


def _export(request: ExportModel) -> None:
    import tempfile
    import zipfile

    from genre_desktop.errors import ExportTargetError, StorageError
    from genre_desktop.i18n import tr
    from genre_desktop.model.catalogue import export_bundle

    target = request.target
    # The file dialog has asked; but only for what is a zip file is the answer of use.
    if target.exists() and not zipfile.is_zipfile(target):
        raise ExportTargetError(path=target, reason=tr("it holds something else, which would be lost"))
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=target.parent) as folder:
            export_bundle(request.bundle, Path(folder) / "model.zip").replace(target)
    except OSError as error:
        raise StorageError(path=target, reason=error.strerror or str(error)) from error


def _size(folder: Path) -> int:
    try:
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    except OSError:
        return 0
