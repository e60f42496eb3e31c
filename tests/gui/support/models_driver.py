"""Models in the window as a person sees and handles them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from genre_desktop.gui.models.update_dialog import UpdateDialog

FIGURES = {"accuracy": 0.82, "accuracy_ci95": [0.75, 0.89], "n_tracks": 443, "leaking": False}
MakeModel = Callable[..., Path]


def wait_for_models(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until all requests about models are answered."""
    qtbot.waitUntil(lambda: not window.models_controller.worker.busy)


def is_loaded(window: MainWindow) -> bool:
    return window.model_selection.is_loaded and window.panel.loading.isHidden()


def rows(dialog: ModelsDialog) -> list[tuple[str, ...]]:
    """Texts of the table."""
    table = dialog.table
    return [tuple(table.data(table.index(row, column)) for column in range(6)) for row in range(table.rowCount())]


def texts(dialog: ModelsDialog) -> str:
    """Texts of all labels."""
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def menu_texts(window: MainWindow) -> list[str]:
    """Entries of the menu of models."""
    return [action.text() for action in window.actions_._models_menu.actions() if not action.isSeparator()]


def answer(window: MainWindow, text: str) -> None:
    """Click a button of the open message box."""
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == text).click()


def update_question(window: MainWindow) -> UpdateDialog:
    """The open question before a model replaces another one."""
    return next(box for box in window.findChildren(UpdateDialog) if box.isVisible())


def confirm_update(window: MainWindow, qtbot: QtBot) -> None:
    """Wait for the question before a model replaces another one, and confirm."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(UpdateDialog)))
    update_question(window).replace.click()
    wait_for_models(window, qtbot)


def close_failure(window: MainWindow) -> tuple[str, str]:
    """Close the open message box about an error; gives its text and code."""
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert box.textFormat() == Qt.TextFormat.PlainText
    shown = box.text(), box.informativeText()
    box.close()
    return shown


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, nothing)
    window.dropEvent(event)
