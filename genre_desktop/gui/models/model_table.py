"""Table of the bundles in the dialog of models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.models.models_task import ModelEntry
from genre_desktop.gui.text.accuracy_text import share_and_interval
from genre_desktop.gui.text.display import displayable
from genre_desktop.model.bundles.accuracy import Measured
from genre_desktop.model.bundles.versions import release

if TYPE_CHECKING:
    from genre_desktop.model.bundles.accuracy import MeasuredAccuracy
    from genre_desktop.model.bundles.bundle import ModelBundle

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ModelTable(QAbstractTableModel):
    """Rows of bundles: name, version, accuracy, number of genres, size, origin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[ModelEntry] = []
        self._in_use: str | None = None

    def show_entries(self, entries: Iterable[ModelEntry], in_use: ModelBundle | None) -> None:
        """Replace all rows; `in_use` is marked."""
        self.beginResetModel()
        self.entries = list(entries)
        self._in_use = None if in_use is None else str(in_use.path)
        self.endResetModel()

    def is_in_use(self, entry: ModelEntry) -> bool:
        """Whether a bundle is the one that classifies in this window."""
        return str(entry.bundle.path) == self._in_use

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Model"), tr("Version"), tr("Right on"), tr("Genres"), tr("Size"), tr("Origin"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        bundle = entry.bundle
        if role == Qt.ItemDataRole.DisplayRole:
            name = displayable(bundle.name)
            return (
                tr("{name} (in use)", name=name) if self.is_in_use(entry) else name,
                displayable(release(bundle)) or "–",
                _accuracy(bundle.accuracy),
                str(len(bundle.labels)),
                megabytes(entry.size_bytes),
                origin(entry),
            )[index.column()]
        return None


def origin(entry: ModelEntry) -> str:
    """Whether a bundle is shipped, the user's, or the user's update of a shipped one."""
    if entry.bundle.is_shipped:
        return tr("shipped")
    return tr("yours") if entry.behind is None else tr("yours, an update")


def megabytes(size: int) -> str:
    """A size as ``1.2 MB``."""
    return tr("{n} MB", n=numeral(size / 1e6, ".1f" if size < 99.5e6 else ",.0f"))


def _accuracy(accuracy: MeasuredAccuracy | None) -> str:
    if accuracy is None:
        return tr("not measured")
    text = share_and_interval(Measured(accuracy.accuracy, accuracy.low, accuracy.high))
    if accuracy.is_too_few:
        text = tr("{right}, too few to tell", right=text)
    return tr("{told}, leaking", told=text) if accuracy.leaking else text
