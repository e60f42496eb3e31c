"""Adds the sound files of opened paths to the list, and queues them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.scan_task import PathsFound, ScanRequest, ScanSummary, ScanTask
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.workers.worker import Worker


class PathScanner(QObject):
    """Scans files and folders on a worker; what it finds goes to the table, the stored list and the queue.

    Attributes
    ----------
    worker : Worker
        Its requests are `ScanRequest`s.
    """

    message = Signal(str)
    changed = Signal()  # a scan was started, or all have ended
    scanned = Signal(object)  # ScanTally
    track_requested = Signal(object)  # Track to select

    def __init__(
        self,
        services: Services,
        tracks: TrackModel,
        queue: ClassificationQueue,
        store_client: StoreClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._store_client = store_client
        self._may_queue = True
        self.worker = Worker("scan", ScanTask(services), self)
        self.worker.partial.connect(self._on_found)
        self.worker.succeeded.connect(self._on_scanned)
        self.worker.failed.connect(self._on_failed)
        self.worker.idle.connect(self.changed)

    def open(self, paths: Iterable[Path] = (), urls: Iterable[QUrl] = ()) -> None:
        """Add the sound files in files and folders to the list; those that are on it are not added twice."""
        request = ScanRequest(tuple(paths), tuple(urls))
        if request.paths or request.urls:
            self.worker.submit(request)
            self.changed.emit()

    def stop_queueing(self) -> None:
        """Stop, instead of queueing, the tracks that the scan in progress still finds; those of the next are queued."""
        self._may_queue = not self.worker.busy

    def _on_found(self, found: PathsFound) -> None:
        new, known = self._tracks.add(found.paths)
        if new:
            self._store_client.add_to_list(track.path for track in new)
        if found.is_first:
            self._may_queue = True
            self.track_requested.emit((new or known)[0])
        if self._may_queue:
            # Known tracks too: the store answers for those that have not changed.
            self._tracks.set_state([track for track in known if track.state is State.STOPPED], State.WAITING)
            self._queue.add([*new, *known])
        else:
            self._tracks.set_state(new, State.STOPPED)
        if known and not new:
            self.message.emit(tr("{name} is in the list already.", name=known[0].name))

    def _on_scanned(self, summary: ScanSummary) -> None:
        self.scanned.emit(summary.tally)
        for message in summary.messages():
            self.message.emit(message)

    def _on_failed(self, error: GenreDesktopError) -> None:
        self.message.emit(error_message(error))
