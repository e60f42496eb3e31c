"""Live mode as part of the window: its menu entries, its dialogs, and the panel that shows its answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.live.live_session import LiveSession
from genre_desktop.gui.live.live_view import LiveView
from genre_desktop.gui.prediction.live_answer_text import LiveAnswerText
from genre_desktop.gui.prediction.prediction_panel import PredictionPanel
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.scan.scan import AUDIO_ENDINGS


class LiveController(QObject):
    """Connects the live session and its view with the window.

    Parameters
    ----------
    services : Services
    session : Session
        Loads the model, and shuts the live session down.
    themes : ThemeSwitch
    key : str or None
        `Device.key` of the input that was chosen last time; None for the system's choice.
    window : QWidget

    Attributes
    ----------
    session : LiveSession
    view : LiveView
    is_on : bool
        Whether live mode is shown; listening goes on while it is not.
    """

    message = Signal(str)
    input_chosen = Signal(str)
    visibility_changed = Signal(bool)

    def __init__(
        self, services: Services, session: Session, themes: ThemeSwitch, key: str | None, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self.is_on = False
        self.session = LiveSession(services, self)
        self.view = LiveView(self.session, themes, key)
        session.register_worker(self.session)
        session.predictor_changed.connect(self.session.set_predictor)
        self.session.message.connect(self.message)
        self.view.input_chosen.connect(self.input_chosen)
        self.view.save_requested.connect(self._ask_where_to_save)

    def connect_window(self, actions: Actions, panel: PredictionPanel, last_folder: Callable[[], str]) -> None:
        """Connect the menu entries and the prediction panel, once there are some.

        Parameters
        ----------
        actions : Actions
        panel : PredictionPanel
        last_folder : callable
            Gives the folder that file dialogs begin in.
        """
        self._panel, self._last_folder, self._action = panel, last_folder, actions.live
        self._list_actions = actions.of_list
        actions.live.toggled.connect(self._set_shown)
        actions.overview.toggled.connect(self._hide_for_overview)
        actions.simulate.triggered.connect(self._ask_for_file)
        self.view.file_requested.connect(self._ask_for_file)
        self.view.answer_text_changed.connect(self._show_answer_text)

    def _set_shown(self, is_shown: bool) -> None:
        self.is_on = is_shown
        self.visibility_changed.emit(is_shown)
        self._list_actions.setEnabled(not is_shown)
        if is_shown:
            self.view.prepare()
            self._panel.show_live(self.view.answer_text())
        else:
            self._panel.show_live(None)

    def _hide_for_overview(self, is_overview_shown: bool) -> None:
        """Hide live mode, which covers the list, when the overview beside the list is to be seen."""
        if is_overview_shown and self.is_on:
            self._action.trigger()

    def _show_answer_text(self, text: LiveAnswerText) -> None:
        if self.is_on:
            self._panel.show_live(text)

    def _ask_for_file(self) -> None:
        patterns = " ".join(f"*{ending} *{ending.upper()}" for ending in sorted(AUDIO_ENDINGS))
        kinds = ";;".join((tr("Sound files ({patterns})", patterns=patterns), tr("All files (*)")))
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Listen to a file"), self._last_folder(), kinds)
        if name:
            self.simulate(name)

    def simulate(self, path: str) -> None:
        """Show live mode and let it listen to a file."""
        if not self.is_on:
            self._action.trigger()
        self.view.simulate(path)

    def _ask_where_to_save(self) -> None:
        name = tr("Live {time}", time=f"{datetime.now():%Y-%m-%d %H.%M}") + ".csv"
        place = str(Path(self._last_folder() or Path.home()) / name)
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Save timeline"), place, tr("Tables (*.csv)"))
        if path:
            self.session.save_timeline(path)
