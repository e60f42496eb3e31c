"""The dialog of models."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core import i18n
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from tests.gui.support.models_driver import (
    MakeModel,
    rows,
    texts,
    wait_for_models,
)


def test_the_dialog_shows_the_models_and_facts_about_the_selected_one(
    dialog: ModelsDialog, make_model: MakeModel
) -> None:
    assert rows(dialog) == [("shipped (in use)", "2026-01-10", "82\u00a0% (75–89)", "10", "0.0 MB", "shipped")]
    told = texts(dialog)
    assert "The model shipped." in told and "443 tracks" in told and "weights: MIT" in told and "hip-hop" in told
    assert not dialog.remove.isEnabled() and not dialog.use.isEnabled() and dialog.export.isEnabled()


def test_the_column_of_the_origin_is_wide_enough_for_long_translations(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    i18n.set_translator(lambda text: f"{text}, und noch viel mehr" if text == "yours, an update" else text)
    window.models_controller.show_models()
    dialog = window.models_controller.dialog
    assert dialog is not None
    wait_for_models(window, qtbot)
    told = i18n.tr("yours, an update")
    assert dialog.view.columnWidth(5) > dialog.view.fontMetrics().horizontalAdvance(told) + 16
