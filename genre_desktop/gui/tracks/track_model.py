"""The tracks of the list with their states and results."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Signal

from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.row_order import numbers_of
from genre_desktop.gui.tracks.track import State, Track, state_key
from genre_desktop.gui.tracks.track_results import (
    is_another_track,
    is_of_later_sound,
    keeps_answer,
    merged,
    state_of,
    without_result,
)
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
    """Key of a path: paths with the same key are the same row."""
    return os.path.normcase(os.path.abspath(path))


class TrackModel(TrackRowModel):
    """The tracks of the list, and the summary of each.

    Attributes
    ----------
    n_redone : int
        Number of tracks that are pending or being classified, and keep an earlier answer until then.
    n_redo_failed : int
        Number of tracks that keep an earlier answer, as classifying them again failed.
    revision : int
        Number of new results that runs have reported so far; tells whether what was read from the store is out of date.
    """

    counts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given_genres: dict[Track, str | None] = {}  # by hand in this session
        self._tracks: dict[str, Track] = {}
        self._n_unfrozen = 0
        self._is_bulk = False
        self._counts = dict.fromkeys(State, 0)
        self.n_redone = self.n_redo_failed = 0
        self.revision = 0

    # -- queries -------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._tracks)

    @property
    def counts(self) -> Mapping[State, int]:
        """Number of tracks in each state, hidden by the filter or not."""
        return MappingProxyType(self._counts)

    def tracks(self) -> Iterable[Track]:
        """All tracks in the order of the list, hidden by the filter or not."""
        return self._all

    def find(self, path: str | os.PathLike[str]) -> Track | None:
        """The track of a path."""
        return self._tracks.get(path_key(path))

    def genre_counts(self) -> Counter[str]:
        """Number of tracks of each genre, hidden by the filter or not."""
        return Counter(genre for track in self._tracks.values() if (genre := track.genre) is not None)

    def style_counts(self) -> Counter[str]:
        """Number of tracks of each style, hidden by the filter or not; a track may have several."""
        told = Counter(track.summary.styles for track in self._tracks.values() if track.summary is not None)
        counts: Counter[str] = Counter()
        for styles, n in told.items():
            counts.update(dict.fromkeys(styles, n))
        return counts

    def state_counts(self) -> Counter[str]:
        """Number of tracks of each displayed state, hidden by the filter or not."""
        return Counter(map(state_key, self._tracks.values()))

    # -- changes -------------------------------------------------------------------------

    def add(self, paths: Iterable[str]) -> tuple[list[Track], list[Track]]:
        """Add tracks as one insertion.

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
        self._counts[State.WAITING] += len(tracks)
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
        """Remove tracks."""
        gone = set(tracks)
        order = [track for number in self._rows.tolist() if (track := self._all[number]) not in gone]
        self._tracks = {key: track for key, track in self._tracks.items() if track not in gone}
        self._replace_all([track for track in self._all if track not in gone], order)

    def put_back(self, removed: Iterable[tuple[int, Track]]) -> list[Track]:
        """Insert removed tracks at their former places; those that were added again meanwhile stay as they are.

        Parameters
        ----------
        removed : iterable of (int, Track)
            Each with its former number, in ascending order.

        Returns
        -------
        list of Track
            Those that were inserted.
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
        """Replace all tracks; the rows are `shown`, or those that filter and order give."""
        self.beginResetModel()
        self._all = tracks
        self._counts = dict.fromkeys(State, 0) | Counter(track.state for track in tracks)
        self.n_redone = sum(track.is_redone for track in tracks)
        self.n_redo_failed = sum(track.redo_error is not None for track in tracks)
        for number, track in enumerate(tracks):
            track.number = number
        self._rows = self._sorted(self._matching(tracks)) if shown is None else numbers_of(shown)
        self._find_rows()
        self.endResetModel()
        self.counts_changed.emit()
        self.shown_changed.emit()

    def set_state(self, tracks: Iterable[Track], state: State) -> None:
        """Set the state of tracks; their summaries stay."""
        changed = list(tracks)
        with self._bulk_change(len(changed)):
            for track in changed:
                self._update(track, state, track.summary)
        self.counts_changed.emit()

    def reset_state(self, tracks: Iterable[Track]) -> None:
        """Set the state that follows from the answer or error of tracks, STOPPED without one, as work on them ended."""
        changed = list(tracks)
        with self._bulk_change(len(changed)):
            for track in changed:
                self._update(track, state_of(track.summary) or State.STOPPED, track.summary)
        self.counts_changed.emit()

    def drop_results(self, tracks: Iterable[Track], state: State) -> None:
        """Drop answers and errors of tracks; file facts and genres by hand stay."""
        changed = list(tracks)
        with self._bulk_change(len(changed)):
            for track in changed:
                self._update(track, state, without_result(track.summary))
        self.counts_changed.emit()

    def set_result(self, result: TrackResult) -> Track | None:
        """Set the result of a track; None when the track has been removed.

        An earlier answer stays where the new result is a failure or comes from a damaged file; the error becomes
        `Track.redo_error`.
        """
        track = self.find(result.path)
        if track is None:
            return None
        if not result.is_stored:  # otherwise it was read as well, and undoing may have replaced it since
            self.revision += 1
            track.revision = self.revision
        if keeps_answer(track, result):
            self._update(track, State.DONE, track.summary, result.trouble)
        else:
            self._apply_summary(track, summarise(result))
        self.counts_changed.emit()
        return track

    def set_summaries(self, known: Iterable[tuple[str, Summary | None]], revision: int | None = None) -> None:
        """Set the summaries of many tracks, as read from the store.

        Parameters
        ----------
        known : iterable of (str, Summary or None)
            By path.
        revision : int, optional
            That of the model when they were asked for. Tracks that have got a result since then keep it: the store may
            have been read before that was written.
        """
        pairs = [(track, summary) for path, summary in known if (track := self.find(path)) is not None]
        if revision is not None:
            pairs = [(track, summary) for track, summary in pairs if track.revision <= revision]
        # A file that has other sound by now, which is not classified: what is shown is of the sound that it had.
        pairs = [(track, summary) for track, summary in pairs if not is_of_later_sound(track.summary, summary)]
        with self._bulk_change(len(pairs)):
            for track, summary in pairs:
                self._forget_other_genre(track, summary)
                self._apply_summary(track, summary or Summary())
        self.counts_changed.emit()

    def set_by_hand(self, tracks: Iterable[Track], genre: str | None) -> None:
        """Give tracks a genre by hand; None goes back to the answer of the model."""
        changed = list(tracks)
        with self._bulk_change(len(changed)):
            for track in changed:
                self._given_genres[track] = genre
                summary = replace(track.summary or Summary(), by_hand=genre)
                self._update(track, track.state, summary, track.redo_error)

    def is_genre_given(self, track: Track) -> bool:
        """Whether a person gave a track a genre, or took it back, in this session."""
        return track in self._given_genres

    def accept_stored_genres(self, tracks: Iterable[Track]) -> None:
        """Let the next summaries from the store set the genres by hand of tracks, in place of those of this session."""
        for track in tracks:
            self._given_genres.pop(track, None)

    def _forget_other_genre(self, track: Track, read: Summary | None) -> None:
        """Forget the genre by hand of a track that has other sound by now: the store knows whether it has it still."""
        known, facts = track.summary, None if read is None else read.facts
        if known is not None and facts is not None and track.identity not in (None, facts.identity):
            self._given_genres.pop(track, None)
            track.set_summary(replace(known, by_hand=None))

    def _apply_summary(self, track: Track, summary: Summary) -> None:
        if is_another_track(track.summary, summary):
            self._given_genres.pop(track, None)
        summary = merged(track.summary, summary)
        if track in self._given_genres:
            # A run, or a list that was read before, does not know the genre that a person gave since.
            summary = replace(summary, by_hand=self._given_genres[track])
        self._update(track, state_of(summary) or track.state, summary)
        self._n_unfrozen += 1
        if self._n_unfrozen >= _FREEZE_AFTER:
            # Three objects a row, none of them in a cycle: for a hundred thousand rows, each full collection
            # would block the window for a sixth of a second.
            self._n_unfrozen = 0
            gc.freeze()

    def _update(
        self, track: Track, state: State, summary: Summary | None, redo_error: GenreDesktopError | None = None
    ) -> None:
        self._counts[track.state] -= 1
        self._counts[state] += 1
        self.n_redo_failed += (redo_error is not None) - (track.redo_error is not None)
        self.n_redone -= track.is_redone
        track.state = state
        track.redo_error = redo_error
        track.set_summary(summary)
        self.n_redone += track.is_redone
        for error in (redo_error, *(() if summary is None else (summary.error, *summary.warnings))):
            if error is not None:
                # A traceback keeps its frames alive, and all sound in them.
                error.__traceback__ = error.__cause__ = error.__context__ = None
        if not self._is_bulk and (row := self._row(track)) >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, _N_COLUMNS - 1))
        if self._is_filtered or self._sort_by not in (None, Column.NAME, Column.FOLDER):
            self._rearrange_later()

    @contextmanager
    def _bulk_change(self, n_tracks: int) -> Iterator[None]:
        """Emit one `dataChanged` for many changes instead of thousands."""
        self._is_bulk = n_tracks > _BULK
        try:
            yield
        finally:
            if self._is_bulk and len(self._rows):
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, _N_COLUMNS - 1))
            self._is_bulk = False
