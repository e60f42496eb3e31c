"""Edits of the list in all places at once: table, queue and store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.model_loader import ModelLoader
from genre_desktop.gui.session.store.list_restorer import ListRestorer
from genre_desktop.gui.session.store.messages import ByHandSaved, RowsRead
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel, path_key
from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from pathlib import Path

    from genre_desktop.gui.session.changes.undo_steps import ClassifyAgain
    from genre_desktop.gui.session.scan_task import ScanRequest
    from genre_desktop.gui.workers.worker import Worker
    from genre_desktop.model.bundles.bundle import ModelBundle


class ListEditor(QObject):
    """The edits that undo steps consist of, each with its counterpart."""

    message = Signal(str)
    changed = Signal(object)  # list of Track that have another state or genre
    answers_changed = Signal(object)  # list of Track whose answers were restored
    cleared = Signal()
    track_requested = Signal(object)  # Track to select

    def __init__(
        self,
        tracks: TrackModel,
        queue: ClassificationQueue,
        store_client: StoreClient,
        restorer: ListRestorer,
        loader: ModelLoader,
        scanner: Worker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._store_client = store_client
        self._restorer = restorer
        self._loader = loader
        self._scanner = scanner
        # By path, while they may have been classified, and also if they are removed meanwhile.
        self._undone: dict[str, tuple[Track, ClassifyAgain]] = {}
        self._identities: dict[str, str] = {}  # of tracks without a result, by path, as far as their files were read
        store_client.rows_read.connect(self._on_rows_read)
        store_client.by_hand_saved.connect(self._on_by_hand_saved)

    @property
    def bundle(self) -> ModelBundle | None:
        """Model whose answers the list shows."""
        return self._loader.bundle

    def is_in_use(self, bundle: ModelBundle) -> bool:
        """Whether the list shows answers of a model."""
        return self.bundle is not None and self.bundle.fingerprint == bundle.fingerprint

    def is_listed(self, track: Track) -> bool:
        """Whether a track is on the list."""
        return self._tracks.find(track.path) is track

    def is_pending(self, track: Track) -> bool:
        """Whether a track is queued or being classified."""
        return self._queue.is_pending(track)

    # -- removing tracks -----------------------------------------------------------------

    def remove(self, tracks: list[Track]) -> tuple[ScanRequest, ...]:
        """Remove tracks from the list.

        Returns
        -------
        tuple of ScanRequest
            Scans that were cancelled, as the list is empty.
        """
        gone = [track for track in tracks if self.is_listed(track)]
        self._restorer.leave_out(track.path for track in gone)
        self._queue.discard(gone)
        self._tracks.remove(gone)
        # What has not been read yet stays on the list, and what another window has added.
        self._store_client.remove_from_list(track.path for track in gone)
        if len(self._tracks):
            return ()
        if self._restorer.is_restored:
            self._restorer.cancel()
        scans = self._scanner.pending_requests
        self.cleared.emit()
        return scans

    def put_back(
        self, removed: list[tuple[int, Track]], bundle: ModelBundle | None, scans: Iterable[ScanRequest] = ()
    ) -> None:
        """Put removed tracks back at their places.

        Parameters
        ----------
        removed : list of (int, Track)
            Each with its place.
        bundle : ModelBundle or None
            Whose answers they have. Those of the model in use are read where that is another one by now.
        scans : iterable of ScanRequest
            To be started again.
        """
        for scan in scans:
            self._scanner.submit(scan)
        back = self._tracks.put_back(removed)
        now = self.bundle
        self._store_client.order_list(track.path for track in self._tracks.tracks())
        if now is not None and now is not bundle:
            self._tracks.drop_results(back, State.STOPPED)
            self._restorer.read(now)
        elif back:
            self._tracks.reset_state(track for track in back if track.state in (State.WAITING, State.WORKING))
            if now is not None:  # the store has another answer of those that were done, or restored, meanwhile
                self._store_client.read_rows((track.path for track in back), now, self._tracks.revision)
        self.changed.emit(back)
        if back:
            self.track_requested.emit(back[0])

    # -- genres by hand ------------------------------------------------------------------

    def set_by_hand(
        self, tracks: Iterable[tuple[str, str | None]], affected: Iterable[str], genre: str | None, change: int
    ) -> None:
        """Set a genre by hand, in the table for the paths `affected`, in the store for `tracks` (path and identity)."""
        rows = self._found(affected)
        self._tracks.set_by_hand(rows, genre)
        self._store_client.set_by_hand(tracks, genre, change)
        self.changed.emit(rows)

    def restore_by_hand(self, before: Iterable[tuple[str, str | None]], change: int) -> None:
        """Restore the genres by hand from before a change; `before` has those of the table, by path."""
        pairs = list(before)
        for genre in {genre for _, genre in pairs}:
            self._tracks.set_by_hand(self._found(path for path, had in pairs if had == genre), genre)
        # The table did not know the earlier genre of a file that was not read; its next result brings it.
        self._tracks.accept_stored_genres(
            track for track in self._found(path for path, _ in pairs) if track.identity is None
        )
        rows = self._found(path for path, _ in pairs)
        # Some may have other sound by now, which the change did not concern: the store knows its genre.
        self._store_client.restore_by_hand(change, {track.identity for track in rows if track.identity is not None})
        self.changed.emit(rows)

    def _on_by_hand_saved(self, answer: ByHandSaved) -> None:
        # The store knows better than the table of files that were not read before, and of copies.
        self._identities |= answer.identities
        rows: dict[str | None, list[Track]] = {}
        for track in self._tracks.tracks():
            identity = track.identity or self._identities.get(track.path)
            if identity in answer.genres and track.by_hand != answer.genres[identity]:
                rows.setdefault(answer.genres[identity], []).append(track)
        rows.setdefault(None, []).extend(self._found(answer.refused))
        for genre, tracks in rows.items():
            self._tracks.set_by_hand(tracks, genre)
            self.changed.emit(tracks)

    # -- classifying again ---------------------------------------------------------------

    def queue_again(self, tracks: list[Track]) -> None:
        """Queue tracks to be classified in spite of the results they have."""
        self._queue.cancel_full_run()
        self._tracks.set_state(tracks, State.WAITING)
        known = [track for track in tracks if track.is_answered or track.error is not None]
        self._queue.add(known, afresh=True)
        self._queue.add(tracks)  # of the others the store may have a result that was not read yet
        self.changed.emit(tracks)

    def dequeue(self, step: ClassifyAgain, tracks: Iterable[Track]) -> None:
        """Take tracks that were to be classified again out of the queue; they keep their answers."""
        left = [track for track in tracks if self._queue.is_pending(track)]
        # The result of one that is done may be on its way.
        self._undone.update((path_key(track.path), (track, step)) for track in step.tracks)
        self._queue.discard(left)
        self._tracks.reset_state(left)
        self.changed.emit(left)

    def restore_answers(self, step: ClassifyAgain, tracks: Iterable[Track], *, is_redone: bool = False) -> None:
        """Restore the answers of tracks from before a step, or, if it `is_redone`, those from after it."""
        self._queue.cancel_full_run()
        if is_redone:
            for track in step.tracks:
                self._undone.pop(path_key(track.path), None)
        known = [(track.path, track.identity) for track in tracks if track.identity is not None]
        self._store_client.restore_answers(step.number, known, step.bundle, self._tracks.revision, is_redone=is_redone)

    def accepts(self, result: TrackResult, bundle: ModelBundle) -> bool:
        """Whether a new result of a model counts.

        It does not if its step was undone while the track was being classified: the earlier answer stays, and is
        restored in the store, which has the new one by now.
        """
        key = path_key(result.path)
        track, step = self._undone.get(key, (None, None))
        if result.is_stored or track is None or step is None or step.bundle.fingerprint != bundle.fingerprint:
            return True
        del self._undone[key]
        listed = self._tracks.find(result.path)
        if listed is not None and self._queue.is_pending(listed) and self.is_in_use(bundle):
            return True
        step.note_late(track)
        self.restore_answers(step, [track])
        return False

    def _on_rows_read(self, answer: RowsRead) -> None:
        if answer.is_incomplete:
            self.message.emit(tr("Not all earlier answers could be kept for Undo: some tracks have the newer one."))
        if not self.is_in_use(answer.bundle):
            return
        found = [(track, row) for row in answer.rows if (track := self._tracks.find(row[0])) is not None]
        # Tracks that got a result since then keep it: see `TrackModel.set_summaries`.
        current = [(track, row) for track, row in found if track.revision <= answer.revision]
        redone = [(track, track.state) for track, _ in current if self._queue.is_redone(track)]
        self._tracks.set_summaries((row for _, row in current), answer.revision)
        for state in {state for _, state in redone}:  # what is classified again goes on
            self._tracks.set_state([track for track, was in redone if was is state], state)
        self.answers_changed.emit([track for track, _ in current])

    # -- all results ---------------------------------------------------------------------

    def restore_results(self, aside: Path) -> None:
        """Restore results that were dropped and set aside."""
        self._store_client.restore_results(aside)

    def _found(self, paths: Iterable[str]) -> list[Track]:
        return [track for path in paths if (track := self._tracks.find(path)) is not None]
