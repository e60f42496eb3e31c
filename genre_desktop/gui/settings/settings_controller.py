"""Connects the settings with their dialog and with the parts of the window that they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from genre_desktop.core.settings import Settings
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.live.live_controller import LiveController
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.widgets.dialog import show_and_raise
from genre_desktop.gui.widgets.theme import ThemeSwitch

if TYPE_CHECKING:
    from genre_desktop.gui.settings.settings_dialog import SettingsDialog


class SettingsController(QObject):
    """Opens the settings dialog, applies changed settings, and stores what is chosen elsewhere in the window.

    The canvas follows its settings by its own controller.
    """

    def __init__(
        self,
        settings_model: SettingsModel,
        themes: ThemeSwitch,
        actions: Actions,
        session: Session,
        playback: Playback,
        live: LiveController,
        models: ModelSelection,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._settings_model = settings_model
        self._themes = themes
        self._actions = actions
        self._session = session
        self._playback = playback
        self._live = live
        self._models = models
        self._window = window
        self._language = settings_model.current.language
        self._dialog: SettingsDialog | None = None
        session.set_processing(settings_model.current.processing)
        actions.settings.triggered.connect(self.show)
        actions.theme_chosen.connect(lambda theme: settings_model.set(theme=theme))
        live.input_chosen.connect(lambda key: settings_model.set(live_input=key or None))
        playback.changed.connect(self._store_device)
        settings_model.changed.connect(self._apply)

    def show(self) -> None:
        """Open the dialog."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        show_and_raise(self._dialog)

    def _make_dialog(self) -> SettingsDialog:
        # Imported here: most sessions never open it.
        from genre_desktop.gui.settings.classification_page import ClassificationPage
        from genre_desktop.gui.settings.general_page import GeneralPage
        from genre_desktop.gui.settings.settings_dialog import SettingsDialog
        from genre_desktop.gui.settings.sound_page import SoundPage
        from genre_desktop.gui.settings.spectrogram_page import SpectrogramPage
        from genre_desktop.gui.settings.storage_page import StoragePage
        from genre_desktop.library.engine.decoder_pool import usable_processors

        storage = StoragePage(self._session)
        dialog = SettingsDialog(
            self._settings_model,
            (
                GeneralPage(self._settings_model, self._language),
                ClassificationPage(self._settings_model, self._models, usable_processors()),
                SpectrogramPage(self._settings_model),
                SoundPage(self._playback, self._live),
                storage,
            ),
            self._window,
        )
        dialog.reset_requested.connect(self.reset)
        storage.message.connect(dialog.show_problem)
        return dialog

    def reset(self) -> None:
        """Reset all settings, the volume and the model to the defaults."""
        self._settings_model.reset()
        self._playback.set_volume(self._settings_model.current.volume)
        self._models.choose_shipped()

    def _apply(self, settings: Settings) -> None:
        if self._themes.choice != settings.theme:
            self._themes.choose(settings.theme)
        self._actions.show_theme(settings.theme)
        self._session.set_processing(settings.processing)
        if self._playback.device != settings.output_device:
            self._playback.use_device(settings.output_device)
        if self._live.view.key != settings.live_input:
            self._live.view.choose(settings.live_input)

    def _store_device(self) -> None:
        if self._playback.device != self._settings_model.current.output_device:
            self._settings_model.set(output_device=self._playback.device)
