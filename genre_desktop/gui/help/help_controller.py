"""Commands of the help menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from genre_desktop.core.i18n import language
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.widgets.dialog import show_and_raise
from genre_desktop.gui.widgets.theme import ThemeSwitch

if TYPE_CHECKING:
    from genre_desktop.gui.help.about_dialog import AboutDialog
    from genre_desktop.gui.help.help_window import HelpWindow
    from genre_desktop.gui.help.log_window import LogWindow
    from genre_desktop.model.bundles.bundle import ModelBundle


class HelpController(QObject):
    """Opens the windows of help, log and about, each at most once; their modules are imported at the first use.

    Parameters
    ----------
    window : QMainWindow
    actions : Actions
        Those of the help menu are connected; links in the help trigger any of them.
    themes : ThemeSwitch
    settings : SettingsModel
    session : Session
        Shuts down the workers of the windows.
    list_bundles : callable
        Called on a worker.
    """

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        themes: ThemeSwitch,
        settings: SettingsModel,
        session: Session,
        list_bundles: Callable[[], list[ModelBundle]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._themes = themes
        self._settings = settings
        self._session = session
        self._list_bundles = list_bundles
        self._help: HelpWindow | None = None
        self._log: LogWindow | None = None
        self._about: AboutDialog | None = None
        actions.help.triggered.connect(lambda: self.show_help())
        actions.first_steps.triggered.connect(lambda: self.show_help("first-steps"))
        actions.figures.triggered.connect(lambda: self.show_help("figures"))
        actions.shortcuts.triggered.connect(lambda: self.show_help("shortcuts"))
        actions.log.triggered.connect(self.show_log)
        actions.about.triggered.connect(self.show_about)

    def show_help(self, key: str | None = None) -> None:
        """Open the help on a page; None for the page that was shown last."""
        if self._help is None:
            from genre_desktop.gui.help import generated_blocks
            from genre_desktop.gui.help.help_window import HelpWindow

            self._help = HelpWindow(
                language(),
                {
                    "shortcuts": lambda: generated_blocks.shortcut_tables(self._window.menuBar()),
                    "figures": generated_blocks.figure_texts,
                    "places": generated_blocks.place_table,
                    "errors": generated_blocks.error_tables,
                },
                self._themes,
                self._settings.current.help_size,
                self._window,
            )
            self._help.action_requested.connect(self._trigger)
            self._help.size_chosen.connect(lambda size: self._settings.set(help_size=size))
        if key is not None:
            self._help.show_page(key)
        show_and_raise(self._help)

    def show_log(self) -> None:
        """Open the window of the log."""
        if self._log is None:
            from genre_desktop.gui.help.log_window import LogWindow

            self._log = LogWindow(self._themes, self._window)
            self._session.register_worker(self._log.worker)
        show_and_raise(self._log)

    def show_about(self) -> None:
        """Open the dialog about the program."""
        if self._about is None:
            from genre_desktop.gui.help.about_dialog import AboutDialog

            self._about = AboutDialog(self._list_bundles, self._window)
            self._session.register_worker(self._about.worker)
        show_and_raise(self._about)

    def _trigger(self, name: str) -> None:
        action = getattr(self._actions, name, None)
        if isinstance(action, QAction):
            action.trigger()
