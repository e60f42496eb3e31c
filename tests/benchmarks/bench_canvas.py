"""Zooming and panning in a 4-minute and in a three-hour track, by real wheel and mouse events at display rate.

``pytest tests/benchmarks/bench_canvas.py -s`` prints how long events and painting take, and the gaps of the event loop:
the time between two beats of a timer that wants to beat each millisecond. "Thereof" is what the thread itself computed
while painting: on a busy machine the rest is the other programs' doing.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import TileKey
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.widgets.theme import LIGHT
from tests.gui.support.track_pictures import FakeReader, picture, tile, two_genres

SECONDS = 5.0
FRAME_MS = 16
TILE_DELAY_S = 0.01
SIZE = (1_100, 800)


class TimedPlots(TrackPlots):
    """Notes what painting takes."""

    def __init__(self) -> None:
        super().__init__(LIGHT)
        self.paint_ms: list[float] = []
        self.paint_cpu_ms: list[float] = []

    def paintEvent(self, event: object) -> None:  # noqa: N802
        began, cpu = time.perf_counter(), time.thread_time()
        super().paintEvent(event)  # type: ignore[arg-type]
        self.paint_cpu_ms.append(1e3 * (time.thread_time() - cpu))
        self.paint_ms.append(1e3 * (time.perf_counter() - began))


class Pulse:
    """Gaps between the beats of a timer."""

    def __init__(self, parent: QWidget) -> None:
        self.gaps_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(parent, interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append(1e3 * (now - self._last))
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def wheel(plots: QWidget, where: QPointF, along: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        where,
        QPointF(plots.mapToGlobal(where.toPoint())),
        QPoint(),
        QPoint(0, along),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.postEvent(plots, event)


def mouse(plots: QWidget, kind: QEvent.Type, where: QPointF, held: Qt.MouseButton) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, where, QPointF(plots.mapToGlobal(where.toPoint())), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.postEvent(plots, event)


def zooms(plots: TrackPlots) -> Callable[[int], None]:
    """In as far as it goes about one point, out again, a little scrolling in between."""

    def step(number: int) -> None:
        where = QPointF(120 + 7 * (number % 100), 400)
        scrolls = number % 8 == 7
        modifiers = Qt.KeyboardModifier.ShiftModifier if scrolls else Qt.KeyboardModifier.NoModifier
        wheel(plots, where, 120 if (number // 60) % 2 == 0 else -120, modifiers)

    return step


def drags(plots: TrackPlots) -> Callable[[int], None]:
    """Across the plots and back, in a view of an eighth of the track and in one of some seconds."""
    none = Qt.MouseButton.NoButton

    def step(number: int) -> None:
        phase = number % 50
        at = QPointF(100 + 17 * phase, 300) if (number // 50) % 2 == 0 else QPointF(950 - 17 * phase, 300)
        if phase == 0:
            if number % 150 == 0:
                length = plots.time_axis.duration_s / 8 if number % 300 == 0 else 6.0
                plots.time_axis.show(60.0, 60.0 + length)
            mouse(plots, QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)
        elif phase == 49:
            mouse(plots, QEvent.Type.MouseButtonRelease, at, none)
        else:
            mouse(plots, QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)

    return step


def plays(plots: TrackPlots) -> Callable[[int], None]:
    """Only the playhead moves."""
    plots.time_axis.show(0, 30)
    return lambda number: plots.set_playhead(number * FRAME_MS / 1e3)


@pytest.fixture(params=[240.0, 10_800.0], ids=["4 minutes", "3 hours"])
def plots(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[TimedPlots]:
    made = TimedPlots()
    made.resize(*SIZE)
    made.show()
    qtbot.waitExposed(made)
    made.show_picture(picture(request.param, n_columns=4_096))
    made.show_segments(two_genres(request.param), request.param)
    gc.freeze()  # as the program does once its model is loaded (gui/jobs.py)
    reader = FakeReader(made, TILE_DELAY_S, tile(made.picture_config(), TileKey(3, 10)).levels)
    qtbot.wait(200)
    yield made
    reader.close()
    QApplication.processEvents()
    made.close()
    shiboken6.delete(made)


@pytest.mark.parametrize("act", [zooms, drags, plays])
def test_frames(qtbot: QtBot, plots: TimedPlots, act: Callable[[TrackPlots], Callable[[int], None]]) -> None:
    step = act(plots)
    numbers = count()
    plots.paint_ms.clear()
    plots.paint_cpu_ms.clear()
    pulse = Pulse(plots)
    ticker = QTimer(plots, interval=FRAME_MS)
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(lambda: step(next(numbers)))
    began = time.perf_counter()
    ticker.start()
    qtbot.wait(int(1e3 * SECONDS))
    ticker.stop()
    pulse.stop()
    took = time.perf_counter() - began
    n_frames = len(plots.paint_ms)
    duration = plots.time_axis.duration_s
    print(
        f"\n{act.__name__} in {duration:,.0f} s of sound: {n_frames / took:.1f} frames a second of {1e3 / FRAME_MS:.1f}"
    )
    told("painting", plots.paint_ms)
    told("thereof", plots.paint_cpu_ms)
    told("gaps", pulse.gaps_ms)
    assert n_frames > 0


def told(name: str, values_ms: list[float]) -> None:
    median, p95, p99 = np.percentile(values_ms, [50, 95, 99])
    print(f"  {name:9s} median {median:5.1f}  p95 {p95:5.1f}  p99 {p99:5.1f}  max {max(values_ms):5.1f} ms")
