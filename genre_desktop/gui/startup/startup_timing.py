"""How long the start took, for the log: until something was to be seen, and until a file would be classified."""

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
"""Start of the process among the fields of ``/proc/PID/stat`` that follow its name: field 22, proc(5)."""


def since_start() -> float:
    """Seconds since this process began.

    On Linux since the kernel made it, a packaged program's loader included (to a hundredth of a second);
    elsewhere since this module was imported.
    """
    if sys.platform == "linux":
        try:
            # A name may hold spaces and brackets: the fields are counted from its end.
            fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
            began = int(fields[_START_FIELD]) / os.sysconf("SC_CLK_TCK")
            return time.clock_gettime(time.CLOCK_BOOTTIME) - began
        except (OSError, ValueError, IndexError):
            pass  # a /proc that hides it
    return time.monotonic() - _IMPORTED_AT


class StartupTimer(QObject):
    """Writes ``first paint 0.41 s after the start`` and ``ready 4.52 s after the start`` to the log, once each.

    Ready is the window when a file would be classified at once: network and store are there. Where no network
    can be loaded, that stands in the log instead, and a model chosen later is no matter of the start.

    Parameters
    ----------
    window : MainWindow
        Not shown yet.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session = window.session
        self._is_told = False
        window.painted.connect(self._tell_painted)
        window.session.store_opened.connect(self._tell_ready)
        window.session.model_loaded.connect(self._tell_ready)
        window.session.model_failed.connect(self._tell_not_ready)

    def _tell_painted(self) -> None:
        _log.info("first paint %.2f s after the start", since_start())

    def _tell_ready(self, _what: object) -> None:
        if not self._is_told and self._session.is_ready:
            self._is_told = True
            _log.info("ready %.2f s after the start", since_start())

    def _tell_not_ready(self, error: object) -> None:
        if not self._is_told:
            self._is_told = True
            _log.warning("no model %.2f s after the start: %s", since_start(), error)
