"""What the window shows, and that all of it can be reached from the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTableView,
)
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import Settings, load_settings, save_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.prediction import genre_bars
from genre_desktop.gui.prediction.live_answer_text import LiveAnswerText
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.widgets.theme import DARK, LIGHT
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy
from genre_desktop.model.genre_colours import genre_colour
from tests.gui.conftest import (
    GENRES,
    SlowClassifier,
    make_prediction,
    set_prediction,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)

MakeSound = Callable[..., Path]
MakeWindow = Callable[..., MainWindow]

MIXED = {"disco": 0.48, "pop": 0.44}
FULL_FIGURES = MeasuredAccuracy(
    0.82,
    0.75,
    0.89,
    443,
    "artist",
    leaking=False,
    coverage=Measured(0.75, 0.66, 0.83),
    accuracy_covered=Measured(0.92, 0.87, 0.96),
    ece=Measured(0.037, 0.0, 0.063),
    ece_if_perfect=0.036,
)


@pytest.fixture
def two_tracks(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    genres = {"a.wav": "jazz", "b.wav": "metal"}
    slow = SlowClassifier(lambda path: TrackResult(path, make_prediction(genres[path.name]), None, "m"))
    slow.let(2)
    window = make_window(with_engines(services, slow))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible())
    return window


def test_the_empty_window_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    assert window.drop_zone.isVisible()
    texts = [label.text() for label in window.drop_zone.findChildren(QLabel)]
    assert "Drop songs or folders here" in texts
    buttons = [button.text().replace("&", "") for button in window.drop_zone.findChildren(QPushButton)]
    assert buttons == ["Open files …", "Open folder …", "Open demo clips", "First steps"]
    assert window.panel._title.text() == "No track selected"
    assert [genre for genre, _ in window.panel.bars.rows()] == list(GENRES)
    qtbot.waitUntil(lambda: window.job_bar.text() == "Ready")


def test_the_model_shows_its_honest_accuracy(window: MainWindow) -> None:
    assert window.panel._model_name.text() == "test-model"
    told = window.panel.accuracy.text()
    assert "Right on 57\u00a0% (50–64)" in told
    assert "197 tracks set aside before it learned" in told
    assert "Names a genre" not in told and "off by" not in told, "its card does not say"


def test_selecting_a_track_fills_canvas_and_panel(qtbot: QtBot, two_tracks: MainWindow) -> None:
    window = two_tracks
    window.table.select_row(1)
    assert window.canvas._name.text() == "b.wav"
    assert window.panel._title.text() == "Metal"
    assert window.panel._line.text() == "Fairly sure, 83\u00a0%"
    rows = window.panel.bars.rows()
    assert rows[0] == ("metal", 0.83) and len(rows) == len(GENRES)
    assert [share for _, share in rows] == sorted((share for _, share in rows), reverse=True)
    qtbot.waitUntil(lambda: window.canvas._pages.currentWidget() is window.canvas.plots)
    assert window.canvas.plots.timeline.span_at(0.5).genre == "metal"
    assert "22.05 kHz" in window.canvas._details.text()


def test_tags_are_shown_and_go_away_with_the_track(two_tracks: MainWindow) -> None:
    panel = two_tracks.panel
    track = next(iter(two_tracks.session.tracks.tracks()))
    set_prediction(two_tracks, track, make_prediction("jazz", tags=("soul", "female vocals")))
    assert panel._tags.isVisible() and panel._tags_title.text() == "Also hears"
    assert panel._tags.text() == "soul, female\u00a0vocals", "lines break between tags"
    assert panel._tags.accessibleName() == "Also hears: soul, female\u00a0vocals"
    set_prediction(two_tracks, track, make_prediction("not music", 0.97, tags=("soul",)))
    assert not panel._tags.isVisible() and not panel._tags_title.isVisible()
    set_prediction(two_tracks, track, make_prediction("jazz"))
    assert not panel._tags.isVisible() and not panel._tags_title.isVisible()


def test_styles_are_shown_below_the_answer_and_in_the_table(two_tracks: MainWindow) -> None:
    panel, model = two_tracks.panel, two_tracks.session.tracks
    track = next(iter(model.tracks()))
    set_prediction(two_tracks, track, make_prediction("pop", styles=("drum and bass", "electronic")))
    assert panel._styles.isVisible()
    assert panel._styles.text() == "Sounds like: drum\u00a0and\u00a0bass, electronic"
    cell = model.index_of(track).siblingAtColumn(Column.STYLE.value)
    assert cell.data() == "Drum and bass, electronic"
    assert "Pop" in cell.data(Qt.ItemDataRole.ToolTipRole) and "bass" in cell.data(Qt.ItemDataRole.ToolTipRole)
    spoken = model.index_of(track).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Sounds like: drum\u00a0and\u00a0bass, electronic" in spoken
    header = two_tracks.table.header
    assert not header.isSectionHidden(Column.STYLE.value)
    assert header.visualIndex(Column.STYLE.value) == header.visualIndex(Column.CONFIDENCE.value) + 1
    set_prediction(two_tracks, track, make_prediction("jazz"))
    assert not panel._styles.isVisible() and cell.data() == ""


def test_styles_of_what_is_heard_live_are_shown_until_it_ends(two_tracks: MainWindow) -> None:
    panel = two_tracks.panel
    shares = dict.fromkeys(GENRES, 0.1)
    panel.show_live(LiveAnswerText("Line in", "Pop", "Very sure", "pop", shares, styles=("techno", "trance")))
    assert panel._styles.isVisible() and panel._styles.text() == "Sounds like: techno, trance"
    panel.show_live(LiveAnswerText("Line in", "No music", "It is too quiet.", None, shares, is_faint=True))
    assert not panel._styles.isVisible()
    panel.show_live(None)
    assert not panel._styles.isVisible()


def test_a_mixed_track_shows_both_genres_and_both_figures(two_tracks: MainWindow) -> None:
    panel = two_tracks.panel
    track = next(iter(two_tracks.session.tracks.tracks()))
    mixed = make_prediction("disco", 0.48, probabilities=dict.fromkeys(GENRES, 0.01) | MIXED)
    set_prediction(two_tracks, track, mixed)
    assert panel._title.text() == "Disco / Pop"
    assert panel._line.text() == "A mix: disco 48\u00a0%, pop 44\u00a0%"
    assert all(genre_colour(genre) in panel._swatch.styleSheet() for genre in ("disco", "pop"))


def test_what_is_no_music_has_no_genre_over_time(two_tracks: MainWindow) -> None:
    window = two_tracks
    window.table.select_row(0)
    track = window.table.current()
    assert window.canvas.plots.timeline.span_at(1.0) is not None
    noise = make_prediction("not music", 0.97)
    set_prediction(window, track, noise)
    assert window.panel._title.text() == "Not music"
    assert noise.segments and window.canvas.plots.timeline.span_at(1.0) is None


def test_the_essentials_fit_at_1280_by_800(two_tracks: MainWindow) -> None:
    """Ten bars, long tags, four reasons and all figures of the model, without scrolling."""
    window = two_tracks
    window.resize(1280, 800)
    panel = window.panel
    track = next(iter(window.session.tracks.tracks()))
    prediction = make_prediction(
        "unsure",
        0.43,
        tags=("alternative rock", "progressive rock", "female vocals"),
        reasons=(
            "No genre reaches the 62 % that this model needs to be sure.",
            "11 of 28 segments sound most like rock.",
            "It could also be blues (31 %).",
            "Parts spread over the track were listened to, not all of it.",
        ),
    )
    set_prediction(window, track, prediction)
    panel.accuracy.show_accuracy(FULL_FIGURES)
    QApplication.processEvents()
    scroll = panel.findChild(QScrollArea)
    assert scroll.verticalScrollBar().maximum() == 0
    assert scroll.widget().width() <= scroll.viewport().width()


@pytest.mark.parametrize("letter", ["W", "\u4e2d", "\u0628"])
def test_one_long_word_does_not_push_the_bars_out_of_sight(two_tracks: MainWindow, letter: str) -> None:
    window, long_word = two_tracks, letter * 100
    window.resize(1280, 800)
    panel = window.panel
    track = next(iter(window.session.tracks.tracks()))
    shares = {long_word: 0.5, f"{long_word[1:]}x": 0.45, "jazz": 0.05}
    prediction = make_prediction(long_word, 0.5, probabilities=shares, tags=(long_word,), reasons=(long_word,) * 2)
    set_prediction(window, track, prediction)
    assert window.session.bundle is not None
    panel.show_model(replace(window.session.bundle, card={**window.session.bundle.card, "name": long_word}))
    QApplication.processEvents()
    scroll = panel.findChild(QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()


def test_of_a_thousand_genres_those_in_sight_are_drawn(
    two_tracks: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    bars = two_tracks.panel.bars
    bars.show_probabilities({f"genre {number}": 0.001 for number in range(1_000)})
    QApplication.processEvents()
    drawn: list[str] = []
    monkeypatch.setattr(genre_bars, "genre_colour", lambda genre: drawn.append(genre) or genre_colour(genre))
    bars.show_probabilities({f"genre {number}": 0.002 for number in range(1_000)})
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn[0] == "genre 0" and len(drawn) < 100


def test_ten_bars_fit_at_1280_by_800(two_tracks: MainWindow) -> None:
    window = two_tracks
    window.resize(1280, 800)
    QApplication.processEvents()
    bars = window.panel.bars
    bottom = bars.mapTo(window, bars.rect().bottomLeft()).y()
    assert bars.height() >= bars._row_height() * 10
    assert bottom < window.height()
    assert window.width() == 1280 and window.height() == 800


def test_sorting_and_filtering_by_the_keys_and_the_mouse(qtbot: QtBot, two_tracks: MainWindow) -> None:
    window = two_tracks
    header = window.table.view.horizontalHeader()
    x = header.sectionViewportPosition(Column.GENRE.value) + 10
    for expected in (["Jazz", "Metal"], ["Metal", "Jazz"]):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
        model = window.table.view.model()
        assert [model.index(row, 1).data() for row in range(2)] == expected
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.table.filters.line.hasFocus()
    qtbot.keyClicks(window.table.filters.line, "jaz")
    assert window.table.view.model().rowCount() == 1
    qtbot.keyClick(window.table.filters.line, Qt.Key.Key_Down)
    assert window.table.view.hasFocus()


def test_a_filter_hides_rows_but_not_what_is_looked_at(qtbot: QtBot, two_tracks: MainWindow) -> None:
    window = two_tracks
    window.table.select_row(1)
    window.table.filters.line.setText("a.wav")
    assert window.table.view.model().rowCount() == 1
    assert window.panel._title.text() == "Metal" and window.canvas._name.text() == "b.wav"
    window.table.filters.line.clear()
    assert window.table.current().name == "b.wav"
    window.table.select_row(0)
    assert window.panel._title.text() == "Jazz"


def test_the_keyboard_alone_is_enough(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    folder = make_sound("demo/a.wav").parent
    make_sound("demo/b.wav")
    window = make_window(Services(**{**vars(services), "demo_clips": lambda: folder}))
    window.activateWindow()
    # Tab leads from button to button of the empty window; Space presses one.
    window.drop_zone.files_button.setFocus()
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert window.drop_zone.demo_button.hasFocus()
    qtbot.keyClick(window.drop_zone.demo_button, Qt.Key.Key_Space)
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    # The rows have the focus: arrows choose, the canvas zooms, Delete removes.
    view = window.table.view
    assert view.hasFocus() and window.table.current().name == "a.wav"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert window.table.current().name == "b.wav"
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible() and not window.session.reader.is_reading)
    before = window.canvas.plots.time_axis.visible_s
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    start, end = window.canvas.plots.time_axis.visible_s
    assert end - start < before[1] - before[0]
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.canvas.plots.time_axis.visible_s[0] > start
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.canvas.plots.time_axis.visible_s[0] == pytest.approx(start)
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.canvas.plots.time_axis.visible_s == before
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(window.table.selected()) == 2
    qtbot.keyClick(view, Qt.Key.Key_F5)
    wait_until_idle(qtbot, window)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert len(window.session.tracks) == 0
    assert all(path.is_file() for path in folder.iterdir())


def test_every_menu_entry_has_a_mnemonic_and_no_two_share_their_keys(window: MainWindow) -> None:
    keys: list[str] = []
    titles = [action.text() for action in window.menuBar().actions()]
    titles += [button.text() for button in window.drop_zone.findChildren(QPushButton)]
    assert len({title[title.index("&") + 1].lower() for title in titles}) == len(titles)
    for menu_action in window.menuBar().actions():
        entries = [action for action in menu_action.menu().actions() if not action.isSeparator()]
        if menu_action.text() != "&Model":  # named by the user
            assert all("&" in action.text() for action in entries)
            letters = [action.text()[action.text().index("&") + 1].lower() for action in entries]
            assert len(set(letters)) == len(letters), menu_action.text()
        keys += [key.toString() for action in entries for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)


def test_what_is_operated_has_a_name_for_screen_readers(two_tracks: MainWindow) -> None:
    for kind in (QTableView, QLineEdit, QProgressBar):
        for widget in two_tracks.findChildren(kind):
            assert widget.accessibleName(), widget
    assert "Jazz 83\u00a0%" in two_tracks.panel.bars.accessibleDescription()
    model = two_tracks.table.view.model()
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "a.wav: Jazz, Fairly sure, 83\u00a0%"


def test_themes_switch_at_run_time_and_are_remembered(qtbot: QtBot, two_tracks: MainWindow) -> None:
    themes = {action.text().replace("&", ""): action for action in two_tracks.actions_._themes.actions()}
    for name, colours in (("Dark", DARK), ("Light", LIGHT), ("Dark", DARK)):
        themes[name].trigger()
        assert two_tracks.grab().toImage().pixelColor(3, 400) == QColor(colours.window)
        assert two_tracks.canvas.plots.grab().toImage().pixelColor(3, 3) == QColor(colours.base)
    assert load_settings().theme == "dark"
    themes["As the system"].trigger()
    assert load_settings().theme == "system"


def test_size_panes_and_columns_are_remembered(qtbot: QtBot, make_window: MakeWindow, make_sound: MakeSound) -> None:
    first = make_window()
    first.resize(first.minimumSizeHint().width(), 600)  # no more than the offscreen screen has
    size = first.size()
    first.session.open([make_sound()])
    wait_for_rows(qtbot, first, 1)
    wait_until_idle(qtbot, first)
    first.central_area.list_and_track.setSizes([400, 400])
    sizes = first.central_area.list_and_track.sizes()
    first.table.view.horizontalHeader().resizeSection(Column.GENRE.value, 133)
    first.close()
    second = make_window()
    second.session.open([make_sound()])
    wait_for_rows(qtbot, second, 1)
    wait_until_idle(qtbot, second)
    assert second.size() == size != QSize(1280, 800)
    assert second.central_area.list_and_track.sizes() == sizes
    assert second.table.view.columnWidth(Column.GENRE.value) == 133


@pytest.mark.parametrize("state", ["", "no JSON", "{}", json.dumps({"version": 1, "splitters": [], "columns": 3})])
def test_a_state_that_cannot_be_read_is_ignored(make_window: MakeWindow, state: str) -> None:
    save_settings(Settings(window_geometry="not base64 at all", window_state=state))
    window = make_window()
    assert (window.width(), window.height()) == (1280, 800)


def test_widths_of_another_number_of_columns_are_not_restored(make_window: MakeWindow) -> None:
    first = make_window()
    width = first.table.view.columnWidth(Column.GENRE.value)
    first.table.view.horizontalHeader().resizeSection(Column.GENRE.value, width + 50)
    first.close()
    saved = load_settings()
    state = json.loads(saved.window_state or "")
    assert state["columns"] == len(Column)
    save_settings(replace(saved, window_state=json.dumps(state | {"columns": len(Column) - 1})))
    assert make_window().table.view.columnWidth(Column.GENRE.value) == width


def test_long_names_do_not_widen_the_window(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    window.resize(1280, 800)
    window.session.open([make_sound("n" * 200 + ".wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible())
    assert window.width() == 1280
    assert window.canvas.width() > 320
