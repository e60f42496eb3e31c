"""Tracks on their way through the engine: queue, pause, pace."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.core.errors import StoreRescuedError
from genre_desktop.gui.session.classify_task import ClassifyRequest, ClassifyTask, ResultNotStored, TrackStarted
from genre_desktop.gui.session.progress import ProgressEstimate
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.library.engine.path_queue import PathQueue

if TYPE_CHECKING:
    from genre_desktop.library.store.result_store import ResultStore


_WARM_UP_MS = 500
"""After the network has been loaded; by then a track that was dropped before is under way."""


class ClassificationQueue(QObject):
    """Classifies what is queued, and in full the one track that is looked at.

    Nothing is begun before there are a model and a store.

    Attributes
    ----------
    pace : Pace
    score_every_patch : bool
        Whether the next run listens to every part of each track.
    is_hindered : bool
        Results of the run that is under way could not be kept yet.
    """

    told = Signal(object)  # TrackTaken, TrackResult or NotKept
    failed = Signal(object)  # GenreDesktopError: a fault of the engine itself
    completed = Signal(object)  # TrackResult
    not_completed = Signal(object)  # GenreDesktopError
    ended = Signal(object)  # RunEnded
    changed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pace = ProgressEstimate()
        self.score_every_patch = False
        self.is_hindered = False
        self._predictor: Any = None
        self._store: ResultStore | None = None
        self._feed = PathQueue()
        self._pause = threading.Event()
        self._awaited: set[Track] = set()
        self._redone: set[Track] = set()
        self._classifying = ClassifyTask(services)
        self._completing = ClassifyTask(services, jobs=1)
        self.classifier = Worker("classify", self._classifying, self)
        self.completer = Worker("complete", self._completing, self)
        self._warm_up_soon = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warm_up_soon.timeout.connect(self._warm_up)
        self.classifier.partial.connect(self._on_told)
        self.classifier.failed.connect(self.failed)
        self.classifier.idle.connect(self._pump)
        self.completer.partial.connect(self._on_completed)
        self.completer.failed.connect(self.not_completed)
        self.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    # -- what it needs -------------------------------------------------------------------

    @property
    def has_model(self) -> bool:
        """Whether there is a network to ask."""
        return self._predictor is not None

    @property
    def is_ready(self) -> bool:
        """Whether a track that is queued now is classified at once."""
        return self._predictor is not None and self._store is not None

    @property
    def predictor(self) -> Any:
        """The network that is asked; None while there is none."""
        return self._predictor

    def set_predictor(self, predictor: Any) -> None:
        """Ask this network from now on; None makes tracks wait."""
        self._predictor = predictor
        if predictor is not None:
            self._warm_up_soon.start()
        self.pace.stop()
        self._pump()

    def set_store(self, store: ResultStore) -> None:
        """Keep results here."""
        self._store = store
        self._pump()

    def set_jobs(self, jobs: int) -> None:
        """Let the next run have so many decoding processes."""
        self._classifying.jobs = jobs

    # -- the queue -----------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether a track is queued or under way; warming up is none."""
        return bool(self._awaited)

    @property
    def n_awaited(self) -> int:
        """How many tracks are queued or under way."""
        return len(self._awaited)

    def awaits(self, track: Track) -> bool:
        """Whether a track is queued or under way."""
        return track in self._awaited

    def redoes(self, track: Track) -> bool:
        """Whether a track that may have an answer is queued or under way to get a new one."""
        return track in self._redone and track in self._awaited

    def add(self, tracks: Iterable[Track], *, afresh: bool = False) -> None:
        """Queue tracks; those that are awaited already keep their place.

        `afresh`: what is known of them is no answer, and stays until there is a new one.
        """
        new = [track for track in tracks if track not in self._awaited]
        if new:
            self._awaited.update(new)
            (self._redone.update if afresh else self._redone.difference_update)(new)
            self._feed.add((track.path for track in new), afresh=afresh)
            self._pump()

    def put_first(self, track: Track) -> None:
        """Let a queued track go first."""
        self._feed.put_first(track.path)

    def discard(self, tracks: Iterable[Track]) -> None:
        """Await nothing more of some tracks."""
        gone = self._awaited.intersection(tracks)
        self._awaited -= gone
        self._feed.discard(track.path for track in gone)

    def count(self, track: Track, *, is_stored: bool) -> None:
        """A track is finished; `is_stored` where its answer was known already."""
        if track in self._awaited:
            self._awaited.remove(track)
            self.pace.count_stored() if is_stored else self.pace.count_classified()
            if not self._awaited:
                self.pace.stop()

    def cancel(self) -> None:
        """Forget the queue and drop what is under way; what has been answered counts."""
        self.classifier.hear_out()
        self._awaited.clear()
        self._redone.clear()
        self._feed.clear()
        # A new one: the cancelled run may still be about to take its next path.
        self._feed = PathQueue()
        self._pause.clear()
        self.pace.stop()
        self.completer.cancel()
        self.classifier.cancel()

    # -- pause ---------------------------------------------------------------------------

    @property
    def is_paused(self) -> bool:
        """Whether the run holds still."""
        return self._pause.is_set()

    def set_paused(self, is_paused: bool) -> None:
        """Hold still, or go on."""
        if is_paused:
            self._pause.set()
        else:
            self._pause.clear()
        self.pace.stop()
        self._pump()

    # -- at work -------------------------------------------------------------------------

    def complete(self, track: Track) -> bool:
        """Score all of a track; one at a time. False where that cannot be begun now."""
        if not self.is_ready or self.completer.busy:
            return False
        assert self._store is not None
        feed, never = PathQueue([track.path]), threading.Event()
        self.completer.submit(
            ClassifyRequest(
                self._predictor,
                self._store,
                feed,
                never,
                every_patch=True,
                reports_progress=True,
                on_ended=self.ended.emit,
            )
        )
        return True

    def _on_told(self, news: object) -> None:
        if isinstance(news, ResultNotStored):
            # What a damaged store had to give up does not keep new results from it.
            self.is_hindered |= not isinstance(news.error, StoreRescuedError)
        self.told.emit(news)

    def _on_completed(self, news: object) -> None:
        if isinstance(news, ResultNotStored):
            self._on_told(news)
        elif not isinstance(news, TrackStarted):
            self.completed.emit(news)

    def _on_ended(self, _news: object) -> None:
        self.is_hindered = False

    def _pump(self) -> None:
        if self.is_ready and not self.is_paused:
            if len(self._feed) and not self.classifier.busy:
                assert self._store is not None
                self.classifier.submit(
                    ClassifyRequest(
                        self._predictor,
                        self._store,
                        self._feed,
                        self._pause,
                        self.score_every_patch,
                        on_ended=self.ended.emit,
                    )
                )
            if self._awaited and self.classifier.busy:
                self.pace.start()
        self.changed.emit()

    def _warm_up(self) -> None:
        """Let the engine be made before the first track wants it: a process takes a while to start."""
        if self.is_ready and not self.classifier.busy:
            assert self._store is not None
            self.classifier.submit(ClassifyRequest(self._predictor, self._store, PathQueue(), self._pause))

    # -- the end -------------------------------------------------------------------------

    def stop(self) -> None:
        """Drop everything and let the threads end."""
        self._warm_up_soon.stop()
        self.classifier.stop()
        self.completer.stop()

    def shutdown(self) -> bool:
        """Wait for the threads, then end the engines' processes; False when a thread would not end."""
        ended = True
        for worker, work in ((self.classifier, self._classifying), (self.completer, self._completing)):
            if worker.shutdown():
                work.close()
            else:
                ended = False
        return ended
