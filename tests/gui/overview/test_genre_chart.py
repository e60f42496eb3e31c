"""The bar chart of genres, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.overview.genre_chart import GenreChart, StyleChart
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.genre_colours import genre_colour

COUNTS = [("jazz", 120), ("metal", 30), ("unsure", 50)]


@pytest.fixture
def genres(qtbot: QtBot, qapp: QApplication) -> GenreChart:
    chart = GenreChart(ThemeSwitch(qapp, "light"))
    qtbot.addWidget(chart)
    chart.show_genres(COUNTS)
    chart.resize(400, chart.sizeHint().height())
    chart.show()
    return chart


def middle(chart: GenreChart, number: int) -> QPoint:
    return chart.bar_rect(number).center().toPoint()


def test_a_click_chooses_the_bar(qtbot: QtBot, genres: GenreChart) -> None:
    chosen: list[int] = []
    genres.chosen.connect(chosen.append)
    qtbot.mouseClick(genres, Qt.MouseButton.LeftButton, pos=middle(genres, 1))
    qtbot.mouseClick(genres, Qt.MouseButton.RightButton, pos=middle(genres, 2))
    assert chosen == [1]


def test_the_keyboard_reaches_every_bar(qtbot: QtBot, genres: GenreChart) -> None:
    chosen: list[int] = []
    genres.chosen.connect(chosen.append)
    keys = Qt.Key
    for key in (keys.Key_Return, keys.Key_Down, keys.Key_Space, keys.Key_End, keys.Key_Enter, keys.Key_Down):
        qtbot.keyClick(genres, key)
    for key in (keys.Key_Space, keys.Key_Home, keys.Key_Up, keys.Key_Space):
        qtbot.keyClick(genres, key)
    assert chosen == [0, 1, 2, 2, 0]


def test_bars_are_described(genres: GenreChart) -> None:
    assert genres.accessibleDescription().startswith("Jazz: 120 tracks, 60\u00a0%; Metal: 30 tracks, 15\u00a0%")


def test_bars_are_as_long_as_their_counts(genres: GenreChart) -> None:
    picture = genres.grab().toImage()
    lengths = []
    for number, (genre, _) in enumerate(COUNTS[:2]):
        row, colour = middle(genres, number).y(), QColor(genre_colour(genre))
        lengths.append(sum(picture.pixelColor(x, row) == colour for x in range(picture.width())))
    assert lengths[1] == pytest.approx(lengths[0] / 4, abs=3)


def test_with_fewer_bars_the_current_one_still_exists(qtbot: QtBot, genres: GenreChart) -> None:
    qtbot.keyClick(genres, Qt.Key.Key_End)
    genres.show_genres(COUNTS[:1])
    chosen: list[int] = []
    genres.chosen.connect(chosen.append)
    qtbot.keyClick(genres, Qt.Key.Key_Space)
    genres.show_genres([])
    qtbot.keyClick(genres, Qt.Key.Key_Space)
    qtbot.keyClick(genres, Qt.Key.Key_Down)
    genres.grab()
    assert chosen == [0]


def test_bars_of_styles_tell_the_share_of_all_tracks(qtbot: QtBot, qapp: QApplication) -> None:
    chart = StyleChart(ThemeSwitch(qapp, "light"))
    qtbot.addWidget(chart)
    chart.show_genres([("drum and bass", 60), ("R&B", 20)], 200)
    assert chart.accessibleName() == "Tracks of each style"
    assert chart.bar_text(0) == "Drum and bass: 60 tracks, 30\u00a0%"
    assert chart.bar_text(1) == "R&B: 20 tracks, 10\u00a0%"
