"""The timeline of a live session, and the tables that it is saved to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.live.recording_path import new_recording_path
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.workers.worker import TaskContext, Worker

if TYPE_CHECKING:
    from genre_desktop.model.live.live_classifier import LiveAnswer
    from genre_desktop.model.live.live_timeline import LiveTimeline

_WORTH_SAVING = 120
"""Unsaved answers, a minute of them, that are saved without being asked: a shorter session was a try, and a longer one
is not to be lost."""


@dataclass(frozen=True)
class _SaveRequest:
    path: str
    table: str
    message: str


class TimelineRecorder(QObject):
    """Collects the answers of a session as a timeline, and saves it as a table on a worker.

    A timeline of a minute or more is saved to the folder of recordings once a minute, so that it is there whatever ends
    the program, and when another session begins or the program ends.

    Parameters
    ----------
    recordings : callable
        Gives the folder of recordings.

    Attributes
    ----------
    timeline : LiveTimeline or None
        None before the first answer.
    """

    message = Signal(str)

    def __init__(self, recordings: Callable[[], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self.timeline: LiveTimeline | None = None
        self._n_saved = 0  # answers of the timeline that a table has
        self._n_tried = 0  # answers that there were when the timeline was last saved unasked, or could not be
        self._path: str | None = None  # of the table that is saved unasked, and grows
        self._recording: str | None = None
        self._worker = Worker("live timeline", _save, self)
        self._worker.failed.connect(self._on_failed)
        self._worker.succeeded.connect(lambda message: self.message.emit(message) if message else None)

    def add(self, answer: LiveAnswer, labels: tuple[str, ...], *, recording: str | None = None) -> None:
        """Append an answer of a model with these labels; another model begins another timeline.

        Parameters
        ----------
        answer : LiveAnswer
        labels : tuple of str
        recording : str, optional
            Path of the sound that is being recorded, beside which the table is then saved.
        """
        from genre_desktop.model.live.live_timeline import LiveTimeline

        if self.timeline is None or self.timeline.labels != labels:
            self.finish()
            self.timeline = LiveTimeline(labels)
        self.timeline.add(answer)
        self._recording = recording
        if len(self.timeline) - max(self._n_saved, self._n_tried) >= _WORTH_SAVING:
            self._n_tried = len(self.timeline)
            self._save_unasked("")

    def save(self, path: str, message: str | None = None) -> None:
        """Write the timeline as a table, then emit a message, by default that it was saved; an empty one for none."""
        if self.timeline is not None:
            message = tr("Timeline saved to {path}.", path=displayable(path)) if message is None else message
            self._n_saved = len(self.timeline)
            self._worker.submit(_SaveRequest(path, self.timeline.to_csv(), message))

    def finish(self) -> None:
        """End the timeline; what no table has of it is saved first."""
        n_unsaved = 0 if self.timeline is None else len(self.timeline) - self._n_saved
        if n_unsaved >= (_WORTH_SAVING if self._path is None else 1):
            self._save_unasked(None)
        self.timeline, self._path, self._n_saved, self._n_tried = None, None, 0, 0

    def _save_unasked(self, message: str | None) -> None:
        if self._path is None:
            try:
                self._path = self._new_path()
            except StorageError as error:
                self.message.emit(error_message(error))
                return
        if message is None:
            message = tr("The timeline of the last session was saved to {path}.", path=displayable(self._path))
        self.save(self._path, message)

    def _new_path(self) -> str:
        if self._recording is not None:
            return os.path.splitext(self._recording)[0] + ".csv"
        return new_recording_path(self._recordings(), ".csv")

    def shutdown(self) -> bool:
        """End the timeline and wait until its tables are written; False when that takes too long."""
        self.finish()
        self._worker.drain()
        return self._worker.shutdown()

    def _on_failed(self, error: GenreDesktopError) -> None:
        self._n_saved = 0
        self.message.emit(error_message(error))


def _save(request: _SaveRequest, _context: TaskContext) -> str:
    from genre_desktop.library.files.atomic_write import atomic_write

    with atomic_write(request.path) as file:
        file.write(request.table.encode("utf-8", "surrogateescape"))
    return request.message
