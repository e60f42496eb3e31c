"""What the list or the selection is made of, counted on a worker for the overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from genre_desktop.gui.session.session import Session
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track_filter import FilterState

if TYPE_CHECKING:
    from genre_desktop.gui.overview.library_overview import LibraryOverview
    from genre_desktop.gui.workers.worker import Report
    from genre_desktop.library.analysis.album_consistency import Inconsistency
    from genre_desktop.library.analysis.statistics import LibraryStatistics
    from genre_desktop.library.result import Summary


@dataclass(frozen=True, eq=False)
class CountRequest:
    """Count tracks.

    Attributes
    ----------
    rows : tuple of (str, Summary or None)
    labels : tuple of str
        Genres of the model.
    is_selection : bool
    """

    rows: tuple[tuple[str, Summary | None], ...]
    labels: tuple[str, ...]
    is_selection: bool


@dataclass(frozen=True, eq=False)
class Counted:
    """What a list is made of."""

    request: CountRequest
    statistics: LibraryStatistics
    inconsistencies: list[Inconsistency]


def count_rows(request: CountRequest, _report: Report) -> Counted:
    """Work of the counting worker."""
    from genre_desktop.library.analysis.album_consistency import find_inconsistencies
    from genre_desktop.library.analysis.statistics import gather_statistics

    statistics = gather_statistics(request.rows, request.labels)
    return Counted(request, statistics, find_inconsistencies(request.rows))


class Counting(QObject):
    """Gives the overview what to count, and lets it filter the table."""

    def __init__(self, session: Session, table: TrackTable, overview: LibraryOverview) -> None:
        super().__init__(overview)
        self._session = session
        self._table = table
        self._overview = overview
        session.attend(overview.worker)
        overview.wanted.connect(self._count)
        overview.genre_chosen.connect(lambda genre: table.set_filter(FilterState(genres=frozenset({genre}))))
        overview.confidence_chosen.connect(lambda low, high: table.set_filter(FilterState(sure_from=low, sure_to=high)))
        session.tracks.counts_changed.connect(overview.refresh_soon)
        session.tracks.dataChanged.connect(lambda *_: overview.refresh_soon())
        table.view.selectionModel().selectionChanged.connect(lambda *_: overview.refresh_soon())

    def _count(self) -> None:
        selected = self._table.selected()
        is_selection = len(selected) > 1
        tracks = selected if is_selection else self._session.tracks.tracks()
        labels = () if self._session.bundle is None else self._session.bundle.labels
        rows = tuple((track.path, track.summary) for track in tracks)
        self._overview.count(CountRequest(rows, labels, is_selection))
