"""What the plots of a track show, and what mouse, wheel and keys do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture import FrequencyRange, PictureConfig, TileKey
from genre_desktop.gui.overlay import PLAYHEAD_COLOUR
from genre_desktop.gui.plots import TrackPlots
from genre_desktop.gui.theme import DARK, LIGHT
from genre_desktop.gui.timeline_item import span_text
from genre_desktop.model.genres import genre_colour
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import Span
from genre_desktop.settings import CanvasSettings
from tests.gui.canvas_pictures import FakeReader, picture, two_genres

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def plots(qtbot: QtBot) -> Iterator[TrackPlots]:
    made = TrackPlots(LIGHT)
    made.resize(700, 460)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def reader(plots: TrackPlots) -> Iterator[FakeReader]:
    made = FakeReader(plots)
    yield made
    made.close()
    QApplication.processEvents()
    shiboken6.delete(made)


def at(plots: TrackPlots, seconds: float, lane: str = "spectrogram", share: float = 0.5) -> QPoint:
    """A pixel by its time and its height in a lane."""
    rect = getattr(plots.frame().lanes, lane)
    return QPoint(round(plots.frame().scale.x(seconds)), round(rect.bottom() - share * rect.height()))


def send(plots: TrackPlots, kind: QEvent.Type, where: QPoint, button: Button, modifiers: Modifier) -> None:
    held = Button.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    pressed = Button.NoButton if kind == QEvent.Type.MouseMove else button
    local = QPointF(where)
    event = QMouseEvent(kind, local, QPointF(plots.mapToGlobal(where)), pressed, held, modifiers)
    QApplication.sendEvent(plots, event)


def drag(
    plots: TrackPlots,
    start: QPoint,
    end: QPoint,
    button: Button = Button.LeftButton,
    modifiers: Modifier = Modifier.NoModifier,
) -> None:
    send(plots, QEvent.Type.MouseButtonPress, start, button, modifiers)
    for share in (0.2, 0.6, 1.0):
        send(plots, QEvent.Type.MouseMove, start + (end - start) * share, button, modifiers)
    send(plots, QEvent.Type.MouseButtonRelease, end, button, modifiers)


def wheel(plots: TrackPlots, where: QPoint, x: int = 0, y: int = 0, modifiers: Modifier = Modifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(where),
        QPointF(plots.mapToGlobal(where)),
        QPoint(),
        QPoint(x, y),
        Button.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plots, event)


def image_of(plots: TrackPlots) -> QImage:
    return plots.grab().toImage()


def colours_in(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


# -- time ----------------------------------------------------------------------------------


def test_zoom_and_scrolling_stay_inside_the_track(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    for _ in range(20):
        plots.zoom(2.0)
    assert plots.visible_s() == (0, 10)
    plots.zoom(0.2)
    for _ in range(20):
        plots.scroll_by(0.5)
    assert plots.visible_s()[1] == pytest.approx(10)
    for _ in range(20):
        plots.scroll_by(-0.5)
    assert plots.visible_s()[0] == pytest.approx(0)
    for _ in range(60):
        plots.zoom(0.5)
    assert plots.visible_s()[1] - plots.visible_s()[0] == pytest.approx(0.005)
    plots.show_all()
    assert plots.visible_s() == (0, 10)


def test_the_zoom_stays_while_more_of_the_same_track_arrives(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0, complete=False))
    plots.zoom(0.5)
    zoomed = plots.visible_s()
    plots.show_picture(picture(10.0))
    assert plots.visible_s() == zoomed
    plots.show_picture(picture(20.0, path="/m/b.wav"))
    assert plots.visible_s() == (0, 20)


def test_another_analysis_leaves_waveform_and_zoom_alone(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_stretch(8, 9)
    before = image_of(plots).copy(plots.frame().lanes.waveform.toRect())
    part = picture(3.0, config=PictureConfig(n_fft=512), complete=False)
    plots.show_picture(part)
    assert plots.visible_s() == (8, 9)
    assert image_of(plots).copy(plots.frame().lanes.waveform.toRect()) == before
    plots.show_picture(picture(3.0, path="/m/b.wav", complete=False))
    assert plots.visible_s() == (0, 3)


def test_a_track_that_turns_out_longer_is_still_seen_whole(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0, complete=False))
    plots.show_picture(picture(12.0))
    assert plots.visible_s() == (0, 12)


@pytest.mark.parametrize("modifiers", [Modifier.NoModifier, Modifier.ControlModifier])
def test_the_wheel_zooms_about_the_cursor(plots: TrackPlots, modifiers: Modifier) -> None:
    plots.show_picture(picture(10.0))
    where = at(plots, 2.5)
    before = plots.frame().scale.seconds(where.x())
    wheel(plots, where, y=240, modifiers=modifiers)
    start, end = plots.visible_s()
    assert end - start == pytest.approx(10 * 0.8**2)
    assert plots.frame().scale.seconds(where.x()) == pytest.approx(before)
    wheel(plots, where, y=-1200, modifiers=modifiers)
    assert plots.visible_s() == (0, 10)


def test_the_wheel_scrolls_sideways_and_with_shift(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_stretch(4, 6)
    wheel(plots, at(plots, 5), x=-120)
    start, end = plots.visible_s()
    assert start > 4 and end - start == pytest.approx(2)
    wheel(plots, at(plots, 5), y=120, modifiers=Modifier.ShiftModifier)
    assert plots.visible_s() == pytest.approx((4, 6))


@pytest.mark.parametrize("lane", ["waveform", "spectrogram", "bars"])
@pytest.mark.parametrize("button", [Button.LeftButton, Button.MiddleButton])
def test_dragging_moves_the_track_with_the_hand(plots: TrackPlots, lane: str, button: Button) -> None:
    plots.show_picture(picture(10.0))
    plots.show_stretch(4, 6)
    clicked: list[float] = []
    plots.time_clicked.connect(clicked.append)
    drag(plots, at(plots, 5.0, lane), at(plots, 5.5, lane), button)
    assert plots.visible_s() == pytest.approx((3.5, 5.5), abs=0.01)
    assert clicked == [], "a drag is no click"


def test_a_click_tells_second_and_segment(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 5, "jazz", 0.64), Segment(5, 10, "pop", 0.6)], 10.0)
    seconds: list[float] = []
    segments: list[Span] = []
    plots.time_clicked.connect(seconds.append)
    plots.segment_clicked.connect(segments.append)
    qtbot.mouseClick(plots, Button.LeftButton, pos=at(plots, 7.0, "bars"))
    assert seconds == [pytest.approx(7.0, abs=0.02)]
    assert segments == [Span(5, 10, "pop", 0.6)]
    qtbot.mouseClick(plots, Button.LeftButton, pos=QPoint(2, 200))
    assert len(seconds) == 1, "beside the plots there is no time"


def test_a_trembling_hand_still_clicks(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    heard: list[float] = []
    plots.time_clicked.connect(heard.append)
    where = at(plots, 5)
    drag(plots, where, where + QPoint(QApplication.startDragDistance() - 1, 0))
    assert len(heard) == 1 and plots.visible_s() == (0, 10)


# -- the region ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lane", "modifiers"), [("ruler", Modifier.NoModifier), ("spectrogram", Modifier.ShiftModifier)]
)
def test_a_region_is_selected_adjusted_and_dropped(
    qtbot: QtBot, plots: TrackPlots, lane: str, modifiers: Modifier
) -> None:
    plots.show_picture(picture(10.0))
    heard: list[tuple[float, float] | None] = []
    plots.region_changed.connect(heard.append)
    drag(plots, at(plots, 6.0, lane), at(plots, 2.0, lane), modifiers=modifiers)
    assert plots.selected_region() == pytest.approx((2, 6), abs=0.02)
    assert heard == [plots.selected_region()], "told once"
    assert plots.visible_s() == (0, 10)
    drag(plots, at(plots, plots.selected_region()[1], "waveform"), at(plots, 8.0, "waveform"))
    assert plots.selected_region() == pytest.approx((2, 8), abs=0.02)
    drag(plots, at(plots, plots.selected_region()[0], "waveform"), at(plots, 9.0, "waveform"))
    assert plots.selected_region() == pytest.approx((8, 9), abs=0.02), "one edge may pass the other"
    plots.setFocus()
    qtbot.keyClick(plots, Key.Key_Escape)
    assert plots.selected_region() is None and heard[-1] is None and len(heard) == 4


def test_a_double_click_fits_the_region_then_the_track(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.select_region(2, 3)
    qtbot.mouseDClick(plots, Button.LeftButton, pos=at(plots, 5))
    assert plots.visible_s() == pytest.approx((2, 3))
    qtbot.mouseDClick(plots, Button.LeftButton, pos=at(plots, 2.5))
    assert plots.visible_s() == (0, 10)
    plots.drop_region()
    plots.zoom(0.1)
    qtbot.mouseDClick(plots, Button.LeftButton, pos=at(plots, 5))
    assert plots.visible_s() == (0, 10)


def test_a_region_stays_inside_the_track_and_goes_with_it(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.select_region(-3, 40)
    assert plots.selected_region() == (0, 10)
    plots.show_picture(picture(10.0, path="/m/b.wav"))
    assert plots.selected_region() is None


def test_escape_is_the_windows_unless_there_is_a_region(plots: TrackPlots) -> None:
    from PySide6.QtGui import QKeyEvent

    def is_taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Escape, Modifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(plots, event)
        return event.isAccepted()

    plots.show_picture(picture(10.0))
    assert not is_taken()
    plots.select_region(1, 2)
    assert is_taken()


# -- keys ----------------------------------------------------------------------------------


def test_keys_scroll_and_zoom(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.setFocus()
    plots.show_stretch(4, 6)
    for key, moves in ((Key.Key_Right, 0.2), (Key.Key_Left, -0.2), (Key.Key_PageDown, 1.8), (Key.Key_PageUp, -1.8)):
        before = plots.visible_s()[0]
        qtbot.keyClick(plots, key)
        assert plots.visible_s()[0] - before == pytest.approx(moves)
    qtbot.keyClick(plots, Key.Key_End)
    assert plots.visible_s() == pytest.approx((8, 10))
    qtbot.keyClick(plots, Key.Key_Home)
    assert plots.visible_s() == pytest.approx((0, 2))
    qtbot.keyClick(plots, Key.Key_Up)
    assert plots.visible_s()[1] - plots.visible_s()[0] == pytest.approx(1.2)
    qtbot.keyClick(plots, Key.Key_Minus)
    assert plots.visible_s()[1] - plots.visible_s()[0] == pytest.approx(2)
    qtbot.keyClick(plots, Key.Key_0)
    assert plots.visible_s() == (0, 10)


def test_keys_read_and_select(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.setFocus()
    said: list[str] = []
    plots.pointed_at.connect(said.append)
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
    assert plots.selected_region() == pytest.approx((5.1, 5.4))
    for _ in range(5):
        qtbot.keyClick(plots, Key.Key_Left, Modifier.ShiftModifier)
    assert plots.selected_region() == pytest.approx((4.9, 5.1))


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
    plots.picture_wanted.connect(wanted.append)
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
    qtbot.waitUntil(condition, timeout=5_000)


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
    from genre_desktop.audio.picture import TileMade
    from tests.gui.canvas_pictures import tile

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
