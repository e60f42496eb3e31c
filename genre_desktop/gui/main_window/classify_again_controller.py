"""The question before many tracks are classified again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.formatting import count_tracks, rough_duration
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets.message_box import MessageBox, question

_MANY = 20
_LONG_S = 60.0
"""A question comes before more tracks or a longer time: a key pressed by mistake must not cost an hour of work."""


class ClassifyAgainController(QObject):
    """Classifies tracks again: at once, or after a question where that takes long.

    Only tracks with an answer count: the others are not classified twice.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._files_per_s: float | None = None
        self._box: MessageBox | None = None
        session.job_changed.connect(self._note_rate)

    def classify_again(self, tracks: Sequence[Track]) -> None:
        """Classify tracks again, after a question if they are many."""
        again = list(tracks)
        n = sum(track.is_answered for track in again)
        seconds = None if self._files_per_s is None else n / self._files_per_s
        if n > _MANY or (seconds is not None and n > 1 and seconds > _LONG_S):
            self._ask(again, n, seconds)
        else:
            self._session.classify_again(again)

    def _note_rate(self, status: JobStatus) -> None:
        if status.files_per_s is not None:
            self._files_per_s = status.files_per_s

    def _ask(self, tracks: list[Track], n: int, seconds: float | None) -> None:
        if self._box is not None:
            self._box.reject()
        more = tr("Each keeps its answer until the new one is there. Stop and Undo leave the rest as they are.")
        if seconds is not None:
            more = tr("This takes {time} at the present pace.", time=rough_duration(seconds)) + " " + more
        text = tr("Classify again {tracks} that have an answer already?", tracks=count_tracks(n))
        self._box = box = question(self._window, tr("Classify again?"), text, more, tr("Classify &again"))
        box.accepted.connect(lambda: self._session.classify_again(tracks))
        box.finished.connect(lambda _result: self._drop(box))
        box.open()

    def _drop(self, box: MessageBox) -> None:
        box.deleteLater()
        if self._box is box:
            self._box = None
