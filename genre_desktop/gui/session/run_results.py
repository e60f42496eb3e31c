"""The results of runs on their way to the table, the selected track and the store."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.changes.list_changes import ListChanges
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.classify_task import RunEnded
from genre_desktop.gui.session.selected_track import SelectedTrack
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.library.result import TrackResult


class RunResults(QObject):
    """Takes over what the queue reports of tracks."""

    message = Signal(str)
    changed = Signal()

    def __init__(
        self,
        tracks: TrackModel,
        queue: ClassificationQueue,
        store_client: StoreClient,
        changes: ListChanges,
        selected: SelectedTrack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._store_client = store_client
        self._changes = changes
        self._selected = selected
        queue.track_started.connect(self._on_started)
        queue.result_ready.connect(self._on_result)
        queue.store_failed.connect(self._report)
        queue.full_result_failed.connect(self._report)
        for ended in (queue.run_ended, queue.full_run_ended):
            ended.connect(self._on_run_ended, Qt.ConnectionType.QueuedConnection)
        selected.whole_pass.result_ready.connect(self._on_full_result)

    def set_result(self, result: TrackResult) -> Track | None:
        """Put a result into the table; None when its track has been removed."""
        known = self._tracks.find(result.path)
        before = None if known is None else known.identity
        track = self._tracks.set_result(result)
        if track is not None and track.redo_error is None:
            self._selected.cache_prediction(track, result.prediction)
        if track is not None and track.identity not in (None, before):
            self._check_by_hand(track)
            if before is not None:
                self._selected.read_picture_again(track)
        return track

    def _check_by_hand(self, track: Track) -> None:
        """Ask the store whether a file has the genre by hand of its earlier sound, or is another track by now."""
        has_genre = track.by_hand is not None or self._tracks.is_genre_given(track)
        if has_genre and track.identity is not None and not self._queue.has_unstored_results:
            self._store_client.read_by_hand(track.identity)

    def _on_started(self, path: str) -> None:
        track = self._tracks.find(path)
        if track is not None:
            if track.state is State.WAITING:
                self._tracks.set_state([track], State.WORKING)
            self._show(track)

    def _on_result(self, result: TrackResult) -> None:
        if not self._changes.accepts(result) or (track := self.set_result(result)) is None:
            return
        self._queue.mark_done(track, is_stored=result.is_stored)
        if track.redo_error is not None:
            why = error_message(track.redo_error, brief=True)
            self.message.emit(tr("{name} keeps its earlier answer. {sentence}", name=track.name, sentence=why))
        self._show(track)

    def _show(self, track: Track) -> None:
        if track is self._selected.track:
            self._selected.refresh()
            self._selected.start_whole_pass()
        self.changed.emit()

    def _on_full_result(self, result: TrackResult) -> None:
        track = self.set_result(result)
        if track is not None and track is self._selected.track:
            self._selected.refresh()

    def _on_run_ended(self, run: RunEnded) -> None:
        if run.unstored:
            self._store_client.save_results(run.unstored, run.bundle)
        late = [str(result.path) for result in run.late if self._changes.accepts(result, run.bundle)]
        late += map(str, run.unlooked)
        if late and self._changes.is_in_use(run.bundle):
            # Read, and not shown as it is: what was undone meanwhile may have replaced it in the store.
            self._store_client.read_rows(dict.fromkeys(late), run.bundle, self._tracks.revision)
        for path in run.unlooked:
            if (track := self._tracks.find(path)) is not None:
                self._check_by_hand(track)
        if run.was_hindered:
            self._changes.restore_late()

    def _report(self, error: GenreDesktopError) -> None:
        self.message.emit(error_message(error))
