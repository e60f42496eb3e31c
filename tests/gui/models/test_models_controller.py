"""Models imported, updated, removed: what becomes of the dialog, the menu and the model in use."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.core import locations
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from genre_desktop.gui.models.update_dialog import UpdateDialog
from genre_desktop.model.bundles import bundle_files as content
from genre_desktop.model.bundles import catalogue
from tests.gui.support.models_driver import (
    MakeModel,
    answer,
    close_failure,
    confirm_update,
    is_loaded,
    menu_texts,
    rows,
    texts,
    wait_for_models,
)
from tests.support.bundles import import_bundle


def test_a_model_is_imported_used_and_removed(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = make_model("mine", "2026-02-01") / "card.json"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(card), ""))
    dialog.import_.click()
    assert not dialog.import_.isEnabled() and dialog.progress.isVisible()
    wait_for_models(window, qtbot)
    assert "was imported" in dialog.message.text()
    assert [row[0] for row in rows(dialog)] == ["shipped (in use)", "mine"]
    entry = dialog.selected()
    assert entry is not None and entry.bundle.name == "mine", "the imported model is selected"
    assert menu_texts(window) == ["shipped", "mine", "&Import model …", "&Models …"]

    dialog.use.click()
    qtbot.waitUntil(lambda: load_settings().default_model == "mine")
    qtbot.waitUntil(lambda: [row[0] for row in rows(dialog)] == ["shipped", "mine (in use)"])

    assert dialog.remove.text() == "&Remove …"
    dialog.remove.click()
    answer(window, "&Delete")
    wait_for_models(window, qtbot)
    assert entry.bundle.path.exists() is False
    qtbot.waitUntil(lambda: [row[0] for row in rows(dialog)] == ["shipped (in use)"])
    assert window.session.bundle is not None and window.session.bundle.is_shipped
    assert menu_texts(window)[0] == "shipped"


def test_an_update_is_used_at_once_and_can_be_taken_back(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    window.models_controller.import_model(make_model("shipped", "2026-02-01"))
    wait_for_models(window, qtbot)
    confirm_update(window, qtbot)
    assert "2026-01-10 → 2026-02-01" in dialog.message.text()
    qtbot.waitUntil(lambda: [row[:2] for row in rows(dialog)] == [("shipped (in use)", "2026-02-01")])
    assert rows(dialog)[0][5] == "yours, an update"
    assert window.session.bundle is not None and not window.session.bundle.is_shipped
    qtbot.waitUntil(lambda: "in the place of the shipped one of 2026-01-10" in texts(dialog))
    assert dialog.remove.text() == "Back to the &shipped version …"
    dialog.remove.click()
    answer(window, "&Go back")
    wait_for_models(window, qtbot)
    qtbot.waitUntil(lambda: [row[:2] for row in rows(dialog)] == [("shipped (in use)", "2026-01-10")])
    qtbot.waitUntil(lambda: not window.session.status().needs_model)
    assert window.session.bundle.is_shipped


def test_a_version_older_than_the_shipped_one_is_refused_without_a_question(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    window.models_controller.import_model(make_model("shipped", "2025-01-01"))
    wait_for_models(window, qtbot)
    assert "not newer" in dialog.message.text() and dialog.message.property("problem")
    assert not window.findChildren(UpdateDialog)
    assert close_failure(window)[1] == "Error code: GD-210"


def test_a_damaged_model_is_refused_and_changes_nothing(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    path = make_model("shipped", "2026-02-01")
    (path / "model.keras").write_bytes(b"others")
    window.models_controller.import_model(path)
    wait_for_models(window, qtbot)
    assert "SHA-256" in dialog.message.text() and dialog.import_.isEnabled()
    assert "GD-203" in dialog.message.text()
    text, code = close_failure(window)
    assert "SHA-256" in text and code == "Error code: GD-203"
    assert window.session.bundle is not None and window.session.bundle.is_shipped
    assert [row[1] for row in rows(dialog)] == ["2026-01-10"]


def test_a_failed_import_opens_a_message_box_while_the_dialog_is_closed(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    path = make_model("mine", "2026-02-01")
    (path / "model.keras").write_bytes(b"others")
    window.models_controller.import_model(path)
    wait_for_models(window, qtbot)
    text, code = close_failure(window)
    assert "SHA-256" in text and code == "Error code: GD-203"
    assert "GD-203" in window.job_bar.message.text()


def test_a_damaged_zip_is_refused(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "x.zip").write_text("no zip")
    window.models_controller.import_model(tmp_path / "x.zip")
    wait_for_models(window, qtbot)
    assert "intact zip" in window.job_bar.message.text()


@pytest.mark.parametrize("with_dialog", [False, True])
def test_an_import_can_be_cancelled(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, with_dialog: bool
) -> None:
    started, go_on = threading.Event(), threading.Event()
    real = content.FileWriter.write

    def write(self: content.FileWriter, *arguments: Any) -> int:
        started.set()
        assert go_on.wait(60)
        return real(self, *arguments)

    monkeypatch.setattr(content.FileWriter, "write", write)
    if with_dialog:
        window.models_controller.show_models()
        wait_for_models(window, qtbot)
    opened = window.models_controller.dialog
    assert opened is None or opened.cancel.isHidden()
    window.models_controller.import_model(make_model("mine", "2026-02-01"))
    qtbot.waitUntil(started.is_set)
    if opened is not None:
        assert opened.cancel.isVisible() and not window.notices.notices()
        opened.cancel.click()
    else:
        (notice,) = window.notices.notices()
        next(one for one in notice.findChildren(QPushButton) if one.text() == "Cancel").click()
    go_on.set()
    qtbot.waitUntil(lambda: not window.models_controller.worker.busy)
    assert not window.notices.notices() and [one.name for one in catalogue.list_bundles()] == ["shipped"]
    assert [path.name for path in locations.user_models().iterdir()] == []
    assert opened is None or (opened.import_.isEnabled() and opened.cancel.isHidden())


def test_models_of_one_name_have_their_version_in_the_menu(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    # A newer version of the program has come, and the update of before is older by now.
    make_model("shipped", "2025-06-01", locations.user_models())
    window.models_controller.import_model(make_model("mine", "2026-02-01"))
    wait_for_models(window, qtbot)
    assert menu_texts(window)[:3] == ["shipped 2026-01-10", "mine", "shipped 2025-06-01"] or menu_texts(window)[:3] == [
        "shipped 2026-01-10",
        "shipped 2025-06-01",
        "mine",
    ]


def test_the_menu_has_a_model_that_the_command_line_imported_meanwhile(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: is_loaded(window))
    import_bundle(make_model("mine", "2026-02-01"))
    assert "mine" not in menu_texts(window)
    window.actions_._models_menu.aboutToShow.emit()
    wait_for_models(window, qtbot)
    assert menu_texts(window) == ["shipped", "mine", "&Import model …", "&Models …"]
