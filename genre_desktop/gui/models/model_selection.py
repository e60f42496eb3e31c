"""Which model is asked: between the session, the menu, the panel and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.prediction.prediction_panel import PredictionPanel
from genre_desktop.gui.session.load_model_task import BundlesFound
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.text.display import error_message

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle


class ModelSelection(QObject):
    """Shows which models there are, and loads the one that is chosen.

    Attributes
    ----------
    bundles : tuple of ModelBundle
        Those that can be chosen.
    current : ModelBundle or None
        The one that is in use, or being loaded.
    is_loaded : bool
    problem : GenreDesktopError or None
        Why it does not load.
    """

    changed = Signal()
    message = Signal(str)
    refused = Signal(object)  # GenreDesktopError, of one that a person chose

    def __init__(self, session: Session, preferences: SettingsModel, actions: Actions, panel: PredictionPanel) -> None:
        super().__init__(session)
        self._session = session
        self._preferences = preferences
        self._actions = actions
        self._panel = panel
        self._chosen: ModelBundle | None = None
        self.bundles: tuple[ModelBundle, ...] = ()
        self.current: ModelBundle | None = None
        self.is_loaded = False
        self.problem: GenreDesktopError | None = None
        session.models_found.connect(self._show_found)
        session.model_loaded.connect(self._show_loaded)
        session.model_failed.connect(self._show_problem)
        actions.model_chosen.connect(self.choose)

    def choose(self, bundle: ModelBundle) -> None:
        """Load another model; it is the default one from then on."""
        self._chosen = bundle
        if self.is_loaded and self.current is not None and self.current.path == bundle.path:
            # Chosen once more. It may be in use because the default cannot be used.
            self._keep(bundle)
            return
        self._show_loading(bundle)
        self._session.choose_model(bundle)

    def choose_shipped(self) -> None:
        """Go back to the model that a person gets who has not chosen one."""
        from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT

        for bundle in self.bundles:
            if bundle.name == SHIPPED_DEFAULT and self.current is not None and bundle.path != self.current.path:
                self.choose(bundle)

    def show_bundles(self, bundles: tuple[ModelBundle, ...]) -> None:
        """Offer others; the one that is in use stays."""
        self.bundles = bundles
        if self.current is not None:
            self._actions.show_models(bundles, self.current)
        self.changed.emit()

    def _show_found(self, found: BundlesFound) -> None:
        self.bundles = found.bundles
        self._actions.show_models(found.bundles, found.chosen)
        self._show_loading(found.chosen)

    def _show_loading(self, bundle: ModelBundle) -> None:
        self.current, self.is_loaded, self.problem = bundle, False, None
        self._panel.show_model_loading(bundle)
        self.changed.emit()

    def _show_loaded(self, bundle: ModelBundle) -> None:
        self.current, self.is_loaded, self.problem = bundle, True, None
        self._session.tracks.set_labels(bundle.labels)
        self._panel.show_model(bundle)
        # Not before: a model that does not load must not greet the user at each start.
        if self._chosen is not None and self._chosen.path == bundle.path:
            self._keep(bundle)
        self.changed.emit()

    def _keep(self, bundle: ModelBundle) -> None:
        """Make it the default: by its name, unless that means another; then by its folder, as `catalogue` has it."""
        first = next((known for known in self.bundles if known.name == bundle.name), bundle)
        name = bundle.name if first.path == bundle.path else str(bundle.path.resolve())
        self._preferences.set(default_model=name)

    def _show_problem(self, error: GenreDesktopError) -> None:
        self.problem = error
        self._panel.show_model_error(error)
        self.message.emit(error_message(error))
        self.changed.emit()
        if self._chosen is not None and self.current is not None and self._chosen.path == self.current.path:
            self.refused.emit(error)
