"""Questions and file dialogs before a model is imported, replaced or exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from genre_desktop.gui.widgets import file_manager
from genre_desktop.model.bundles import catalogue
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.importing.zip_extraction import unpack
from tests.gui.conftest import GENRES
from tests.gui.support.models_driver import (
    MakeModel,
    answer,
    close_failure,
    confirm_update,
    drop,
    update_question,
    wait_for_models,
)
from tests.support.bundles import import_bundle


def test_an_older_version_replaces_a_newer_one_only_if_confirmed(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    import_bundle(make_model("mine", "2026-02-01"))
    older = make_model("mine", "2026-01-01")
    window.models_controller.import_model(older)
    wait_for_models(window, qtbot)
    asked = update_question(window)
    assert any("not newer" in one.text() for one in asked.findChildren(QLabel))
    asked.cancel.click()
    assert catalogue.find_bundle("mine").card["created"] == "2026-02-01"
    window.models_controller.import_model(older)
    wait_for_models(window, qtbot)
    confirm_update(window, qtbot)
    assert catalogue.find_bundle("mine").card["created"] == "2026-01-01"


def test_each_of_two_imports_gets_its_own_question(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("mine", "other"):
        import_bundle(make_model(name, "2026-02-01"))
    older, newer = make_model("mine", "2026-01-01"), make_model("other", "2026-03-01")
    window.models_controller.import_model(older)
    window.models_controller.import_model(newer)
    window.models_controller.show_models()
    opened = window.models_controller.dialog
    assert opened is not None and not opened.import_.isEnabled() and opened.progress.isVisible()
    wait_for_models(window, qtbot)
    assert opened.import_.isEnabled()
    confirm_update(window, qtbot)
    confirm_update(window, qtbot)
    created = {name: catalogue.find_bundle(name).card["created"] for name in ("mine", "other")}
    assert created == {"mine": "2026-01-01", "other": "2026-03-01"}


def test_only_the_confirmed_version_is_imported(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    source = make_model("shipped", "2026-02-01")
    window.models_controller.import_model(source)
    wait_for_models(window, qtbot)
    card = json.loads((source / "card.json").read_text("utf-8"))
    (source / "card.json").write_text(json.dumps({**card, "labels": [*GENRES[1:], "polka"]}), "utf-8")
    confirm_update(window, qtbot)
    assert catalogue.find_bundle("shipped").is_shipped, "another one than was shown"
    assert any(one.text() == "polka" for one in update_question(window).findChildren(QLabel)), "it is asked about, too"
    confirm_update(window, qtbot)
    assert "polka" in catalogue.find_bundle("shipped").labels


def test_a_model_is_exported_and_only_a_zip_file_is_replaced(
    window: MainWindow, dialog: ModelsDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["out", "out.zip", "out", "out.zip"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / next(names)), ""))
    for _ in range(2):  # the file dialog has asked whether the one that is there may be replaced
        dialog.export.click()
        wait_for_models(window, qtbot)
        assert "was written to out.zip" in dialog.message.text()
    unpack(tmp_path / "out.zip", tmp_path / "unpacked", is_cancelled=lambda: False)
    assert read_bundle(tmp_path / "unpacked").name == "shipped"
    dialog.export.click()
    assert "is there already" in dialog.message.text(), "of out.zip nobody has asked"
    (tmp_path / "out.zip").write_text("a letter")
    dialog.export.click()
    wait_for_models(window, qtbot)
    assert "would be lost" in close_failure(window)[0]
    assert "would be lost" in dialog.message.text() and (tmp_path / "out.zip").read_text() == "a letter"
    shown: list[Path] = []
    monkeypatch.setattr(file_manager, "show_in_file_manager", lambda path: bool(shown.append(path)) or True)
    dialog.reveal.click()
    assert [path.parent.name for path in shown] == ["shipped"]


def test_a_dropped_zip_is_imported_if_confirmed(
    window: MainWindow, make_model: MakeModel, tmp_path: Path, qtbot: QtBot
) -> None:
    archive = catalogue.export_bundle(read_bundle(make_model("mine", "2026-02-01")), tmp_path / "mine.zip")
    drop(window, archive)
    answer(window, "Cancel")
    assert not window.models_controller.worker.busy
    drop(window, archive)
    answer(window, "&Import")
    wait_for_models(window, qtbot)
    (notice,) = window.notices.notices()
    assert "mine was imported" in notice.words.text()
    next(one for one in notice.findChildren(QPushButton) if one.text() == "Use this model").click()
    qtbot.waitUntil(lambda: load_settings().default_model == "mine")
    qtbot.waitUntil(lambda: not window.notices.notices())


def test_what_is_no_model_is_opened_as_music(window: MainWindow, tmp_path: Path) -> None:
    opened: list[object] = []
    window.session.open = lambda paths=(), urls=(): opened.append(urls)  # type: ignore[method-assign]
    drop(window, tmp_path / "song.wav")
    drop(window, tmp_path / "a.zip", tmp_path / "b.wav")
    assert len(opened) == 2
    assert not any(box.isVisible() for box in window.findChildren(QMessageBox))


def test_a_question_about_a_file_is_plain_text(window: MainWindow, make_model: MakeModel, tmp_path: Path) -> None:
    archive = tmp_path / "<img src='x.png'>.zip"
    archive.write_bytes(b"")
    drop(window, archive)
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert box.textFormat() == Qt.TextFormat.PlainText and "<img" in box.text()
    box.reject()
