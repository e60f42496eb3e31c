"""The table with its columns and filters, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks import track_row_model as track_rows
from genre_desktop.gui.tracks.columns import Column, heading
from genre_desktop.gui.tracks.track import State, accessible_text
from genre_desktop.gui.tracks.track_filter import FilterState
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.widgets.theme import LIGHT, ThemeSwitch
from genre_desktop.library.result import FileFacts, Summary
from tests.gui.conftest import wait_for_rows, wait_until_idle
from tests.gui.support.library_rows import library

DESCENDING = Qt.SortOrder.DescendingOrder


def summary(genre: str | None = "jazz", sure: float = 0.8, **changes: object) -> Summary:
    tags = changes.pop("tags", ("Jazz",))
    facts = FileFacts(1, 1, "i", str(changes.pop("title", "")), str(changes.pop("artist", "")), "", tags)  # type: ignore[arg-type]
    values = {"best": genre, "second": "blues", "second_confidence": 0.1, "duration_s": 60.0, "facts": facts}
    return Summary(genre, None if genre is None else sure, **{**values, **changes})  # type: ignore[arg-type]


KNOWN = {
    "/m/a.wav": summary("jazz", 0.9, title="Beta", artist="Zoe", duration_s=30.0),
    "/m/b.wav": summary("rock", 0.6, title="Alpha", artist="Ann", tags=("Heavy Metal",)),
    "/n/c.wav": summary("unsure", 0.4, by_hand="ska", best="rock", second="pop"),
    "/m/d.wav": Summary(error=AudioEmptyError(path="/m/d.wav")),
}


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Iterator[TrackTable]:
    themes = ThemeSwitch(qapp, "light")
    made = TrackTable(TrackModel(), themes)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made._model.setParent(made)
    made._model.add([*KNOWN, "/m/e.wav"])
    made._model.set_summaries(KNOWN.items())
    yield made
    made.hide()
    shiboken6.delete(made)
    shiboken6.delete(themes)
    qapp.setStyleSheet("")


def names(table: TrackTable) -> str:
    model = table._model
    return "".join(model.track_in_row(row).name[0] for row in range(model.rowCount()))


def opened(menu: QMenu) -> dict[str, QAction]:
    """The entries of a menu by their text, without what stands behind a tab."""
    menu.aboutToShow.emit()
    return {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}


@pytest.mark.parametrize(
    ("column", "ascending", "descending"),
    [
        (Column.NAME, "abcde", "edcba"),
        (Column.GENRE, "abcde", "cbade"),
        (Column.CONFIDENCE, "bacde", "abcde"),
        (Column.SECOND, "abcde", "cabde"),
        (Column.STATE, "abcde", "edabc"),
        (Column.TAGGED, "bacde", "acbde"),
        (Column.TITLE, "bacde", "abcde"),
        (Column.ARTIST, "bacde", "abcde"),
        (Column.LENGTH, "abcde", "bcade"),
        (Column.ALBUM, "abcde", "abcde"),
        (Column.FOLDER, "abdec", "cedba"),
    ],
)
def test_every_column_sorts_and_what_is_not_known_stands_last(
    table: TrackTable, column: Column, ascending: str, descending: str
) -> None:
    table.view.sortByColumn(column.value, Qt.SortOrder.AscendingOrder)
    assert names(table) == ascending
    table.view.sortByColumn(column.value, DESCENDING)
    assert names(table) == descending


def test_the_selection_stays_on_its_tracks_through_sorting_and_filtering(table: TrackTable) -> None:
    table.select_row(1)
    table.view.sortByColumn(Column.NAME.value, DESCENDING)
    assert [track.name for track in table.selected()] == ["b.wav"]
    table.set_filter(FilterState(text="b.wav"))
    assert [track.name for track in table.selected()] == ["b.wav"]
    table.set_filter(FilterState(text="a.wav"))
    assert table.selected() == []
    table.filters.clear()
    assert [track.name for track in table.selected()] == ["b.wav"], "it was looked at before"


def test_cells_show_tags_second_guesses_and_genres_by_hand(table: TrackTable) -> None:
    def cells(row: int, *columns: Column) -> list[str]:
        return [table._model.index(row, column.value).data() for column in columns]

    assert cells(0, Column.GENRE, Column.SECOND, Column.TAGGED, Column.TITLE, Column.ARTIST) == [
        "Jazz",
        "Blues 10\u00a0%",
        "Jazz",
        "Beta",
        "Zoe",
    ]
    assert cells(2, Column.GENRE, Column.CONFIDENCE, Column.SECOND, Column.FOLDER) == [
        "Ska",
        "",
        "Rock 40\u00a0%",
        "/n",
    ]
    table._model.set_by_hand([table._model.track_in_row(2)], "rock")
    assert cells(2, Column.GENRE, Column.SECOND) == ["Rock", "Pop 10\u00a0%"], "what a person says is no guess"
    table._model.set_by_hand([table._model.track_in_row(2)], None)
    assert cells(2, Column.GENRE, Column.SECOND) == ["Unsure", "Rock 40\u00a0%"]
    assert cells(4, Column.GENRE, Column.SECOND, Column.TAGGED, Column.STATE) == ["Waiting", "", "", "Waiting"]
    tip = table._model.index(1, Column.TAGGED.value).data(Qt.ItemDataRole.ToolTipRole)
    assert "Its tag says Heavy Metal, the answer is Rock" in tip
    tip = table._model.index(2, Column.GENRE.value).data(Qt.ItemDataRole.ToolTipRole)
    assert "Closest: Rock 40" in tip
    assert (
        accessible_text(table._model.track_in_row(1))
        == "b.wav: Rock, More likely than not, 60\u00a0%; tagged Heavy Metal"
    )


def painted(table: TrackTable, row: int, column: Column) -> QImage:
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 30)
    table._delegate.paint(painter, option, table._model.index(row, column.value))
    painter.end()
    return image


def test_a_genre_by_hand_and_a_disagreement_are_marked(table: TrackTable) -> None:
    model = table._model
    by_hand, disagreeing = painted(table, 2, Column.GENRE), painted(table, 1, Column.TAGGED)
    model.set_summaries([("/n/c.wav", summary("ska")), ("/m/b.wav", summary("metal", tags=("Heavy Metal",)))])
    model.set_by_hand([model.find("/n/c.wav")], None)
    assert model.index(2, Column.GENRE.value).data() == "Ska"
    assert painted(table, 2, Column.GENRE) != by_hand
    assert painted(table, 1, Column.TAGGED) != disagreeing


def test_a_failure_is_told_across_the_columns_of_the_answer_wherever_they_stand(table: TrackTable) -> None:
    def message_columns() -> list[Column]:
        return table._delegate._message_columns()

    assert message_columns() == [Column.GENRE, Column.CONFIDENCE, Column.SECOND, Column.STATE]
    table.header.setSectionHidden(Column.SECOND.value, True)
    table.header.moveSection(table.header.visualIndex(Column.TITLE.value), 2)
    assert message_columns() == [Column.GENRE]
    red = painted(table, 3, Column.GENRE)
    problem = int(LIGHT.problem[1:], 16)
    assert any(red.pixel(x, y) & 0xFFFFFF == problem for x in range(200) for y in range(30))
    table.header.setSectionHidden(Column.GENRE.value, True)
    assert painted(table, 3, Column.STATE) != QImage(), "the state stands for itself"


def test_columns_are_chosen_moved_and_put_back(table: TrackTable) -> None:
    header = table.header
    menu = table.column_menu
    entries = opened(menu)
    assert heading(Column.NAME) not in entries, "it is always there"
    assert not entries["Album"].isChecked() and entries["Genre"].isChecked()
    entries["Album"].trigger()
    entries["Sure"].trigger()
    assert not header.isSectionHidden(Column.ALBUM.value) and header.isSectionHidden(Column.CONFIDENCE.value)
    opened(opened(menu)["Move to the left"].menu())
    left = {action.text(): action for action in opened(menu)["Move to the left"].menu().actions()}
    assert "File" not in left
    left["Second guess"].trigger()
    visible = [c for c in menu._in_order() if not header.isSectionHidden(c.value)]
    assert visible[:3] == [Column.NAME, Column.SECOND, Column.GENRE], "over the hidden one"
    opened(menu)["Columns as at first"].trigger()
    assert [c for c in menu._in_order() if not header.isSectionHidden(c.value)] == list(Column)[:9]


def test_the_keyboard_sorts_too(table: TrackTable) -> None:
    def sorting() -> dict[str, QAction]:
        return {action.text(): action for action in opened(table.column_menu)["Sort by"].menu().actions()}

    sorting()["Title"].trigger()
    assert names(table)[:2] == "ba"
    assert sorting()["Title"].isChecked()
    sorting()["Descending"].trigger()
    assert names(table)[:2] == "ab"
    sorting()["As they were added"].trigger()
    assert names(table) == "abcde"


def test_names_take_what_the_other_columns_leave_and_the_rest_scrolls(qtbot: QtBot, table: TrackTable) -> None:
    header, bar = table.header, table.view.horizontalScrollBar()
    narrow = header.sectionSize(Column.NAME.value)
    assert bar.maximum() > 0
    table.resize(2000, 400)
    qtbot.waitUntil(lambda: header.length() == table.view.viewport().width())
    assert header.sectionSize(Column.NAME.value) > narrow and bar.maximum() == 0
    table.resize(600, 400)
    qtbot.waitUntil(lambda: header.sectionSize(Column.NAME.value) == narrow)
    bar.setValue(bar.maximum())
    table.select_row(3)
    assert bar.value() == bar.maximum() > 0, "another row is no reason to leave the columns looked at"
    qtbot.keyClick(table.view, Qt.Key.Key_Up)
    assert table.current().name == "c.wav" and bar.value() == bar.maximum()
    qtbot.keyClick(table.view, Qt.Key.Key_Left)
    assert table.current().name == "c.wav" and 0 < bar.value() < bar.maximum()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_genres_are_chosen_with_their_numbers_and_the_menu_stays_open(qtbot: QtBot, table: TrackTable) -> None:
    filters = table.filters
    menu = filters.genre.menu()
    menu.popup(QPoint(0, 0))
    entries = {action.text(): action for action in menu.actions()}
    assert {"Jazz\t1", "Rock\t1", "Ska\t1", "Blues\t0", "Unsure\t0", "Set by hand\t1"} <= set(entries)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entries["Jazz\t1"]).center())
    assert menu.isVisible() and names(table) == "a" and filters.genre.text() == "Jazz"
    menu.setActiveAction(entries["Rock\t1"])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible() and names(table) == "ab" and filters.genre.text() == "Jazz +1"
    assert filters.genre.accessibleName() == "Genre: Jazz, Rock"
    entries["Set by hand\t1"].trigger()
    assert names(table) == "abc"
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert opened(menu)["Jazz"].isChecked() and opened(menu)["Set by hand"].isChecked()
    opened(menu)["All"].trigger()
    assert names(table) == "abcde" and filters.genre.text() == "Genre"


def test_confidences_are_chosen_by_words_or_figures(table: TrackTable) -> None:
    menu = table.filters.confidence.menu()
    entries = opened(menu)
    next(action for text, action in entries.items() if text.startswith("Very sure")).trigger()
    assert names(table) == "a" and table.filters.confidence.text() == "≥ 90\u00a0%"
    opened(menu)
    assert (menu.low.value(), menu.high.value()) == (90, 100)
    menu.low.setValue(55)
    menu.high.setValue(70)
    assert names(table) == "b" and table.filters.confidence.text() == "55–70\u00a0%"
    menu.low.setValue(80)
    assert (menu.low.value(), menu.high.value()) == (80, 80), "a range does not end before it begins"
    opened(menu)["All"].trigger()
    assert names(table) == "abcde" and table.filters.confidence.text() == "Sure"


def test_states_disagreements_and_failures(qtbot: QtBot, table: TrackTable) -> None:
    filters = table.filters
    opened(filters.state.menu())["Waiting"].trigger()
    assert names(table) == "e" and filters.state.text() == "Waiting"
    filters.clear()
    table.show_failures(1)
    assert filters.failures_only.isVisible() and filters.failures_only.text() == "1 failed"
    qtbot.mouseClick(filters.failures_only, Qt.MouseButton.LeftButton)
    assert names(table) == "d" and filters.state.text() == "Failed"
    table.show_failures(0)
    assert names(table) == "abcde" and not filters.failures_only.isVisible()
    qtbot.mouseClick(filters.disagrees, Qt.MouseButton.LeftButton)
    assert names(table) == "bc"
    table._model.set_labels(["jazz", "rock"])
    qtbot.waitUntil(lambda: names(table) == "c")


def test_it_says_how_many_are_shown_and_shows_all_again(qtbot: QtBot, table: TrackTable) -> None:
    filters = table.filters
    assert filters.count.text() == "5 tracks" and not filters.clear_all.isVisible()
    filters.line.setText("wav m")
    table.set_filter(FilterState(text="wav /m/", states=frozenset({"done"})))
    assert filters.line.text() == "wav /m/"
    assert filters.count.text() == "2 of 5 shown"
    table._model.add(["/m/f.wav"])
    assert filters.count.text() == "2 of 6 shown"
    qtbot.mouseClick(filters.clear_all, Qt.MouseButton.LeftButton)
    assert filters.count.text() == "6 tracks" and filters.line.text() == "" and names(table) == "abcdef"


def test_every_filter_can_be_reached_by_tab(qtbot: QtBot, table: TrackTable) -> None:
    filters = table.filters
    table.activateWindow()
    filters.line.setFocus()
    reached = []
    for _ in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    expected = [filters.columns, filters.genre, filters.confidence, filters.state, filters.disagrees, table.view]
    assert reached[: len(expected)] == expected
    assert all(button.accessibleName() for button in expected)


def test_rearranging_takes_a_tenth_of_the_time_at_most(table: TrackTable, monkeypatch: pytest.MonkeyPatch) -> None:
    model = table._model
    assert model._rearrange_soon.interval() == 250
    times = iter([10.0, 10.2])
    monkeypatch.setattr(track_rows.time, "perf_counter", lambda: next(times))
    model.sort(Column.GENRE.value)
    assert model._rearrange_soon.interval() == 2000


def test_ten_thousand_rows_in_batches_keep_every_promise(table: TrackTable) -> None:
    """Removing, sorting, filtering and inserting at random places: rows and tracks go on finding each other."""
    model = table._model
    model.remove(list(model.tracks()))
    rows = list(library(3_000))
    model.sort(Column.ARTIST.value)
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        model.add(path for path, _ in part)
        model.set_summaries(part)
        model.set_filter(FilterState(text="night" if start % 1000 else ""))
        model.remove(list(model.tracks())[start // 2 : start // 2 + 20])
    model.set_filter(FilterState())
    assert model.rowCount() == len(model) == 3_000 - 6 * 20
    for row in range(0, model.rowCount(), 7):
        track = model.track_in_row(row)
        assert model.index_of(track).row() == row and model.find(track.path) is track
    assert sum(model.counts.values()) == len(model)
    assert model.counts[State.FAILED] == sum(track.state is State.FAILED for track in model.tracks())
    assert sum(model.genre_counts().values()) == len(model) - sum(track.genre is None for track in model.tracks())


def test_columns_sorting_and_filter_are_remembered(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_sound: Callable[..., Path]
) -> None:
    first = make_window()
    wanted = FilterState("a", frozenset({"jazz", "not music"}), True, 10, 95, frozenset({"done"}), False)
    first.table.set_filter(wanted)
    header = first.table.header
    header.setSectionHidden(Column.ALBUM.value, False)
    header.setSectionHidden(Column.TAGGED.value, True)
    header.moveSection(header.visualIndex(Column.STATE.value), 0)
    first.table.view.sortByColumn(Column.CONFIDENCE.value, DESCENDING)
    first.close()
    second = make_window()
    table = second.table
    assert second.session.tracks.filter_state == wanted
    assert table.filters.line.text() == "a" and table.filters.genre.text() == "Jazz +2"
    assert not table.header.isSectionHidden(Column.ALBUM.value) and table.header.isSectionHidden(Column.TAGGED.value)
    assert table.header.logicalIndex(0) == Column.STATE.value
    model = second.session.tracks
    assert (model._sort_by, model._descending) == (Column.CONFIDENCE, True)
    second.session.open([make_sound("b.wav")])
    wait_for_rows(qtbot, second, 1)
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert not model.filter_state.is_active, "what was just opened must be seen"
    wait_until_idle(qtbot, second)


def test_a_filter_that_nothing_matches_says_so_and_how_to_end_it(table: TrackTable) -> None:
    assert table.nothing_matches.isHidden()
    table.filters.line.setText("there is no such track")
    assert not table.nothing_matches.isHidden()
    table.nothing_matches.linkActivated.emit("#")
    assert table.nothing_matches.isHidden() and table.view.model().rowCount() > 0
