"""Connects the overview with the session and the track table."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genre_desktop.gui.overview.library_overview import LibraryOverview
from genre_desktop.gui.overview.statistics_task import StatisticsRequest
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track_filter import FilterState


class OverviewController(QObject):
    """Gives the overview the tracks for its statistics, and filters the table by what is clicked in it."""

    def __init__(self, session: Session, table: TrackTable, overview: LibraryOverview) -> None:
        super().__init__(overview)
        self._session = session
        self._table = table
        self._overview = overview
        session.register_worker(overview.worker)
        overview.statistics_requested.connect(self._compute)
        overview.genre_chosen.connect(lambda genre: table.set_filter(FilterState(genres=frozenset({genre}))))
        overview.style_chosen.connect(lambda style: table.set_filter(FilterState(styles=frozenset({style}))))
        overview.confidence_chosen.connect(lambda low, high: table.set_filter(FilterState(sure_from=low, sure_to=high)))
        session.tracks.counts_changed.connect(overview.refresh_soon)
        session.tracks.dataChanged.connect(lambda *_: overview.refresh_soon())
        table.view.selectionModel().selectionChanged.connect(lambda *_: overview.refresh_soon())

    def _compute(self) -> None:
        selected = self._table.selected()
        is_selection = len(selected) > 1
        tracks = selected if is_selection else self._session.tracks.tracks()
        labels = () if self._session.bundle is None else self._session.bundle.labels
        rows = tuple((track.path, track.summary) for track in tracks)
        self._overview.compute(StatisticsRequest(rows, labels, is_selection))
