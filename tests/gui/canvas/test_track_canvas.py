"""Heading, message and plots of the selected track."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.prediction import Segment
from tests.gui.conftest import make_prediction
from tests.gui.support.track_pictures import picture


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> Iterator[TrackCanvas]:
    themes = ThemeSwitch(qapp, "light")
    made = TrackCanvas(themes, CanvasSettings(scale="log"))
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    shiboken6.delete(made)
    shiboken6.delete(themes)
    qapp.setStyleSheet("")


def test_a_picture_that_arrives_before_the_plots_is_drawn_with_them(canvas: TrackCanvas) -> None:
    canvas.show_reading(Track("/m/a.wav"))
    canvas.show_picture(picture(10.0))
    assert canvas.details.startswith("0:10 · WAV · 44.1") and canvas.plots is None
    canvas.build_plots()
    assert canvas.plots is not None and canvas._pages.currentWidget() is canvas.plots
    assert canvas.plots.time_axis.visible_s == (0, 10)
    assert canvas.plots.picture_config().scale == "log"
    assert canvas._readout.text().startswith("Wheel: zoom")
    plots = canvas.plots
    canvas.build_plots()
    assert canvas.plots is plots


def test_the_timeline_is_that_of_the_prediction(canvas: TrackCanvas) -> None:
    canvas.build_plots()
    assert canvas.plots is not None
    canvas.show_reading(Track("/m/a.wav"))
    canvas.show_prediction(make_prediction("jazz", segments=(Segment(0, 10, "jazz", 0.8),), duration_s=10.0))
    canvas.show_picture(picture(10.0))
    span = canvas.plots.timeline.span_at(5.0)
    assert span is not None and span.genre == "jazz"
    canvas.show_prediction(make_prediction("not music", segments=(Segment(0, 10, "jazz", 0.8),), duration_s=10.0))
    assert canvas.plots.timeline.span_at(5.0) is None


def test_an_error_of_the_track_takes_the_place_of_the_plots(canvas: TrackCanvas) -> None:
    canvas.build_plots()
    canvas.show_picture(picture(10.0))
    canvas.show_error(AudioEmptyError(path="/m/a.wav"))
    assert canvas._pages.currentWidget() is canvas._message
    assert canvas._message.text() and canvas.details == AudioEmptyError.code and canvas._readout.text() == ""


def test_without_plots_zoom_and_scrolling_do_nothing_and_the_reason_is_shown(canvas: TrackCanvas) -> None:
    canvas.zoom_time(0.5)
    canvas.scroll_time(0.5)
    canvas.show_plots_error(AudioEmptyError(path="plots"))
    canvas.show_picture(picture(10.0))
    assert "plots" in canvas._message.text() and canvas._pages.currentWidget() is canvas._message
    canvas.build_plots()
    canvas.zoom_time(0.5)
    assert canvas.plots is not None and canvas.plots.time_axis.visible_s == pytest.approx((2.5, 7.5))
    canvas.scroll_time(0.5)
    assert canvas.plots.time_axis.visible_s == pytest.approx((5.0, 10.0))
    canvas.zoom_time(None)
    assert canvas.plots.time_axis.visible_s == (0, 10)
