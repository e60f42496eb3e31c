"""Live mode as part of the window: its button, its dialogs, what it does to the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.live.live_session import LiveSession
from genre_desktop.gui.live.live_view import LiveView
from genre_desktop.gui.prediction.prediction_panel import LiveAnswerText, PredictionPanel
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.labels import set_style_flags
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.scan.scan import AUDIO_ENDINGS


class LiveController(QObject):
    """Goes between live session, its view and the window.

    Attributes
    ----------
    session : LiveSession
    view : LiveView
    is_on : bool
        Whether it is shown; listening goes on behind.
    """

    message = Signal(str)
    input_chosen = Signal(str)
    visibility_changed = Signal(bool)

    def __init__(
        self, services: Services, session: Session, themes: ThemeSwitch, chosen: str | None, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self.is_on = False
        self.session = LiveSession(services, self)
        self.view = LiveView(self.session, themes, chosen)
        session.register_worker(self.session)
        session.predictor_changed.connect(self.session.set_predictor)
        self.session.message.connect(self.message)
        self.view.input_chosen.connect(self.input_chosen)
        self.view.save_requested.connect(self._ask_where_to_save)

    def join(self, actions: Actions, panel: PredictionPanel, folder: Callable[[], str]) -> None:
        """Take its place in a window that is made."""
        self._panel, self._folder, self._action = panel, folder, actions.live
        actions.live.toggled.connect(self._show)
        actions.overview.toggled.connect(self._give_way)
        actions.simulate.triggered.connect(self._ask_for_file)
        self.view.file_requested.connect(self._ask_for_file)
        self.view.words_changed.connect(self._show_words)
        self._list_actions = actions.of_list

    def button(self, actions: Actions) -> QToolButton:
        """What switches it in the menu bar."""
        made = QToolButton(autoRaise=True)
        made.setCheckable(True)
        made.setProperty("chip", True)
        made.setProperty("slim", True)
        made.clicked.connect(actions.live.trigger)
        actions.live.toggled.connect(made.setChecked)
        actions.live.toggled.connect(lambda checked: set_style_flags(made, chosen=checked))
        self._button = made
        self.session.changed.connect(self._show_button)
        self._show_button()
        return made

    def _show_button(self) -> None:
        """An open microphone must be seen in every mode."""
        is_recording = self.session.recording is not None
        if self.is_on or not (self.session.is_listening or is_recording):
            text, name = tr("Live"), tr("Live")
            tip = tr("Listen to a microphone or line input (Ctrl+Shift+L)")
        elif is_recording:
            text, name = tr("● Rec"), tr("Live: recording")
            tip = tr("The input is being recorded. Back to live mode (Ctrl+Shift+L)")
        else:
            text, name = tr("● Live"), tr("Live: listening")
            tip = tr("The input is being listened to. Back to live mode (Ctrl+Shift+L)")
        if text != self._button.text():
            self._button.setText(text)
            self._button.setAccessibleName(name)
            self._button.setToolTip(plain_tip(tip))

    def _show(self, is_wanted: bool) -> None:
        self.is_on = is_wanted
        self.visibility_changed.emit(is_wanted)
        self._list_actions.setEnabled(not is_wanted)
        self._show_button()
        if is_wanted:
            self.view.begin()
            self._panel.show_live(self.view.words())
        else:
            self._panel.show_live(None)

    def _give_way(self, is_overview_wanted: bool) -> None:
        """The overview stands beside the list, which live mode covers."""
        if is_overview_wanted and self.is_on:
            self._action.trigger()

    def _show_words(self, words: LiveAnswerText) -> None:
        if self.is_on:
            self._panel.show_live(words)

    def _ask_for_file(self) -> None:
        patterns = " ".join(f"*{ending} *{ending.upper()}" for ending in sorted(AUDIO_ENDINGS))
        kinds = ";;".join((tr("Sound files ({patterns})", patterns=patterns), tr("All files (*)")))
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Listen to a file"), self._folder(), kinds)
        if name:
            self.simulate(name)

    def simulate(self, path: str) -> None:
        """Show live mode and let it listen to a file."""
        if not self.is_on:
            self._action.trigger()
        self.view.simulate(path)

    def _ask_where_to_save(self) -> None:
        name = tr("Live {time}", time=f"{datetime.now():%Y-%m-%d %H.%M}") + ".csv"
        place = str(Path(self._folder() or Path.home()) / name)
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Save timeline"), place, tr("Tables (*.csv)"))
        if path:
            self.session.save_timeline(path)
