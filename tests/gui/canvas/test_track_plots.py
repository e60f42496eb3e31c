"""What the plots of a track draw."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import (
    PictureConfig,
)
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.overlay import PLAYHEAD_COLOUR
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.widgets.theme import DARK, LIGHT
from genre_desktop.model.genre_colours import genre_colour
from genre_desktop.model.prediction import Segment
from tests.gui.support.canvas_driver import at, colours_in, image_of
from tests.gui.support.track_pictures import FakeReader, picture

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier


def test_everything_is_drawn(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 6, "reggae", 0.6), Segment(4, 10, "pop", 0.6)], 10.0)
    seen = colours_in(image_of(plots))
    for colour in (LIGHT.waveform, LIGHT.waveform_core, genre_colour("reggae"), genre_colour("pop")):
        assert QColor(colour).name() in seen


def test_colours_and_levels_change_without_a_request(plots: TrackPlots, reader: FakeReader) -> None:
    requested: list[object] = []
    plots.requests.picture_requested.connect(requested.append)
    plots.show_picture(picture(10.0))
    before = colours_in(image_of(plots))
    plots.set_settings(CanvasSettings(colour_map="viridis"))
    other = colours_in(image_of(plots))
    assert before != other
    plots.set_settings(CanvasSettings(colour_map="viridis", low_db=-60, high_db=-30))
    assert colours_in(image_of(plots)) != other
    assert requested == []
    plots.set_settings(CanvasSettings(scale="log"))
    assert requested == [PictureConfig(scale="log")]
    plots.set_settings(CanvasSettings(scale="log", n_fft=512))
    assert requested[-1] == PictureConfig(scale="log", n_fft=512)


def test_another_theme_is_applied(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    for colours in (DARK, LIGHT):
        plots.set_colours(colours)
        image = image_of(plots)
        assert image.pixelColor(3, 3) == QColor(colours.base)
        assert QColor(colours.waveform_core).name() in colours_in(image)


def test_a_track_without_columns_yet_is_drawn(plots: TrackPlots) -> None:
    plots.show_picture(picture(9.0, n_columns=1, complete=False))
    made = picture(9.0)
    object.__setattr__(made.spectrogram, "levels", made.spectrogram.levels[:0])
    plots.show_picture(made)
    assert not image_of(plots).isNull()


class Painted(QObject):
    """Notes how wide the parts are that are painted anew, and how often all is drawn."""

    def __init__(self, plots: TrackPlots, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(plots)
        self.widths: list[int] = []
        self.n_full_paints = 0
        paint = plots._plot_painter.paint

        def count_paint(*arguments: Any) -> None:
            self.n_full_paints += 1
            paint(*arguments)

        monkeypatch.setattr(plots._plot_painter, "paint", count_paint)
        plots.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.widths.append(event.rect().width())
        return False


def test_a_playhead_repaints_a_narrow_strip_only(
    qtbot: QtBot, plots: TrackPlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    plots.show_picture(picture(10.0))
    plots.set_playhead(5.0)
    image_of(plots)
    QApplication.processEvents()
    painted = Painted(plots, monkeypatch)
    plots.set_playhead(5.02)
    qtbot.waitUntil(lambda: bool(painted.widths))
    assert max(painted.widths) < 20 and painted.n_full_paints == 0
    x = at(plots, 5.02).x()
    assert image_of(plots).pixelColor(x, at(plots, 5).y()) == QColor(PLAYHEAD_COLOUR)
    plots.set_playhead(None)
    assert image_of(plots).pixelColor(x, at(plots, 5).y()) != QColor(PLAYHEAD_COLOUR)


def test_a_page_is_turned_when_the_playhead_leaves_the_view(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.time_axis.show(2, 4)
    plots.set_playhead(3.99)
    plots.set_playhead(4.01)
    assert plots.time_axis.visible_s == pytest.approx((4.01, 6.01))
    plots.time_axis.show(0, 1)
    plots.set_playhead(4.05)
    assert plots.time_axis.visible_s == pytest.approx((0, 1)), "whoever looks elsewhere is left there"


def test_the_visible_range_is_painted_elsewhere_without_playhead_and_region(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 10, "jazz", 0.64)], 10.0)
    image = QImage(1200, 800, QImage.Format.Format_RGB32)

    def painted() -> QImage:
        painter = QPainter(image)
        plots.paint_to(painter, QSizeF(1200, 800))
        painter.end()
        return image.copy()

    bare = painted()
    plots.selection.select(2, 4)
    plots.set_playhead(3.0)
    assert painted() == bare
    seen = colours_in(bare)
    for colour in (LIGHT.base, LIGHT.waveform_core, genre_colour("jazz")):
        assert QColor(colour).name() in seen


def test_a_vector_file_keeps_curves_and_letters(plots: TrackPlots) -> None:
    svg = pytest.importorskip("PySide6.QtSvg")
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 10, "jazz", 0.64)], 10.0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = svg.QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSizeF(1200, 800).toSize())
    painter = QPainter(generator)
    plots.paint_to(painter, QSizeF(1200, 800))
    painter.end()
    text = bytes(buffer.data()).decode()
    assert ">Jazz<" in text and ">1 kHz<" in text and "<polygon" in text and "<image" in text


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


def test_the_legend_is_drawn_in_a_large_font_too(plots: TrackPlots) -> None:
    plots.set_settings(CanvasSettings(low_db=-120, high_db=0))
    plots.show_picture(picture(10.0))
    plots._font.setPointSizeF(24)
    plots.resize(900, 220)
    plots._update_view()
    assert not plots.grab().isNull()
