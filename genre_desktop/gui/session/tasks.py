"""What the window's workers do: requests in, partial results and results out. No widgets."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl

from genre_desktop.core.errors import NothingFoundError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.paths import paths_from_urls
from genre_desktop.library.engine.path_queue import PathQueue

if TYPE_CHECKING:
    from genre_desktop.core.errors import GenreDesktopError
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.engine.engine import Engine
    from genre_desktop.library.result import TrackResult
    from genre_desktop.library.scan.scan_tally import ScanTally
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_MOST_PROBLEMS = 20
"""Told a scan; the tally counts them all."""

_BATCH = 200
_BATCH_S = 0.05
"""A batch of found paths: small enough to be inserted between two frames."""


@dataclass(frozen=True)
class LoadRequest:
    """Load a bundle.

    Attributes
    ----------
    bundle : ModelBundle or None
        None for the default one.
    find_only : bool
        Say which models there are, and load none.
    """

    bundle: ModelBundle | None
    find_only: bool = False


@dataclass(frozen=True, eq=False)
class BundlesFound:
    """Which models there are, and which one is being loaded."""

    bundles: tuple[ModelBundle, ...]
    chosen: ModelBundle


@dataclass(frozen=True)
class ScanRequest:
    """Find the sound files in what was dropped.

    Attributes
    ----------
    paths : tuple of Path
    urls : tuple of QUrl
        Dropped or pasted ones. Ten thousand of them take longer to be made paths of than
        the window may stand still.
    """

    paths: tuple[Path, ...] = ()
    urls: tuple[QUrl, ...] = ()


@dataclass(frozen=True)
class ScanSummary:
    """What became of a scan.

    Attributes
    ----------
    tally : ScanTally
        What was found and passed over.
    paths : tuple of Path
        Where was looked.
    problems : tuple of GenreDesktopError
        Folders that could not be listed, playlists that could not be read.
    foreign : tuple of QUrl
        What is not on this computer.
    """

    tally: ScanTally
    paths: tuple[Path, ...]
    problems: tuple[GenreDesktopError, ...]
    foreign: tuple[QUrl, ...]


@dataclass(frozen=True)
class PathsFound:
    """A batch of a scan."""

    paths: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True, eq=False)
class ClassifyRequest:
    """Classify what the feed holds, and what is put into it meanwhile.

    Attributes
    ----------
    predictor : Predictor
    store : ResultStore
        What it knows is its answer.
    feed : PathFeed
    pause : threading.Event
        While it is set, the run holds still.
    every_patch : bool
        Score all of each track.
    is_followed : bool
        Report how far each track is.
    on_ended : callable
        Told of the end on the worker's thread, also of that of a run whose reports nobody hears any more.
    """

    predictor: Any
    store: ResultStore
    feed: PathQueue
    pause: threading.Event
    every_patch: bool = False
    is_followed: bool = False
    on_ended: Callable[[RunEnded], None] = lambda _ended: None


@dataclass(frozen=True)
class TrackStarted:
    """A track's turn has come."""

    path: str


@dataclass(frozen=True, eq=False)
class ResultNotStored:
    """Results can no longer be kept; the run goes on."""

    error: GenreDesktopError


@dataclass(frozen=True, eq=False)
class RunEnded:
    """A run has come to its end, or was cancelled.

    Attributes
    ----------
    bundle : ModelBundle
    unkept : tuple of TrackResult
        Results of it that could not be kept.
    was_hindered : bool
        Results of it could not be kept when they were told, or are not kept yet.
    """

    bundle: ModelBundle
    unkept: tuple[TrackResult, ...]
    was_hindered: bool


def load_model(services: Services) -> Callable[[LoadRequest, TaskContext], Any]:
    """Work of the model worker: gives a `BundlesFound` first, the loaded predictor (or None) at last."""

    def work(request: LoadRequest, report: TaskContext) -> Any:
        bundles = tuple(services.list_bundles())
        chosen = request.bundle or services.default_bundle()
        report.partial(BundlesFound(bundles, chosen))
        if request.find_only or report.is_cancelled():
            return None
        predictor = services.load_predictor(chosen)
        # A collection would walk through the network's half a million objects, and hold the window meanwhile.
        gc.freeze()
        return predictor

    return work


