"""The question before an imported model replaces another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.update_dialog import UpdateDialog
from genre_desktop.model import predictor
from genre_desktop.model.bundles import catalogue
from genre_desktop.model.bundles.bundle import read_bundle
from tests.gui.conftest import GENRES
from tests.gui.support.models_driver import (
    FIGURES,
    MakeModel,
    answer,
    drop,
    update_question,
    wait_for_models,
)


def test_an_update_shows_the_differences_as_plain_text_and_cancels_by_default(
    window: MainWindow, make_model: MakeModel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(predictor, "require_safe", lambda bundle: tried.append(bundle.name))
    source = make_model(
        "shipped",
        "2026-02-01",
        labels=[*GENRES[1:], "<img src='http://example.org/x.png'>"],
        licences={"weights": "<b>none</b>"},
        metrics={"lists": {**FIGURES, "accuracy": 0.85}},
    )
    archive = catalogue.export_bundle(read_bundle(source), tmp_path / "new.zip")
    drop(window, archive)
    answer(window, "&Import")
    wait_for_models(window, qtbot)
    asked = update_question(window)
    labels = asked.findChildren(QLabel)
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
    told = [one.text().replace("\u200b", "") for one in labels]  # long words may be parted
    for text in ("2026-01-10", "2026-02-01", GENRES[0], "<img src='http://example.org/x.png'>", "weights: <b>none</b>"):
        assert text in told, text
    assert any(one.startswith("85\u00a0%") for one in told) and any(one.startswith("82\u00a0%") for one in told)
    assert asked.cancel.isDefault() and not asked.replace.isDefault()
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    assert not tried and window.session.bundle is not None and window.session.bundle.is_shipped
    assert catalogue.find_bundle("shipped").is_shipped and not window.notices.notices()


def test_names_of_a_hundred_letters_widen_no_window(window: MainWindow, make_model: MakeModel, qtbot: QtBot) -> None:
    labels = [f"{'W' * 99}{number}" for number in range(10)]
    before = window.minimumSizeHint().width()
    window.models_controller.import_model(make_model("W" * 100, "2026-01-01", labels=labels))
    wait_for_models(window, qtbot)
    assert window.notices.notices()
    window.models_controller.import_model(make_model("W" * 100, "2026-01-02", labels=labels[1:]))
    wait_for_models(window, qtbot)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    assert window.minimumSizeHint().width() <= before
    assert update_question(window).minimumSizeHint().width() < 700
    update_question(window).cancel.click()
    drop(window, Path(f"/{'W' * 200}.zip"))
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert box.width() < 900
    box.reject()


def test_a_long_word_does_not_push_the_differences_out_of_sight(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    window.models_controller.import_model(make_model("one", "2026-01-01", licences={"weights": "W" * 400}))
    wait_for_models(window, qtbot)
    window.models_controller.import_model(make_model("one", "2026-01-02"))
    wait_for_models(window, qtbot)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    (area,) = update_question(window).findChildren(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    update_question(window).cancel.click()
