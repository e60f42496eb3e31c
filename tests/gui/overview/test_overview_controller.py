"""The overview of the list beside the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track_filter import FilterState
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    make_prediction,
    set_prediction,
    track_named,
    wait_for_rows,
    with_engines,
)
from tests.gui.support.answered_album import open_album


@pytest.fixture
def album(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    return open_album(qtbot, make_window, services, make_sound)


@pytest.fixture
def overview(qtbot: QtBot, album: MainWindow) -> MainWindow:
    album.actions_.overview.trigger()
    qtbot.waitUntil(lambda: sum(album.overview.genres.counts) == 7)
    return album


def test_the_overview_takes_the_place_of_the_track(qtbot: QtBot, overview: MainWindow) -> None:
    assert overview.overview.isVisible() and not overview.canvas.isVisible()
    assert dict(zip(overview.overview.genres.genres, overview.overview.genres.counts, strict=True)) == {
        "jazz": 5,
        "metal": 1,
        "unsure": 1,
    }
    assert overview.overview.confidence.counts == (0, 0, 0, 1, 0, 0, 1, 0, 5, 0)
    figures = overview.overview._summary.text()
    assert "6 with a genre (86\u00a0%)" in figures and "2 failed" in figures
    assert overview.overview._scope.text() == "Of all 9 tracks in the list"
    qtbot.keyClick(overview, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert overview.canvas.isVisible() and not overview.actions_.overview.isChecked()


def test_a_bar_filters_the_table(overview: MainWindow) -> None:
    page = overview.overview
    page.genres.chosen.emit(page.genres.genres.index("metal"))
    assert overview.session.tracks.rowCount() == 1
    page.confidence.chosen.emit(8)
    assert overview.session.tracks.rowCount() == 5
    page.confidence.chosen.emit(3)
    assert overview.session.tracks.rowCount() == 1
    assert page.genres.counts == (5, 1, 1), "the chart is of the list and not of the filter"


def test_styles_have_a_chart_whose_bars_filter_the_table(qtbot: QtBot, overview: MainWindow) -> None:
    page = overview.overview
    assert not page.styles.isVisible() and not page._styles_title.isVisible()
    for name, styles in (("0.wav", ("swing", "latin")), ("1.wav", ("swing",)), ("unsure.wav", ("latin", "salsa"))):
        track = track_named(overview, name)
        set_prediction(overview, track, make_prediction("jazz", styles=styles))
    page.refresh()
    qtbot.waitUntil(page.styles.isVisible)
    qtbot.waitUntil(lambda: page.styles.counts == (2, 2, 1))
    assert page.styles.genres == ("latin", "swing", "salsa") and page._styles_title.text() == "Sounds like"
    page.styles.chosen.emit(0)
    assert overview.session.tracks.filter_state == FilterState(styles=frozenset({"latin"}))
    assert overview.session.tracks.rowCount() == 2


def test_outliers_lead_to_their_tracks(overview: MainWindow) -> None:
    tree = overview.overview.outliers
    assert tree.topLevelItemCount() == 1
    group = tree.topLevelItem(0)
    assert isinstance(group, QTreeWidgetItem) and group.text(0).startswith("5 of 6 tracks")
    assert "one says metal" in group.text(0)
    outlier = group.child(0)
    assert outlier is not None and outlier.text(0) == "5.wav: metal, 61\u00a0%"
    tree.setCurrentItem(outlier)
    assert overview.table.current().name == "5.wav"


def test_a_selection_is_counted_alone(qtbot: QtBot, overview: MainWindow) -> None:
    for name in ("0.wav", "5.wav"):
        index = overview.session.tracks.index_of(track_named(overview, name))
        flags = overview.table.view.selectionModel().SelectionFlag
        command = flags.Rows | (flags.ClearAndSelect if name == "0.wav" else flags.Select)
        overview.table.view.selectionModel().select(index, command)
    qtbot.waitUntil(lambda: overview.overview._scope.text() == "Of the 2 tracks selected")
    assert overview.overview.genres.counts == (1, 1)


def test_what_changes_is_counted_anew(qtbot: QtBot, overview: MainWindow) -> None:
    overview.session.set_by_hand([track_named(overview, "5.wav")], "jazz")
    qtbot.waitUntil(lambda: overview.overview.genres.counts == (6, 1))
    assert "1 set by hand" in overview.overview._summary.text()
    assert (
        "agrees with itself" in overview.overview._outliers_note.text() and not overview.overview.outliers.isVisible()
    )


def test_an_empty_overview_says_so(qtbot: QtBot, make_window: MakeWindow, services: Services, tmp_path: Path) -> None:
    window = make_window(with_engines(services, SlowClassifier()))
    window.session.open([tmp_path / "a.wav"])
    wait_for_rows(qtbot, window, 1)
    window.actions_.overview.trigger()
    qtbot.waitUntil(lambda: window.overview._summary.text() == "1 not classified yet")
    assert window.overview.genres.counts == ()
