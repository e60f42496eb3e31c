"""Requests for the data that the visible part of the plots needs."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import (
    PictureConfig,
    TileKey,
)
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.plot_painter import PlotPainter
from genre_desktop.gui.canvas.plot_requests import PlotRequests
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.widgets.theme import LIGHT
from tests.gui.support.canvas_driver import at, colours_in, image_of, wheel
from tests.gui.support.track_pictures import FakeReader, picture


def test_only_visible_tiles_are_requested(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(240.0))
    qtbot.wait(80)
    assert reader.asked == [], "the coarse picture has a column for each pixel"
    plots.time_axis.show(100, 110)
    qtbot.waitUntil(lambda: len(reader.asked) == 1)
    _config, keys = reader.asked[0]
    level = keys[0].level
    length = TileKey(level, 0).length_s(44_100)
    assert {key.level for key in keys} == {level}
    assert {key.index for key in keys} == set(range(int(100 / length), int(110 / length) + 1))
    per_pixel = plots.plot_geometry().scale.seconds_per_pixel
    assert per_pixel / 2 < keys[0].hop / 44_100 <= per_pixel
    qtbot.waitUntil(lambda: len(plots._plot_painter.spectrogram) == len(keys))
    plots.time_axis.scroll(0.01)
    qtbot.wait(80)
    assert all(not set(more) & set(keys) for _config, more in reader.asked[1:]), "what is there is not asked for again"


def test_requests_are_rare_while_the_view_moves(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(240.0))
    for _ in range(30):
        wheel(plots, at(plots, plots.time_axis.visible_s[0] + 1e-3), y=120)
    assert len(reader.asked) <= 1


def test_samples_are_requested_in_a_close_zoom(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(60.0))
    plots.time_axis.show(30, 40)
    qtbot.wait(80)
    assert reader.asked_samples == []
    plots.time_axis.show(30, 30.01)
    qtbot.waitUntil(lambda: bool(reader.asked_samples))
    start, end = reader.asked_samples[0]
    assert start <= 30 and end >= 30.01 and end - start < 0.1
    image = image_of(plots)
    assert QColor(LIGHT.waveform).name() not in colours_in(image), "a line and no envelope"
    plots.time_axis.scroll(0.1)
    qtbot.wait(80)
    assert len(reader.asked_samples) == 1, "they reach a little further than the view"


def test_a_scale_chosen_without_a_track_is_requested(plots: TrackPlots) -> None:
    requested: list[PictureConfig] = []
    plots.requests.picture_requested.connect(requested.append)
    plots.set_settings(CanvasSettings(scale="linear"))
    assert [config.scale for config in requested] == ["linear"]


def test_a_request_is_made_once(qapp: QApplication) -> None:
    painter = PlotPainter(LIGHT, CanvasSettings())
    requests = PlotRequests(painter)
    tiles: list[tuple[TileKey, ...]] = []
    requests.tiles_requested.connect(lambda _config, keys: tiles.append(keys))

    def request() -> None:
        requests.request_missing(painter.geometry(QSizeF(700, 460), 1.0, QFont()))

    request()
    painter.show_picture(picture(240.0))
    painter.time_axis.show(100, 110)
    request()
    request()
    assert len(tiles) == 1
    requests.reset()
    request()
    assert len(tiles) == 2 and tiles[0] == tiles[1]
    requests.request_picture()
    request()
    assert len(tiles) == 3
