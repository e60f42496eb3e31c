"""About the program: versions, parts with their licences, models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop import __version__
from genre_desktop.core.i18n import tr
from genre_desktop.core.third_party import Part
from genre_desktop.gui.help.about_task import (
    FindModels,
    FindParts,
    ModelFacts,
    ModelsFound,
    PartsFound,
    ReadTexts,
    TextsRead,
    own_versions,
    part_versions,
    work,
)
from genre_desktop.gui.text.display import error_message, plain_tip
from genre_desktop.gui.widgets.labels import PlainLabel, icon_label, label
from genre_desktop.gui.widgets.pages_dialog import PagesDialog
from genre_desktop.gui.widgets.scroll_area import scrolling
from genre_desktop.gui.workers.worker import Worker

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle

_SIZE = (1030, 620)
_PICTURE = 64
_PART = Qt.ItemDataRole.UserRole


class AboutDialog(PagesDialog):
    """Three pages; what takes a while comes from a worker.

    Attributes
    ----------
    worker : Worker
        To be shut down with the window.
    """

    def __init__(self, list_bundles: Callable[[], list[ModelBundle]], parent: QWidget) -> None:
        self.versions = _Versions()
        self.parts = _Parts()
        self.models = _Models()
        pages = (
            (tr("The program"), scrolling(self.versions)),
            (tr("Parts and licences"), self.parts),
            (tr("Models"), scrolling(self.models)),
        )
        super().__init__(tr("About Genre Desktop"), pages, parent)
        self.worker = Worker("about", work(list_bundles), self)
        self.worker.succeeded.connect(self._take)
        self.worker.failed.connect(lambda error: self.show_problem(error_message(error)))
        self.parts.list.currentItemChanged.connect(lambda item, _before: self._ask_for_texts(item))
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
        """Put the versions on the clipboard, for whoever helps."""
        QGuiApplication.clipboard().setText("\n".join(f"{name} {version}" for name, version in self.versions.known))

    def _ask_for_texts(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.worker.submit(ReadTexts(item.data(_PART)))

    def _take(self, news: object) -> None:
        match news:
            case PartsFound(parts):
                self.versions.show_versions([*own_versions(), *part_versions(parts)])
                self.parts.show_parts(parts)
            case ModelsFound(models):
                self.models.show_models(models)
            case TextsRead(part, text):
                self.parts.show_text(part, text)


class _Versions(QWidget):
    """What it is, under which licence, and in which versions."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[tuple[str, str]] = []
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addStretch(1)
        names.addWidget(label(tr("Genre Desktop {version}", version=__version__), scale=1.5, bold=True))
        names.addWidget(label(tr("Tells what genre music is, how sure it is and why: on your own machine, offline.")))
        names.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(icon_label(QApplication.windowIcon(), _PICTURE))
        head.addLayout(names, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 14, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addSpacing(14)
        layout.addWidget(label(tr("Licence"), bold=True))
        layout.addWidget(
            _selectable(
                tr(
                    "The program's own source is under the MIT licence. It stands on libraries under licences of their "
                    "own, mutagen (GPL-2.0-or-later) and Qt for Python (LGPL-3.0) among them: the packaged program as "
                    "a whole is therefore under the GPL-3.0-or-later. You may use, study, change and pass it on. It "
                    "comes without any warranty."
                )
            )
        )
        layout.addSpacing(14)
        layout.addWidget(label(tr("Versions"), bold=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        layout.addLayout(self._grid)
        self._waiting = label(tr("Looking up the others …"), muted=True)
        layout.addWidget(self._waiting)
        layout.addStretch(1)
        self._fill(own_versions())

    def show_versions(self, versions: list[tuple[str, str]]) -> None:
        self._waiting.hide()
        self._fill(versions)

    def _fill(self, versions: list[tuple[str, str]]) -> None:
        for row, (name, version) in enumerate(versions[len(self.known) :], len(self.known)):
            self._grid.addWidget(label(name, muted=True), row, 0)
            self._grid.addWidget(_selectable(version), row, 1)
        self.known = versions


class _Parts(QWidget):
    """Names on the left, the wording of the licence on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(tr("Parts"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFixedWidth(216)
        self.title = label(tr("Looking up the parts …"), bold=True)
        self.licence = label(muted=True)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setObjectName("page")
        self.text.setAccessibleName(tr("Wording of the licence"))
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.title)
        right.addWidget(self.licence)
        right.addWidget(self.text, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.list)
        layout.addLayout(right, 1)

    def show_parts(self, parts: Iterable[Part]) -> None:
        self.list.clear()
        for part in parts:
            item = QListWidgetItem(f"{part.name} {part.version}", self.list)
            item.setData(_PART, part)
            item.setToolTip(plain_tip(f"{part.name} {part.version}"))
        self.list.setCurrentRow(0)

    def show_text(self, part: Part, text: str) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(_PART) == part:
            self.title.setText(f"{part.name} {part.version}")
            self.licence.setText(part.licence or tr("The licence is in the text below."))
            self.text.setPlainText(text)


class _Models(QWidget):
    """Each model with what its card says about rights."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 0, 14, 8)
        self._layout.setSpacing(4)
        self._layout.addWidget(
            label(tr("A model has rights of its own: in its weights, and in the music that it has learned from."))
        )
        self._layout.addStretch(1)

    def show_models(self, models: Iterable[ModelFacts]) -> None:
        for model in models:
            at = self._layout.count() - 1
            self._layout.insertSpacing(at, 14)
            rows: list[Any] = [label(model.name, scale=1.15, bold=True), label(model.description, muted=True)]
            rows.append(_selectable(model.text))
            for number, widget in enumerate(rows, at + 1):
                self._layout.insertWidget(number, widget)


def _selectable(text: str) -> PlainLabel:
    made = label(text)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
