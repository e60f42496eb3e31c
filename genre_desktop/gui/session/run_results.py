"""The results of runs on their way to the table, the selected track and the store."""

from __future__ import annotations

from collections.abc import Iterable

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
        self._stopped: list[Track] = []  # while they were being classified
        queue.track_started.connect(self._on_started)
        queue.result_ready.connect(self._on_result)
        queue.store_failed.connect(self._report)
        queue.full_result_failed.connect(self._report)
        for ended in (queue.run_ended, queue.full_run_ended):
            ended.connect(self._store_unstored, Qt.ConnectionType.QueuedConnection)
        queue.run_ended.connect(self._read_stopped, Qt.ConnectionType.QueuedConnection)
        selected.whole_pass.result_ready.connect(self._on_full_result)

    def set_result(self, result: TrackResult) -> Track | None:
        """Put a result into the table; None when its track has been removed."""
        track = self._tracks.set_result(result)
        if track is not None and track.redo_error is None:
            self._selected.cache_prediction(track, result.prediction)
        return track

    def read_when_run_ends(self, tracks: Iterable[Track]) -> None:
        """Read the results of tracks whose run was cancelled, as it may store some after that."""
        self._stopped += tracks

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

    def _store_unstored(self, run: RunEnded) -> None:
        if run.unstored:
            self._store_client.save_results(run.unstored, run.bundle)
        if run.was_hindered:
            self._changes.restore_late()

    def _read_stopped(self, run: RunEnded) -> None:
        if self._stopped:
            paths = [track.path for track in self._stopped]
            self._stopped.clear()
            self._store_client.read_rows(paths, run.bundle, self._tracks.revision)

    def _report(self, error: GenreDesktopError) -> None:
        self.message.emit(error_message(error))
