"""Duration of the start in the log: until the first paint, and until a file would be classified at once."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow

_log = logging.getLogger(__name__)

_IMPORTED_AT = time.monotonic()

_START_FIELD = 19
"""Index of the start time of a process among the fields of ``/proc/PID/stat`` after its name: field 22, proc(5)."""


def since_start() -> float:
    """Seconds since the start of this process.

    On Linux since the kernel created it, which includes the loader of a packaged program (to a hundredth of a second);
    elsewhere since this module was imported.
    """
    if sys.platform == "linux":
        try:
            # The name may hold spaces and brackets: the fields are counted from its end.
            fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
            started = int(fields[_START_FIELD]) / os.sysconf("SC_CLK_TCK")
            return time.clock_gettime(time.CLOCK_BOOTTIME) - started
        except (OSError, ValueError, IndexError):
            pass  # a /proc that hides them
    return time.monotonic() - _IMPORTED_AT


class StartupTimer(QObject):
    """Writes ``first paint 0.41 s after the start`` and ``ready 4.52 s after the start`` to the log, once each.

    The window is ready when a file would be classified at once: model and store are loaded. If no model can be loaded,
    the log says so instead; a model that is chosen later does not count as part of the start.

    Parameters
    ----------
    window : MainWindow
        Not shown yet.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session = window.session
        self._is_logged = False
        window.painted.connect(self._log_first_paint)
        window.session.store_opened.connect(self._log_ready)
        window.session.model_loaded.connect(self._log_ready)
        window.session.model_failed.connect(self._log_no_model)

    def _log_first_paint(self) -> None:
        _log.info("first paint %.2f s after the start", since_start())

    def _log_ready(self, _what: object) -> None:
        if not self._is_logged and self._session.is_ready:
            self._is_logged = True
            _log.info("ready %.2f s after the start", since_start())

    def _log_no_model(self, error: object) -> None:
        if not self._is_logged:
            self._is_logged = True
            _log.warning("no model %.2f s after the start: %s", since_start(), error)
