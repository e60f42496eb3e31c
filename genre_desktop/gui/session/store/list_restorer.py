"""The list as the store has it, taken over: at the start, and when another model is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.text.formatting import count_tracks
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel

if TYPE_CHECKING:
    from genre_desktop.gui.session.store.messages import ListPart, ListRead
    from genre_desktop.model.bundles.bundle import ModelBundle

_A_FEW = 5
"""So many tracks that the model has not answered are begun with unasked."""


class ListRestorer(QObject):
    """Fills the table from the store, and queues what the model has not answered.

    Attributes
    ----------
    is_done : bool
        The list of last time is there.
    """

    message = Signal(str)
    refreshed = Signal()  # rows have other results
    finished_reading = Signal()

    def __init__(
        self, tracks: TrackModel, run: ClassificationQueue, kept: StoreClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._run = run
        self._kept = kept
        self._bundle: ModelBundle | None = None
        self._is_held = False
        self.is_done = False
        kept.list_part.connect(self._on_part)
        kept.list_read.connect(self._on_read)

    def read(self, bundle: ModelBundle, *, is_held: bool = False) -> None:
        """Take over what a model made of the list; an earlier question is not waited for.

        A few tracks without an answer are queued, more of them are stopped and wait for a word: nobody has asked
        for hours of work. `is_held`: not even a few are queued.
        """
        self._bundle, self._is_held = bundle, is_held
        self._kept.read_list(bundle)

    def hold(self) -> None:
        """Queue nothing of what is still being read."""
        self._is_held = True

    def give_up(self) -> None:
        """Take over nothing more: the list has been emptied."""
        self._bundle = None
        self.is_done = True

    def _on_part(self, part: ListPart) -> None:
        if part.bundle is not self._bundle:
            return
        if not self.is_done:
            self._tracks.add(path for path, _ in part.rows)
        # One that is classified again waits for its new answer with the one it has.
        self._tracks.set_summaries(row for row in part.rows if not self._is_redone(row[0]))
        self.refreshed.emit()

    def _on_read(self, news: ListRead) -> None:
        if news.bundle is not self._bundle:
            return
        # Of the table and not of the list: also where the list could not be read.
        missing = [track for track in self._tracks.tracks() if self._is_missing(track)]
        is_start = not self.is_done
        self.is_done |= news.problem is None  # what could not be read is on the list all the same
        n = count_tracks(len(missing))
        if len(missing) <= _A_FEW and not self._is_held:
            self._run.add(missing)
            if missing and is_start:
                self.message.emit(tr("Going on with {tracks} of last time.", tracks=n))
        else:
            self._tracks.set_state(missing, State.STOPPED)
            if missing and is_start:
                told = tr("{tracks} of last time are not classified yet: Continue goes on with them.", tracks=n)
                self.message.emit(told)
        self.finished_reading.emit()

    def _is_missing(self, track: Track) -> bool:
        return track.state is State.WAITING and not self._run.awaits(track)

    def _is_redone(self, path: str) -> bool:
        track = self._tracks.find(path)
        return track is not None and track.is_answered and self._run.redoes(track)
