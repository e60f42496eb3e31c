"""Mouse, wheel and keys on the plots of a track."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import Span
from tests.gui.support.canvas_driver import at, drag, wheel
from tests.gui.support.track_pictures import picture

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier


@pytest.mark.parametrize("modifiers", [Modifier.NoModifier, Modifier.ControlModifier])
def test_the_wheel_zooms_about_the_cursor(plots: TrackPlots, modifiers: Modifier) -> None:
    plots.show_picture(picture(10.0))
    where = at(plots, 2.5)
    before = plots.plot_geometry().scale.seconds(where.x())
    wheel(plots, where, y=240, modifiers=modifiers)
    start, end = plots.time_axis.visible_s
    assert end - start == pytest.approx(10 * 0.8**2)
    assert plots.plot_geometry().scale.seconds(where.x()) == pytest.approx(before)
    wheel(plots, where, y=-1200, modifiers=modifiers)
    assert plots.time_axis.visible_s == (0, 10)


def test_the_wheel_scrolls_sideways_and_with_shift(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.time_axis.show(4, 6)
    wheel(plots, at(plots, 5), x=-120)
    start, end = plots.time_axis.visible_s
    assert start > 4 and end - start == pytest.approx(2)
    wheel(plots, at(plots, 5), y=120, modifiers=Modifier.ShiftModifier)
    assert plots.time_axis.visible_s == pytest.approx((4, 6))


@pytest.mark.parametrize("lane", ["waveform", "spectrogram", "bars"])
@pytest.mark.parametrize("button", [Button.LeftButton, Button.MiddleButton])
def test_dragging_pans_the_visible_range(plots: TrackPlots, lane: str, button: Button) -> None:
    plots.show_picture(picture(10.0))
    plots.time_axis.show(4, 6)
    clicked: list[float] = []
    plots.time_clicked.connect(clicked.append)
    drag(plots, at(plots, 5.0, lane), at(plots, 5.5, lane), button)
    assert plots.time_axis.visible_s == pytest.approx((3.5, 5.5), abs=0.01)
    assert clicked == [], "a drag is no click"


def test_a_click_reports_time_and_segment(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 5, "jazz", 0.64), Segment(5, 10, "pop", 0.6)], 10.0)
    seconds: list[float] = []
    segments: list[Span] = []
    plots.time_clicked.connect(seconds.append)
    plots.segment_clicked.connect(segments.append)
    in_the_strip: list[Span] = []
    plots.timeline_clicked.connect(in_the_strip.append)
    qtbot.mouseClick(plots, Button.LeftButton, pos=at(plots, 7.0, "bars"))
    assert [span.genre for span in in_the_strip] == ["pop"] and not seconds
    qtbot.mouseClick(plots, Button.LeftButton, pos=at(plots, 7.0, "waveform"))
    assert seconds == [pytest.approx(7.0, abs=0.02)] and len(in_the_strip) == 1
    assert segments == [Span(5, 10, "pop", 0.6)] * 2
    qtbot.mouseClick(plots, Button.LeftButton, pos=QPoint(2, 200))
    assert len(seconds) == 1, "beside the plots there is no time"


def test_a_movement_below_the_drag_distance_is_still_a_click(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    emitted: list[float] = []
    plots.time_clicked.connect(emitted.append)
    where = at(plots, 5)
    drag(plots, where, where + QPoint(QApplication.startDragDistance() - 1, 0))
    assert len(emitted) == 1 and plots.time_axis.visible_s == (0, 10)


def test_a_drag_without_a_release_event_ends_with_the_next_move(plots: TrackPlots) -> None:
    plots.show_picture(picture(60.0))
    plots.time_axis.show(10.0, 20.0)
    where = QPointF(plots.plot_geometry().layout.spectrogram.center())

    def send(kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
        button = Qt.MouseButton.LeftButton if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, at, plots.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(plots, event)

    send(QEvent.Type.MouseButtonPress, where, Qt.MouseButton.LeftButton)
    send(QEvent.Type.MouseMove, where + QPointF(80, 0), Qt.MouseButton.NoButton)
    assert plots.time_axis.visible_s == (10.0, 20.0)


def test_a_double_click_fits_the_region_then_the_track(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.selection.select(2, 3)
    qtbot.mouseDClick(plots, Button.LeftButton, pos=at(plots, 5))
    assert plots.time_axis.visible_s == pytest.approx((2, 3))
    qtbot.mouseDClick(plots, Button.LeftButton, pos=at(plots, 2.5))
    assert plots.time_axis.visible_s == (0, 10)
    plots.selection.clear()
    plots.time_axis.zoom(0.1)
    qtbot.mouseDClick(plots, Button.LeftButton, pos=at(plots, 5))
    assert plots.time_axis.visible_s == (0, 10)


def test_escape_clears_the_region_and_is_left_to_the_window_without_one(plots: TrackPlots) -> None:
    def is_taken() -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Modifier.NoModifier)
        QApplication.sendEvent(plots, event)
        return event.isAccepted()

    plots.show_picture(picture(10.0))
    assert not is_taken()
    plots.selection.select(1, 2)
    assert is_taken() and plots.selection.region is None


def test_keys_scroll_and_zoom(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.setFocus()
    plots.time_axis.show(4, 6)
    for key, moves in ((Key.Key_Right, 0.2), (Key.Key_Left, -0.2), (Key.Key_PageDown, 1.8), (Key.Key_PageUp, -1.8)):
        before = plots.time_axis.visible_s[0]
        qtbot.keyClick(plots, key)
        assert plots.time_axis.visible_s[0] - before == pytest.approx(moves)
    qtbot.keyClick(plots, Key.Key_End)
    assert plots.time_axis.visible_s == pytest.approx((8, 10))
    qtbot.keyClick(plots, Key.Key_Home)
    assert plots.time_axis.visible_s == pytest.approx((0, 2))
    qtbot.keyClick(plots, Key.Key_Up)
    assert plots.time_axis.visible_s[1] - plots.time_axis.visible_s[0] == pytest.approx(1.2)
    qtbot.keyClick(plots, Key.Key_Minus)
    assert plots.time_axis.visible_s[1] - plots.time_axis.visible_s[0] == pytest.approx(2)
    qtbot.keyClick(plots, Key.Key_0)
    assert plots.time_axis.visible_s == (0, 10)
