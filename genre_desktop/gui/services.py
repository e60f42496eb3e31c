"""What the window asks of the rooms below, in one place that tests can replace.

Everything heavy is imported inside the functions: this module is on the path that
opens the window.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop import locations

if TYPE_CHECKING:
    from genre_desktop.gui.overview import OverviewRequest, TrackOverview
    from genre_desktop.gui.worker import Report
    from genre_desktop.library.result import TrackResult
    from genre_desktop.model.bundle import ModelBundle

IsCancelled = Callable[[], bool]


def _list_bundles() -> list[ModelBundle]:
    from genre_desktop.model.catalogue import list_bundles

    return list_bundles()


def _default_bundle() -> ModelBundle:
    from genre_desktop.model.catalogue import default_bundle

    return default_bundle()


def _load_predictor(bundle: ModelBundle) -> Any:
    from genre_desktop.model.predictor import Predictor

    return Predictor.load(bundle)


def _scan(paths: Iterable[Path], on_skipped: Callable[[Path, str], None], is_cancelled: IsCancelled) -> Iterator[Path]:
    from genre_desktop.library.scan import scan

    return scan(paths, on_skipped=on_skipped, is_cancelled=is_cancelled)


def _classify(paths: Iterable[Path], predictor: Any, is_cancelled: IsCancelled) -> Iterator[TrackResult]:
    from genre_desktop.library.classify import classify_tracks

    return classify_tracks(paths, predictor, is_cancelled=is_cancelled)


def _classify_fully(path: Path, predictor: Any, is_cancelled: IsCancelled) -> TrackResult | None:
    from genre_desktop.library.classify import classify_tracks

    return next(classify_tracks([path], predictor, every_patch=True, jobs=1, is_cancelled=is_cancelled), None)


def _overview(request: OverviewRequest, report: Report) -> TrackOverview | None:
    from genre_desktop.gui.overview import read_overview

    return read_overview(request, report)


def _prepare_canvas() -> None:
    # Brings pyqtgraph: a third of a second, but no Qt object is made while it is imported.
    importlib.import_module("genre_desktop.gui.plots")


def _prepare_decoders() -> None:
    # What the first track would otherwise wait for: half a second.
    for module in ("av", "soundfile", "soxr", "scipy.fft", "genre_desktop.library.classify"):
        importlib.import_module(module)


@dataclass(frozen=True)
class Services:
    """The functions of the lower rooms that the window calls, all on worker threads."""

    list_bundles: Callable[[], list[ModelBundle]] = _list_bundles
    default_bundle: Callable[[], ModelBundle] = _default_bundle
    load_predictor: Callable[[ModelBundle], Any] = _load_predictor
    scan: Callable[[Iterable[Path], Callable[[Path, str], None], IsCancelled], Iterator[Path]] = _scan
    classify: Callable[[Iterable[Path], Any, IsCancelled], Iterator[TrackResult]] = _classify
    classify_fully: Callable[[Path, Any, IsCancelled], TrackResult | None] = _classify_fully
    overview: Callable[[OverviewRequest, Report], TrackOverview | None] = _overview
    prepare_canvas: Callable[[], None] = _prepare_canvas
    prepare_decoders: Callable[[], None] = _prepare_decoders
    demo_clips: Callable[[], Path] = locations.demo_clips
