"""Controls that are derived from declarations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from genre_desktop.core.settings import Settings, load_settings
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.settings.setting_page import SettingPage


@pytest.fixture
def model(qapp: QApplication) -> Iterator[SettingsModel]:
    made = SettingsModel(Settings())
    yield made
    shiboken6.delete(made)


@pytest.fixture
def page(model: SettingsModel) -> Iterator[SettingPage]:
    made = SettingPage("Page", model)
    yield made
    shiboken6.delete(made)


def test_a_choice_shows_and_changes_its_setting(page: SettingPage, model: SettingsModel) -> None:
    box = page.add_choice("canvas.scale")
    assert [box.itemText(row) for row in range(box.count())] == ["Mel", "Logarithmic", "Linear"]
    assert box.accessibleName() == "Frequency scale" and box.key() == "mel"
    assert page.hints["canvas.scale"].text().startswith("Mel: as far apart")
    box.choose("log")
    assert model.current.canvas.scale == load_settings().canvas.scale == "log"
    model.set_values("canvas", scale="linear")
    assert box.key() == "linear"


def test_a_switch_shows_and_changes_its_setting(page: SettingPage, model: SettingsModel) -> None:
    box = page.add_switch("processing.stay_awake")
    assert box.isChecked() and box.text() == "Keep the computer awake during a run"
    box.click()
    assert not load_settings().processing.stay_awake
    model.reset()
    assert box.isChecked()


def test_other_entries_take_the_place_of_those_declared(page: SettingPage, model: SettingsModel) -> None:
    box = page.add_choice("processing.jobs", lambda: [(0, "Automatic"), (3, "three")])
    box.choose(3)
    assert model.value("processing.jobs") == 3
