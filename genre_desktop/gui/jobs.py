"""What the window's workers do: requests in, partial results and results out. No widgets."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl

from genre_desktop.gui.names import paths_from_urls
from genre_desktop.gui.services import Services
from genre_desktop.library.feed import PathFeed

if TYPE_CHECKING:
    from genre_desktop.gui.worker import Report
    from genre_desktop.library.result import TrackResult
    from genre_desktop.model.bundle import ModelBundle

_BATCH = 200
_BATCH_S = 0.05
"""A batch of found paths: small enough to be inserted between two frames."""


@dataclass(frozen=True)
class LoadRequest:
    """Load a bundle; None for the default one."""

    bundle: ModelBundle | None


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
    request : ScanRequest
    n_found : int
    paths : tuple of Path
        Where was looked.
    skipped : tuple of (Path, str)
        Folders that could not be listed, and why.
    foreign : tuple of QUrl
        What is not on this computer.
    """

    n_found: int
    paths: tuple[Path, ...]
    skipped: tuple[tuple[Path, str], ...]
    foreign: tuple[QUrl, ...]


@dataclass(frozen=True)
class PathsFound:
    """A batch of a scan."""

    paths: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True, eq=False)
class ClassifyRequest:
    """Classify what the feed holds, and what is put into it meanwhile."""

    predictor: Any
    feed: PathFeed


@dataclass(frozen=True, eq=False)
class CompleteRequest:
    """Score every patch of a track of which some were scored."""

    predictor: Any
    path: str


@dataclass(frozen=True)
class TrackTaken:
    """A track's turn has come."""

    path: str


def load_model(services: Services) -> Callable[[LoadRequest, Report], Any]:
    """Work of the model worker: gives a `BundlesFound` first, the loaded predictor at last."""

    def work(request: LoadRequest, report: Report) -> Any:
        bundles = tuple(services.list_bundles())
        chosen = request.bundle or services.default_bundle()
        report.partial(BundlesFound(bundles, chosen))
        return None if report.is_cancelled() else services.load_predictor(chosen)

    return work


def scan_paths(services: Services) -> Callable[[ScanRequest, Report], ScanSummary]:
    """Work of the scan worker: gives `PathsFound` batches, then a `ScanSummary`."""

    def work(request: ScanRequest, report: Report) -> ScanSummary:
        paths, foreign = paths_from_urls(request.urls)
        paths = [*request.paths, *paths]
        skipped: list[tuple[Path, str]] = []
        batch: list[str] = []
        n_found = 0
        sent_at = time.monotonic()

        def send() -> None:
            nonlocal n_found, sent_at
            if batch:
                report.partial(PathsFound(tuple(batch), is_first=n_found == 0))
            n_found += len(batch)
            batch.clear()
            sent_at = time.monotonic()

        def on_skipped(path: Path, reason: str) -> None:
            skipped.append((path, reason))

        for path in services.scan(paths, on_skipped, report.is_cancelled):
            batch.append(os.path.abspath(path))
            # The first one goes at once: it is what the user looks at.
            if n_found == 0 or len(batch) >= _BATCH or time.monotonic() - sent_at > _BATCH_S:
                send()
        send()
        return ScanSummary(n_found, tuple(paths), tuple(skipped), tuple(foreign))

    return work


def complete_track(services: Services) -> Callable[[CompleteRequest, Report], TrackResult | None]:
    """Work of the completing worker: gives a `TrackResult`, None once cancelled."""

    def work(request: CompleteRequest, report: Report) -> TrackResult | None:
        return services.classify_fully(Path(request.path), request.predictor, report.is_cancelled)

    return work


def classify_feed(services: Services) -> Callable[[ClassifyRequest, Report], None]:
    """Work of the classifying worker: gives a `TrackTaken` and a `TrackResult` a track."""

    def work(request: ClassifyRequest, report: Report) -> None:
        def taken() -> Iterator[Path]:
            while (path := request.feed.take()) is not None:
                report.partial(TrackTaken(str(path)))
                yield path

        for result in services.classify(taken(), request.predictor, report.is_cancelled):
            report.partial(result)

    return work
