"""Uncaught exceptions shown to the user, in one dialog at a time."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from genre_desktop.core.errors import InternalError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.crash_report import crash_report, open_log
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.uncaught_error import UncaughtError

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow

_log = logging.getLogger(__name__)

_MAX_DIALOGS = 3
"""Different errors that get a dialog while the program runs; later ones are shown in the job bar only."""


class CrashController(QObject):
    """Shows uncaught exceptions in the job bar and, one at a time, in a dialog.

    Parameters
    ----------
    window : MainWindow
    hook : ExceptionHook

    Attributes
    ----------
    dialog : CrashDialog or None
        The one that is open.
    """

    def __init__(self, window: MainWindow, hook: ExceptionHook) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: CrashDialog | None = None
        self._place_in_dialog: tuple[str, str, int] | None = None
        self._n_repeats = 0
        self._places_shown: set[tuple[str, str, int]] = set()
        hook.uncaught.connect(self.show)
        hook.interrupted.connect(window.close_now)

    def show(self, error: UncaughtError) -> None:
        """Show an exception; the same one again raises the count in its dialog."""
        try:
            self._show(error)
        except Exception:
            # Not by the hook again, which would repeat this without end.
            _log.exception("the dialog of an uncaught exception could not be shown")

    def _show(self, error: UncaughtError) -> None:
        self._window.job_bar.show_message(str(InternalError(reason=error.cause)))
        if self.dialog is not None:
            # A different error gets its dialog when it happens again after this one has been closed.
            if error.place == self._place_in_dialog:
                self._n_repeats += 1
                self.dialog.show_repeats(self._n_repeats)
        elif (
            error.place not in self._places_shown
            and len(self._places_shown) < _MAX_DIALOGS
            and self._window.isVisible()
        ):
            self._places_shown.add(error.place)
            self._open_dialog(error)

    def _open_dialog(self, error: UncaughtError) -> None:
        title, advice = self._title_and_advice(error)
        window = self._window
        # On top of any modal dialog, which would block a child of the window. The crash dialog itself is not modal.
        parent = QApplication.activeModalWidget() or window
        dialog = CrashDialog(
            title,
            (advice, self._what_is_kept()),
            error.cause,
            lambda with_names: crash_report(window, error.trace, with_names=with_names),
            lambda: open_log(window),
            parent,
        )
        dialog.destroyed.connect(self._on_dialog_closed)
        self.dialog, self._place_in_dialog, self._n_repeats = dialog, error.place, 0
        dialog.show()

    def _title_and_advice(self, error: UncaughtError) -> tuple[str, str]:
        if error.is_memory:
            return (
                tr("The computer has run out of memory"),
                tr("Close other programs, then close this one and start it again."),
            )
        title = tr("Something went wrong inside the program")
        if len(self._places_shown) == _MAX_DIALOGS:
            return title, tr("It is not the first time: better close the program and start it again.")
        return title, tr("You can go on. If something looks odd, close the program and start it again.")

    def _what_is_kept(self) -> str:
        if not self._window.session.keeps_results:
            return tr("What is done could not be kept this time: export what you need.")
        if self._window.session.restores_list:
            return tr("What is done is kept, and the list will be there at the next start.")
        return tr("What is done is kept. The list will be empty at the next start, as the settings say.")

    def _on_dialog_closed(self) -> None:
        self.dialog = None
