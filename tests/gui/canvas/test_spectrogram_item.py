"""The spectrogram: overview and tiles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import (
    FrequencyRange,
    PictureConfig,
    SpectrogramTile,
    TileKey,
    TrackPicture,
)
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.export.canvas_drawing import Heading, draw_svg
from genre_desktop.gui.widgets.theme import LIGHT
from tests.gui.support.canvas_driver import image_of
from tests.gui.support.track_pictures import FakeReader, picture

DURATION_S = 60.0


def half_silent() -> TrackPicture:
    """Nothing for half a minute, then the loudest at all frequencies."""
    levels = np.zeros((600, 384), np.uint8)
    levels[300:] = 240
    return replace(picture(DURATION_S), spectrogram=SpectrogramTile(levels, 0.0, 0.1))


def test_the_loudest_frequency_is_where_its_tick_is(plots: TrackPlots) -> None:
    for scale in ("mel", "log", "linear"):
        config = PictureConfig(scale=scale)
        axis = FrequencyRange.of(config, 44_100)
        made = picture(10.0, config=config, path=f"/m/{scale}.wav")
        levels = np.zeros_like(made.spectrogram.levels)
        row = int(float(axis.place(1000.0)) * config.n_rows)
        levels[:, row - 3 : row + 4] = 255
        object.__setattr__(made.spectrogram, "levels", levels)
        plots.show_picture(made)
        image = image_of(plots)
        lane = plots.plot_geometry().layout.spectrogram
        x = round(lane.center().x())
        brightness = [image.pixelColor(x, y).lightness() for y in range(int(lane.top()), int(lane.bottom()))]
        bright = lane.top() + float(np.mean(np.flatnonzero(np.array(brightness) > 128)))
        assert bright == pytest.approx(lane.bottom() - float(axis.place(1000.0)) * lane.height(), abs=2.5)


@pytest.mark.parametrize(("view", "is_loud"), [((0.0, 25.0), False), ((35.0, 60.0), True)])
def test_a_drawing_shows_the_stretch_that_is_seen(plots: TrackPlots, view: tuple[float, float], is_loud: bool) -> None:
    plots.show_picture(half_silent())
    plots.time_axis.show(*view)
    drawing = draw_svg(plots.paint_to, Heading("a", "", ""), QSize(700, 460), LIGHT)
    image = QImage(700, 524, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(drawing).render(painter, QRectF(0, 0, 700, 524))
    painter.end()
    lane = plots.plot_geometry().layout.spectrogram
    for share in (0.1, 0.5, 0.9):
        colour = image.pixelColor(int(lane.left() + share * lane.width()), int(64 + lane.center().y()))
        assert (QColor(colour).lightness() > 128) is is_loud


def test_a_tile_is_painted_over_the_overview(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(240.0, n_columns=240))
    plots.time_axis.show(100, 101)
    coarse = image_of(plots)
    qtbot.waitUntil(lambda: bool(reader.asked) and len(plots._plot_painter.spectrogram) >= len(reader.asked[0][1]))
    assert image_of(plots) != coarse


def test_tiles_are_dropped_beyond_a_limit_and_with_their_track(qtbot: QtBot, plots: TrackPlots) -> None:
    from genre_desktop.audio.picture.messages import TileMade
    from tests.gui.support.track_pictures import tile

    plots.show_picture(picture(240.0))
    config = PictureConfig()
    made = tile(config, TileKey(0, 0))
    for index in range(400):
        plots.show_tile(TileMade(1, config, TileKey(0, index), made))
    assert len(plots._plot_painter.spectrogram) == 150
    assert plots._plot_painter.spectrogram.missing_tiles([TileKey(0, 399)]) == []
    plots.show_picture(picture(240.0, path="/m/b.wav"))
    assert len(plots._plot_painter.spectrogram) == 0
