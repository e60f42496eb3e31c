"""The filters of the table, by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track_filter import FilterState
from tests.gui.track_table.conftest import KNOWN, names, opened


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


def test_confidences_are_chosen_by_name_or_number(table: TrackTable) -> None:
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


def test_the_number_of_shown_tracks_is_displayed_and_the_filter_cleared(qtbot: QtBot, table: TrackTable) -> None:
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


def test_a_filter_without_a_match_shows_a_link_that_clears_it(table: TrackTable) -> None:
    assert table.nothing_matches.isHidden()
    table.filters.line.setText("there is no such track")
    assert not table.nothing_matches.isHidden()
    table.nothing_matches.linkActivated.emit("#")
    assert table.nothing_matches.isHidden() and table.view.model().rowCount() > 0


def test_styles_are_offered_where_the_model_has_some(qtbot: QtBot, table: TrackTable) -> None:
    filters, model = table.filters, table._model
    assert not filters.styles.isVisible()
    model.set_labels(["jazz", "rock"], ["techno", "swing"])
    assert filters.styles.isVisible() and filters.styles.text() == "Style"
    changed = {
        "/m/a.wav": replace(KNOWN["/m/a.wav"], styles=("swing",)),
        "/m/b.wav": replace(KNOWN["/m/b.wav"], styles=("drum and bass", "swing")),
    }
    model.set_summaries(changed.items())
    menu = filters.styles.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()[2:]] == ["Swing\t2", "Drum and bass\t1"]
    opened(menu)["Drum and bass"].trigger()
    assert names(table) == "b" and filters.styles.text() == "Drum and bass"
    assert filters.styles.accessibleName() == "Style: Drum and bass"
    opened(menu)["Swing"].trigger()
    assert names(table) == "ab" and opened(menu)["Swing"].isChecked()
    model.set_labels(["jazz", "rock"])
    assert filters.styles.isVisible(), "a filter that hides tracks stays in sight"
    opened(menu)["All"].trigger()
    assert names(table) == "abcde" and not filters.styles.isVisible()