def scan_paths(services: Services) -> Callable[[ScanRequest, TaskContext], ScanSummary]:
    """Work of the scan worker: gives `PathsFound` batches, then a `ScanSummary`."""

    def work(request: ScanRequest, report: TaskContext) -> ScanSummary:
        from genre_desktop.library.scan.scan import unreadable_error
        from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally

        paths, foreign = paths_from_urls(request.urls)
        paths = [*request.paths, *paths]
        tally = ScanTally()
        for url in foreign:
            tally.pass_over(PassedOver.NOT_LOCAL, url.toDisplayString())
        problems: list[GenreDesktopError] = []
        batch: list[str] = []
        is_first = True
        sent_at = time.monotonic()

        def send() -> None:
            nonlocal is_first, sent_at
            if batch:
                report.partial(PathsFound(tuple(batch), is_first))
                is_first = False
            batch.clear()
            sent_at = time.monotonic()

        def on_skipped(path: Path, reason: str) -> None:
            if len(problems) < _MOST_PROBLEMS:
                problems.append(unreadable_error(path, reason))

        for path in services.scan(paths, on_skipped, report.is_cancelled, tally):
            batch.append(os.path.abspath(path))
            # The first one goes at once: it is what the user looks at.
            if is_first or len(batch) >= _BATCH or time.monotonic() - sent_at > _BATCH_S:
                send()
        send()
        return ScanSummary(tally, tuple(paths), tuple(problems), tuple(foreign))

    return work


def sentences(summary: ScanSummary) -> list[str]:
    """What is to be told of a scan, the weightiest last: a later sentence takes the place of an earlier one."""
    told = [error_message(problem) for problem in summary.problems]
    if summary.foreign:
        url = summary.foreign[0].toDisplayString()
        told.append(tr("Only files on this computer can be opened, not {url}.", url=url))
    if summary.tally.n_found == 0 and summary.paths and not summary.problems:
        from genre_desktop.library.scan.scan import AUDIO_ENDINGS

        endings = " ".join(sorted(AUDIO_ENDINGS))
        where = ", ".join(displayable(path) for path in summary.paths[:3])
        told.append(NothingFoundError(path=where, endings=endings).message)
    elif summary.tally.n_passed_over and not told:
        told.append(summary.tally.sentence)
    return told


class Classifying:
    """Work of a classifying worker: gives a `TrackStarted` and a `TrackResult` a track.

    Its decoding processes are started by the first run and serve all others.

    Parameters
    ----------
    services : Services
    jobs : int
        Number of decoding processes; 0 chooses by the number of processors.

    Attributes
    ----------
    jobs : int
        Set on any thread; the next run follows.
    """

    def __init__(self, services: Services, jobs: int = 0) -> None:
        self._services = services
        self.jobs = jobs
        self._made_with: int | None = None
        self._engine: Engine | None = None

    def __call__(self, request: ClassifyRequest, report: TaskContext) -> None:
        jobs = self.jobs
        if jobs != self._made_with:
            self.close()
        if self._engine is None:
            self._engine, self._made_with = self._services.new_engine(jobs), jobs
        engine = self._engine
        was_hindered = False

        def on_problem(error: GenreDesktopError) -> None:
            nonlocal was_hindered
            was_hindered = True
            report.partial(ResultNotStored(error))

        try:
            for result in engine.classify(
                request.feed,
                request.predictor,
                store=request.store,
                every_patch=request.every_patch,
                is_cancelled=report.is_cancelled,
                is_paused=request.pause.is_set,
                on_taken=lambda path: report.partial(TrackStarted(str(path))),
                on_problem=on_problem,
                on_progress=(lambda _path, share: report.progress(share)) if request.is_followed else None,
            ):
                report.partial(result)
        finally:
            request.on_ended(RunEnded(request.predictor.bundle, engine.unkept, was_hindered))

    def close(self) -> None:
        """End the processes, once the worker's thread has ended."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
