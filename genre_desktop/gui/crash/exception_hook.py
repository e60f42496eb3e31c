"""Python's hooks for exceptions that no code caught: in slots, on threads, in finalizers."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from genre_desktop.gui.crash.uncaught_error import UncaughtError

_log = logging.getLogger(__name__)

_N_LOGGED_IN_FULL = 3
"""Tracebacks of one error in the log. One for each paint event would soon push everything else out of the log."""

_OWN_PACKAGES = ("genre_desktop", "training")


class ExceptionHook(QObject):
    """Logs exceptions that no code caught, and emits those that the user should see.

    Parameters
    ----------
    parent : QObject
    """

    uncaught = Signal(object)  # UncaughtError; on the GUI thread
    interrupted = Signal()  # Ctrl+C
    _reported = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.RLock()  # reentrant: an exception may come while another is being counted
        self._counts: Counter[tuple[str, str, int]] = Counter()
        self._previous_hooks: tuple[Callable, Callable, Callable] | None = None
        # Queued: the user never sees a dialog from within the slot, paint event or thread where the error happened.
        self._reported.connect(self.uncaught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Replace Python's own hooks, which print to a console that a packaged program does not have."""
        self._previous_hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        """Restore the hooks that were there before `install`."""
        if self._previous_hooks is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._previous_hooks
            self._previous_hooks = None

    def handle(self, error: BaseException, context: str, *, is_shown: bool = True) -> None:
        """Log an exception and emit it, from any thread.

        Parameters
        ----------
        error : BaseException
        context : str
            Where it was caught, for the log.
        is_shown : bool
            Emit it too, not only log it.
        """
        try:
            uncaught = UncaughtError.of(error)
            with self._lock:
                self._counts[uncaught.place] += 1
                n = self._counts[uncaught.place]
            if n <= _N_LOGGED_IN_FULL:
                _log.critical("%s", context, exc_info=error)
            elif n & (n - 1) == 0:  # at powers of two
                _log.critical("%s: %s, for the %dth time", context, uncaught.cause, n)
            if is_shown:
                self._reported.emit(uncaught)
        except Exception:
            _log.exception("an uncaught exception could not be handled")

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.interrupted.emit()
        else:
            self.handle(error.with_traceback(trace), "unexpected error in the window")

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is None or isinstance(error, SystemExit):
            return
        name = args.thread.name if args.thread is not None else "?"
        # Errors in a library's own thread are logged only, unless our code is in the traceback.
        modules = (frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__))
        is_own = any(str(module).partition(".")[0] in _OWN_PACKAGES for module in modules)
        self.handle(error, f"unexpected error on the thread {name}", is_shown=is_own)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        error = args.exc_value
        if error is not None:
            where = type(args.object).__name__ if args.object is not None else "?"
            self.handle(error, f"{args.err_msg or 'exception ignored'} in {where}", is_shown=False)
