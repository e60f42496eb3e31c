"""Reads the list from the store: at the start, and when another model is chosen."""

from __future__ import annotations

from collections.abc import Iterable
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

_QUEUED_UNASKED = 5
"""Up to so many tracks without a result are queued without asking."""


class ListRestorer(QObject):
    """Fills the table from the store, and queues a few tracks that the model has not classified.

    Attributes
    ----------
    is_restored : bool
        The list of the last session is in the table.
    """

    message = Signal(str)
    rows_changed = Signal()
    finished = Signal()

    def __init__(
        self,
        tracks: TrackModel,
        queue: ClassificationQueue,
        store_client: StoreClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._store_client = store_client
        self._bundle: ModelBundle | None = None
        self._may_queue = True
        self._left_out: set[str] = set()
        self.is_restored = False
        store_client.list_part_read.connect(self._on_part)
        store_client.list_read.connect(self._on_read)

    def read(self, bundle: ModelBundle, *, may_queue: bool = True) -> None:
        """Read the results of a model for the list; the answer to an earlier request is dropped.

        A few tracks without a result are queued. More of them are stopped and wait for Continue: nobody has asked for
        hours of work.

        Parameters
        ----------
        bundle : ModelBundle
        may_queue : bool
            False stops all tracks without a result.
        """
        self._bundle, self._may_queue = bundle, may_queue
        self._store_client.read_list(bundle, self._tracks.revision)

    def stop_queueing(self) -> None:
        """Stop, instead of queueing, the tracks of the list that is being read."""
        self._may_queue = False

    def leave_out(self, paths: Iterable[str]) -> None:
        """Do not add these paths, which a person has removed, from a list of last time that is still being read."""
        if not self.is_restored:
            self._left_out.update(paths)

    def cancel(self) -> None:
        """Drop the rows that are still to come: the list has been cleared."""
        self._bundle = None
        self.is_restored = True

    def _on_part(self, part: ListPart) -> None:
        if part.bundle is not self._bundle:
            return
        if not self.is_restored:
            self._tracks.add(path for path, _ in part.rows if path not in self._left_out)
        # A track that is classified again keeps its answer until the new one is there.
        self._tracks.set_summaries((row for row in part.rows if not self._is_redone(row[0])), part.revision)
        self.rows_changed.emit()

    def _on_read(self, answer: ListRead) -> None:
        if answer.bundle is not self._bundle:
            return
        # Of the table and not of the stored list: also where that could not be read.
        missing = [track for track in self._tracks.tracks() if self._is_missing(track)]
        is_start = not self.is_restored
        self.is_restored |= answer.problem is None  # the rest of a list that cannot be read stays in the store
        n, is_new = count_tracks(len(missing)), answer.has_other_results_only
        if len(missing) <= _QUEUED_UNASKED and self._may_queue:
            self._queue.add(missing)
            if missing and is_start:
                going_on = tr("Going on with {tracks} of last time.", tracks=n)
                self.message.emit(
                    tr("The model has changed: {tracks} of last time are classified anew.", tracks=n)
                    if is_new
                    else going_on
                )
        else:
            self._tracks.set_state(missing, State.STOPPED)
            if missing and is_start:
                left = tr("{tracks} of last time are not classified yet: Continue goes on with them.", tracks=n)
                self.message.emit(
                    tr("The model has changed: Continue classifies {tracks} of last time anew.", tracks=n)
                    if is_new
                    else left
                )
        self.finished.emit()

    def _is_missing(self, track: Track) -> bool:
        return track.state is State.WAITING and not self._queue.is_pending(track)

    def _is_redone(self, path: str) -> bool:
        track = self._tracks.find(path)
        return track is not None and track.is_answered and self._queue.is_redone(track)
