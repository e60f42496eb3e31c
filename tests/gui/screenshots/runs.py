"""Pictures of work under way: the bar at every stage, another model chosen, the pass over a track, the question."""

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
from tests.gui.screenshots.screenshot import SIZES, Photographer
from tests.gui.support.library_rows import library


class HalfWay:
    """An engine that stays at 40 % of the track that is looked at, until it may answer."""

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


def _quick(path: Path) -> TrackResult:
    return TrackResult(path, make_prediction(duration_s=80.0, is_complete=False), None, "test-model")


def take_runs(photographer: Photographer, sounds: list[Path]) -> None:
    """A library of three thousand, run, paused, stopped, offered to another model; then the pass over a track."""
    take, settle, wait = photographer.take, photographer.settle, photographer.wait
    slow = SlowClassifier()
    services = photographer.services
    window = photographer.open(
        with_engines(changed(services, load_predictor=lambda bundle: Predictor(bundle, _nothing)), slow)
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
    photographer.take_over(window, box, "16-quit")
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
    photographer.close(window)

    half, quick = HalfWay(), SlowClassifier(_quick)
    quick.let(100)
    window = photographer.open(with_engines(services, quick, half))
    wait(lambda: not window.session.status().needs_model)
    window.session.open(sounds[:3])
    wait(lambda: window.session.selected.whole_pass.share == 0.4 and not window.session.reader.is_reading)
    settle(1.0)
    take(window, "17-pass")
    half.may_answer.set()
    wait(lambda: bool(window.session.selected.whole_pass.outcome))
    settle()
    take(window, "17-pass-done")
    photographer.close(window)


def _nothing(patches: Any) -> Any:
    raise NotImplementedError
