"""The settings: their dialog, and everybody who follows them."""

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
from genre_desktop.gui.widgets.dialog import show_and_raise
from genre_desktop.gui.widgets.theme import ThemeSwitch

if TYPE_CHECKING:
    from genre_desktop.gui.settings.settings_dialog import SettingsDialog


class SettingsController(QObject):
    """Goes between the settings and the window: whichever changes, the other follows.

    Parameters
    ----------
    preferences : Preferences
    models : ModelChoice
    window : QMainWindow
        Over which the dialog opens.
    """

    def __init__(
        self,
        preferences: SettingsModel,
        themes: ThemeSwitch,
        actions: Actions,
        session: Session,
        canvas: TrackCanvas,
        playing: Playback,
        live: LiveController,
        models: ModelSelection,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._themes = themes
        self._actions = actions
        self._session = session
        self._canvas = canvas
        self._playing = playing
        self._live = live
        self._models = models
        self._window = window
        self._language = preferences.current.language
        self._dialog: SettingsDialog | None = None
        session.set_processing(preferences.current.processing)
        actions.settings.triggered.connect(self.show)
        actions.theme_chosen.connect(lambda theme: preferences.set(theme=theme))
        canvas.spectrogram_menu.chosen.connect(lambda canvas: preferences.set(canvas=canvas))
        live.input_chosen.connect(lambda key: preferences.set(live_input=key or None))
        playing.changed.connect(self._keep_device)
        preferences.changed.connect(self._follow)

    def show(self) -> None:
        """Open the dialog."""
        if self._dialog is None:
            self._dialog = self._made()
        show_and_raise(self._dialog)

    def _made(self) -> SettingsDialog:
        # Here and not above: most starts of the window never show it.
        from genre_desktop.gui.settings.classification_page import ClassificationPage
        from genre_desktop.gui.settings.general_page import GeneralPage
        from genre_desktop.gui.settings.settings_dialog import SettingsDialog
        from genre_desktop.gui.settings.sound_page import SoundPage
        from genre_desktop.gui.settings.spectrogram_page import SpectrogramPage
        from genre_desktop.gui.settings.storage_page import StoragePage
        from genre_desktop.library.engine.decoder_pool import usable_processors

        storage = StoragePage(self._session)
        dialog = SettingsDialog(
            self._preferences,
            (
                GeneralPage(self._preferences, self._language),
                ClassificationPage(self._preferences, self._models, usable_processors()),
                SpectrogramPage(self._preferences),
                SoundPage(self._playing, self._live),
                storage,
            ),
            self._window,
        )
        dialog.reset_requested.connect(self.reset)
        storage.message.connect(dialog.show_problem)
        return dialog

    def reset(self) -> None:
        """Go back to the program's own choice in everything."""
        self._preferences.reset()
        self._playing.set_volume(self._preferences.current.volume)
        self._models.choose_shipped()

    def _follow(self, settings: Settings) -> None:
        if self._themes.choice != settings.theme:
            self._themes.choose(settings.theme)
        self._actions.show_theme(settings.theme)
        self._canvas.spectrogram_menu.set_settings(settings.canvas)
        self._session.set_processing(settings.processing)
        if self._playing.device != settings.output_device:
            self._playing.use_device(settings.output_device)
        if self._live.view.key != settings.live_input:
            self._live.view.choose(settings.live_input)

    def _keep_device(self) -> None:
        if self._playing.device != self._preferences.current.output_device:
            self._preferences.set(output_device=self._playing.device)
