"""What the window does, without its widgets: tracks, model, work under way."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.errors import FolderUnreadableError, GenreDesktopError, NothingFoundError
from genre_desktop.gui import jobs
from genre_desktop.gui.names import sentence, shown
from genre_desktop.gui.overview import OverviewRequest, TrackOverview
from genre_desktop.gui.services import Services
from genre_desktop.gui.track import State, Track
from genre_desktop.gui.tracks import TrackModel
from genre_desktop.gui.worker import Report, Worker
from genre_desktop.i18n import tr
from genre_desktop.library.feed import PathFeed

if TYPE_CHECKING:
    from genre_desktop.library.result import TrackResult
    from genre_desktop.model.bundle import ModelBundle
    from genre_desktop.model.prediction import Prediction

_log = logging.getLogger(__name__)

VIEW_CONFIG = FeatureConfig()
"""How tracks are analysed for looking at, whatever the model wants to hear."""

_KEPT_OVERVIEWS = 8
_KEPT_PREDICTIONS = 64
_UNDER_WAY = (State.WAITING, State.WORKING)


@dataclass(frozen=True)
class JobStatus:
    """How the work stands.

    Attributes
    ----------
    n_total, n_done, n_failed : int
        Tracks of this run, those finished (failed ones too), and the failed ones.
    remaining_s : float or None
        Estimate; None while there is nothing to go by.
    is_busy, is_scanning, needs_model : bool
    has_no_model : bool
        Loading one failed: files wait until another one is chosen.
    """

    n_total: int = 0
    n_done: int = 0
    n_failed: int = 0
    remaining_s: float | None = None
    is_busy: bool = False
    is_scanning: bool = False
    needs_model: bool = False
    has_no_model: bool = False


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
    """

    said = Signal(str)  # a sentence for the job bar
    track_wanted = Signal(object)  # Track to select
    track_changed = Signal(object)  # Track with a new result or state
    job_changed = Signal(object)  # JobStatus
    models_found = Signal(object)  # BundlesFound
    model_loaded = Signal(object)  # ModelBundle
    model_failed = Signal(object)  # GenreDesktopError
    canvas_prepared = Signal()
    canvas_failed = Signal(object)  # GenreDesktopError
    overview_changed = Signal(object)  # TrackOverview
    overview_failed = Signal(object)  # GenreDesktopError

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.tracks = TrackModel(self)
        self.bundle: ModelBundle | None = None
        self._predictor: Any = None
        self._has_failed = False
        self._feed = PathFeed()
        self.shown: Track | None = None
        self._overviews: OrderedDict[str, TrackOverview] = OrderedDict()
        self._predictions: OrderedDict[str, Prediction] = OrderedDict()
        self._n_total = self._n_done = self._n_failed = 0
        self._run_started = 0.0

        self._preparer = Worker("prepare", _prepare, self)
        self._loader = Worker("model", jobs.load_model(services), self)
        self._scanner = Worker("scan", jobs.scan_paths(services), self)
        self._classifier = Worker("classify", jobs.classify_feed(services), self)
        self._completer = Worker("complete", jobs.complete_track(services), self)
        self._reader = Worker("overview", services.overview, self)
        self._workers = (
            self._preparer,
            self._loader,
            self._scanner,
            self._classifier,
            self._completer,
            self._reader,
        )

        self._preparer.succeeded.connect(self._on_prepared)
        self._preparer.failed.connect(self._on_unprepared)
        self._loader.partial.connect(self._on_models)
        self._loader.succeeded.connect(self._on_predictor)
        self._loader.failed.connect(self._on_no_model)
        self._scanner.partial.connect(self._on_found)
        self._scanner.succeeded.connect(self._on_scanned)
        self._scanner.failed.connect(lambda error: self.said.emit(sentence(error)))
        self._scanner.idle.connect(self._tell_job_soon)
        self._classifier.partial.connect(self._on_classified)
        self._classifier.failed.connect(self._on_classifier_failed)
        self._classifier.idle.connect(self._pump)
        self._completer.succeeded.connect(self._on_completed)
        self._completer.failed.connect(lambda error: self.said.emit(sentence(error)))
        self._reader.partial.connect(self._on_overview)
        self._reader.succeeded.connect(self._on_overview)
        self._reader.failed.connect(self.overview_failed)
        self._job_soon = QTimer(self, singleShot=True, interval=100)
        self._job_soon.timeout.connect(self._tell_job)

    def start(self) -> None:
        """Begin with what takes long, once the window is on screen."""
        self._preparer.submit(self._services.prepare_canvas)

    def _on_prepared(self, step: object) -> None:
        # One after the other: the canvas is built while nothing else asks for the interpreter,
        # then comes what a dropped track needs, then the network, which takes seconds.
        if step == self._services.prepare_canvas:
            self.canvas_prepared.emit()
            self._preparer.submit(self._services.prepare_decoders)
        else:
            self._loader.submit(jobs.LoadRequest(self.bundle))

    def _on_unprepared(self, error: GenreDesktopError) -> None:
        # Without a canvas or a decoder the rest may still do its work.
        self.canvas_failed.emit(error)
        self._loader.submit(jobs.LoadRequest(self.bundle))

    def shutdown(self) -> bool:
        """Stop all work and wait for it; False when something would not end."""
        for worker in self._workers:
            worker.stop()
        self._job_soon.stop()
        ended = [worker.shutdown() for worker in self._workers]
        return all(ended)

    # -- tracks in and out ---------------------------------------------------------------

    def open(self, paths: Iterable[Path] = (), urls: Iterable[QUrl] = ()) -> None:
        """Add files and folders; what is in the list already is not added twice."""
        request = jobs.ScanRequest(tuple(paths), tuple(urls))
        if request.paths or request.urls:
            self._scanner.submit(request)
            self._tell_job_soon()

    def _on_found(self, found: jobs.PathsFound) -> None:
        new, known = self.tracks.add(found.paths)
        self._enqueue(new)
        if found.is_first:
            self.track_wanted.emit((new or known)[0])
        if known and not new:
            self.said.emit(tr("{name} is in the list already.", name=known[0].name))

    def _on_scanned(self, summary: jobs.ScanSummary) -> None:
        for path, reason in summary.skipped:
            self.said.emit(sentence(FolderUnreadableError(path=path, reason=reason)))
        if summary.foreign:
            url = summary.foreign[0].toDisplayString()
            self.said.emit(tr("Only files on this computer can be opened, not {url}.", url=url))
        if summary.n_found == 0 and summary.paths and not summary.skipped:
            from genre_desktop.library.scan import AUDIO_ENDINGS

            endings = " ".join(sorted(AUDIO_ENDINGS))
            where = ", ".join(shown(path) for path in summary.paths[:3])
            self.said.emit(NothingFoundError(path=where, endings=endings).message)

    def remove(self, tracks: Iterable[Track]) -> None:
        """Take tracks off the list; their files stay where they are."""
        gone = list(tracks)
        unfinished = [track for track in gone if track.state in _UNDER_WAY]
        self._feed.discard(track.path for track in unfinished)
        self._n_total -= len(unfinished)
        self.tracks.remove(gone)
        if not len(self.tracks):
            self._scanner.cancel()
            self._drop_queue()
        self._tell_job_soon()

    def retry(self, tracks: Iterable[Track]) -> None:
        """Classify tracks again."""
        again = [track for track in tracks if track.state not in _UNDER_WAY]
        for track in again:
            self._overviews.pop(track.path, None)
            self._predictions.pop(track.path, None)
        self.tracks.set_state(again, State.WAITING)
        self._enqueue(again)
        if self.shown in again:
            self.show(self.shown)
            self.track_changed.emit(self.shown)

    def cancel(self) -> None:
        """Give up scanning and classifying; tracks that have no result say so."""
        self._scanner.cancel()
        self._completer.cancel()
        self._drop_queue()
        stopped = [track for track in self.tracks.tracks() if track.state in _UNDER_WAY]
        self.tracks.set_state(stopped, State.STOPPED)
        if stopped:
            self.said.emit(tr("Stopped. What was found so far is kept."))
        self._n_total = self._n_done = self._n_failed = 0
        if self.shown is not None:
            self.track_changed.emit(self.shown)
        self._tell_job()

    # -- classifying ---------------------------------------------------------------------

    def _enqueue(self, tracks: list[Track]) -> None:
        if not tracks:
            return
        if self._n_done >= self._n_total:  # the last run is over
            self._n_total = self._n_done = self._n_failed = 0
            self._run_started = time.monotonic()
        self._n_total += len(tracks)
        self._feed.add(track.path for track in tracks)
        self._pump()
        self._tell_job_soon()

    def _pump(self) -> None:
        if self._predictor is not None and len(self._feed) and not self._classifier.busy:
            self._classifier.submit(jobs.ClassifyRequest(self._predictor, self._feed))
        self._tell_job_soon()

    def _drop_queue(self) -> None:
        self._feed.clear()
        # A new one: the cancelled run may still be about to take its next path.
        self._feed = PathFeed()
        self._classifier.cancel()

    def _on_classified(self, news: jobs.TrackTaken | TrackResult) -> None:
        if isinstance(news, jobs.TrackTaken):
            track = self.tracks.find(news.path)
            if track is not None:
                self.tracks.set_state([track], State.WORKING)
        else:
            track = self.tracks.find(news.path)
            was_awaited = track is not None and track.state in _UNDER_WAY
            track = self.set_result(news)
            if was_awaited:
                self._n_done += 1
                self._n_failed += news.error is not None
        if track is not None and track is self.shown:
            self.track_changed.emit(track)
            self._complete(track)
        self._tell_job_soon()

    def _complete(self, track: Track) -> None:
        """Let all of the track that is looked at be listened to, where its answer rests on parts of it."""
        is_partial = track.state is State.DONE and track.summary is not None and not track.summary.is_complete
        if is_partial and self._predictor is not None and not self._completer.busy:
            self._completer.submit(jobs.CompleteRequest(self._predictor, track.path))

    def _on_completed(self, result: TrackResult | None) -> None:
        # A file that has gone meanwhile keeps the answer that it got.
        if result is None or result.prediction is None:
            return
        track = self.set_result(result)
        if track is not None and track is self.shown:
            self.track_changed.emit(track)

    def set_result(self, result: TrackResult) -> Track | None:
        """Take over what became of a track; None when it was removed meanwhile."""
        track = self.tracks.set_result(result)
        if track is not None:
            self._predictions.pop(track.path, None)
            if result.prediction is not None:
                self._predictions[track.path] = result.prediction
            while len(self._predictions) > _KEPT_PREDICTIONS:
                self._predictions.popitem(last=False)
        return track

    def prediction_of(self, track: Track) -> Prediction | None:
        """All that the model said of a track; None where that is not at hand."""
        prediction = self._predictions.get(track.path)
        if prediction is not None:
            self._predictions.move_to_end(track.path)
        return prediction

    def _on_classifier_failed(self, error: GenreDesktopError) -> None:
        # Errors of files are results; this is a fault of the engine itself.
        self.cancel()
        self.said.emit(str(error))

    # -- the model -----------------------------------------------------------------------

    def choose_model(self, bundle: ModelBundle) -> None:
        """Load another model and classify all tracks anew."""
        if self.bundle is not None and bundle.path == self.bundle.path and self._predictor is not None:
            return
        self._predictor = None
        self._has_failed = False
        self.bundle = bundle
        self._loader.cancel()
        self._completer.cancel()
        self._drop_queue()
        self._loader.submit(jobs.LoadRequest(bundle))
        self._predictions.clear()
        tracks = list(self.tracks.tracks())
        self.tracks.set_state(tracks, State.WAITING)
        self._n_total = self._n_done = self._n_failed = 0
        self._enqueue(tracks)
        if self.shown is not None:
            self.track_changed.emit(self.shown)
        self._tell_job()

    def _on_models(self, found: jobs.BundlesFound) -> None:
        self.bundle = found.chosen
        self.models_found.emit(found)

    def _on_predictor(self, predictor: Any) -> None:
        self._predictor = predictor
        self._run_started = time.monotonic()
        self.model_loaded.emit(predictor.bundle)
        self._pump()

    def _on_no_model(self, error: GenreDesktopError) -> None:
        self._has_failed = True
        self.model_failed.emit(error)
        self._tell_job()

    # -- looking at a track --------------------------------------------------------------

    def show(self, track: Track | None) -> None:
        """Read a track for the canvas, and let it be classified first, or in full."""
        self._reader.cancel()
        self._completer.cancel()
        self.shown = track
        if track is None:
            return
        self._feed.put_first(track.path)
        self._complete(track)
        kept = self._overviews.get(track.path)
        if kept is not None:
            self.overview_changed.emit(kept)
        else:
            self._reader.submit(OverviewRequest(track.path, VIEW_CONFIG))

    def _on_overview(self, overview: TrackOverview) -> None:
        if overview.complete:
            self._overviews[overview.path] = overview
            while len(self._overviews) > _KEPT_OVERVIEWS:
                self._overviews.popitem(last=False)
        self.overview_changed.emit(overview)

    # -- how the work stands -------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether there is something that `cancel` would stop."""
        return self._scanner.busy or self._classifier.busy or bool(len(self._feed))

    def status(self) -> JobStatus:
        """How the work stands now."""
        remaining_s = None
        elapsed = time.monotonic() - self._run_started
        if self._n_done and elapsed > 1.0 and self._predictor is not None:
            remaining_s = elapsed / self._n_done * (self._n_total - self._n_done)
        return JobStatus(
            n_total=self._n_total,
            n_done=self._n_done,
            n_failed=self._n_failed,
            remaining_s=remaining_s,
            is_busy=self.is_busy,
            is_scanning=self._scanner.busy,
            needs_model=self._predictor is None,
            has_no_model=self._predictor is None and self._has_failed,
        )

    def _tell_job_soon(self) -> None:
        if not self._job_soon.isActive():
            self._job_soon.start()

    def _tell_job(self) -> None:
        self._job_soon.stop()
        self.job_changed.emit(self.status())


def _prepare(step: Callable[[], None], _report: Report) -> Callable[[], None]:
    step()
    return step
