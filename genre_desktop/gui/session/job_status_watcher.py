"""Composes the status of the work, and keeps the computer awake during a run."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.keep_awake import KeepAwake
from genre_desktop.gui.session.model_loader import ModelLoader
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.workers.worker import Worker


class JobStatusWatcher(QObject):
    """The status of a session's work, emitted about ten times a second at most.

    Attributes
    ----------
    is_offered : bool
        The stopped tracks are those that the model, which was chosen last, has not classified.
    may_keep_awake : bool
        Keep the computer awake while tracks are classified.
    keep_awake : KeepAwake
    """

    changed = Signal(object)  # JobStatus

    def __init__(
        self,
        services: Services,
        tracks: TrackModel,
        queue: ClassificationQueue,
        loader: ModelLoader,
        scanner: Worker,
        store_client: StoreClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._loader = loader
        self._scanner = scanner
        self._store_client = store_client
        self.is_offered = False
        self.may_keep_awake = False
        self.keep_awake = KeepAwake(services.stay_awake, self)
        self._soon = QTimer(self, singleShot=True, interval=100)
        self._soon.timeout.connect(self.emit_now)

    @property
    def is_busy(self) -> bool:
        """Whether there is something to stop."""
        return self._scanner.busy or self._queue.is_busy or self._store_client.is_reading_list

    def status(self) -> JobStatus:
        """Status of the work now."""
        queue, counts, bundle = self._queue, self._tracks.counts, self._loader.bundle
        is_paused = queue.is_paused
        return JobStatus(
            n_total=len(self._tracks),
            n_done=counts[State.DONE] + counts[State.FAILED],
            n_failed=counts[State.FAILED] + self._tracks.n_redo_failed,
            n_queued=queue.n_pending,
            n_redone=self._tracks.n_redone,
            n_stopped=counts[State.STOPPED],
            offered_model=bundle.name if bundle is not None and self.is_offered else None,
            files_per_s=None if is_paused else queue.estimate.files_per_s,
            remaining_s=None if is_paused else queue.estimate.remaining_s(queue.n_pending),
            is_busy=self.is_busy,
            is_scanning=self._scanner.busy,
            is_paused=is_paused,
            needs_model=not queue.has_model,
            has_no_model=not queue.has_model and self._loader.has_failed,
        )

    def emit_soon(self) -> None:
        """Emit the status within a tenth of a second, once for all changes until then."""
        if not self._soon.isActive():
            self._soon.start()

    def emit_now(self) -> None:
        """Emit the status."""
        self._soon.stop()
        status = self.status()
        is_classifying = status.n_queued > 0 and not (status.needs_model or status.is_paused)
        self.keep_awake.set_wanted(is_classifying and self.may_keep_awake)
        self.changed.emit(status)

    def stop(self) -> None:
        """Emit nothing any more, and let the computer sleep."""
        self._soon.stop()
        self.keep_awake.stop()
