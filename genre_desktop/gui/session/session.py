"""What the window does, without its widgets: tracks, model, work under way."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.core.lru_cache import LruCache
from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.session.changes.list_changes import ListChanges
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.classify_task import ResultNotStored, RunEnded, TrackStarted
from genre_desktop.gui.session.job_watch import JobStatusWatcher
from genre_desktop.gui.session.load_model_task import BundlesFound, LoadModelTask, LoadRequest
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.scan_task import PathsFound, ScanRequest, ScanSummary, ScanTask
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.list_restorer import ListRestorer
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.session.track_reader import TrackReader
from genre_desktop.gui.session.warm_up import WarmUp
from genre_desktop.gui.session.whole_track_pass import WholeTrackPass
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.workers.worker import Stoppable, Worker
from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle
    from genre_desktop.model.prediction import Prediction

_log = logging.getLogger(__name__)

_KEPT_PREDICTIONS = 64
_UNDER_WAY = (State.WAITING, State.WORKING)


class Session(QObject):
    """The tracks of the window and everything that is done with them.

    All heavy work runs on workers; every signal arrives on the GUI thread.

    Attributes
    ----------
    tracks : TrackModel
    bundle : ModelBundle or None
        The model in use, or being loaded.
    shown : Track or None
        The track that is looked at.
    kept : Kept
        What is kept from start to start.
    whole_pass : WholePass
        Over the track that is looked at.
    processing : ProcessingSettings
        How the next run works; see `set_processing`.
    """

    message = Signal(str)  # a sentence for the job bar
    scanned = Signal(object)  # ScanTally
    track_requested = Signal(object)  # Track to select
    track_changed = Signal(object)  # Track with a new result or state
    job_changed = Signal(object)  # JobStatus
    models_found = Signal(object)  # BundlesFound
    model_loaded = Signal(object)  # ModelBundle
    predictor_changed = Signal(object)  # Predictor, or None while another is loaded
    model_failed = Signal(object)  # GenreDesktopError
    canvas_prepared = Signal()
    canvas_failed = Signal(object)  # GenreDesktopError
    picture_changed = Signal(object)  # TrackPicture
    picture_failed = Signal(object)  # GenreDesktopError

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.processing = ProcessingSettings()
        self.tracks = TrackModel(self)
        self.bundle: ModelBundle | None = None
        self.shown: Track | None = None
        self._is_scan_held = False
        self._predictions: LruCache[Prediction] = LruCache(_KEPT_PREDICTIONS)

        self._preparation = WarmUp(services, self)
        self._loader = Worker("model", LoadModelTask(services), self)
        self._scanner = Worker("scan", ScanTask(services), self)
        self.reader = TrackReader(services.new_reader, self)
        self.kept = StoreClient(services, self)
        self.run = ClassificationQueue(services, self)
        self.whole_pass = WholeTrackPass(self.run, self)
        self.restoration = ListRestorer(self.tracks, self.run, self.kept, self)
        self.changes = ListChanges(
            self.tracks,
            self.run,
            self.kept,
            self._predictions,
            self.restoration,
            self._scanner,
            lambda: self.bundle,
            self,
        )
        self._watch = JobStatusWatcher(self, services)
        self._tell_job, self._tell_job_soon = self._watch.tell, self._watch.tell_soon
        self._workers: list[Stoppable] = [
            self._preparation.worker,
            self._loader,
            self._scanner,
            self._watch.awake.worker,
        ]

        self._preparation.canvas_prepared.connect(self._on_canvas)
        self._preparation.canvas_failed.connect(self.canvas_failed)
        self._preparation.ended.connect(lambda: self._loader.submit(LoadRequest(self.bundle)))
        self._loader.partial.connect(self._on_models)
        self._loader.succeeded.connect(self._on_predictor)
        self._loader.failed.connect(self._on_no_model)
        self._scanner.partial.connect(self._on_found)
        self._scanner.succeeded.connect(self._on_scanned)
        self._scanner.failed.connect(lambda error: self.message.emit(error_message(error)))
        self._scanner.idle.connect(self._tell_job_soon)
        self.run.told.connect(self._on_told)
        self.run.failed.connect(self._on_run_failed)
        self.run.ended.connect(self._on_run_ended, Qt.ConnectionType.QueuedConnection)
        self.whole_pass.answered.connect(self._on_completed)
        self.run.not_completed.connect(lambda error: self.message.emit(error_message(error)))
        self.run.changed.connect(self._tell_job_soon)
        self.kept.opened.connect(self.run.set_store)
        self.restoration.message.connect(self.message)
        self.restoration.refreshed.connect(self._refresh_shown)
        self.restoration.finished_reading.connect(self._on_list_read)
        self.changes.message.connect(self.message)
        self.changes.changed.connect(self._on_changed)
        self.changes.exchanged.connect(self._on_exchanged)
        self.changes.emptied.connect(self._on_emptied)
        self.kept.detail_read.connect(self._on_detail)
        self.kept.message.connect(self.message)
        self._watch.changed.connect(self.job_changed)
        self.reader.read.connect(self.picture_changed)
        self.reader.failed.connect(self.picture_failed)

    def start(self) -> None:
        """Begin with what takes long, once the window is on screen."""
        self.kept.open()
        if not self.processing.restore_list:
            # What was opened meanwhile, by the command line, is the new list.
            self.kept.take_off(None)
            self.kept.add([track.path for track in self.tracks.tracks()])
        self._preparation.begin()

    def _on_canvas(self) -> None:
        # The network, which takes seconds, comes when what a dropped track needs is there.
        self.canvas_prepared.emit()
        self.reader.prepare()
        self._loader.submit(LoadRequest(self.bundle, find_only=True))

    def set_processing(self, processing: ProcessingSettings) -> None:
        """Work so from now on: what is under way goes on as it was begun."""
        if processing == self.processing:
            return
        self.processing = processing
        self.run.set_jobs(processing.jobs)
        self.run.score_every_patch = processing.score_every_patch
        self._tell_job_soon()

    def attend(self, worker: Stoppable) -> None:
        """Shut down a worker of somebody else with those of the session."""
        self._workers.append(worker)

    def shutdown(self) -> bool:
        """Stop all work and wait for it; False when something would not end."""
        self._watch.stop()
        self.run.stop()
        self.reader.stop()
        for worker in self._workers:
            worker.stop()
        ended = [worker.shutdown() for worker in self._workers]
        ended.append(self.reader.shutdown())
        # The store is closed last: what is under way may still be written.
        ended.append(self.run.shutdown())
        QCoreApplication.sendPostedEvents(self)  # what the run could not keep
        self.kept.stop()
        ended.append(self.kept.shutdown())
        return all(ended)

    # -- tracks in and out ---------------------------------------------------------------

    def open(self, paths: Iterable[Path] = (), urls: Iterable[QUrl] = ()) -> None:
        """Add files and folders; what is in the list already is not added twice."""
        request = ScanRequest(tuple(paths), tuple(urls))
        if request.paths or request.urls:
            self._scanner.submit(request)
            self._tell_job_soon()

    def _on_found(self, found: PathsFound) -> None:
        new, known = self.tracks.add(found.paths)
        if new:
            self.kept.add(track.path for track in new)
        if found.is_first:
            self._is_scan_held = False
            self.track_requested.emit((new or known)[0])
        # Known ones too: the store answers for those that have not changed.
        if self._is_scan_held:
            self.tracks.set_state(new, State.STOPPED)
        else:
            self._go_on_with([*new, *known])
        if known and not new:
            self.message.emit(tr("{name} is in the list already.", name=known[0].name))

    def _on_scanned(self, summary: ScanSummary) -> None:
        self.scanned.emit(summary.tally)
        for text in summary.messages():
            self.message.emit(text)

    def remove(self, tracks: Iterable[Track]) -> None:
        """Take tracks off the list; their files stay where they are."""
        self.changes.remove(tracks)
        self._tell_job_soon()

    def _on_emptied(self) -> None:
        self._scanner.cancel()
        self.run.cancel()
        self._tell_job_soon()

    def retry(self, tracks: Iterable[Track]) -> None:
        """Classify tracks again, whatever is known of them."""
        again = [track for track in tracks if not self.run.awaits(track)]
        if not again or self.bundle is None:
            return
        for track in again:
            self.reader.forget(track.path)
        self.changes.classify_again(again)
        if self.shown in again:
            self.show(self.shown)

    def _on_changed(self, tracks: list[Track]) -> None:
        if self.shown in tracks:
            self._refresh_shown()
        self._tell_job_soon()

    def _on_exchanged(self, tracks: list[Track]) -> None:
        if self.shown in tracks:
            self.whole_pass.leave()  # not begun anew: the answer that was wanted back would go again
            self._ask_detail(self.shown)
        self._on_changed(tracks)

    def forget_all(self) -> None:
        """Drop all results that are kept, of every model; genres by hand stay."""
        if self.can_forget:
            self.changes.forget_all()
        else:
            self.message.emit(tr("Results can be forgotten when no run is under way."))

    @property
    def can_forget(self) -> bool:
        """Whether nothing is under way that would bring results back."""
        return not self.is_busy

    def go_on(self) -> None:
        """Go on after a pause; without one, with what was stopped or left from last time."""
        if self.run.is_paused:
            self.run.set_paused(False)
            return
        self._watch.is_offered = False
        self._go_on_with([track for track in self.tracks.tracks() if track.state is State.STOPPED])

    def _go_on_with(self, tracks: list[Track]) -> None:
        self.tracks.set_state([track for track in tracks if track.state is State.STOPPED], State.WAITING)
        self.run.add(tracks)

    def pause(self) -> None:
        """Hold the run still."""
        if self.run.is_busy:
            self.run.set_paused(True)

    def cancel(self) -> None:
        """Give up scanning and classifying; tracks that have no result say so."""
        was_scanning = self.is_scanning
        self._scanner.cancel()
        self.run.cancel()
        self.restoration.hold()
        self._watch.is_offered = False
        # One that has an answer keeps it.
        under_way = [track for track in self.tracks.tracks() if track.state in _UNDER_WAY]
        self.tracks.settle(under_way)
        if was_scanning:
            self.message.emit(
                tr("Stopped. Folders were not looked through to the end: open them again to find the rest.")
            )
        elif under_way:
            self.message.emit(tr("Stopped. What was found so far is kept."))
        self._refresh_shown()
        self._tell_job()

    def set_by_hand(self, tracks: Iterable[Track], genre: str | None) -> None:
        """Give tracks a genre by hand, which no run overwrites; None goes back to what the model says."""
        self.changes.set_by_hand(tracks, genre)

    # -- classifying ---------------------------------------------------------------------

    def _on_told(self, news: TrackStarted | ResultNotStored | TrackResult) -> None:
        if isinstance(news, ResultNotStored):
            self.message.emit(error_message(news.error))
            return
        track = self.tracks.find(news.path)
        if track is None:
            return
        if isinstance(news, TrackResult) and self.changes.refuses(track, news):
            return
        if isinstance(news, TrackResult):
            self.set_result(news)
            self.run.count(track, is_stored=news.is_stored)
            if track.redo_error is not None:
                told = error_message(track.redo_error, brief=True)
                self.message.emit(tr("{name} keeps its earlier answer. {sentence}", name=track.name, sentence=told))
        elif track.state is State.WAITING:
            self.tracks.set_state([track], State.WORKING)
        if track is self.shown:
            self.track_changed.emit(track)
            self.whole_pass.begin(track)
        self._tell_job_soon()

    def _on_completed(self, result: TrackResult) -> None:
        track = self.set_result(result)
        if track is not None and track is self.shown:
            self.track_changed.emit(track)

    def set_result(self, result: TrackResult) -> Track | None:
        """Take over what became of a track; None when it was removed meanwhile."""
        track = self.tracks.set_result(result)
        if track is not None and track.redo_error is None:
            self._keep_prediction(track, result.prediction)
        return track

    def prediction_of(self, track: Track) -> Prediction | None:
        """All that the model said of a track; None where that is not at hand."""
        return self._predictions.get(track.path)

    def _keep_prediction(self, track: Track, prediction: Prediction | None) -> None:
        if prediction is None:
            self._predictions.drop(track.path)
        else:
            self._predictions.put(track.path, prediction)

    def _on_run_failed(self, error: GenreDesktopError) -> None:
        # Errors of files are results; this is a fault of the engine itself.
        self.cancel()
        self.message.emit(str(error))

    # -- what is kept --------------------------------------------------------------------

    def _on_run_ended(self, news: RunEnded) -> None:
        if news.unkept:
            self.kept.save(news.unkept, news.bundle)

    def _refresh_shown(self) -> None:
        if self.shown is not None:
            self.track_changed.emit(self.shown)

    def _on_list_read(self) -> None:
        if self.shown is not None:
            self.show(self.shown)
        self._tell_job()

    def _on_detail(self, result: TrackResult) -> None:
        track = self.tracks.find(result.path)
        if track is None or self.bundle is None or result.model != self.bundle.name or not track.is_answered:
            return
        self._keep_prediction(track, result.prediction)
        if track is self.shown:
            self.track_changed.emit(track)

    # -- the model -----------------------------------------------------------------------

    def choose_model(self, bundle: ModelBundle) -> None:
        """Load another model and show what the store knows of it; see `ListRestorer.read` for the rest."""
        if self.bundle is not None and bundle.path == self.bundle.path and self.run.has_model:
            return
        self._watch.has_failed = False
        is_held = self.tracks.counts[State.STOPPED] > 0
        has_model = self.run.has_model
        if has_model:  # what waits for any model at all goes on waiting
            self.run.cancel()
        self.bundle = bundle
        self._loader.cancel()
        if has_model:
            self._watch.is_offered, self._is_scan_held = True, self.is_scanning
        self.whole_pass.leave()
        self.run.set_predictor(None)
        self.predictor_changed.emit(None)
        self._loader.submit(LoadRequest(bundle))
        self._predictions.clear()
        self.tracks.drop_results(list(self.tracks.tracks()), State.WAITING)
        self.restoration.read(bundle, is_held=is_held)
        self._refresh_shown()
        self._tell_job()

    def _on_models(self, found: BundlesFound) -> None:
        is_first = self.bundle is None
        self.bundle = found.chosen
        self.models_found.emit(found)
        if is_first:
            self.restoration.read(found.chosen)

    def _on_predictor(self, predictor: Any) -> None:
        if predictor is None:  # only the names were asked for
            return
        self.run.set_predictor(predictor)
        self.predictor_changed.emit(predictor)
        if self.shown is not None:
            self.whole_pass.begin(self.shown)
        self.model_loaded.emit(predictor.bundle)

    def _on_no_model(self, error: GenreDesktopError) -> None:
        self._watch.has_failed = True
        self.model_failed.emit(error)
        self._tell_job()

    # -- looking at a track --------------------------------------------------------------

    def show(self, track: Track | None) -> None:
        """Read a track for the canvas, and let it be classified first, or in full."""
        self.whole_pass.leave()
        self.shown = track
        if track is not None:
            self.run.put_first(track)
            self.whole_pass.begin(track)
            self._ask_detail(track)
        self.reader.show(None if track is None else track.path)

    def _ask_detail(self, track: Track) -> None:
        if track.is_answered and self.bundle is not None and self.prediction_of(track) is None:
            self.kept.read_detail(track.path, self.bundle)

    # -- how the work stands -------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether there is something that `cancel` would stop."""
        return self.is_scanning or self.run.is_busy or self.kept.is_asked

    @property
    def is_scanning(self) -> bool:
        """Whether folders are being looked through."""
        return self._scanner.busy

    def status(self) -> JobStatus:
        """How the work stands now."""
        return self._watch.status()
