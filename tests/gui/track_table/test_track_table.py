"""Rows of the table: order, selection, cells, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks import track_row_model as track_rows
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.track import State, accessible_text
from genre_desktop.gui.tracks.track_filter import FilterState
from tests.gui.conftest import wait_for_rows, wait_until_idle
from tests.gui.support.library_rows import library
from tests.gui.track_table.conftest import names

DESCENDING = Qt.SortOrder.DescendingOrder


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
def test_every_column_sorts_and_unknown_values_come_last(
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


def test_rearranging_takes_a_tenth_of_the_time_at_most(table: TrackTable, monkeypatch: pytest.MonkeyPatch) -> None:
    model = table._model
    assert model._rearrange_soon.interval() == 250
    times = iter([10.0, 10.2])
    monkeypatch.setattr(track_rows.time, "perf_counter", lambda: next(times))
    model.sort(Column.GENRE.value)
    assert model._rearrange_soon.interval() == 2000


def test_ten_thousand_rows_in_batches_stay_in_order(table: TrackTable) -> None:
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
