"""Classifying queued paths with the engine: request, answers and work of a classifying worker."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.session.services import Services
from genre_desktop.library.engine.path_queue import PathQueue

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.engine.engine import Engine
    from genre_desktop.library.result import TrackResult
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrackStarted:
    """The engine has begun with a track."""

    path: str


@dataclass(frozen=True, eq=False)
class ResultNotStored:
    """Results cannot be written to the store any more; the run continues."""

    error: GenreDesktopError


@dataclass(frozen=True, eq=False)
class RunEnded:
    """A run is complete or was cancelled.

    Attributes
    ----------
    bundle : ModelBundle
    unstored : tuple of TrackResult
        Its results that could not be stored.
    was_hindered : bool
        Whether results could not be stored when they were reported; they may be stored by now.
    unlooked : tuple of Path
        Files that may have a genre by hand which is missing in their results, as the store was of no use meanwhile.
    late : tuple of TrackResult
        Its results that came after it was cancelled, and may be stored.
    """

    bundle: ModelBundle
    unstored: tuple[TrackResult, ...]
    was_hindered: bool = False
    late: tuple[TrackResult, ...] = ()
    unlooked: tuple[Path, ...] = ()


@dataclass(frozen=True, eq=False)
class ClassifyRequest:
    """Classify the paths of a queue, including those that are added during the run.

    Attributes
    ----------
    predictor : Predictor
    store : ResultStore
        Results that it has of unchanged files are not computed again.
    paths : PathQueue
    pause : threading.Event
        The run waits while it is set.
    every_patch : bool
        Score every patch of each track instead of a sample.
    reports_progress : bool
        Report how much of each track has been scored.
    on_ended : callable
        Called with a `RunEnded` on the worker's thread, also when the run was cancelled and its answers are dropped.
    """

    predictor: Any
    store: ResultStore
    paths: PathQueue
    pause: threading.Event
    every_patch: bool = False
    reports_progress: bool = False
    on_ended: Callable[[RunEnded], None] = lambda _ended: None


class ClassifyTask:
    """Work of a classifying worker: reports a `TrackStarted` and a `TrackResult` for each track.

    The first run starts the engine's decoding processes; later runs use them again.

    Parameters
    ----------
    services : Services
    jobs : int
        Number of decoding processes; 0 chooses by the number of processors.
    with_keras : bool
        Whether Keras computes the network, the reference, which takes seconds to load at the first run, and not
        NumPy, which gives the first answers.

    Attributes
    ----------
    jobs : int
        May be set on any thread; applies to the next run.
    """

    def __init__(self, services: Services, jobs: int = 0, *, with_keras: bool = False) -> None:
        self._services = services
        self.jobs = jobs
        self._with_keras = with_keras
        self._loaded: tuple[Any, Any] = (None, None)  # the predictor of a request, and the one that Keras computes
        self._engine_jobs: int | None = None
        self._engine: Engine | None = None

    def __call__(self, request: ClassifyRequest, context: TaskContext) -> None:
        jobs = self.jobs
        if jobs != self._engine_jobs:
            self.close()
        if self._engine is None:
            self._engine, self._engine_jobs = self._services.new_engine(jobs), jobs
        engine, predictor = self._engine, self._keras_of(request.predictor) if self._with_keras else request.predictor
        was_hindered = False
        late: list[TrackResult] = []
        unlooked: list[Path] = []

        def on_problem(error: GenreDesktopError) -> None:
            nonlocal was_hindered
            was_hindered = True
            context.partial(ResultNotStored(error))

        try:
            for result in engine.classify(
                request.paths,
                predictor,
                store=request.store,
                every_patch=request.every_patch,
                is_cancelled=context.is_cancelled,
                is_paused=request.pause.is_set,
                on_taken=lambda path: context.partial(TrackStarted(str(path))),
                on_problem=on_problem,
                on_progress=(lambda _path, share: context.progress(share)) if request.reports_progress else None,
            ):
                context.partial(result)
                if was_hindered:
                    unlooked.append(result.path)
                if context.is_cancelled():
                    late.append(result)
        finally:
            request.on_ended(
                RunEnded(request.predictor.bundle, engine.unkept, was_hindered, tuple(late), tuple(unlooked))
            )

    def _keras_of(self, predictor: Any) -> Any:
        if self._loaded[0] is not predictor:
            try:
                self._loaded = predictor, self._services.load_keras(predictor)
            except GenreDesktopError as error:
                _log.warning("%s: NumPy computes it", error)
                self._loaded = predictor, predictor
            except Exception:  # as where TensorFlow cannot be imported: its libraries miss something of the system
                _log.exception("Keras cannot be loaded: NumPy computes %s", predictor.bundle.name)
                self._loaded = predictor, predictor
            # A collection would walk through the network's half a million objects, and block the window meanwhile.
            gc.freeze()
        return self._loaded[1]

    def close(self) -> None:
        """End the engine's processes, once the worker's thread has ended."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
