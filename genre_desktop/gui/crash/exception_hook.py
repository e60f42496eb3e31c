"""Exceptions that nobody caught: to the log, and to the user without a storm of dialogs."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from genre_desktop.core.errors import GenreDesktopError, InternalError
from genre_desktop.core.i18n import tr
from genre_desktop.core.log import log_file
from genre_desktop.diagnostics import diagnostics
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.window_facts import window_facts
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets import file_manager as reveal

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow

_log = logging.getLogger(__name__)

_MOST_DIALOGS = 3
"""Different faults that get a dialog, from start to end; what comes then is told in the job bar."""

_LOGGED_IN_FULL = 3
"""A fault of each paint event would soon have pushed all else out of the log."""

_MOST_LETTERS = 300
_OURS = ("genre_desktop", "training")


@dataclass(frozen=True)
class UncaughtError:
    """An exception that nobody caught.

    Attributes
    ----------
    cause : str
        Type and message.
    trace : str
    place : tuple of (str, str, int)
        Type, file and line: two of one place are the same fault.
    is_memory : bool
        Memory ran out.
    """

    cause: str
    trace: str
    place: tuple[str, str, int]
    is_memory: bool

    @classmethod
    def of(cls, error: BaseException) -> UncaughtError:
        """Describe an exception."""
        frames = traceback.extract_tb(error.__traceback__)
        file, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
        kind = type(error).__name__
        cause = str(error) if isinstance(error, GenreDesktopError) else f"{kind}: {error}" if str(error) else kind
        cause = displayable(cause if len(cause) <= _MOST_LETTERS else cause[:_MOST_LETTERS] + " …")
        return cls(
            cause, "".join(traceback.format_exception(error)), (kind, file, line), isinstance(error, MemoryError)
        )


class ExceptionHook(QObject):
    """Hears of exceptions in slots, on threads and where Python can only print them.

    Parameters
    ----------
    window : MainWindow
    """

    _heard = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lock = threading.RLock()  # an exception may come while another is being counted
        self._counts: Counter[tuple[str, str, int]] = Counter()
        self._waiting: list[UncaughtError] = []
        self._told: set[tuple[str, str, int]] = set()
        self._before: tuple[Callable, Callable, Callable] | None = None
        self.dialog: CrashDialog | None = None
        self._shown: tuple[str, str, int] | None = None  # the place of what it tells
        self._n_more = 0
        # Never from within the slot, paint event or thread where it happened.
        self._heard.connect(self._tell_waiting, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the place of Python's own way to tell of such exceptions."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        """Put back what was there before `install`."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None

    # -- on any thread -------------------------------------------------------------------

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close_now()
        else:
            self.hear(error.with_traceback(trace), "unexpected error in the window")

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is None or isinstance(error, SystemExit):
            return
        name = args.thread.name if args.thread is not None else "?"
        # A thread of a library that falls is its own affair, as long as nothing of ours stood on it.
        modules = (frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__))
        is_ours = any(str(module).partition(".")[0] in _OURS for module in modules)
        self.hear(error, f"unexpected error on the thread {name}", is_told=is_ours)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        error = args.exc_value
        if error is not None:
            where = type(args.object).__name__ if args.object is not None else "?"
            self.hear(error, f"{args.err_msg or 'exception ignored'} in {where}", is_told=False)

    def hear(self, error: BaseException, what: str, *, is_told: bool = True) -> None:
        """Log an exception and, unless it is only for the log, tell the user soon."""
        try:
            fault = UncaughtError.of(error)
            with self._lock:
                self._counts[fault.place] += 1
                n = self._counts[fault.place]
            if n <= _LOGGED_IN_FULL:
                _log.critical("%s", what, exc_info=error)
            elif n & (n - 1) == 0:
                _log.critical("%s: %s, for the %dth time", what, fault.cause, n)
            if is_told:
                with self._lock:
                    is_first = not self._waiting
                    self._waiting.append(fault)
                if is_first:
                    self._heard.emit()
        except Exception:
            _log.exception("a fault could not be told")

    # -- on the GUI thread ---------------------------------------------------------------

    def _tell_waiting(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for fault in waiting:
            try:
                self._tell(fault)
            except Exception:
                # Not by the hooks again: that would go on for ever.
                _log.exception("the dialog of a fault could not be shown")

    def _tell(self, fault: UncaughtError) -> None:
        self._window.job_bar.show_message(str(InternalError(reason=fault.cause)))
        if self.dialog is not None:
            # Another one gets its dialog when it comes again and this one has been closed.
            if fault.place == self._shown:
                self._n_more += 1
                self.dialog.count(self._n_more)
        elif fault.place not in self._told and len(self._told) < _MOST_DIALOGS and self._window.isVisible():
            self._told.add(fault.place)
            self._show(fault)

    def _show(self, fault: UncaughtError) -> None:
        window = self._window

        def report(with_names: bool) -> str:
            return diagnostics(window_facts(window), fault.trace, with_names=with_names)

        if fault.is_memory:
            title = tr("The computer has run out of memory")
            advice = tr("Close other programs, then close this one and start it again.")
        elif len(self._told) == _MOST_DIALOGS:
            title = tr("Something went wrong inside the program")
            advice = tr("It is not the first time: better close the program and start it again.")
        else:
            title = tr("Something went wrong inside the program")
            advice = tr("You can go on. If something looks odd, close the program and start it again.")
        if not window.session.keeps_results:
            kept = tr("What is done could not be kept this time: export what you need.")
        elif window.session.restores_list:
            kept = tr("What is done is kept, and the list will be there at the next start.")
        else:
            kept = tr("What is done is kept. The list will be empty at the next start, as the settings say.")
        # On top of whatever dialog is open, which would block one of the window's. It blocks nothing itself.
        parent = QApplication.activeModalWidget() or window
        dialog = CrashDialog(title, (advice, kept), fault.cause, report, open_log(window), parent)
        dialog.destroyed.connect(self._forget)
        self.dialog, self._shown, self._n_more = dialog, fault.place, 0
        dialog.show()

    def _forget(self) -> None:
        self.dialog = None


def open_log(window: MainWindow) -> Callable[[], None]:
    """Makes what shows the log."""

    def show() -> None:
        if QApplication.activeModalWidget() is None:
            window.help_controller.show_log()
        else:  # a window of the program would be blocked
            reveal.reveal_or_report(log_file(), window.job_bar.show_message)

    return show
