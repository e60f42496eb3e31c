"""The overview of the track list: genres, styles, confidences, and tracks that do not fit their album."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.overview import statistics_text
from genre_desktop.gui.overview.confidence_chart import ConfidenceChart
from genre_desktop.gui.overview.genre_chart import GenreChart, StyleChart
from genre_desktop.gui.overview.statistics_task import StatisticsRequest, StatisticsResult, compute_statistics
from genre_desktop.gui.text import formatting
from genre_desktop.gui.text.display import displayable, plain_tip
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.scroll_area import scrolling
from genre_desktop.gui.widgets.theme import ThemeSwitch, scaled_font
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

if TYPE_CHECKING:
    from genre_desktop.library.analysis.album_consistency import Inconsistency
    from genre_desktop.library.analysis.statistics import LibraryStatistics

_MIN_PAUSE_MS = 1000
_PAUSE_FACTOR = 4
"""Pause between two computations as a multiple of the time of one (about 0.01 ms a track)."""

_MAX_GENRES = 24
_MAX_STYLES = 10
_MAX_GROUPS = 200
_MAX_CHART_HEIGHT = 220
_PATH = Qt.ItemDataRole.UserRole


class LibraryOverview(QFrame):
    """A page of charts of the track list, computed on a worker while the page is visible.

    Attributes
    ----------
    worker : Worker
    genres : GenreChart
    styles : StyleChart
        Visible where a track has a style.
    confidence : ConfidenceChart
    outliers : QTreeWidget
    """

    statistics_requested = Signal()  # to be answered by a call of `compute`
    genre_chosen = Signal(str)
    style_chosen = Signal(str)
    confidence_chosen = Signal(int, int)  # per cent, both included
    track_chosen = Signal(str)  # path
    closed = Signal()

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.worker = Worker("count", compute_statistics, self)
        self.worker.succeeded.connect(self._show)
        self._is_stale = True
        self._refresh_timer = QTimer(self, singleShot=True, interval=_MIN_PAUSE_MS)
        self._refresh_timer.timeout.connect(self._request_statistics)
        self._make_widgets(themes)
        self._lay_out()
        self.genres.chosen.connect(lambda number: self.genre_chosen.emit(self.genres.genres[number]))
        self.styles.chosen.connect(lambda number: self.style_chosen.emit(self.styles.genres[number]))
        self.confidence.chosen.connect(lambda number: self.confidence_chosen.emit(*self.confidence.bounds(number)))
        self.outliers.currentItemChanged.connect(lambda item, _before: self._choose_track(item))
        self.outliers.itemClicked.connect(lambda item, _column: self._choose_track(item))
        self.setAccessibleName(tr("Library overview"))

    def _make_widgets(self, themes: ThemeSwitch) -> None:
        self._title = label(scale=1.15, bold=True)
        self._scope = label(muted=True)
        self._close = QToolButton(autoRaise=True)
        self._close.setText("✕")
        self._close.setToolTip(tr("Back to the track (Ctrl+L)"))
        self._close.setAccessibleName(tr("Close the overview"))
        self._close.clicked.connect(self.closed)
        self._summary = label()
        self.genres = GenreChart(themes)
        self._styles_title = _heading(tr("Sounds like"))
        self.styles = StyleChart(themes)
        self.confidence = ConfidenceChart(themes)
        self.confidence.setMaximumHeight(_MAX_CHART_HEIGHT)
        self._outliers_note = label(muted=True)
        self.outliers = QTreeWidget()
        self.outliers.setObjectName("choices")
        self.outliers.setHeaderHidden(True)
        self.outliers.setColumnCount(1)
        self.outliers.setAccessibleName(tr("Tracks that do not fit"))
        self.outliers.setMinimumHeight(96)
        self.outliers.setTextElideMode(Qt.TextElideMode.ElideRight)

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(16, 12, 10, 4)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._scope)
        heading.addLayout(titles, 1)
        heading.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(16, 6, 16, 14)
        inner.setSpacing(4)
        inner.addWidget(self._summary)
        inner.addSpacing(8)
        inner.addWidget(_heading(tr("Genres")))
        inner.addWidget(self.genres)
        inner.addSpacing(8)
        inner.addWidget(self._styles_title)
        inner.addWidget(self.styles)
        inner.addSpacing(8)
        inner.addWidget(_heading(tr("How sure the model is (grey: unsure)")))
        inner.addWidget(self.confidence, 2)
        inner.addSpacing(8)
        inner.addWidget(_heading(tr("Tracks that do not fit")))
        inner.addWidget(self._outliers_note)
        inner.addWidget(self.outliers, 4)
        inner.addStretch(1)
        scroll = scrolling(content)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(heading)
        layout.addWidget(scroll, 1)

    # -- counting ------------------------------------------------------------------------

    def refresh_soon(self) -> None:
        """Compute the statistics again once the page is visible, and not too often: tracks have changed."""
        self._is_stale = True
        if self.isVisible() and not self._refresh_timer.isActive() and not self.worker.busy:
            self._refresh_timer.start()

    def refresh(self) -> None:
        """Compute the statistics again at once if the page is visible."""
        self._is_stale = True
        if self.isVisible():
            self._request_statistics()

    def compute(self, request: StatisticsRequest) -> None:
        """Compute statistics on the worker; an earlier request is cancelled."""
        self.worker.cancel()
        self.worker.submit(request)

    def showEvent(self, event: object) -> None:
        if self._is_stale:
            self._request_statistics()

    def _request_statistics(self) -> None:
        self._refresh_timer.stop()
        if self.isVisible():
            self._is_stale = False
            self.statistics_requested.emit()

    # -- what is shown -------------------------------------------------------------------

    def _show(self, result: StatisticsResult) -> None:
        statistics = result.statistics
        self._refresh_timer.setInterval(max(_MIN_PAUSE_MS, _PAUSE_FACTOR * len(result.request.rows) // 100))
        self._title.setText(tr("Overview"))
        tracks = formatting.count_tracks(statistics.n_tracks)
        self._scope.setText(
            tr("Of the {tracks} selected", tracks=tracks)
            if result.request.is_selection
            else tr("Of all {tracks} in the list", tracks=tracks)
        )
        self._summary.setText(statistics_text.summary_line(statistics))
        self.genres.show_genres(_genre_bars(statistics))
        self.styles.show_genres(statistics.style_counts[:_MAX_STYLES], statistics.n_tracks - statistics.n_waiting)
        for widget in (self._styles_title, self.styles):
            widget.setVisible(bool(statistics.style_counts))
        self.confidence.show_bins(statistics.named_bins, statistics.unsure_bins)
        self._show_outliers(result.inconsistencies)
        if self._is_stale:
            self.refresh_soon()

    def _show_outliers(self, groups: list[Inconsistency]) -> None:
        n_tracks = sum(len(group.outliers) for group in groups)
        if not groups:
            text = tr(
                "Every album, folder and artist of four tracks or more that has a clear genre agrees with itself."
            )
        else:
            text = tr(
                "{tracks} in {n} albums, folders or artists that have a clear genre otherwise. Select one to see it.",
                tracks=formatting.count_tracks(n_tracks),
                n=numeral(len(groups), ","),
            )
        self._outliers_note.setText(text)
        self.outliers.setVisible(bool(groups))
        self._fill_outliers(groups)

    def _fill_outliers(self, groups: list[Inconsistency]) -> None:
        """Fill the tree; selected track and scroll position stay."""
        chosen = self.outliers.currentItem()
        path = None if chosen is None else chosen.data(0, _PATH)
        at = self.outliers.verticalScrollBar().value()
        self.outliers.blockSignals(True)
        self.outliers.clear()
        for group in groups[:_MAX_GROUPS]:
            sentence = displayable(group.sentence)
            item = QTreeWidgetItem(self.outliers, [sentence[:1].upper() + sentence[1:]])
            item.setToolTip(0, plain_tip(item.text(0)))
            for outlier in group.outliers:
                child = QTreeWidgetItem(item, [statistics_text.outlier_text(outlier)])
                child.setToolTip(0, plain_tip(displayable(outlier.path)))
                child.setData(0, _PATH, outlier.path)
                if outlier.path == path:
                    self.outliers.setCurrentItem(child)
        if len(groups) > _MAX_GROUPS:
            QTreeWidgetItem(self.outliers, [tr("and {n} more", n=numeral(len(groups) - _MAX_GROUPS, ","))])
        self.outliers.expandAll()
        self.outliers.verticalScrollBar().setValue(at)
        self.outliers.blockSignals(False)

    def _choose_track(self, item: QTreeWidgetItem | None) -> None:
        path = None if item is None else item.data(0, _PATH)
        if path is not None:
            self.track_chosen.emit(path)


def _genre_bars(statistics: LibraryStatistics) -> list[tuple[str, int]]:
    """Genres with their numbers of tracks, the most frequent first; "unsure" and "not music" at the end."""
    bars = list(statistics.genre_counts[:_MAX_GENRES])
    for name, n in ((UNSURE, statistics.n_unsure), (NOT_MUSIC, statistics.n_not_music)):
        if n:
            bars.append((name, n))
    return bars


def _heading(text: str) -> QWidget:
    made = label(text, bold=True)
    made.setFont(scaled_font(0.95, bold=True))
    return made
