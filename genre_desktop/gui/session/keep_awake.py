"""Decides when a run keeps the computer awake, and does so on a worker."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from genre_desktop.gui.workers.worker import TaskContext, Worker

_DELAY_MS = 3000
"""The system is not asked for a shorter run."""

_POLL_S = 0.1


class KeepAwake(QObject):
    """Inhibits sleep on a worker, since a desktop bus may be slow.

    Parameters
    ----------
    stay_awake : callable
        Keeps the computer awake until the function that it is given returns True.
    """

    def __init__(self, stay_awake: Callable[[Callable[[], bool]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)

        def work(_request: object, context: TaskContext) -> None:
            stay_awake(context.is_cancelled)

        self.worker = Worker("awake", work, self)
        self._soon = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._soon.timeout.connect(lambda: self.worker.submit(None))

    def set_wanted(self, is_wanted: bool) -> None:
        """Keep the computer awake, or let it sleep."""
        if is_wanted == (self._soon.isActive() or self.worker.busy):
            return
        if is_wanted:
            self._soon.start()
        else:
            self._soon.stop()
            self.worker.cancel()

    def stop(self) -> None:
        """Let the computer sleep and let the thread end."""
        self._soon.stop()
        self.worker.stop()


def stay_awake(is_done: Callable[[], bool]) -> None:
    """Keep the computer awake until `is_done` returns True."""
    from genre_desktop.library.keep_awake import kept_awake

    with kept_awake():
        while not is_done():
            time.sleep(_POLL_S)
