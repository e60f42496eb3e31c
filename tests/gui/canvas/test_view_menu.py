from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import CanvasSettings, load_settings
from genre_desktop.gui.canvas.colour_maps import COLOUR_MAPS, colour_table, level_table
from genre_desktop.gui.canvas.view_menu import SpectrogramMenu
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets.theme import ThemeSwitch


@pytest.fixture
def options(qapp: QApplication) -> Iterator[SpectrogramMenu]:
    made = SpectrogramMenu(CanvasSettings("log", 512, "viridis", -80, -30))
    yield made
    shiboken6.delete(made)


def action(options: SpectrogramMenu, field: str, value: object) -> QAction:
    return next(action for action in options.actions() if action.data() == (field, value))


def test_what_is_remembered_is_marked(options: SpectrogramMenu) -> None:
    marked = {action.data() for action in options.actions() if action.isChecked()}
    assert marked == {("scale", "log"), ("n_fft", 512), ("colour_map", "viridis")}
    assert (options.low.value(), options.high.value()) == (-80, -30)
    assert options.low.accessibleName() and options.high.accessibleName()


def test_levels_can_be_read(qtbot: QtBot, options: SpectrogramMenu, qapp: QApplication) -> None:
    themes = ThemeSwitch(qapp, "light")
    options.popup(QPoint(0, 0))
    for box in (options.low, options.high):
        # Without buttons, Qt leaves it a pixel under a style sheet.
        assert box.lineEdit().width() >= box.fontMetrics().horizontalAdvance(box.text()) + 10
    options.close()
    shiboken6.delete(themes)


def test_choices_are_told_one_at_a_time(options: SpectrogramMenu) -> None:
    heard: list[CanvasSettings] = []
    options.chosen.connect(heard.append)
    action(options, "scale", "linear").trigger()
    action(options, "n_fft", 8_192).trigger()
    action(options, "colour_map", "grey").trigger()
    action(options, "colour_map", "grey").trigger()
    assert heard == [
        CanvasSettings("linear", 512, "viridis", -80, -30),
        CanvasSettings("linear", 8_192, "viridis", -80, -30),
        CanvasSettings("linear", 8_192, "grey", -80, -30),
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(-25, None, (-25, -15)), (None, -118, (-120, -110)), (0, None, (-10, 0))]
)
def test_levels_keep_their_distance(
    options: SpectrogramMenu, low: int | None, high: int | None, expected: tuple[int, int]
) -> None:
    if low is not None:
        options.low.setValue(low)
    if high is not None:
        options.high.setValue(high)
    assert (options.settings.low_db, options.settings.high_db) == expected
    assert (options.low.value(), options.high.value()) == expected


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_colours_grow_steadily_brighter(name: str) -> None:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    luminances = []
    for colour in colour_table(name):  # type: ignore[arg-type]
        red, green, blue = (linear((colour >> shift & 255) / 255) for shift in (16, 8, 0))
        luminances.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    assert all(later >= sooner - 1e-3 for sooner, later in pairwise(luminances))
    assert luminances[-1] - luminances[0] > 0.6


def test_levels_outside_the_range_get_its_ends() -> None:
    table = level_table("grey", -100, -20, -120, 0.5)
    assert len(table) == 256
    assert table[0] == table[40] == 0xFF000000 and table[200] == table[255] == 0xFFFFFFFF
    assert table[120] & 255 == pytest.approx(128, abs=1)


def test_choices_reach_the_plots_and_the_settings(qtbot: QtBot, make_window: object) -> None:
    window: MainWindow = make_window()  # type: ignore[operator]
    action(window.canvas.options, "colour_map", "cividis").trigger()
    action(window.canvas.options, "scale", "log").trigger()
    assert load_settings().canvas == CanvasSettings("log", colour_map="cividis")
    assert window.canvas.plots is not None
    assert window.canvas.plots.picture_config().scale == "log"
    assert any(entry.menu() is window.canvas.options for entry in window.menuBar().actions()[3].menu().actions())
    qtbot.keyClick(window.canvas._view, Qt.Key.Key_Tab)  # it is reached by keyboard
    assert window.canvas._view.focusPolicy() & Qt.FocusPolicy.TabFocus
