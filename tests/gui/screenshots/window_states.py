"""Pictures of the main window in its states."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt

from genre_desktop.core.errors import BundleHashError
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import changed
from tests.gui.screenshots.sample_tracks import rare_predictions
from tests.gui.screenshots.screenshot_taker import SIZES, ScreenshotTaker


class DelayedEngine:
    """An engine that classifies a track in full only once an event is set."""

    unkept = ()

    def __init__(self, engine: Any, may_begin: threading.Event) -> None:
        self._engine = engine
        self._may_begin = may_begin
        self.close = engine.close

    def classify(self, *arguments: Any, is_cancelled: Callable[[], bool], **options: Any) -> Iterator[TrackResult]:
        while not self._may_begin.wait(0.01):
            if is_cancelled():
                return
        yield from self._engine.classify(*arguments, is_cancelled=is_cancelled, **options)


def take_window_states(taker: ScreenshotTaker, tracks: list[Path], odd: list[Path]) -> None:
    """Pictures of the window: empty, with results, with odd files, while the model loads, without a model."""
    _take_results(taker, tracks, odd)
    _take_loading(taker, tracks)
    _take_no_model(taker, tracks)


def _take_results(taker: ScreenshotTaker, tracks: list[Path], odd: list[Path]) -> None:
    wait, take = taker.wait, taker.take
    services = taker.services

    may_complete = threading.Event()

    def delayed_engine(jobs: int) -> Any:
        engine = services.new_engine(jobs)
        return DelayedEngine(engine, may_complete) if jobs == 1 else engine

    window = taker.open(changed(services, new_engine=delayed_engine))
    wait(lambda: not window.session.status().needs_model)
    taker.settle()
    take(window, "1-empty")
    window._drop_overlay.cover()
    take(window, "2-drag", SIZES[:1])
    window._drop_overlay.hide()
    window.session.open(tracks)
    wait(lambda: len(window.session.tracks) >= len(tracks) and not window.session.is_busy)
    taker.settle()
    window.table.select_row(len(window.session.tracks) - 1)  # long enough for gaps between the patches
    wait(lambda: not window.session.reader.is_reading)
    take(window, "4-heard-in-parts", SIZES[:1])
    may_complete.set()
    wait(lambda: not window.session.queue.full_classifier.busy)
    taker.settle()
    take(window, "4-results")
    for name, prediction in rare_predictions().items():
        track = next(iter(window.session.tracks.tracks()))
        window.table.select(track)
        wait(lambda: not window.session.reader.is_reading and not window.session.queue.full_classifier.busy)
        window.session.set_result(TrackResult(Path(track.path), prediction, None, prediction.model))
        window.session.selected.refresh()
        take(window, f"4-verdict-{name}")
    window.canvas.plots.time_axis.zoom(0.2)
    window.table.filters.line.setText("a")
    window.table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    take(window, "5-zoom", SIZES[:1])
    window.table.filters.line.clear()
    window.table.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    window.session.open(odd)
    wait(lambda: len(window.session.tracks) >= len(tracks) + len(odd) and not window.session.is_busy)
    for number, path in enumerate(odd[:4]):
        track = window.session.tracks.find(path)
        assert track is not None
        window.table.select(track)
        wait(lambda: not window.session.reader.is_reading)
        taker.settle()
        take(window, f"6-odd-{number}", SIZES[:1])
    menu = window.actions_.context_menu(window)
    menu.popup(window.mapToGlobal(QPoint(100, 200)))
    taker.settle(0.1)
    menu.grab().save(str(taker.folder / "8-menu.png"))
    menu.close()
    taker.close(window)


def _take_loading(taker: ScreenshotTaker, tracks: list[Path]) -> None:
    services = taker.services
    may_load = threading.Event()

    def load_late(bundle: Any) -> Any:
        may_load.wait(60)
        return services.load_predictor(bundle)

    window = taker.open(changed(services, load_predictor=load_late))
    window.session.open(tracks)
    taker.wait(lambda: len(window.session.tracks) >= len(tracks))
    taker.settle(1.0)
    taker.take(window, "3-loading", SIZES[:1])
    may_load.set()
    taker.wait(lambda: any(track.state is State.DONE for track in window.session.tracks.tracks()))
    taker.close(window)


def _take_no_model(taker: ScreenshotTaker, tracks: list[Path]) -> None:
    def refuse(bundle: Any) -> Any:
        raise BundleHashError(path=bundle.path, received="4fd1c0aa9e12", expected="b7e0d1f2a3c4")

    window = taker.open(changed(taker.services, load_predictor=refuse))
    window.session.open(tracks)
    taker.wait(lambda: len(window.session.tracks) >= len(tracks))
    taker.settle(1.0)
    taker.take(window, "7-no-model", SIZES[:1])
    taker.close(window)
