"""Finds the installed models and loads the one to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.session.load_model_task import BundlesFound, LoadModelTask, LoadRequest
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.workers.worker import Worker

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle


class ModelLoader(QObject):
    """The model bundle in use, and the worker that loads its network.

    Attributes
    ----------
    bundle : ModelBundle or None
        The one that is loaded or being loaded; None until the installed ones have been found.
    has_failed : bool
        The network of that bundle could not be loaded.
    worker : Worker
    """

    found = Signal(object)  # BundlesFound
    default_found = Signal(object)  # ModelBundle that is used as none has been chosen
    loaded = Signal(object)  # Predictor
    failed = Signal(object)  # GenreDesktopError

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bundle: ModelBundle | None = None
        self.has_failed = False
        self.worker = Worker("model", LoadModelTask(services), self)
        self.worker.partial.connect(self._on_found)
        self.worker.succeeded.connect(self._on_loaded)
        self.worker.failed.connect(self._on_failed)

    def find(self) -> None:
        """Find the installed bundles without loading a network."""
        self.worker.submit(LoadRequest(self.bundle, find_only=True))

    def load(self) -> None:
        """Load the network of the bundle in use, or of the default one."""
        self.worker.submit(LoadRequest(self.bundle))

    def choose_model(self, bundle: ModelBundle) -> None:
        """Use another bundle and load its network."""
        self.bundle, self.has_failed = bundle, False
        self.worker.cancel()
        self.load()

    def _on_found(self, found: BundlesFound) -> None:
        is_default = self.bundle is None
        self.bundle = found.chosen
        self.found.emit(found)
        if is_default:
            self.default_found.emit(found.chosen)

    def _on_loaded(self, predictor: Any) -> None:
        if predictor is not None:  # otherwise the bundles were only to be found
            self.loaded.emit(predictor)

    def _on_failed(self, error: GenreDesktopError) -> None:
        self.has_failed = True
        self.failed.emit(error)
