"""Settings of the spectrogram."""

from __future__ import annotations

import pytest

from genre_desktop.core.settings import (
    CanvasSettings,
    load_settings,
)
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.settings.spectrogram_page import SpectrogramPage
from tests.gui.conftest import (
    MakeWindow,
)
from tests.gui.support.settings_driver import opened, page, window_of


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


def test_the_spectrogram_changes_at_once_and_in_the_menu_too(dialog: SettingsDialog) -> None:
    window = window_of(dialog)
    drawn = page(dialog, SpectrogramPage)
    drawn.scale.choose("log")
    drawn.window_length.choose(4_096)
    drawn.colours.choose("cividis")
    drawn.low.setValue(-15)
    assert (drawn.low.value(), drawn.high.value()) == (-15, -5)
    expected = CanvasSettings("log", 4_096, "cividis", -15, -5)
    assert load_settings().canvas == window.canvas.spectrogram_menu.settings == expected
    assert window.canvas.plots.config().scale == "log"
    marked = {action.data() for action in window.canvas.spectrogram_menu.actions() if action.isChecked()}
    assert marked == {("scale", "log"), ("n_fft", 4_096), ("colour_map", "cividis")}
    window.canvas.spectrogram_menu.low.setValue(-90)
    next(one for one in window.canvas.spectrogram_menu.actions() if one.data() == ("scale", "linear")).trigger()
    assert (drawn.scale.key(), drawn.low.value()) == ("linear", -90)
