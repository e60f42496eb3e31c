"""Loads what is needed to draw and decode a track, after the first paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.workers.worker import TaskContext, Worker


class WarmUp(QObject):
    """Loads the canvas, while nothing else needs the interpreter, and then the decoders, on a worker."""

    canvas_prepared = Signal()
    canvas_failed = Signal(object)  # GenreDesktopError
    ended = Signal()  # also after a failure: the rest may work without a canvas or a decoder

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.worker = Worker("prepare", _run_step, self)
        self.worker.succeeded.connect(self._on_step)
        self.worker.failed.connect(self._on_failed)

    def start(self) -> None:
        """Start with the canvas, once the window is on screen."""
        self.worker.submit(self._services.prepare_canvas)

    def _on_step(self, step: object) -> None:
        if step == self._services.prepare_canvas:
            self.canvas_prepared.emit()
            self.worker.submit(self._services.prepare_decoders)
        else:
            self.ended.emit()

    def _on_failed(self, error: GenreDesktopError) -> None:
        self.canvas_failed.emit(error)
        self.ended.emit()


def _run_step(step: Callable[[], None], _context: TaskContext) -> Callable[[], None]:
    step()
    return step
