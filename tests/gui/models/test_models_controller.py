from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import i18n, locations
from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from genre_desktop.gui.models.update_dialog import UpdateDialog
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.widgets import file_manager as reveal
from genre_desktop.model import predictor
from genre_desktop.model.bundles import bundle_files as content
from genre_desktop.model.bundles import catalogue
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.importing.zip_extraction import unpack
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import GENRES, MakeWindow, changed, make_predictor
from tests.support.bundles import import_bundle

FIGURES = {"accuracy": 0.82, "accuracy_ci95": [0.75, 0.89], "n_tracks": 443, "leaking": False}
MakeModel = Callable[..., Path]


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Writes a bundle whose network nobody loads."""

    def make(name: str, created: str, folder: Path | None = None, **card: Any) -> Path:
        path = (folder or tmp_path / "made") / f"{name}-{created}"
        path.mkdir(parents=True)
        (path / "model.keras").write_bytes(b"weights")
        content = {
            "format": 1,
            "name": name,
            "created": created,
            "description": f"The model {name}.",
            "labels": list(GENRES),
            "features": FeatureConfig().to_dict(),
            "weights_sha256": hashlib.sha256(b"weights").hexdigest(),
            "metrics": {"lists": FIGURES},
            "licences": {"weights": "MIT"},
            **card,
        }
        (path / "card.json").write_text(json.dumps(content), "utf-8")
        return path

    return make


@pytest.fixture
def window(
    make_window: MakeWindow,
    make_model: MakeModel,
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """A window with one shipped model."""
    monkeypatch.setattr(locations, "shipped_models", lambda: tmp_path / "shipped")
    monkeypatch.setattr(catalogue, "SHIPPED_DEFAULT", "shipped")
    make_model("shipped", "2026-01-10", tmp_path / "shipped")

    def load(bundle: ModelBundle) -> Predictor:
        return Predictor(bundle, make_predictor().examine)

    monkeypatch.setattr(Predictor, "load", load)
    monkeypatch.setattr(predictor, "require_safe", lambda _bundle: None)
    window = make_window(
        changed(
            services,
            list_bundles=catalogue.list_bundles,
            default_bundle=catalogue.default_bundle,
            load_predictor=load,
        )
    )
    yield window
    if window.models_controller.dialog is not None:
        window.models_controller.dialog.close()


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ModelsDialog:
    window.actions_.models.trigger()
    assert window.models_controller.dialog is not None
    wait(window, qtbot)
    return window.models_controller.dialog


def wait(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.models_controller.worker.busy)


def rows(dialog: ModelsDialog) -> list[tuple[str, ...]]:
    table = dialog.table
    return [tuple(table.data(table.index(row, column)) for column in range(6)) for row in range(table.rowCount())]


def texts(dialog: ModelsDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def answer(window: MainWindow, text: str) -> None:
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == text).click()


def question(window: MainWindow) -> UpdateDialog:
    """The question that is asked before one takes another's place."""
    return next(box for box in window.findChildren(UpdateDialog) if box.isVisible())


