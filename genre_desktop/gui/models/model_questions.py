"""Questions and file dialogs before a bundle is imported, replaced, exported or removed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.models.models_task import ExportModel, ImportModel, ModelEntry, RemoveModel
from genre_desktop.gui.text.display import shortened
from genre_desktop.gui.widgets.message_box import MessageBox, question
from genre_desktop.model.bundles.bundle import CARD_NAME

if TYPE_CHECKING:
    from genre_desktop.gui.models.update_dialog import UpdateDialog
    from genre_desktop.model.importing.bundle_changes import Update


class ModelQuestions(QObject):
    """Asks the user, and emits the request that the answer amounts to.

    Parameters
    ----------
    parent_of_dialogs : callable
        Gives the window over which a question opens.
    parent : QObject
    """

    confirmed = Signal(object)  # a request of models_task
    message = Signal(str)

    def __init__(self, parent_of_dialogs: Callable[[], QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._parent_of_dialogs = parent_of_dialogs
        self._folder = ""  # of the last file dialog
        self._question: MessageBox | None = None
        self._updates: deque[tuple[Path, Update]] = deque()  # asked about one after the other
        self._update_dialog: UpdateDialog | None = None

    def choose_import(self) -> None:
        """Let the user choose a bundle to import: a zip file, or the card in its folder."""
        kinds = tr("Models ({patterns})", patterns=f"*.zip *.ZIP {CARD_NAME}")
        name, _ = QFileDialog.getOpenFileName(self._parent_of_dialogs(), tr("Import a model"), self._folder, kinds)
        if name:
            self._folder = str(Path(name).parent)
            self.confirmed.emit(import_request(Path(name)))

    def confirm_import(self, path: Path) -> None:
        """Ask whether to import a file that was dropped on the window."""
        box = self._ask(
            tr("Import the model in {name}?", name=shortened(path.name)),
            tr("It is copied to your models. A model from a stranger can be wrong, but it runs no code."),
            tr("&Import"),
        )
        box.accepted.connect(lambda: self.confirmed.emit(import_request(path)))
        box.open()

    def choose_export(self, entry: ModelEntry) -> None:
        """Let the user choose the zip file to which a bundle is exported."""
        start = str(Path(self._folder) / f"{entry.bundle.path.name}.zip")
        name, _ = QFileDialog.getSaveFileName(
            self._parent_of_dialogs(), tr("Export the model"), start, tr("Zip files (*.zip)")
        )
        if not name:
            return
        path = Path(name)
        self._folder = str(path.parent)
        if path.suffix.lower() != ".zip":
            path = path.with_name(path.name + ".zip")
            if path.exists():  # the file dialog asked about the name without the ending
                self.message.emit(tr("{name} is there already. Choose another name.", name=shortened(path.name)))
                return
        self.confirmed.emit(ExportModel(entry.bundle, path))

    def confirm_removal(self, entry: ModelEntry) -> None:
        """Ask whether to delete a bundle, which may bring a shipped one back."""
        name = shortened(entry.bundle.name)
        if entry.behind is not None:
            box = self._ask(
                tr("Go back to the shipped version of {name}?", name=name),
                tr("Your newer version is deleted. Export it first if you want to have it again."),
                tr("&Go back"),
            )
        else:
            box = self._ask(
                tr("Delete the model {name}?", name=name),
                tr("Its folder is deleted. What it found of your tracks is kept, and is there again with the model."),
                tr("&Delete"),
            )
        box.accepted.connect(lambda: self.confirmed.emit(RemoveModel(entry.bundle)))
        box.open()

    def confirm_update(self, path: Path, update: Update) -> None:
        """Ask whether the bundle in a file may replace another one, after the questions that are open already."""
        self._updates.append((path, update))
        self._ask_next_update()

    def _ask(self, text: str, more: str, yes: str) -> MessageBox:
        if self._question is not None:
            self._question.reject()
        self._question = box = question(self._parent_of_dialogs(), tr("Models"), text, more, yes)
        box.finished.connect(lambda _result: self._on_question_closed(box))
        return box

    def _on_question_closed(self, box: MessageBox) -> None:
        box.deleteLater()
        if self._question is box:
            self._question = None

    def _ask_next_update(self) -> None:
        if self._update_dialog is not None or not self._updates:
            return
        from genre_desktop.gui.models.update_dialog import UpdateDialog

        path, update = self._updates.popleft()
        dialog = self._update_dialog = UpdateDialog(update, self._parent_of_dialogs())
        dialog.accepted.connect(lambda: self.confirmed.emit(ImportModel(path, agreed=update)))
        dialog.finished.connect(lambda _result: self._on_update_dialog_closed(dialog))
        dialog.destroyed.connect(lambda: self._on_update_dialog_closed(dialog))  # when its parent is destroyed
        dialog.open()

    def _on_update_dialog_closed(self, dialog: UpdateDialog) -> None:
        if self._update_dialog is dialog:
            self._update_dialog = None
            self._ask_next_update()


def import_request(path: Path) -> ImportModel:
    """The request for a zip file, a folder, or the card in a folder."""
    return ImportModel(path.parent if path.name == CARD_NAME else path)
