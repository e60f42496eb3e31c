"""The model in use: chosen in the menu, the settings or the dialog, loaded by the session, shown in the panel."""

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
    """Holds the bundles that can be chosen and the one in use, and loads another one at a choice.

    Parameters
    ----------
    session : Session
    settings : SettingsModel
        Stores the choice for later starts.
    actions : Actions
        Its menu of models shows and changes the choice.
    panel : PredictionPanel
        Shows the state of the model.

    Attributes
    ----------
    bundles : tuple of ModelBundle
        Bundles that can be chosen.
    current : ModelBundle or None
        The bundle that is in use, or being loaded.
    is_loaded : bool
        The current bundle is loaded.
    problem : GenreDesktopError or None
        Why the current bundle could not be loaded.
    """

    changed = Signal()
    message = Signal(str)
    choice_failed = Signal(object)  # GenreDesktopError; only for a bundle that the user has chosen

    def __init__(self, session: Session, settings: SettingsModel, actions: Actions, panel: PredictionPanel) -> None:
        super().__init__(session)
        self._session = session
        self._settings = settings
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
        """Load a bundle; once it is loaded, later starts use it too."""
        self._chosen = bundle
        if self.is_loaded and self.current is not None and self.current.path == bundle.path:
            # Nothing to load. But it may be in use only because the default could not be loaded.
            self._make_default(bundle)
            return
        self._show_loading(bundle)
        self._session.choose_model(bundle)

    def choose_shipped(self) -> None:
        """Load the shipped default bundle, as if the user had never chosen one."""
        from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT

        for bundle in self.bundles:
            if bundle.name == SHIPPED_DEFAULT and self.current is not None and bundle.path != self.current.path:
                self.choose(bundle)

    def show_bundles(self, bundles: tuple[ModelBundle, ...]) -> None:
        """Replace the bundles that can be chosen; the one in use stays."""
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
        self._session.tracks.set_labels(bundle.labels, () if bundle.styles is None else bundle.styles.names)
        self._panel.show_model(bundle)
        # Only now: a bundle that cannot be loaded must not fail at each later start.
        if self._chosen is not None and self._chosen.path == bundle.path:
            self._make_default(bundle)
        self.changed.emit()

    def _make_default(self, bundle: ModelBundle) -> None:
        """Store the bundle in the settings: by name, or by folder if `catalogue` finds another one by that name."""
        first = next((known for known in self.bundles if known.name == bundle.name), bundle)
        name = bundle.name if first.path == bundle.path else str(bundle.path.resolve())
        self._settings.set(default_model=name)

    def _show_problem(self, error: GenreDesktopError) -> None:
        self.problem = error
        self._panel.show_model_error(error)
        self.message.emit(error_message(error))
        self.changed.emit()
        if self._chosen is not None and self.current is not None and self._chosen.path == self.current.path:
            self.choice_failed.emit(error)
