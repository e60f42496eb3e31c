from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import CanvasSettings, load_settings
from genre_desktop.gui.canvas.spectrogram_menu import SpectrogramMenu
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets.theme import ThemeSwitch


@pytest.fixture
def options(qapp: QApplication) -> Iterator[SpectrogramMenu]:
    made = SpectrogramMenu(CanvasSettings("log", 512, "viridis", -80, -30))
    yield made
    shiboken6.delete(made)


def action(options: SpectrogramMenu, field: str, value: object) -> QAction:
    return next(action for action in options.actions() if action.data() == (field, value))


def test_the_present_settings_are_checked(options: SpectrogramMenu) -> None:
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


def test_each_choice_is_emitted_by_itself(options: SpectrogramMenu) -> None:
    emitted: list[CanvasSettings] = []
    options.chosen.connect(emitted.append)
    action(options, "scale", "linear").trigger()
    action(options, "n_fft", 8_192).trigger()
    action(options, "colour_map", "grey").trigger()
    action(options, "colour_map", "grey").trigger()
    assert emitted == [
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


def test_choices_reach_the_plots_and_the_settings(qtbot: QtBot, make_window: object) -> None:
    window: MainWindow = make_window()  # type: ignore[operator]
    action(window.canvas.spectrogram_menu, "colour_map", "cividis").trigger()
    action(window.canvas.spectrogram_menu, "scale", "log").trigger()
    assert load_settings().canvas == CanvasSettings("log", colour_map="cividis")
    assert window.canvas.plots is not None
    assert window.canvas.plots.picture_config().scale == "log"
    assert any(
        entry.menu() is window.canvas.spectrogram_menu for entry in window.menuBar().actions()[3].menu().actions()
    )
    qtbot.keyClick(window.canvas._view, Qt.Key.Key_Tab)  # it is reached by keyboard
    assert window.canvas._view.focusPolicy() & Qt.FocusPolicy.TabFocus
