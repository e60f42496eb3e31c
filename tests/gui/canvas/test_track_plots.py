"""What the plots of a track show and tell, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import FrequencyRange, PictureConfig, TileKey
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.overlay import PLAYHEAD_COLOUR
from genre_desktop.gui.canvas.timeline_item import span_text
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.widgets.theme import DARK, LIGHT
from genre_desktop.model.genre_colours import genre_colour
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import Span
from tests.gui.support.canvas_driver import at, colours_in, image_of, wheel
from tests.gui.support.track_pictures import FakeReader, picture, two_genres

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier

# -- what is drawn -------------------------------------------------------------------------


def test_everything_is_drawn(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 6, "reggae", 0.6), Segment(4, 10, "pop", 0.6)], 10.0)
    seen = colours_in(image_of(plots))
    for colour in (LIGHT.waveform, LIGHT.waveform_core, genre_colour("reggae"), genre_colour("pop")):
        assert QColor(colour).name() in seen


def test_a_bar_is_as_high_as_its_segment_is_sure(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 5, "reggae", 0.25), Segment(5, 10, "reggae", 0.75)], 10.0)
    image = image_of(plots)
    strong = QColor(genre_colour("reggae"))
    for seconds, sure in ((2.5, 0.25), (7.5, 0.75)):
        assert image.pixelColor(at(plots, seconds, "bars", sure - 0.1)) == strong
        assert image.pixelColor(at(plots, seconds, "bars", sure + 0.1)) != strong


@pytest.mark.parametrize("duration_s", [60.0, 10_800.0])
def test_both_genres_are_seen_however_many_segments_there_are(plots: TrackPlots, duration_s: float) -> None:
    plots.show_picture(picture(duration_s, n_columns=256))
    plots.show_segments(two_genres(duration_s), duration_s)
    image = image_of(plots)
    for share, genre in ((0.25, "disco"), (0.75, "classical")):
        assert image.pixelColor(at(plots, share * duration_s, "bars", 0.2)) == QColor(genre_colour(genre))


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
        lane = plots.frame().lanes.spectrogram
        x = round(lane.center().x())
        brightness = [image.pixelColor(x, y).lightness() for y in range(int(lane.top()), int(lane.bottom()))]
        bright = lane.top() + float(np.mean(np.flatnonzero(np.array(brightness) > 128)))
        assert bright == pytest.approx(lane.bottom() - float(axis.place(1000.0)) * lane.height(), abs=2.5)


def test_colours_and_levels_change_without_anything_being_asked(plots: TrackPlots, reader: FakeReader) -> None:
    wanted: list[object] = []
    plots.picture_requested.connect(wanted.append)
    plots.show_picture(picture(10.0))
    before = colours_in(image_of(plots))
    plots.set_settings(CanvasSettings(colour_map="viridis"))
    other = colours_in(image_of(plots))
    assert before != other
    plots.set_settings(CanvasSettings(colour_map="viridis", low_db=-60, high_db=-30))
    assert colours_in(image_of(plots)) != other
    assert wanted == []
    plots.set_settings(CanvasSettings(scale="log"))
    assert wanted == [PictureConfig(scale="log")]
    plots.set_settings(CanvasSettings(scale="log", n_fft=512))
    assert wanted[-1] == PictureConfig(scale="log", n_fft=512)


def test_a_theme_is_taken_over(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    for colours in (DARK, LIGHT):
        plots.set_colours(colours)
        image = image_of(plots)
        assert image.pixelColor(3, 3) == QColor(colours.base)
        assert QColor(colours.waveform_core).name() in colours_in(image)


def test_a_track_without_a_frame_yet_is_no_problem(plots: TrackPlots) -> None:
    plots.show_picture(picture(9.0, n_columns=1, complete=False))
    made = picture(9.0)
    object.__setattr__(made.spectrogram, "levels", made.spectrogram.levels[:0])
    plots.show_picture(made)
    assert not image_of(plots).isNull()


# -- the read-out --------------------------------------------------------------------------


def test_pointing_reads_time_frequency_level_and_genre(qtbot: QtBot, plots: TrackPlots) -> None:
    made = picture(10.0)
    plots.show_picture(made)
    plots.show_segments([Segment(0, 10, "jazz", 0.64)], 10.0)
    said: list[str] = []
    plots.pointed_at.connect(said.append)
    qtbot.mouseMove(plots, at(plots, 4.0, share=0.25))
    time, hz, _, db, unit, genre, figure = said[-1].split()[:7]
    assert time.startswith(("0:03.9", "0:04.0")) and unit == "dB" and (genre, figure) == ("Jazz", "64")
    axis = FrequencyRange.of(made.config, made.sample_rate)
    assert float(hz.replace(",", "")) == pytest.approx(float(axis.hz(0.25)), rel=0.05)
    column = int(4.0 / made.spectrogram.seconds_per_column)
    around = made.spectrogram.levels[column - 6 : column + 7, 94:99].astype(float) / 2 - 120
    assert around.min() - 1 <= float(db.replace("−", "-")) <= around.max() + 1
    qtbot.mouseMove(plots, at(plots, 6.0, "bars"))
    assert said[-1].startswith(("0:05.9", "0:06.0")) and "Hz" not in said[-1] and "Jazz" in said[-1]
    QApplication.sendEvent(plots, QEvent(QEvent.Type.Leave))
    assert said[-1] == ""


def test_what_is_selected_is_told_when_nothing_is_pointed_at(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    said: list[str] = []
    plots.pointed_at.connect(said.append)
    plots.select_region(2, 4.5)
    assert said[-1] == "Selected: 0:02.00 to 0:04.50 (2.50 s)"
    assert said[-1] in plots.accessibleDescription()


def test_the_timeline_tells_figures(plots: TrackPlots) -> None:
    plots.show_segments([Segment(0, 6, "jazz", 0.64), Segment(4, 10, "pop", 0.6)], 10.0)
    span = plots.timeline.span_at(1.0)
    assert span == Span(0.0, 5.0, "jazz", 0.64)
    assert span_text(span) == "0:00 to 0:05: Jazz, 64\u00a0%"
    assert plots.timeline.span_at(11.0) is None
    plots.show_segments((), 0.0)
    assert plots.timeline.span_at(1.0) is None


# -- the playhead --------------------------------------------------------------------------


class Painted(QObject):
    """Notes how wide the parts are that are painted anew, and how often all is drawn."""

    def __init__(self, plots: TrackPlots, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(plots)
        self.widths: list[int] = []
        self.n_scenes = 0
        scene = plots._scene.paint

        def note_scene(*arguments: Any) -> None:
            self.n_scenes += 1
            scene(*arguments)

        monkeypatch.setattr(plots._scene, "paint", note_scene)
        plots.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.widths.append(event.rect().width())
        return False


def test_the_playhead_costs_a_strip(qtbot: QtBot, plots: TrackPlots, monkeypatch: pytest.MonkeyPatch) -> None:
    plots.show_picture(picture(10.0))
    plots.set_playhead(5.0)
    image_of(plots)
    QApplication.processEvents()
    painted = Painted(plots, monkeypatch)
    plots.set_playhead(5.02)
    qtbot.waitUntil(lambda: bool(painted.widths))
    assert max(painted.widths) < 20 and painted.n_scenes == 0
    x = at(plots, 5.02).x()
    assert image_of(plots).pixelColor(x, at(plots, 5).y()) == QColor(PLAYHEAD_COLOUR)
    plots.set_playhead(None)
    assert image_of(plots).pixelColor(x, at(plots, 5).y()) != QColor(PLAYHEAD_COLOUR)


def test_a_page_is_turned_when_the_playhead_leaves_the_view(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_stretch(2, 4)
    plots.set_playhead(3.99)
    plots.set_playhead(4.01)
    assert plots.visible_s() == pytest.approx((4.01, 6.01))
    plots.show_stretch(0, 1)
    plots.set_playhead(4.05)
    assert plots.visible_s() == pytest.approx((0, 1)), "whoever looks elsewhere is left there"


# -- pictures of what is seen --------------------------------------------------------------


def test_what_is_seen_is_painted_elsewhere_without_playhead_and_region(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 10, "jazz", 0.64)], 10.0)
    image = QImage(1200, 800, QImage.Format.Format_RGB32)

    def painted() -> QImage:
        painter = QPainter(image)
        plots.paint_to(painter, QSizeF(1200, 800))
        painter.end()
        return image.copy()

    bare = painted()
    plots.select_region(2, 4)
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


# -- what is asked for ---------------------------------------------------------------------


def settle(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition)


def test_only_tiles_that_are_seen_are_asked_for(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(240.0))
    qtbot.wait(80)
    assert reader.asked == [], "the coarse picture has a column for each pixel"
    plots.show_stretch(100, 110)
    settle(qtbot, lambda: len(reader.asked) == 1)
    _config, keys = reader.asked[0]
    level = keys[0].level
    length = TileKey(level, 0).length_s(44_100)
    assert {key.level for key in keys} == {level}
    assert {key.index for key in keys} == set(range(int(100 / length), int(110 / length) + 1))
    per_pixel = plots.frame().scale.seconds_per_pixel
    assert per_pixel / 2 < keys[0].hop / 44_100 <= per_pixel
    settle(qtbot, lambda: len(plots._scene.spectrogram) == len(keys))
    plots.scroll_by(0.01)
    qtbot.wait(80)
    assert all(not set(more) & set(keys) for _config, more in reader.asked[1:]), "what is there is not asked for again"


def test_while_the_view_moves_it_asks_now_and_then(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(240.0))
    for _ in range(30):
        wheel(plots, at(plots, plots.visible_s()[0] + 1e-3), y=120)
    assert len(reader.asked) <= 1


def test_a_tile_is_painted_over_the_coarse_picture(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(240.0, n_columns=240))
    plots.show_stretch(100, 101)
    coarse = image_of(plots)
    settle(qtbot, lambda: bool(reader.asked) and len(plots._scene.spectrogram) >= len(reader.asked[0][1]))
    assert image_of(plots) != coarse


def test_tiles_are_forgotten_in_the_end_and_with_their_track(qtbot: QtBot, plots: TrackPlots) -> None:
    from genre_desktop.audio.picture.messages import TileMade
    from tests.gui.support.track_pictures import tile

    plots.show_picture(picture(240.0))
    config = PictureConfig()
    made = tile(config, TileKey(0, 0))
    for index in range(400):
        plots.take_tile(TileMade(1, config, TileKey(0, index), made))
    assert len(plots._scene.spectrogram) == 150
    assert plots._scene.spectrogram.missing([TileKey(0, 399)]) == []
    plots.show_picture(picture(240.0, path="/m/b.wav"))
    assert len(plots._scene.spectrogram) == 0


def test_samples_are_asked_for_when_seen_from_near(qtbot: QtBot, plots: TrackPlots, reader: FakeReader) -> None:
    plots.show_picture(picture(60.0))
    plots.show_stretch(30, 40)
    qtbot.wait(80)
    assert reader.asked_samples == []
    plots.show_stretch(30, 30.01)
    settle(qtbot, lambda: bool(reader.asked_samples))
    start, end = reader.asked_samples[0]
    assert start <= 30 and end >= 30.01 and end - start < 0.1
    image = image_of(plots)
    assert QColor(LIGHT.waveform).name() not in colours_in(image), "a line and no envelope"
    plots.scroll_by(0.1)
    qtbot.wait(80)
    assert len(reader.asked_samples) == 1, "they reach a little further than the view"