def replace(window: MainWindow, qtbot: QtBot) -> None:
    """Let it take the place."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    question(window).replace.click()
    wait(window, qtbot)


def told_failure(window: MainWindow) -> tuple[str, str]:
    """Text and code of the message that something failed, which is closed."""
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert box.textFormat() == Qt.TextFormat.PlainText
    told = box.text(), box.informativeText()
    box.close()
    return told


def menu(window: MainWindow) -> list[str]:
    return [action.text() for action in window.actions_._models_menu.actions() if not action.isSeparator()]


def test_the_dialog_tells_what_there_is(dialog: ModelsDialog, make_model: MakeModel) -> None:
    assert rows(dialog) == [("shipped (in use)", "2026-01-10", "82\u00a0% (75–89)", "10", "0.0 MB", "shipped")]
    told = texts(dialog)
    assert "The model shipped." in told and "443 tracks" in told and "weights: MIT" in told and "hip-hop" in told
    assert not dialog.remove.isEnabled() and not dialog.use.isEnabled() and dialog.export.isEnabled()


def test_a_model_is_imported_used_and_removed(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = make_model("mine", "2026-02-01") / "card.json"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(card), ""))
    dialog.import_.click()
    assert not dialog.import_.isEnabled() and dialog.progress.isVisible()
    wait(window, qtbot)
    assert "was imported" in dialog.message.text()
    assert [row[0] for row in rows(dialog)] == ["shipped (in use)", "mine"]
    entry = dialog.chosen()
    assert entry is not None and entry.bundle.name == "mine", "what was imported is what is looked at"
    assert menu(window) == ["shipped", "mine", "&Import model …", "&Models …"]

    dialog.use.click()
    qtbot.waitUntil(lambda: load_settings().default_model == "mine")
    qtbot.waitUntil(lambda: [row[0] for row in rows(dialog)] == ["shipped", "mine (in use)"])

    assert dialog.remove.text() == "&Remove …"
    dialog.remove.click()
    answer(window, "&Delete")
    wait(window, qtbot)
    assert entry.bundle.path.exists() is False
    qtbot.waitUntil(lambda: [row[0] for row in rows(dialog)] == ["shipped (in use)"])
    assert window.session.bundle is not None and window.session.bundle.is_shipped
    assert menu(window)[0] == "shipped"


def test_an_update_is_used_at_once_and_can_be_taken_back(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    window.models_controller.import_model(make_model("shipped", "2026-02-01"))
    wait(window, qtbot)
    replace(window, qtbot)
    assert "2026-01-10 → 2026-02-01" in dialog.message.text()
    qtbot.waitUntil(lambda: [row[:2] for row in rows(dialog)] == [("shipped (in use)", "2026-02-01")])
    assert rows(dialog)[0][5] == "yours, an update"
    assert window.session.bundle is not None and not window.session.bundle.is_shipped
    qtbot.waitUntil(lambda: "in the place of the shipped one of 2026-01-10" in texts(dialog))
    assert dialog.remove.text() == "Back to the &shipped version …"
    dialog.remove.click()
    answer(window, "&Go back")
    wait(window, qtbot)
    qtbot.waitUntil(lambda: [row[:2] for row in rows(dialog)] == [("shipped (in use)", "2026-01-10")])
    qtbot.waitUntil(lambda: not window.session.status().needs_model)
    assert window.session.bundle.is_shipped


def test_where_a_model_comes_from_is_not_cut_off_in_a_long_language(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    i18n.set_translator(lambda text: f"{text}, und noch viel mehr" if text == "yours, an update" else text)
    window.models_controller.show_models()
    dialog = window.models_controller.dialog
    assert dialog is not None
    wait(window, qtbot)
    told = i18n.tr("yours, an update")
    assert dialog.view.columnWidth(5) > dialog.view.fontMetrics().horizontalAdvance(told) + 16


def test_a_question_before_an_older_one_takes_a_newer_ones_place(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    import_bundle(make_model("mine", "2026-02-01"))
    older = make_model("mine", "2026-01-01")
    window.models_controller.import_model(older)
    wait(window, qtbot)
    asked = question(window)
    assert any("not newer" in one.text() for one in asked.findChildren(QLabel))
    asked.cancel.click()
    assert catalogue.find_bundle("mine").card["created"] == "2026-02-01"
    window.models_controller.import_model(older)
    wait(window, qtbot)
    replace(window, qtbot)
    assert catalogue.find_bundle("mine").card["created"] == "2026-01-01"


def test_an_older_one_than_the_shipped_one_is_refused_without_a_question(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    window.models_controller.import_model(make_model("shipped", "2025-01-01"))
    wait(window, qtbot)
    assert "not newer" in dialog.message.text() and dialog.message.property("problem")
    assert not window.findChildren(UpdateDialog)
    assert told_failure(window)[1] == "Error code: GD-210"


def test_a_damaged_one_is_told_and_changes_nothing(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    path = make_model("shipped", "2026-02-01")
    (path / "model.keras").write_bytes(b"others")
    window.models_controller.import_model(path)
    wait(window, qtbot)
    assert "SHA-256" in dialog.message.text() and dialog.import_.isEnabled()
    assert "GD-203" in dialog.message.text()
    text, code = told_failure(window)
    assert "SHA-256" in text and code == "Error code: GD-203"
    assert window.session.bundle is not None and window.session.bundle.is_shipped
    assert [row[1] for row in rows(dialog)] == ["2026-01-10"]


def is_loaded(window: MainWindow) -> bool:
    return window.model_selection.is_loaded and window.panel.loading.isHidden()


def test_the_one_in_use_can_be_chosen_again(
    window: MainWindow, dialog: ModelsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: is_loaded(window))
    assert load_settings().default_model is None
    dialog.view.activated.emit(dialog.table.index(0, 0))
    assert is_loaded(window), "there is nothing to load"
    assert load_settings().default_model == "shipped", "now it was chosen"
    window.actions_._models.actions()[0].trigger()
    assert is_loaded(window)


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
    wait(window, qtbot)
    assert opened.import_.isEnabled()
    replace(window, qtbot)
    replace(window, qtbot)
    created = {name: catalogue.find_bundle(name).card["created"] for name in ("mine", "other")}
    assert created == {"mine": "2026-01-01", "other": "2026-03-01"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_default_below_a_link_is_known_by_the_folder_it_leads_to(
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


def test_export(
    window: MainWindow, dialog: ModelsDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["out", "out.zip", "out", "out.zip"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / next(names)), ""))
    for _ in range(2):  # the file dialog has asked whether the one that is there may be replaced
        dialog.export.click()
        wait(window, qtbot)
        assert "was written to out.zip" in dialog.message.text()
    unpack(tmp_path / "out.zip", tmp_path / "unpacked", is_cancelled=lambda: False)
    assert read_bundle(tmp_path / "unpacked").name == "shipped"
    dialog.export.click()
    assert "is there already" in dialog.message.text(), "of out.zip nobody has asked"
    (tmp_path / "out.zip").write_text("a letter")
    dialog.export.click()
    wait(window, qtbot)
    assert "would be lost" in told_failure(window)[0]
    assert "would be lost" in dialog.message.text() and (tmp_path / "out.zip").read_text() == "a letter"
    shown: list[Path] = []
    monkeypatch.setattr(reveal, "show_in_file_manager", lambda path: bool(shown.append(path)) or True)
    dialog.reveal.click()
    assert [path.parent.name for path in shown] == ["shipped"]


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, nothing)
    window.dropEvent(event)


def test_a_dropped_zip_is_asked_about_and_imported(
    window: MainWindow, make_model: MakeModel, tmp_path: Path, qtbot: QtBot
) -> None:
    archive = catalogue.export_bundle(read_bundle(make_model("mine", "2026-02-01")), tmp_path / "mine.zip")
    drop(window, archive)
    answer(window, "Cancel")
    assert not window.models_controller.worker.busy
    drop(window, archive)
    answer(window, "&Import")
    wait(window, qtbot)
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


def test_a_zip_that_is_no_model_is_told(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "x.zip").write_text("no zip")
    window.models_controller.import_model(tmp_path / "x.zip")
    wait(window, qtbot)
    assert "intact zip" in window.job_bar.message.text()


def test_two_of_one_name_are_told_apart_in_the_menu(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    # A newer version of the program has come, and the update of before is older by now.
    make_model("shipped", "2025-06-01", locations.user_models())
    window.models_controller.import_model(make_model("mine", "2026-02-01"))
    wait(window, qtbot)
    assert menu(window)[:3] == ["shipped 2026-01-10", "mine", "shipped 2025-06-01"] or menu(window)[:3] == [
        "shipped 2026-01-10",
        "shipped 2025-06-01",
        "mine",
    ]


def test_an_update_shows_what_changes_as_plain_text_and_the_default_is_no(
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
    wait(window, qtbot)
    asked = question(window)
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


def test_what_was_agreed_to_is_what_is_imported(
    window: MainWindow, dialog: ModelsDialog, make_model: MakeModel, qtbot: QtBot
) -> None:
    source = make_model("shipped", "2026-02-01")
    window.models_controller.import_model(source)
    wait(window, qtbot)
    card = json.loads((source / "card.json").read_text("utf-8"))
    (source / "card.json").write_text(json.dumps({**card, "labels": [*GENRES[1:], "polka"]}), "utf-8")
    replace(window, qtbot)
    assert catalogue.find_bundle("shipped").is_shipped, "another one than was shown"
    assert any(one.text() == "polka" for one in question(window).findChildren(QLabel)), "it is asked about, too"
    replace(window, qtbot)
    assert "polka" in catalogue.find_bundle("shipped").labels


@pytest.mark.parametrize("with_dialog", [False, True])
def test_an_import_can_be_cancelled(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, with_dialog: bool
) -> None:
    started, go_on = threading.Event(), threading.Event()
    real = content.PartWriter.write

    def write(self: content.PartWriter, *arguments: Any) -> int:
        started.set()
        assert go_on.wait(60)
        return real(self, *arguments)

    monkeypatch.setattr(content.PartWriter, "write", write)
    if with_dialog:
        window.models_controller.show_models()
        wait(window, qtbot)
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


def test_a_question_about_a_file_is_plain_text(window: MainWindow, make_model: MakeModel, tmp_path: Path) -> None:
    archive = tmp_path / "<img src='x.png'>.zip"
    archive.write_bytes(b"")
    drop(window, archive)
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert box.textFormat() == Qt.TextFormat.PlainText and "<img" in box.text()
    box.reject()


def test_names_of_a_hundred_letters_widen_no_window(window: MainWindow, make_model: MakeModel, qtbot: QtBot) -> None:
    labels = [f"{'W' * 99}{number}" for number in range(10)]
    before = window.minimumSizeHint().width()
    window.models_controller.import_model(make_model("W" * 100, "2026-01-01", labels=labels))
    wait(window, qtbot)
    assert window.notices.notices()
    window.models_controller.import_model(make_model("W" * 100, "2026-01-02", labels=labels[1:]))
    wait(window, qtbot)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    assert window.minimumSizeHint().width() <= before
    assert question(window).minimumSizeHint().width() < 700
    question(window).cancel.click()
    drop(window, Path(f"/{'W' * 200}.zip"))
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert box.width() < 900
    box.reject()


def test_one_long_word_does_not_push_what_changes_out_of_sight(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    window.models_controller.import_model(make_model("one", "2026-01-01", licences={"weights": "W" * 400}))
    wait(window, qtbot)
    window.models_controller.import_model(make_model("one", "2026-01-02"))
    wait(window, qtbot)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    (area,) = question(window).findChildren(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    question(window).cancel.click()


def test_a_failed_import_without_the_dialog_is_told_in_one_of_its_own(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    path = make_model("mine", "2026-02-01")
    (path / "model.keras").write_bytes(b"others")
    window.models_controller.import_model(path)
    wait(window, qtbot)
    text, code = told_failure(window)
    assert "SHA-256" in text and code == "Error code: GD-203"
    assert "GD-203" in window.job_bar.message.text()


def test_a_model_that_a_person_chose_and_that_does_not_load_is_told_in_a_dialog(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: is_loaded(window))
    error = BundleUnreadableError(path="/models/mine", reason="it is damaged")
    window.session.model_failed.emit(error)  # that of the start, which nobody asked for
    assert not any(box.isVisible() for box in window.findChildren(QMessageBox))
    window.model_selection.choose(read_bundle(make_model("mine", "2026-02-01")))
    window.session.model_failed.emit(error)
    assert told_failure(window) == (error_message(error), "Error code: GD-205")
    qtbot.waitUntil(lambda: is_loaded(window))


def test_the_menu_has_a_model_that_was_imported_elsewhere_meanwhile(
    window: MainWindow, make_model: MakeModel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: is_loaded(window))
    import_bundle(make_model("mine", "2026-02-01"))
    assert "mine" not in menu(window)
    window.actions_._models_menu.aboutToShow.emit()
    wait(window, qtbot)
    assert menu(window) == ["shipped", "mine", "&Import model …", "&Models …"]
