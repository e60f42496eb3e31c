"""The visible range of a track: zooming, scrolling, and another length."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from genre_desktop.gui.canvas.time_axis import TimeAxis
from genre_desktop.gui.canvas.track_plots import TrackPlots
from tests.gui.support.track_pictures import picture

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier


def test_a_view_keeps_its_fixed_point_while_zooming() -> None:
    time = TimeAxis()
    time.set_duration(100)
    time.show(20, 40)
    time.zoom(0.5, about_s=25)
    assert (time.start_s, time.end_s) == pytest.approx((22.5, 32.5))
    time.zoom(2, about_s=25)
    assert (time.start_s, time.end_s) == pytest.approx((20, 40))


def test_scrolling_keeps_the_length() -> None:
    time = TimeAxis()
    for duration in np.linspace(0.1, 300.0, 200):
        time.set_duration(float(duration))
        time.show_all()
        for share in (0.1, -0.1, 1e9):
            time.scroll(share)
            assert time.is_whole
        time.zoom(0.3)
        length = time.end_s - time.start_s
        time.scroll(1e9)
        assert time.end_s == pytest.approx(duration) and time.end_s - time.start_s == pytest.approx(length)


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


def test_a_track_that_turns_out_longer_is_still_seen_whole(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0, complete=False))
    plots.show_picture(picture(12.0))
    assert plots.time_axis.visible_s == (0, 12)
