"""The dialog about the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidgetItem, QPushButton, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.help.about_pages import PART_ROLE, ModelsPage, PartsPage, VersionsPage
from genre_desktop.gui.help.about_task import (
    FindModels,
    FindParts,
    LicenceRead,
    ModelsFound,
    PartsFound,
    ReadLicence,
    make_about_task,
    own_versions,
    part_versions,
)
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.widgets.pages_dialog import PagesDialog
from genre_desktop.gui.widgets.scroll_area import scrolling
from genre_desktop.gui.workers.worker import Worker

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle

_SIZE = (1030, 620)


class AboutDialog(PagesDialog):
    """Three pages about the program; a worker looks up what takes a while.

    Parameters
    ----------
    list_bundles : callable
        Called on the worker.
    parent : QWidget

    Attributes
    ----------
    worker : Worker
        Must be shut down with the window.
    """

    def __init__(self, list_bundles: Callable[[], list[ModelBundle]], parent: QWidget) -> None:
        self.versions = VersionsPage()
        self.parts = PartsPage()
        self.models = ModelsPage()
        pages = (
            (tr("The program"), scrolling(self.versions)),
            (tr("Parts and licences"), self.parts),
            (tr("Models"), scrolling(self.models)),
        )
        super().__init__(tr("About Genre Desktop"), pages, parent)
        self.worker = Worker("about", make_about_task(list_bundles), self)
        self.worker.succeeded.connect(self._on_answer)
        self.worker.failed.connect(lambda error: self.show_problem(error_message(error)))
        self.parts.list.currentItemChanged.connect(lambda item, _before: self._request_text(item))
        copy = QPushButton(tr("&Copy versions"))
        copy.clicked.connect(self.copy_versions)
        self.buttons.addButton(copy, self.buttons.ButtonRole.ActionRole)
        for button in self.buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        self.resize(*_SIZE)
        self.worker.submit(FindParts())
        self.worker.submit(FindModels())

    def copy_versions(self) -> None:
        """Copy the versions to the clipboard."""
        QGuiApplication.clipboard().setText("\n".join(f"{name} {version}" for name, version in self.versions.versions))

    def _request_text(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.worker.submit(ReadLicence(item.data(PART_ROLE)))

    def _on_answer(self, answer: object) -> None:
        match answer:
            case PartsFound(parts):
                self.versions.show_versions([*own_versions(), *part_versions(parts)])
                self.parts.show_parts(parts)
            case ModelsFound(models):
                self.models.show_models(models)
            case LicenceRead(part, text):
                self.parts.show_text(part, text)
