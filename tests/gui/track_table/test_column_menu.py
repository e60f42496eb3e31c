"""The columns of the table, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.columns import Column, heading
from tests.gui.track_table.conftest import names, opened


def test_columns_are_shown_moved_and_reset(table: TrackTable) -> None:
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
    left["Style"].trigger()
    visible = [c for c in menu._in_order() if not header.isSectionHidden(c.value)]
    assert visible[:3] == [Column.NAME, Column.STYLE, Column.GENRE], "over the hidden one"
    opened(menu)["Columns as at first"].trigger()
    assert [c for c in menu._in_order() if not header.isSectionHidden(c.value)] == [
        *list(Column)[:3],
        Column.STYLE,
        *list(Column)[3:9],
    ]


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
