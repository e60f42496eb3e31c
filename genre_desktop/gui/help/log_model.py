"""Table model of log entries."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.core.log_reader import LogEntry
from genre_desktop.gui.text.display import displayable, plain_tip
from genre_desktop.gui.widgets.theme import Colours

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

_SIGNS = {"WARNING": "▲", "ERROR": "✕", "CRITICAL": "✕✕"}


def level_name(level: str) -> str:
    """A log level in words of the window's language."""
    return {
        "DEBUG": tr("Detail"),
        "INFO": tr("Information"),
        "WARNING": tr("Warning"),
        "ERROR": tr("Error"),
        "CRITICAL": tr("Severe error"),
    }[level]


class LogModel(QAbstractTableModel):
    """Rows of log entries: time, level, module, first line."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[LogEntry, ...] = ()
        self._colours = colours

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of another theme."""
        self._colours = colours
        if self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, 3))

    def show_entries(self, entries: tuple[LogEntry, ...]) -> None:
        """Replace the entries; if some were only added, rows are appended, which keeps the selection."""
        n = len(self.entries)
        if entries is self.entries:
            return
        if n and len(entries) >= n and entries[0] == self.entries[0] and entries[:n] == self.entries:
            if len(entries) > n:
                self.beginInsertRows(_NO_INDEX, n, len(entries) - 1)
                self.entries = entries
                self.endInsertRows()
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Time"), tr("Kind"), tr("Part"), tr("Message"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            match index.column():
                case 0:
                    return entry.time
                case 1:
                    sign = _SIGNS.get(entry.level, "")
                    return f"{sign} {level_name(entry.level)}".strip()
                case 2:
                    return entry.source.removeprefix("genre_desktop.")
            return displayable(entry.first_line)
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.column() in (0, 2):
                return QColor(self._colours.muted)
            if entry.level in ("ERROR", "CRITICAL"):
                return QColor(self._colours.problem)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 3:
            return plain_tip(displayable(entry.first_line))
        return None
