"""What the window needs before a track can be drawn and read, brought in behind the first paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.workers.worker import TaskContext, Worker


class WarmUp(QObject):
    """One after the other: the canvas is built while nothing else asks for the interpreter, then come the decoders."""

    canvas_prepared = Signal()
    canvas_failed = Signal(object)  # GenreDesktopError
    ended = Signal()  # well or not: without a canvas or a decoder the rest may still do its work

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.worker = Worker("prepare", _take, self)
        self.worker.succeeded.connect(self._on_taken)
        self.worker.failed.connect(self._on_failed)

    def begin(self) -> None:
        """Take the first step, once the window is on screen."""
        self.worker.submit(self._services.prepare_canvas)

    def _on_taken(self, step: object) -> None:
        if step == self._services.prepare_canvas:
            self.canvas_prepared.emit()
            self.worker.submit(self._services.prepare_decoders)
        else:
            self.ended.emit()

    def _on_failed(self, error: GenreDesktopError) -> None:
        self.canvas_failed.emit(error)
        self.ended.emit()


def _take(step: Callable[[], None], _report: TaskContext) -> Callable[[], None]:
    step()
    return step
