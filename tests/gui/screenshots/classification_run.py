"""Pictures of a classification run: paused, stopped, continued with another model; the pass over a whole track."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMessageBox

from genre_desktop.gui.tracks.track import State
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import TrackResult
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import SlowClassifier, changed, make_bundle, make_prediction, with_engines
from tests.gui.screenshots.screenshot_taker import SIZES, ScreenshotTaker
from tests.gui.support.library_rows import library


class HalfwayEngine:
    """An engine that stays at 40 % of a track until an event is set."""

    unkept = ()

    def __init__(self) -> None:
        self.may_answer = threading.Event()

    def classify(
        self, feed: PathQueue, _predictor: Any, *, is_cancelled: Callable[[], bool], on_progress: Any, **_: Any
    ) -> Iterator[TrackResult]:
        path = feed.take()
        assert path is not None
        on_progress(path, 0.4)
        while not self.may_answer.wait(0.01):
            if is_cancelled():
                return
        yield TrackResult(path, make_prediction("blues", 0.71, duration_s=80.0), None, "test-model")

    def close(self) -> None:
        pass


def _answer_from_few_patches(path: Path) -> TrackResult:
    return TrackResult(path, make_prediction(duration_s=80.0, is_complete=False), None, "test-model")


def take_run(taker: ScreenshotTaker, sample_tracks: list[Path]) -> None:
    """Pictures of a run over three thousand tracks, then of the pass over one."""
    take, settle, wait = taker.take, taker.settle, taker.wait
    slow = SlowClassifier()
    services = taker.services
    window = taker.open(
        with_engines(changed(services, load_predictor=lambda bundle: Predictor(bundle, _forward)), slow)
    )
    wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    rows = list(library(3000))
    tracks = window.session.tracks
    tracks.add(path for path, _ in rows)
    tracks.set_summaries(rows)
    left = list(tracks.tracks())[1240:]
    tracks.drop_results(left, State.WAITING)
    window.session.queue.add(left)
    window.table.select_row(3)
    for _ in range(30):
        slow.let(3)
        settle(0.1)
    window.session.emit_status()
    take(window, "16-run")
    window.close()
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    taker.take_over(window, box, "16-quit")
    box.reject()
    window.session.pause()
    settle()
    take(window, "16-paused", SIZES[:1])
    window.session.cancel()
    settle()
    take(window, "16-stopped")
    window.model_selection.choose(make_bundle("gtzan-musicnn"))
    wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    settle()
    take(window, "16-offered")
    taker.close(window)
    _take_pass(taker, sample_tracks)


def _take_pass(taker: ScreenshotTaker, tracks: list[Path]) -> None:
    half, quick = HalfwayEngine(), SlowClassifier(_answer_from_few_patches)
    quick.let(100)
    window = taker.open(with_engines(taker.services, quick, half))
    taker.wait(lambda: not window.session.status().needs_model)
    window.session.open(tracks[:3])
    taker.wait(lambda: window.session.selected.whole_pass.share == 0.4 and not window.session.reader.is_reading)
    taker.settle(1.0)
    taker.take(window, "17-pass")
    half.may_answer.set()
    taker.wait(lambda: bool(window.session.selected.whole_pass.outcome))
    taker.settle()
    taker.take(window, "17-pass-done")
    taker.close(window)


def _forward(patches: Any) -> Any:
    raise NotImplementedError
