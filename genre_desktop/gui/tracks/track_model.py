"""The table of tracks: what was dropped, where it stands, what it is."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Signal

from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.row_order import numbers_of
from genre_desktop.gui.tracks.track import State, Track, state_key
from genre_desktop.gui.tracks.track_results import is_another_track, is_outlived, merged, state_of, without_result
from genre_desktop.gui.tracks.track_row_model import TrackRowModel
from genre_desktop.library.result import Summary, summarise

if TYPE_CHECKING:
    from genre_desktop.core.errors import GenreDesktopError
    from genre_desktop.library.result import TrackResult

_NO_INDEX = QModelIndex()
_BULK = 50
_N_COLUMNS = len(Column)
_FREEZE_AFTER = 5_000


def path_key(path: str | os.PathLike[str]) -> str:
    """What makes two paths the same row."""
    return os.path.normcase(os.path.abspath(path))


class TrackModel(TrackRowModel):
    """The tracks of the list, and what is known of each.

    Attributes
    ----------
    counts : dict of State to int
        Tracks in each state, filtered out or not.
    n_redone : int
        Tracks that are to get a new answer, and have one until then.
    n_outlived : int
        Tracks that keep an earlier answer although listening anew failed.
    """

    counts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said_by_hand: dict[Track, str | None] = {}  # since the program was started
        self._tracks: dict[str, Track] = {}
        self._n_unfrozen = 0
        self._is_bulk = False
        self.counts = dict.fromkeys(State, 0)
        self.n_redone = self.n_outlived = 0

    # -- asking --------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._tracks)

    def tracks(self) -> Iterable[Track]:
        """All tracks in the order they came, filtered out or not."""
        return self._all

    def find(self, path: str | os.PathLike[str]) -> Track | None:
        """The track of a path."""
        return self._tracks.get(path_key(path))

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
                track = self._tracks[key] = Track(path, len(self._all))
                self._all.append(track)
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
        self._row_of = np.append(self._row_of, np.full(len(tracks), -1))
        if len(visible):
            first = len(self._rows)
            self.beginInsertRows(_NO_INDEX, first, first + len(visible) - 1)
            self._rows = np.append(self._rows, visible)
            self._row_of[visible] = np.arange(first, first + len(visible))
            self.endInsertRows()
            if self._sort_by is not None:
                self._rearrange_later()
        self.counts_changed.emit()
        self.shown_changed.emit()

    def remove(self, tracks: Iterable[Track]) -> None:
        """Forget tracks."""
        gone = set(tracks)
        order = [track for number in self._rows.tolist() if (track := self._all[number]) not in gone]
        self._tracks = {key: track for key, track in self._tracks.items() if track not in gone}
        self._replace_all([track for track in self._all if track not in gone], order)

    def put_back(self, removed: Iterable[tuple[int, Track]]) -> list[Track]:
        """Take removed tracks in again at the places that they had; those that were added anew stay as they are.

        Parameters
        ----------
        removed : iterable of (int, Track)
            Each with the number it had, in the order of these.

        Returns
        -------
        list of Track
            Those that are in the list again.
        """
        keys = {path_key(track.path): (number, track) for number, track in removed}
        back = [pair for key, pair in keys.items() if key not in self._tracks]
        self._tracks = {**{key: track for key, (_, track) in keys.items()}, **self._tracks}
        n_all = len(self._all) + len(back)
        places = dict(back)
        rest = iter([*self._all, *(track for number, track in back if number >= n_all)])
        tracks = [track if (track := places.get(number)) is not None else next(rest) for number in range(n_all)]
        self._replace_all(tracks)
        return [track for _, track in back]

    def _replace_all(self, tracks: list[Track], shown: list[Track] | None = None) -> None:
        """Hold other tracks; `shown` in this order, or as filter and order have it."""
        self.beginResetModel()
        self._all = tracks
        self.counts = dict.fromkeys(State, 0) | Counter(track.state for track in tracks)
        self.n_redone = sum(track.is_redone for track in tracks)
        self.n_outlived = sum(track.redo_error is not None for track in tracks)
        for number, track in enumerate(tracks):
            track.number = number
        self._rows = self._sorted(self._matching(tracks)) if shown is None else numbers_of(shown)
        self._find_rows()
        self.endResetModel()
        self.counts_changed.emit()
        self.shown_changed.emit()

    def set_state(self, tracks: Iterable[Track], state: State) -> None:
        """Move tracks to another state; what is known of them stays until there is something newer."""
        changed = list(tracks)
        with self._all_at_once(len(changed)):
            for track in changed:
                self._change(track, state, track.summary)
        self.counts_changed.emit()

    def settle(self, tracks: Iterable[Track]) -> None:
        """Take tracks that are not worked on any more back to the answer or error they have; without one: stopped."""
        changed = list(tracks)
        with self._all_at_once(len(changed)):
            for track in changed:
                self._change(track, state_of(track.summary) or State.STOPPED, track.summary)
        self.counts_changed.emit()

    def drop_results(self, tracks: Iterable[Track], state: State) -> None:
        """Show tracks as ones that no model has answered; facts and genres by hand stay."""
        changed = list(tracks)
        with self._all_at_once(len(changed)):
            for track in changed:
                self._change(track, state, without_result(track.summary))
        self.counts_changed.emit()

    def set_result(self, result: TrackResult) -> Track | None:
        """Take over what became of a track; None when it was removed meanwhile.

        A failure takes no answer away, nor does damage to the file: that stays, and the trouble is told as
        `LabelledTrack.redo_error`.
        """
        track = self.find(result.path)
        if track is None:
            return None
        if is_outlived(track, result):
            self._change(track, State.DONE, track.summary, result.trouble)
        else:
            self._take(track, summarise(result))
        self.counts_changed.emit()
        return track

    def set_summaries(self, known: Iterable[tuple[str, Summary | None]]) -> None:
        """Take over what is known of many tracks, as the store gives it."""
        pairs = [(track, summary) for path, summary in known if (track := self.find(path)) is not None]
        with self._all_at_once(len(pairs)):
            for track, summary in pairs:
                self._take(track, summary or Summary())
        self.counts_changed.emit()

    def set_by_hand(self, tracks: Iterable[Track], genre: str | None) -> None:
        """Give tracks a genre by hand; None goes back to what the model says."""
        changed = list(tracks)
        with self._all_at_once(len(changed)):
            for track in changed:
                self._said_by_hand[track] = genre
                summary = replace(track.summary or Summary(), by_hand=genre)
                self._change(track, track.state, summary, track.redo_error)

    def ask_by_hand(self, tracks: Iterable[Track]) -> None:
        """Let the store say which genre by hand tracks have, and not what was said in this window before."""
        for track in tracks:
            self._said_by_hand.pop(track, None)

    def _take(self, track: Track, summary: Summary) -> None:
        if is_another_track(track.summary, summary):
            self._said_by_hand.pop(track, None)
        summary = merged(track.summary, summary)
        if track in self._said_by_hand:
            # A run, and a list that was asked for before, do not know what a person has said since.
            summary = replace(summary, by_hand=self._said_by_hand[track])
        self._change(track, state_of(summary) or track.state, summary)
        self._n_unfrozen += 1
        if self._n_unfrozen >= _FREEZE_AFTER:
            # Three objects a row, none of them in a cycle: walking through those of a hundred thousand rows
            # would hold the window for a sixth of a second each time that the collector does it.
            self._n_unfrozen = 0
            gc.freeze()

    def _change(
        self, track: Track, state: State, summary: Summary | None, redo_error: GenreDesktopError | None = None
    ) -> None:
        self.counts[track.state] -= 1
        self.counts[state] += 1
        self.n_outlived += (redo_error is not None) - (track.redo_error is not None)
        self.n_redone -= track.is_redone
        track.state = state
        track.redo_error = redo_error
        track.know(summary)
        self.n_redone += track.is_redone
        for kept in (redo_error, *(() if summary is None else (summary.error, summary.problem))):
            if kept is not None:
                # A traceback keeps the frames it went through alive, and all sound in them.
                kept.__traceback__ = kept.__cause__ = kept.__context__ = None
        if not self._is_bulk and (row := self._row(track)) >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, _N_COLUMNS - 1))
        if self._is_filtered or self._sort_by not in (None, Column.NAME, Column.FOLDER):
            self._rearrange_later()

    @contextmanager
    def _all_at_once(self, n_tracks: int) -> Iterator[None]:
        """Tell views of many changes by one signal instead of thousands."""
        self._is_bulk = n_tracks > _BULK
        try:
            yield
        finally:
            if self._is_bulk and len(self._rows):
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, _N_COLUMNS - 1))
            self._is_bulk = False
