"""A Qt table model over tracks, with filter and sort order of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from genre_desktop.gui.tracks.columns import Column, alignment, cell_text, heading, heading_tip, tool_tip
from genre_desktop.gui.tracks.row_order import numbers_of, sort_numbers
from genre_desktop.gui.tracks.track import Track, accessible_text
from genre_desktop.gui.tracks.track_filter import FilterState, disagrees, select
from genre_desktop.model.genre_colours import GENRE_COLOURS

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_N_COLUMNS = len(Column)
_LAYOUT = "QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint"
_REARRANGE_MS = 250
_REARRANGE_SHARE = 10
"""New results sort and filter about four times a second at most, and for at most a tenth of the time."""


class TrackRowModel(QAbstractTableModel):
    """Rows of tracks, sorted and filtered here rather than in a proxy.

    A proxy would call Python for every comparison: sorting ten thousand rows would block
    the window for most of a second. Here a sort is one call of `list.sort` with keys.

    Attributes
    ----------
    filter_state : FilterState
    labels, styles : tuple of str
        Genres and styles of the model.
    """

    labels_changed = Signal()
    shown_changed = Signal()  # other rows are shown, or there are more tracks to show

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Track] = []  # in the order of the list: by number
        # Numbers of the tracks shown, in row order; and the row of each number, -1 for tracks that are not shown.
        # Arrays: visiting a hundred thousand objects in any other order than theirs takes as long as a sort.
        self._rows = np.arange(0)
        self._row_of = np.arange(0)
        self.filter_state = FilterState()
        self._is_filtered = False
        self.labels: tuple[str, ...] = tuple(GENRE_COLOURS)
        self.styles: tuple[str, ...] = ()
        self._sort_by: Column | None = None
        self._descending = False
        self._rearrange_soon = QTimer(self, singleShot=True, interval=_REARRANGE_MS)
        self._rearrange_soon.timeout.connect(self._rearrange)

    def track_at(self, index: Index) -> Track | None:
        """The track of an index."""
        return self.track_in_row(index.row())

    def track_in_row(self, row: int) -> Track | None:
        """The track of a row."""
        return self._all[self._rows[row]] if 0 <= row < len(self._rows) else None

    def index_of(self, track: Track) -> QModelIndex:
        """Index of a track; invalid when the filter hides it."""
        row = self._row(track)
        return _NO_INDEX if row < 0 else self.index(row, 0)

    def _row(self, track: Track) -> int:
        is_in_list = track.number < len(self._all) and self._all[track.number] is track
        return int(self._row_of[track.number]) if is_in_list else -1

    def disagrees(self, track: Track) -> bool:
        """Whether a track's genre is none of those in its tags."""
        return disagrees(track, self.labels)

    def set_filter(self, wanted: FilterState) -> None:
        """Show only the tracks that match a filter."""
        if wanted != self.filter_state:
            self.filter_state = wanted
            self._is_filtered = wanted.is_active
            self._rearrange()

    def set_labels(self, labels: Sequence[str], styles: Sequence[str] = ()) -> None:
        """Set the genres of the model, which alone can agree or disagree with a tag, and its styles."""
        self.labels, self.styles = tuple(labels), tuple(styles)
        self.labels_changed.emit()
        if len(self._rows):
            column = Column.TAGGED.value
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))
        if self.filter_state.disagrees:
            self._rearrange_later()

    # -- order ---------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the order of the list."""
        wanted = None if column < 0 else Column(column), order == Qt.SortOrder.DescendingOrder
        if wanted != (self._sort_by, self._descending):  # a view asks twice for each click
            self._sort_by, self._descending = wanted
            self._rearrange()

    def _matching(self, tracks: Sequence[Track]) -> NDArray[np.int64]:
        """Numbers of the tracks that match the filter, in their order."""
        if not self._is_filtered:
            return np.arange(tracks[0].number, tracks[-1].number + 1) if tracks else np.arange(0)
        return numbers_of(select(tracks, self.filter_state, self.labels))

    def _sorted(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        return sort_numbers(self._all, numbers, self._sort_by, descending=self._descending)

    def _rearrange_later(self) -> None:
        if not self._rearrange_soon.isActive():
            self._rearrange_soon.start()

    def _rearrange(self) -> None:
        """Filter and sort all tracks; the selection stays on its tracks."""
        self._rearrange_soon.stop()
        before = time.perf_counter()
        rows = self._sorted(self._matching(self._all))
        if not np.array_equal(rows, self._rows):
            self._move_rows(rows)
            self.shown_changed.emit()
        took_ms = 1000 * (time.perf_counter() - before)
        self._rearrange_soon.setInterval(max(_REARRANGE_MS, round(_REARRANGE_SHARE * took_ms)))

    def _move_rows(self, rows: NDArray[np.int64]) -> None:
        # Without the hint Qt keeps an index for every cell of the selection, and not for every row.
        hint = QAbstractTableModel.LayoutChangeHint.VerticalSortHint
        self.layoutAboutToBeChanged[_LAYOUT].emit([], hint)  # type: ignore[index]
        held = self.persistentIndexList()
        numbers = [self._rows[index.row()] for index in held]
        self._rows = rows
        self._find_rows()
        places = [(int(self._row_of[number]), index.column()) for number, index in zip(numbers, held, strict=True)]
        moved = [self.index(row, column) if row >= 0 else _NO_INDEX for row, column in places]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged[_LAYOUT].emit([], hint)  # type: ignore[index]

    def _find_rows(self) -> None:
        self._row_of = np.full(len(self._all), -1)
        self._row_of[self._rows] = np.arange(len(self._rows))

    # -- Qt's model interface ------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else _N_COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return heading_tip(column) or None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        track = self.track_at(index)
        if track is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(track, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(track, column, disagrees=column is Column.TAGGED and self.disagrees(track))
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.NAME:
            return accessible_text(track)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        return None
