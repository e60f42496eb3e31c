"""The table of tracks: what was dropped, where it stands, what it is."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from genre_desktop.gui.columns import Column, alignment, cell_text, heading, heading_tip, sort_key, tool_tip
from genre_desktop.gui.filtering import FilterState, disagrees, select
from genre_desktop.gui.track import State, Track, spoken, state_key
from genre_desktop.library.result import Summary, summarise
from genre_desktop.model.genres import GENRE_COLOURS

if TYPE_CHECKING:
    from genre_desktop.library.result import TrackResult

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_BULK = 50
_N_COLUMNS = len(Column)
_REST_MS = 250
_SHARE = 10
"""Results move rows about four times a second at most, and take no more than a tenth of the window's time."""


def path_key(path: str | os.PathLike[str]) -> str:
    """What makes two paths the same row."""
    return os.path.normcase(os.path.abspath(path))


class TrackModel(QAbstractTableModel):
    """Tracks, sorted and filtered here rather than in a proxy.

    A proxy would ask Python for every comparison: sorting ten thousand rows would hold
    the window for most of a second. Here a sort is one call of `list.sort` with keys.

    Attributes
    ----------
    counts : dict of State to int
        Tracks in each state, filtered out or not.
    filter_state : FilterState
    labels : tuple of str
        Genres of the model.
    """

    counts_changed = Signal()
    shown_changed = Signal()  # other rows are shown, or there are more tracks to show

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tracks: dict[str, Track] = {}
        self._rows: list[Track] = []  # those shown, in the order shown
        self._row_of: dict[Track, int] = {}
        self.filter_state = FilterState()
        self.labels: tuple[str, ...] = tuple(GENRE_COLOURS)
        self._sort_by: Column | None = None
        self._descending = False
        self._is_bulk = False
        self.counts = dict.fromkeys(State, 0)
        self._rearrange_soon = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rearrange_soon.timeout.connect(self._rearrange)

    # -- asking --------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._tracks)

    def tracks(self) -> Iterable[Track]:
        """All tracks in the order they came, filtered out or not."""
        return self._tracks.values()

    def find(self, path: str | os.PathLike[str]) -> Track | None:
        """The track of a path."""
        return self._tracks.get(path_key(path))

    def track_at(self, index: Index) -> Track | None:
        """The track of an index."""
        return self.track_in_row(index.row())

    def track_in_row(self, row: int) -> Track | None:
        """The track of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def index_of(self, track: Track) -> QModelIndex:
        """Where a track is shown; invalid when it is filtered out."""
        row = self._row_of.get(track)
        return _NO_INDEX if row is None else self.index(row, 0)

    def disagrees(self, track: Track) -> bool:
        """Whether a track's genre is none of those in its tags."""
        return disagrees(track, self.labels)

    def genre_counts(self) -> Counter[str]:
        """How many tracks have each genre, filtered out or not."""
        return Counter(genre for track in self._tracks.values() if (genre := track.genre) is not None)

    def state_counts(self) -> Counter[str]:
        """How many tracks show each state, filtered out or not."""
        return Counter(map(state_key, self._tracks.values()))

    # -- changing ------------------------------------------------------------------------

    def add(self, paths: Iterable[str]) -> tuple[list[Track], list[Track]]:
        """Add tracks in one go.

        Returns
        -------
        new, known : list of Track
            Those added, and those that were in the list already.
        """
        new: list[Track] = []
        known: list[Track] = []
        for path in paths:
            key = path_key(path)
            track = self._tracks.get(key)
            if track is None:
                track = self._tracks[key] = Track(path)
                new.append(track)
            else:
                known.append(track)
        self._insert(new)
        return new, known

    def _insert(self, tracks: list[Track]) -> None:
        if not tracks:
            return
        self.counts[State.WAITING] += len(tracks)
        visible = self._matching(tracks)
        if visible:
            first = len(self._rows)
            self.beginInsertRows(_NO_INDEX, first, first + len(visible) - 1)
            self._rows.extend(visible)
            self._row_of.update((track, first + offset) for offset, track in enumerate(visible))
            self.endInsertRows()
            if self._sort_by is not None:
                self._rearrange_later()
        self.counts_changed.emit()
        self.shown_changed.emit()

    def remove(self, tracks: Iterable[Track]) -> None:
        """Forget tracks."""
        gone = set(tracks)
        self.beginResetModel()
        for track in gone:
            if self._tracks.pop(path_key(track.path), None) is not None:
                self.counts[track.state] -= 1
        self._rows = [track for track in self._rows if track not in gone]
        self._number_rows()
        self.endResetModel()
        self.counts_changed.emit()
        self.shown_changed.emit()

    def set_state(self, tracks: Iterable[Track], state: State) -> None:
        """Move tracks to a state in which they have no result yet; facts and genres by hand stay."""
        changed = list(tracks)
        with self._all_at_once(len(changed)):
            for track in changed:
                self._change(track, state, _without_result(track.summary))
        self.counts_changed.emit()

    def set_result(self, result: TrackResult) -> Track | None:
        """Take over what became of a track; None when it was removed meanwhile."""
        track = self.find(result.path)
        if track is None:
            return None
        self._take(track, summarise(result))
        self.counts_changed.emit()
        return track

    def set_summaries(self, known: Iterable[tuple[str, Summary | None]]) -> list[Track]:
        """Take over what is known of many tracks, as the store gives it.

        Returns
        -------
        list of Track
            Those that have no result and are not being worked on.
        """
        pairs = [(track, summary) for path, summary in known if (track := self.find(path)) is not None]
        with self._all_at_once(len(pairs)):
            for track, summary in pairs:
                self._take(track, summary or Summary())
        self.counts_changed.emit()
        return [track for track, _ in pairs if track.state is State.WAITING]

    def set_by_hand(self, tracks: Iterable[Track], genre: str | None) -> None:
        """Give tracks a genre by hand; None goes back to what the model says."""
        changed = list(tracks)
        with self._all_at_once(len(changed)):
            for track in changed:
                summary = replace(track.summary or Summary(), by_hand=genre)
                self._change(track, track.state, summary)

    def _take(self, track: Track, summary: Summary) -> None:
        known = track.summary
        if known is not None:
            # A run does not know what a person said meanwhile; what is known of a file alone is no new result.
            facts, by_hand = summary.facts or known.facts, summary.by_hand or known.by_hand
            has_result = summary.genre is not None or summary.error is not None
            summary = replace(summary if has_result else known, facts=facts, by_hand=by_hand)
        state = track.state
        if summary.error is not None:
            state = State.FAILED
        elif summary.genre is not None:
            state = State.DONE
        self._change(track, state, summary)

    def _change(self, track: Track, state: State, summary: Summary | None) -> None:
        self.counts[track.state] -= 1
        self.counts[state] += 1
        track.state = state
        track.know(summary)
        for kept in () if summary is None else (summary.error, summary.problem):
            if kept is not None:
                # A traceback keeps the frames it went through alive, and all sound in them.
                kept.__traceback__ = kept.__cause__ = kept.__context__ = None
        row = None if self._is_bulk else self._row_of.get(track)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, _N_COLUMNS - 1))
        if self.filter_state.is_active or self._sort_by not in (None, Column.NAME, Column.FOLDER):
            self._rearrange_later()

    @contextmanager
    def _all_at_once(self, n_tracks: int) -> Iterator[None]:
        """Tell views of many changes by one signal instead of thousands."""
        self._is_bulk = n_tracks > _BULK
        try:
            yield
        finally:
            if self._is_bulk and self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, _N_COLUMNS - 1))
            self._is_bulk = False

    def set_filter(self, wanted: FilterState) -> None:
        """Show only what a filter lets through."""
        if wanted != self.filter_state:
            self.filter_state = wanted
            self._rearrange()

    def set_labels(self, labels: Sequence[str]) -> None:
        """Take over the genres of the model: only those can agree or disagree with a tag."""
        self.labels = tuple(labels)
        if self.filter_state.disagrees:
            self._rearrange_later()

    # -- order ---------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the order in which the tracks came."""
        self._sort_by = None if column < 0 else Column(column)
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._rearrange()

    def _matching(self, tracks: Iterable[Track]) -> list[Track]:
        return select(tracks, self.filter_state, self.labels)

    def _sorted(self, tracks: list[Track]) -> list[Track]:
        if self._sort_by is None:
            return tracks
        keys = list(map(sort_key(self._sort_by), tracks))
        known = [(key, track) for key, track in zip(keys, tracks, strict=True) if key is not None]
        known.sort(key=itemgetter(0), reverse=self._descending)  # stable: equals stay in the order they came in
        unknown = [track for key, track in zip(keys, tracks, strict=True) if key is None]
        return [track for _, track in known] + unknown

    def _rearrange_later(self) -> None:
        if not self._rearrange_soon.isActive():
            self._rearrange_soon.start()

    def _rearrange(self) -> None:
        """Filter and sort anew; the selection stays on its tracks."""
        self._rearrange_soon.stop()
        before = time.perf_counter()
        rows = self._sorted(self._matching(self._tracks.values()))
        if rows != self._rows:
            self._move_rows(rows)
            self.shown_changed.emit()
        took_ms = 1000 * (time.perf_counter() - before)
        self._rearrange_soon.setInterval(max(_REST_MS, round(_SHARE * took_ms)))

    def _move_rows(self, rows: list[Track]) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        held_tracks = [self._rows[index.row()] for index in held]
        self._rows = rows
        self._number_rows()
        self.changePersistentIndexList(
            held,
            [
                self.index(self._row_of[track], index.column()) if track in self._row_of else _NO_INDEX
                for index, track in zip(held, held_tracks, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def _number_rows(self) -> None:
        self._row_of = {track: row for row, track in enumerate(self._rows)}

    # -- what Qt asks --------------------------------------------------------------------

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
            return spoken(track)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        return None


def _without_result(summary: Summary | None) -> Summary | None:
    if summary is None or (summary.facts is None and summary.by_hand is None):
        return None
    return Summary(facts=summary.facts, by_hand=summary.by_hand)
