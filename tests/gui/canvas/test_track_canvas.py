"""What mouse, wheel and keys do to the plots of a track."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import PictureConfig
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import Span
from tests.gui.support.canvas_driver import at, drag, image_of, wheel
from tests.gui.support.track_pictures import picture

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier

# -- time ----------------------------------------------------------------------------------


def test_zoom_and_scrolling_stay_inside_the_track(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    for _ in range(20):
        plots.time_axis.zoom(2.0)
    assert plots.time_axis.visible_s == (0, 10)
    plots.time_axis.zoom(0.2)
    for _ in range(20):
        plots.time_axis.scroll(0.5)
    assert plots.time_axis.visible_s[1] == pytest.approx(10)
    for _ in range(20):
        plots.time_axis.scroll(-0.5)
    assert plots.time_axis.visible_s[0] == pytest.approx(0)
    for _ in range(60):
        plots.time_axis.zoom(0.5)
    assert plots.time_axis.visible_s[1] - plots.time_axis.visible_s[0] == pytest.approx(0.005)
    plots.time_axis.show_all()
    assert plots.time_axis.visible_s == (0, 10)


def test_the_zoom_stays_while_more_of_the_same_track_arrives(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0, complete=False))
    plots.time_axis.zoom(0.5)
    zoomed = plots.time_axis.visible_s
    plots.show_picture(picture(10.0))
    assert plots.time_axis.visible_s == zoomed
    plots.show_picture(picture(20.0, path="/m/b.wav"))
    assert plots.time_axis.visible_s == (0, 20)


def test_another_analysis_leaves_waveform_and_zoom_alone(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.time_axis.show(8, 9)
    before = image_of(plots).copy(plots.plot_geometry().layout.waveform.toRect())
    part = picture(3.0, config=PictureConfig(n_fft=512), complete=False)
    plots.show_picture(part)
    assert plots.time_axis.visible_s == (8, 9)
    assert image_of(plots).copy(plots.plot_geometry().layout.waveform.toRect()) == before
    plots.show_picture(picture(3.0, path="/m/b.wav", complete=False))
    assert plots.time_axis.visible_s == (0, 3)


def test_a_track_that_turns_out_longer_is_still_seen_whole(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0, complete=False))
    plots.show_picture(picture(12.0))
    assert plots.time_axis.visible_s == (0, 12)


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
def test_dragging_moves_the_track_with_the_hand(plots: TrackPlots, lane: str, button: Button) -> None:
    plots.show_picture(picture(10.0))
    plots.time_axis.show(4, 6)
    clicked: list[float] = []
    plots.time_clicked.connect(clicked.append)
    drag(plots, at(plots, 5.0, lane), at(plots, 5.5, lane), button)
    assert plots.time_axis.visible_s == pytest.approx((3.5, 5.5), abs=0.01)
    assert clicked == [], "a drag is no click"


def test_a_click_tells_second_and_segment(qtbot: QtBot, plots: TrackPlots) -> None:
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


def test_a_trembling_hand_still_clicks(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    heard: list[float] = []
    plots.time_clicked.connect(heard.append)
    where = at(plots, 5)
    drag(plots, where, where + QPoint(QApplication.startDragDistance() - 1, 0))
    assert len(heard) == 1 and plots.time_axis.visible_s == (0, 10)


# -- the region ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lane", "modifiers"), [("ruler", Modifier.NoModifier), ("spectrogram", Modifier.ShiftModifier)]
)
def test_a_region_is_selected_adjusted_and_dropped(
    qtbot: QtBot, plots: TrackPlots, lane: str, modifiers: Modifier
) -> None:
    plots.show_picture(picture(10.0))
    heard: list[tuple[float, float] | None] = []
    plots.selection.region_changed.connect(heard.append)
    drag(plots, at(plots, 6.0, lane), at(plots, 2.0, lane), modifiers=modifiers)
    assert plots.selection.region == pytest.approx((2, 6), abs=0.02)
    assert heard == [plots.selection.region], "told once"
    assert plots.time_axis.visible_s == (0, 10)
    drag(plots, at(plots, plots.selection.region[1], "waveform"), at(plots, 8.0, "waveform"))
    assert plots.selection.region == pytest.approx((2, 8), abs=0.02)
    drag(plots, at(plots, plots.selection.region[0], "waveform"), at(plots, 9.0, "waveform"))
    assert plots.selection.region == pytest.approx((8, 9), abs=0.02), "one edge may pass the other"
    plots.setFocus()
    qtbot.keyClick(plots, Key.Key_Escape)
    assert plots.selection.region is None and heard[-1] is None and len(heard) == 4


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


def test_a_region_stays_inside_the_track_and_goes_with_it(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.selection.select(-3, 40)
    assert plots.selection.region == (0, 10)
    plots.show_picture(picture(10.0, path="/m/b.wav"))
    assert plots.selection.region is None


def test_escape_drops_the_region_and_is_the_windows_where_there_is_none(plots: TrackPlots) -> None:
    def is_taken() -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Modifier.NoModifier)
        QApplication.sendEvent(plots, event)
        return event.isAccepted()

    plots.show_picture(picture(10.0))
    assert not is_taken()
    plots.selection.select(1, 2)
    assert is_taken() and plots.selection.region is None


# -- keys ----------------------------------------------------------------------------------


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


def test_keys_read_and_select(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.setFocus()
    said: list[str] = []
    plots.readout_changed.connect(said.append)
    clicked: list[float] = []
    plots.time_clicked.connect(clicked.append)
    qtbot.keyClick(plots, Key.Key_Right, Modifier.ControlModifier)
    assert said[-1].startswith("0:05.1") and "Hz" in said[-1] and "dB" in said[-1]
    assert said[-1] in plots.accessibleDescription()
    low = float(said[-1].split()[1].replace(",", ""))
    qtbot.keyClick(plots, Key.Key_Up, Modifier.ControlModifier)
    assert float(said[-1].split()[1].replace(",", "")) > low
    qtbot.keyClick(plots, Key.Key_Return)
    assert clicked == [pytest.approx(5.1)]
    for _ in range(3):
        qtbot.keyClick(plots, Key.Key_Right, Modifier.ShiftModifier)
    assert plots.selection.region == pytest.approx((5.1, 5.4))
    for _ in range(5):
        qtbot.keyClick(plots, Key.Key_Left, Modifier.ShiftModifier)
    assert plots.selection.region == pytest.approx((4.9, 5.1))
