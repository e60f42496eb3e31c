"""What once went wrong on the canvas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import PictureConfig, SpectrogramTile, TrackPicture
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.time_axis import TimeAxis
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.export.canvas_export import Heading, draw_svg
from genre_desktop.gui.widgets.theme import LIGHT
from tests.gui.support.track_pictures import picture

DURATION_S = 60.0


@pytest.fixture
def plots(qtbot: QtBot) -> Iterator[TrackPlots]:
    made = TrackPlots(LIGHT)
    made.resize(700, 460)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    shiboken6.delete(made)


def half_silent() -> TrackPicture:
    """Nothing for half a minute, then the loudest at all frequencies."""
    levels = np.zeros((600, 384), np.uint8)
    levels[300:] = 240
    return replace(picture(DURATION_S), spectrogram=SpectrogramTile(levels, 0.0, 0.1))


@pytest.mark.parametrize(("view", "is_loud"), [((0.0, 25.0), False), ((35.0, 60.0), True)])
def test_a_drawing_shows_the_stretch_that_is_seen(plots: TrackPlots, view: tuple[float, float], is_loud: bool) -> None:
    plots.show_picture(half_silent())
    plots.time_axis.show(*view)
    drawing = draw_svg(plots, Heading("a", "", ""), QSize(700, 460), LIGHT)
    image = QImage(700, 524, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(drawing).render(painter, QRectF(0, 0, 700, 524))
    painter.end()
    lane = plots.plot_geometry().layout.spectrogram
    for share in (0.1, 0.5, 0.9):
        colour = image.pixelColor(int(lane.left() + share * lane.width()), int(64 + lane.center().y()))
        assert (QColor(colour).lightness() > 128) is is_loud


def test_a_large_font_leaves_the_legend_in_peace(plots: TrackPlots) -> None:
    plots.set_settings(CanvasSettings(low_db=-120, high_db=0))
    plots.show_picture(picture(10.0))
    plots._font.setPointSizeF(24)
    plots.resize(900, 220)
    plots._update_view()
    assert not plots.grab().isNull()


def test_a_scale_chosen_before_a_track_is_there_counts(plots: TrackPlots) -> None:
    wanted: list[PictureConfig] = []
    plots.requests.picture_requested.connect(wanted.append)
    plots.set_settings(CanvasSettings(scale="linear"))
    assert [config.scale for config in wanted] == ["linear"]


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


def test_a_drag_whose_end_nobody_told_ends_with_the_next_move(plots: TrackPlots) -> None:
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
