"""The model that the user has chosen, in the settings and at a failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.core import locations
from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from genre_desktop.gui.text.display import error_message
from genre_desktop.model.bundles import catalogue
from genre_desktop.model.bundles.bundle import read_bundle
from tests.gui.support.models_driver import (
    MakeModel,
    close_failure,
    is_loaded,
)


def test_the_model_in_use_can_be_chosen_as_the_default(
    window: MainWindow, dialog: ModelsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: is_loaded(window))
    assert load_settings().default_model is None
    dialog.view.activated.emit(dialog.table.index(0, 0))
    assert is_loaded(window), "there is nothing to load"
    assert load_settings().default_model == "shipped", "now it was chosen"
    window.actions_._models.actions()[0].trigger()
    assert is_loaded(window)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_default_below_a_link_is_stored_by_its_real_folder(
    window: MainWindow, make_model: MakeModel, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "real").mkdir()
    locations.user_models().parent.mkdir(parents=True, exist_ok=True)
    locations.user_models().symlink_to(tmp_path / "real")
    path = make_model("shipped", "2025-06-01", locations.user_models())  # older: only its folder means it
    window.model_selection.choose(read_bundle(path))
    qtbot.waitUntil(lambda: load_settings().default_model is not None)
    assert load_settings().default_model == str(tmp_path / "real" / path.name)
    catalogue.remove_bundle(read_bundle(path))
    assert load_settings().default_model is None


def test_a_chosen_model_that_cannot_be_loaded_is_shown_in_a_dialog(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: is_loaded(window))
    error = BundleUnreadableError(path="/models/mine", reason="it is damaged")
    window.session.model_failed.emit(error)  # that of the start, which nobody asked for
    assert not any(box.isVisible() for box in window.findChildren(QMessageBox))
    window.model_selection.choose(read_bundle(make_model("mine", "2026-02-01")))
    window.session.model_failed.emit(error)
    assert close_failure(window) == (error_message(error), "Error code: GD-205")
    qtbot.waitUntil(lambda: is_loaded(window))
