"""Tracks that wait to be classified, and the workers that classify them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.core.errors import GenreDesktopError, StoreRescuedError
from genre_desktop.gui.session.classify_task import (
    ClassifyRequest,
    ClassifyTask,
    ResultNotStored,
    RunEnded,
    TrackStarted,
)
from genre_desktop.gui.session.progress import ProgressEstimate
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.library.engine.path_queue import PathQueue

if TYPE_CHECKING:
    from genre_desktop.library.store.result_store import ResultStore

_WARM_UP_MS = 500
"""Between the loading of the network and the warm-up run; by then a track that was dropped before is running."""


class ClassificationQueue(QObject):
    """Classifies queued tracks, one run at a time; beside it, one track at a time in full.

    No run starts before there are a model and a store.

    Attributes
    ----------
    estimate : ProgressEstimate
    score_every_patch : bool
        Whether the next run scores every patch of each track.
    full_classifier : Worker
        Classifies one track in full.
    """

    track_started = Signal(str)  # path
    result_ready = Signal(object)  # TrackResult
    store_failed = Signal(object)  # GenreDesktopError: results cannot be stored
    failed = Signal(object)  # GenreDesktopError: a fault of the engine itself
    full_result_ready = Signal(object)  # TrackResult
    full_result_failed = Signal(object)  # GenreDesktopError
    run_ended = Signal(object)  # RunEnded, on the thread of the run
    full_run_ended = Signal(object)  # RunEnded of a track in full, on the thread of its run
    changed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.estimate = ProgressEstimate()
        self.score_every_patch = False
        self._is_run_unstored = self._is_full_unstored = False
        self._predictor: Any = None
        self._store: ResultStore | None = None
        self._paths = PathQueue()
        self._pause = threading.Event()
        self._pending: set[Track] = set()
        self._redone: set[Track] = set()
        self._task = ClassifyTask(services)
        self._full_task = ClassifyTask(services, jobs=1, with_keras=True)
        self.classifier = Worker("classify", self._task, self)
        self.full_classifier = Worker("complete", self._full_task, self)
        self._warm_up_soon = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warm_up_soon.timeout.connect(self._warm_up)
        self.classifier.partial.connect(self._on_part)
        self.classifier.failed.connect(self.failed)
        self.classifier.idle.connect(self._start_run)
        self.full_classifier.partial.connect(self._on_full_part)
        self.full_classifier.failed.connect(self.full_result_failed)
        self.run_ended.connect(self._on_run_ended, Qt.ConnectionType.QueuedConnection)
        self.full_run_ended.connect(self._on_full_run_ended, Qt.ConnectionType.QueuedConnection)

    # -- model, store, settings ----------------------------------------------------------

    @property
    def has_unstored_results(self) -> bool:
        """Whether results of a run in progress could not be stored so far."""
        return self._is_run_unstored or self._is_full_unstored

    @property
    def has_model(self) -> bool:
        """Whether a network is loaded."""
        return self._predictor is not None

    @property
    def is_ready(self) -> bool:
        """Whether a run can start: network and store are there."""
        return self._predictor is not None and self._store is not None

    def set_predictor(self, predictor: Any) -> None:
        """Use this network from the next run on; with None, tracks wait."""
        self._predictor = predictor
        if predictor is not None:
            self._warm_up_soon.start()
        self.estimate.stop()
        self._start_run()

    def set_store(self, store: ResultStore) -> None:
        """Read and write results in this store."""
        self._store = store
        self._start_run()

    def set_jobs(self, jobs: int) -> None:
        """Number of decoding processes of the next run; 0 chooses by the number of processors."""
        self._task.jobs = jobs

    # -- the queue -----------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """True if a track is queued or being classified. A warm-up run does not count."""
        return bool(self._pending)

    @property
    def n_pending(self) -> int:
        """Number of tracks that are queued or being classified."""
        return len(self._pending)

    def is_pending(self, track: Track) -> bool:
        """Whether a track is queued or being classified."""
        return track in self._pending

    def is_redone(self, track: Track) -> bool:
        """Whether a track is pending to get a new result in place of the one it may have."""
        return track in self._redone and track in self._pending

    def add(self, tracks: Iterable[Track], *, afresh: bool = False) -> None:
        """Queue tracks; those that are pending already keep their place.

        Parameters
        ----------
        tracks : iterable of Track
        afresh : bool
            Classify them even if the store has their results, which stay until there are new ones.
        """
        new = [track for track in tracks if track not in self._pending]
        if new:
            self._pending.update(new)
            (self._redone.update if afresh else self._redone.difference_update)(new)
            self._paths.add((track.path for track in new), afresh=afresh)
            self._start_run()

    def prioritise(self, track: Track) -> None:
        """Move a queued track to the front."""
        self._paths.prioritise(track.path)

    def discard(self, tracks: Iterable[Track]) -> None:
        """Take tracks out of the queue; results of those that are being classified do not count any more."""
        gone = self._pending.intersection(tracks)
        self._pending -= gone
        self._paths.discard(track.path for track in gone)

    def mark_done(self, track: Track, *, is_stored: bool) -> None:
        """Note that a track has its result; `is_stored` if the store had it already."""
        if track in self._pending:
            self._pending.remove(track)
            self.estimate.count_stored() if is_stored else self.estimate.count_classified()
            if not self._pending:
                self.estimate.stop()

    def cancel(self) -> None:
        """Empty the queue and stop the runs; results that have been reported by then count."""
        self._paths.clear()
        # A new one: the cancelled run may be about to take its next path.
        self._paths = PathQueue()
        self._pause.clear()
        self.cancel_full_run()
        self.classifier.cancel_flushed()
        self._pending.clear()
        self._redone.clear()
        self.estimate.stop()

    def cancel_full_run(self) -> None:
        """Stop scoring a track in full; a result that has been reported by then counts."""
        self.full_classifier.cancel_flushed()

    @property
    def is_paused(self) -> bool:
        """Whether the run is paused."""
        return self._pause.is_set()

    def set_paused(self, is_paused: bool) -> None:
        """Pause or resume the run."""
        if is_paused:
            self._pause.set()
        else:
            self._pause.clear()
        self.estimate.stop()
        self._start_run()

    # -- runs ----------------------------------------------------------------------------

    def classify_in_full(self, track: Track) -> bool:
        """Score every patch of a track.

        Returns
        -------
        bool
            False where that cannot start now: there is no model or store, or another track is being scored in full.
        """
        if self._store is None or not self.is_ready or self.full_classifier.busy:
            return False
        self.full_classifier.submit(
            ClassifyRequest(
                self._predictor,
                self._store,
                PathQueue([track.path]),
                pause=threading.Event(),
                every_patch=True,
                reports_progress=True,
                on_ended=self.full_run_ended.emit,
            )
        )
        return True

    def _start_run(self) -> None:
        """Start a run if there is something to classify and none is in progress."""
        if self._store is not None and self.is_ready and not self.is_paused:
            if len(self._paths) and not self.classifier.busy:
                self.classifier.submit(
                    ClassifyRequest(
                        self._predictor,
                        self._store,
                        self._paths,
                        self._pause,
                        every_patch=self.score_every_patch,
                        on_ended=self.run_ended.emit,
                    )
                )
            if self._pending and self.classifier.busy:
                self.estimate.start()
        self.changed.emit()

    def _warm_up(self) -> None:
        """Start the engine's processes before the first track needs them."""
        if self._store is not None and self.is_ready and not self.classifier.busy:
            self.classifier.submit(ClassifyRequest(self._predictor, self._store, PathQueue(), self._pause))

    def _on_part(self, part: object) -> None:
        match part:
            case TrackStarted(path):
                self.track_started.emit(path)
            case ResultNotStored(error):
                self._is_run_unstored |= _loses_results(error)
                self.store_failed.emit(error)
            case _:
                self.result_ready.emit(part)

    def _on_full_part(self, part: object) -> None:
        match part:
            case TrackStarted():
                pass
            case ResultNotStored(error):
                self._is_full_unstored |= _loses_results(error)
                self.store_failed.emit(error)
            case _:
                self.full_result_ready.emit(part)

    def _on_run_ended(self, _run: RunEnded) -> None:
        self._is_run_unstored = False  # from here on, unstored results are with the store's worker

    def _on_full_run_ended(self, _run: RunEnded) -> None:
        self._is_full_unstored = False

    # -- the end -------------------------------------------------------------------------

    def stop(self) -> None:
        """Cancel everything and let the threads end."""
        self._warm_up_soon.stop()
        for worker in (self.classifier, self.full_classifier):
            worker.cancel_flushed()  # what has been reported by then counts
            worker.stop()

    def shutdown(self) -> bool:
        """Wait for the threads, then end the engines' processes; False when a thread does not end."""
        has_ended = True
        for worker, task in ((self.classifier, self._task), (self.full_classifier, self._full_task)):
            if worker.shutdown():
                task.close()
            else:
                has_ended = False
        return has_ended


def _loses_results(error: GenreDesktopError) -> bool:
    # New results can be stored although a damaged store lost some.
    return not isinstance(error, StoreRescuedError)
