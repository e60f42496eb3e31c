"""Ends that come from outside: signals, and the end of the desktop's session."""

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
"""Ctrl+C, the end of the session on Linux, a terminal that is closed, and on Windows Ctrl+Break."""

_LOOK_MS = 250
_STILL_HERE_MS = 60_000
"""After which a session that was about to end must have been gone on with."""


class ShutdownSignals(QObject):
    """Closes the window properly, without questions, when somebody else ends it.

    Parameters
    ----------
    window : MainWindow
    mark : SessionMark
    """

    def __init__(self, window: MainWindow, mark: RunMarker) -> None:
        super().__init__(window)
        self._window = window
        self._mark = mark
        # Python looks at signals only between two of its own instructions.
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(lambda: None)
        self._still_here = QTimer(self, singleShot=True, interval=_STILL_HERE_MS)
        self._still_here.timeout.connect(self._go_on)

    def attend(self) -> None:
        """Hear signals and the session from now on."""
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # One that is ignored was meant to be by whoever started the program (nohup).
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        self._look.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.commitDataRequest.connect(self.on_session_ending)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        # Not here, in the middle of whatever the window does.
        QTimer.singleShot(0, self._window, self._window.close_now)

    def on_session_ending(self) -> None:
        """Keep everything now: some systems end the program without another word.

        The window stays: another program may still call the end off.
        """
        self._window.expect_end(True)
        self._mark.end()
        self._still_here.start()

    def _go_on(self) -> None:
        self._window.expect_end(False)
        self._mark.begin()
