"""Shutdown from outside: signals of the system, and the end of the desktop session."""

from __future__ import annotations

import signal
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from genre_desktop.core.run_marker import RunMarker

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, the end of a session on Linux, a closed terminal, and Ctrl+Break on Windows."""

_SIGNAL_CHECK_MS = 250
_LOGOUT_TIMEOUT_MS = 60_000
"""If the desktop session has not ended after this time, the logout was cancelled."""


class ShutdownSignals(QObject):
    """Closes the window without questions when the system ends the program.

    Parameters
    ----------
    window : MainWindow
    marker : RunMarker
    """

    def __init__(self, window: MainWindow, marker: RunMarker) -> None:
        super().__init__(window)
        self._window = window
        self._marker = marker
        # Python runs signal handlers between two of its own instructions only: this timer gives it one.
        self._signal_check = QTimer(self, interval=_SIGNAL_CHECK_MS)
        self._signal_check.timeout.connect(lambda: None)
        self._logout_timeout = QTimer(self, singleShot=True, interval=_LOGOUT_TIMEOUT_MS)
        self._logout_timeout.timeout.connect(self._on_logout_cancelled)

    def install(self) -> None:
        """Install the signal handlers, and connect the end of the desktop session."""
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # A signal that is ignored at the start stays ignored (nohup).
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        self._signal_check.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.commitDataRequest.connect(self.on_session_ending)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        # Deferred: a handler runs in the middle of whatever the window does.
        QTimer.singleShot(0, self._window, self._window.close_now)

    def on_session_ending(self) -> None:
        """Save everything now: some systems end the program without another event.

        The window stays open, because another program may still cancel the logout.
        """
        self._window.expect_end(True)
        self._marker.end()
        self._logout_timeout.start()

    def _on_logout_cancelled(self) -> None:
        self._window.expect_end(False)
        self._marker.begin()
