"""What the window does, without its widgets: tracks, model, queue, store and undo, wired together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.session.changes.list_changes import ListChanges
from genre_desktop.gui.session.changes.list_editor import ListEditor
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.job_status_watcher import JobStatusWatcher
from genre_desktop.gui.session.model_loader import ModelLoader
from genre_desktop.gui.session.path_scanner import PathScanner
from genre_desktop.gui.session.run_results import RunResults
from genre_desktop.gui.session.selected_track import SelectedTrack
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.list_restorer import ListRestorer
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.session.track_reader import TrackReader
from genre_desktop.gui.session.warm_up import WarmUp
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.workers.worker import Stoppable

if TYPE_CHECKING:
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle
    from genre_desktop.model.prediction import Prediction


class Session(QObject):
    """The tracks of the window and everything that is done with them.

    All heavy work runs on workers; every signal arrives on the GUI thread.

    Attributes
    ----------
    tracks : TrackModel
    reader : TrackReader
        Reads the picture of the selected track.
    changes : ListChanges
        Changes of the list that can be undone.
    open, show, status, emit_status, set_by_hand, set_result : callable
        See `PathScanner.open`, `SelectedTrack.show`, `JobStatusWatcher.status` and `emit_now`,
        `ListChanges.set_by_hand`, `RunResults.set_result`.
    """

    message = Signal(str)  # a sentence for the job bar
    scanned = Signal(object)  # ScanTally
    track_requested = Signal(object)  # Track to select
    shown_changed = Signal(object)  # Track or None
    result_changed = Signal(object, object)  # Track or None, Prediction or None: of the selected track
    whole_pass_changed = Signal(object)  # WholeTrackPass
    job_changed = Signal(object)  # JobStatus
    undo_changed = Signal(object, object)  # names of the steps to undo and to redo, or None
    models_found = Signal(object)  # BundlesFound
    model_loaded = Signal(object)  # ModelBundle
    predictor_changed = Signal(object)  # Predictor, or None while another is loaded
    model_failed = Signal(object)  # GenreDesktopError
    store_opened = Signal(object)  # ResultStore
    store_repaired = Signal(object)  # GenreDesktopError
    all_results_dropped = Signal(object)  # AllResultsDropped
    canvas_prepared = Signal()
    canvas_failed = Signal(object)  # GenreDesktopError
    picture_changed = Signal(object)  # TrackPicture
    picture_failed = Signal(object)  # GenreDesktopError

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._processing = ProcessingSettings()
        self.tracks = tracks = TrackModel(self)
        self.reader = TrackReader(services.start_picture_process, self)
        self.store_client = store_client = StoreClient(services, self)
        self.queue = queue = ClassificationQueue(services, self)
        self.loader = loader = ModelLoader(services, self)
        self.restorer = restorer = ListRestorer(tracks, queue, store_client, self)
        self.scanner = PathScanner(services, tracks, queue, store_client, self)
        self.selected = SelectedTrack(tracks, queue, store_client, loader, self.reader, self)
        self._editor = ListEditor(tracks, queue, store_client, restorer, loader, self.scanner.worker, self)
        self.changes = ListChanges(tracks, queue, store_client, restorer, self._editor, self)
        self._results = RunResults(tracks, queue, store_client, self.changes, self.selected, self)
        self._watcher = JobStatusWatcher(services, tracks, queue, loader, self.scanner.worker, store_client, self)
        self._watcher.may_keep_awake = self._processing.stay_awake
        self._warm_up = WarmUp(services, self)
        self._workers: list[Stoppable] = [
            self._warm_up.worker,
            loader.worker,
            self.scanner.worker,
            self._watcher.keep_awake.worker,
        ]
        self.open, self.show = self.scanner.open, self.selected.show
        self.status, self.emit_status = self._watcher.status, self._watcher.emit_now
        self.set_by_hand, self.set_result = self.changes.set_by_hand, self._results.set_result
        self._connect()

    def _connect(self) -> None:
        for part in (self.scanner, self.store_client, self.restorer, self._editor, self.changes, self._results):
            part.message.connect(self.message)
        # A dropped track needs the reader first; the network, which may take seconds to load, follows.
        self._warm_up.canvas_prepared.connect(self.canvas_prepared)
        self._warm_up.canvas_prepared.connect(self.reader.prepare)
        self._warm_up.canvas_prepared.connect(self.loader.find)
        self._warm_up.canvas_failed.connect(self.canvas_failed)
        self._warm_up.ended.connect(self.loader.load)
        self.loader.found.connect(self.models_found)
        self.loader.default_found.connect(self.restorer.read)
        self.loader.loaded.connect(self.queue.set_predictor)
        self.loader.loaded.connect(self.predictor_changed)
        self.loader.loaded.connect(self.selected.start_whole_pass)
        self.loader.loaded.connect(lambda predictor: self.model_loaded.emit(predictor.bundle))
        self.loader.failed.connect(self.model_failed)
        self.loader.failed.connect(self._watcher.emit_now)
        self.scanner.changed.connect(self._watcher.emit_soon)
        self.scanner.scanned.connect(self.scanned)
        self.scanner.track_requested.connect(self.track_requested)
        self.queue.failed.connect(self._on_run_failed)
        self.queue.changed.connect(self._watcher.emit_soon)
        self._results.changed.connect(self._watcher.emit_soon)
        self.store_client.opened.connect(self.queue.set_store)
        self.store_client.opened.connect(self.store_opened)
        self.store_client.repaired.connect(self.store_repaired)
        self.store_client.all_results_dropped.connect(self.all_results_dropped)
        self.restorer.rows_changed.connect(self.selected.refresh)
        self.restorer.finished.connect(self.selected.reload)
        self.restorer.finished.connect(self._watcher.emit_now)
        self._editor.changed.connect(self.selected.update_changed)
        self._editor.answers_changed.connect(self.selected.update_restored)
        self.changes.results_dropped.connect(self.selected.update_dropped)
        for changed in (self._editor.changed, self._editor.answers_changed, self.changes.results_dropped):
            changed.connect(self._watcher.emit_soon)
        self._editor.cleared.connect(self.scanner.worker.cancel)
        self._editor.cleared.connect(self.queue.cancel)
        self._editor.cleared.connect(self._watcher.emit_soon)
        self._editor.track_requested.connect(self.track_requested)
        self.changes.undo_changed.connect(self.undo_changed)
        self.selected.shown_changed.connect(self.shown_changed)
        self.selected.result_changed.connect(self.result_changed)
        self.selected.picture_changed.connect(self.picture_changed)
        self.selected.whole_pass.changed.connect(self.whole_pass_changed)
        self.reader.failed.connect(self.picture_failed)
        self._watcher.changed.connect(self.job_changed)
        self._watcher.changed.connect(self.changes.emit_undo)  # a step may be spent by now

    # -- beginning and end ---------------------------------------------------------------

    def start(self) -> None:
        """Start the slow parts, once the window is on screen."""
        self.store_client.open()
        if not self.restores_list:
            # What was opened meanwhile, by the command line, is the new list.
            self.store_client.clear_list()
            self.store_client.add_to_list([track.path for track in self.tracks.tracks()])
        self._warm_up.start()

    def register_worker(self, worker: Stoppable) -> None:
        """Shut down a worker of another part of the window with those of the session."""
        self._workers.append(worker)

    def shutdown(self) -> bool:
        """Stop all work and wait for it; False when some of it does not end."""
        self._watcher.stop()
        self.queue.stop()
        self.reader.stop()
        for worker in self._workers:
            worker.stop()
        has_ended = [worker.shutdown() for worker in self._workers]
        has_ended.append(self.reader.shutdown())
        # The store is closed last: runs write to it until here.
        has_ended.append(self.queue.shutdown())
        QCoreApplication.sendPostedEvents(self._results)  # results that the last run could not write
        self.store_client.stop()
        has_ended.append(self.store_client.shutdown())
        return all(has_ended)

    # -- state ---------------------------------------------------------------------------

    @property
    def bundle(self) -> ModelBundle | None:
        """Model in use, or being loaded."""
        return self.loader.bundle

    @property
    def is_model_loaded(self) -> bool:
        """Whether the network of the model is loaded."""
        return self.queue.has_model

    @property
    def is_ready(self) -> bool:
        """Whether a dropped file would be classified at once: network and store are there."""
        return self.queue.is_ready

    @property
    def is_busy(self) -> bool:
        """Whether there is something that `cancel` would stop."""
        return self._watcher.is_busy

    @property
    def shown(self) -> Track | None:
        """Track that the canvas and the panel show."""
        return self.selected.track

    @property
    def shown_prediction(self) -> Prediction | None:
        """Prediction of that track, if it is at hand."""
        return self.selected.prediction

    @property
    def store(self) -> ResultStore | None:
        """Result store, once it is open; for workers."""
        return self.store_client.store

    @property
    def keeps_results(self) -> bool:
        """Whether results will be there at the next start."""
        return self.store_client.is_persistent

    @property
    def has_unwritten_work(self) -> bool:
        """Whether changes or results could not be written yet."""
        return self.store_client.has_unwritten_changes or self.queue.has_unstored_results

    @property
    def restores_list(self) -> bool:
        """Whether the settings want the list to be there at the next start."""
        return self._processing.restore_list

    def set_processing(self, processing: ProcessingSettings) -> None:
        """Use these settings for the next run; a run in progress keeps its own."""
        if processing == self._processing:
            return
        self._processing = processing
        self.queue.set_jobs(processing.jobs)
        self.queue.score_every_patch = processing.score_every_patch
        self._watcher.may_keep_awake = processing.stay_awake
        self._watcher.emit_soon()

    # -- changes of the list -------------------------------------------------------------

    def remove(self, tracks: Iterable[Track]) -> None:
        """Remove tracks from the list; their files stay."""
        self.changes.remove(tracks)
        self._watcher.emit_soon()

    def classify_again(self, tracks: Iterable[Track]) -> None:
        """Classify tracks again in spite of their results, except those that are pending."""
        again = [track for track in tracks if not self.queue.is_pending(track)]
        if not again or self.bundle is None:
            return
        for track in again:
            self.reader.forget(track.path)
        self.changes.classify_again(again)
        if self.shown in again:
            self.selected.reload()

    def drop_all_results(self) -> None:
        """Drop the results of all models, unless there is work in progress; genres by hand stay."""
        if self.is_busy:  # a run would bring results back
            self.message.emit(tr("Results can be forgotten when no run is under way."))
        else:
            self.changes.drop_all_results()

    # -- the run -------------------------------------------------------------------------

    def pause(self) -> None:
        """Pause the run."""
        if self.queue.is_busy:
            self.queue.set_paused(True)

    def resume(self) -> None:
        """Continue after a pause; without one, queue the stopped tracks."""
        if self.queue.is_paused:
            self.queue.set_paused(False)
            return
        self._watcher.is_offered = False
        stopped = [track for track in self.tracks.tracks() if track.state is State.STOPPED]
        self.tracks.set_state(stopped, State.WAITING)
        self.queue.add(stopped)

    def cancel(self) -> None:
        """Stop scanning and classifying; tracks keep the answers they have, and are stopped without one."""
        was_scanning = self.scanner.worker.busy
        self.scanner.worker.cancel()
        self.queue.cancel()
        self.restorer.stop_queueing()
        self._watcher.is_offered = False
        under_way = [track for track in self.tracks.tracks() if track.state in (State.WAITING, State.WORKING)]
        self.tracks.reset_state(under_way)
        if was_scanning:
            self.message.emit(
                tr("Stopped. Folders were not looked through to the end: open them again to find the rest.")
            )
        elif under_way:
            self.message.emit(tr("Stopped. What was found so far is kept."))
        self.selected.refresh()
        self._watcher.emit_now()

    def _on_run_failed(self, error: GenreDesktopError) -> None:
        # Errors of files are results; this is a fault of the engine itself.
        self.cancel()
        self.message.emit(str(error))

    # -- the model -----------------------------------------------------------------------

    def choose_model(self, bundle: ModelBundle) -> None:
        """Load another model and show its results from the store; see `ListRestorer.read` for the rest of the list."""
        has_model = self.is_model_loaded
        if self.bundle is not None and bundle.path == self.bundle.path and has_model:
            return
        may_queue = self.tracks.counts[State.STOPPED] == 0
        if has_model:  # tracks that wait for any model at all go on waiting
            self.queue.cancel()
            self._watcher.is_offered = True
            self.scanner.stop_queueing()
        self.loader.choose_model(bundle)
        self.selected.whole_pass.cancel()
        self.queue.set_predictor(None)
        self.predictor_changed.emit(None)
        self.selected.clear_predictions()
        self.tracks.drop_results(list(self.tracks.tracks()), State.WAITING)
        self.restorer.read(bundle, may_queue=may_queue)
        self.selected.refresh()
        self._watcher.emit_now()
