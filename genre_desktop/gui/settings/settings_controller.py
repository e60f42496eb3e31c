"""Settings in the window: their dialog, and the parts of the window that follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from genre_desktop.core.settings import Settings
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.live.live_controller import LiveController
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.widgets.forms import show_and_raise
from genre_desktop.gui.widgets.theme import ThemeSwitch

if TYPE_CHECKING:
    from genre_desktop.gui.settings.settings_dialog import SettingsDialog


class SettingsController(QObject):
    """Applies changes of the settings to the window, and stores choices made in the window as settings.

    Parameters
    ----------
    settings : SettingsModel
    themes : ThemeSwitch
    actions : Actions
    session : Session
    canvas : TrackCanvas
    playback : Playback
    live : LiveController
    models : ModelSelection
    window : QMainWindow
        Parent of the dialog.
    """

    def __init__(
        self,
        settings: SettingsModel,
        themes: ThemeSwitch,
        actions: Actions,
        session: Session,
        canvas: TrackCanvas,
        playback: Playback,
        live: LiveController,
        models: ModelSelection,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._themes = themes
        self._actions = actions
        self._session = session
        self._canvas = canvas
        self._playback = playback
        self._live = live
        self._models = models
        self._window = window
        self._language = settings.current.language
        self._dialog: SettingsDialog | None = None
        session.set_processing(settings.current.processing)
        actions.settings.triggered.connect(self.show)
        actions.theme_chosen.connect(lambda theme: settings.set(theme=theme))
        canvas.options.chosen.connect(lambda canvas: settings.set(canvas=canvas))
        live.input_chosen.connect(lambda key: settings.set(live_input=key or None))
        playback.changed.connect(self._store_output_device)
        settings.changed.connect(self._apply)

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        show_and_raise(self._dialog)

    def _make_dialog(self) -> SettingsDialog:
        # Imported at the first use only: most starts of the window never show the dialog.
        from genre_desktop.gui.settings.classification_page import ClassificationPage
        from genre_desktop.gui.settings.general_page import GeneralPage
        from genre_desktop.gui.settings.settings_dialog import SettingsDialog
        from genre_desktop.gui.settings.sound_page import SoundPage
        from genre_desktop.gui.settings.spectrogram_page import SpectrogramPage
        from genre_desktop.gui.settings.storage_page import StoragePage
        from genre_desktop.library.engine.decoder_pool import usable_processors

        storage = StoragePage(self._session)
        dialog = SettingsDialog(
            self._settings,
            (
                GeneralPage(self._settings, self._language),
                ClassificationPage(self._settings, self._models, usable_processors()),
                SpectrogramPage(self._settings),
                SoundPage(self._playback, self._live),
                storage,
            ),
            self._window,
        )
        dialog.reset_requested.connect(self.reset)
        storage.message.connect(dialog.tell)
        return dialog

    def reset(self) -> None:
        """Reset all settings, the volume and the model to their defaults."""
        self._settings.reset()
        self._playback.set_volume(self._settings.current.volume)
        self._models.choose_shipped()

    def _apply(self, settings: Settings) -> None:
        if self._themes.choice != settings.theme:
            self._themes.choose(settings.theme)
        self._actions.show_theme(settings.theme)
        self._canvas.options.take(settings.canvas)
        self._session.set_processing(settings.processing)
        if self._playback.device != settings.output_device:
            self._playback.use_device(settings.output_device)
        if self._live.view.key != settings.live_input:
            self._live.view.choose(settings.live_input)

    def _store_output_device(self) -> None:
        if self._playback.device != self._settings.current.output_device:
            self._settings.set(output_device=self._playback.device)
