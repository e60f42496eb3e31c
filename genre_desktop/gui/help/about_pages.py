"""Pages of the dialog about the program: versions, libraries with their licences, models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from genre_desktop import __version__
from genre_desktop.core.i18n import tr
from genre_desktop.core.third_party import Part
from genre_desktop.gui.help.about_task import ModelFacts, own_versions
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.labels import PlainLabel, icon_label, label

PART_ROLE = Qt.ItemDataRole.UserRole
"""Role of the `Part` of an item in the list of libraries."""

_ICON_SIZE = 64


class VersionsPage(QWidget):
    """Name, licence and versions of the program.

    Attributes
    ----------
    versions : list of (str, str)
        Names and versions that are shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.versions: list[tuple[str, str]] = []
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addStretch(1)
        names.addWidget(label(tr("Genre Desktop {version}", version=__version__), scale=1.5, bold=True))
        names.addWidget(label(tr("Tells what genre music is, how sure it is and why: on your own machine, offline.")))
        names.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(icon_label(QApplication.windowIcon(), _ICON_SIZE))
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
        """Add the versions that had to be looked up; the first ones are those that are shown already."""
        self._waiting.hide()
        self._fill(versions)

    def _fill(self, versions: list[tuple[str, str]]) -> None:
        for row, (name, version) in enumerate(versions[len(self.versions) :], len(self.versions)):
            self._grid.addWidget(label(name, muted=True), row, 0)
            self._grid.addWidget(_selectable(version), row, 1)
        self.versions = versions


class PartsPage(QWidget):
    """Libraries on the left, the licence text of the selected one on the right."""

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
        """List libraries, and select the first one."""
        self.list.clear()
        for part in parts:
            item = QListWidgetItem(f"{part.name} {part.version}", self.list)
            item.setData(PART_ROLE, part)
            item.setToolTip(plain_tip(f"{part.name} {part.version}"))
        self.list.setCurrentRow(0)

    def show_text(self, part: Part, text: str) -> None:
        """Show a licence text, if its library is still selected."""
        item = self.list.currentItem()
        if item is not None and item.data(PART_ROLE) == part:
            self.title.setText(f"{part.name} {part.version}")
            self.licence.setText(part.licence or tr("The licence is in the text below."))
            self.text.setPlainText(text)


class ModelsPage(QWidget):
    """Models with the licences and sources that their cards state."""

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
        """Show models below the introduction."""
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
