"""The list of tracks as a table, with its filter line."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.gui.theme import Colours, ThemeSwitch
from genre_desktop.gui.track import Column, Track, all_state_words
from genre_desktop.gui.track_delegate import CHIP_ROOM, PADDING, TrackDelegate
from genre_desktop.gui.tracks import TrackModel
from genre_desktop.i18n import tr


class FilterLine(QLineEdit):
    """Escape clears it; the down key leads into the rows, as in every search field."""

    left_downwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Filter by name or genre"))
        self.setAccessibleName(tr("Filter"))
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # a dropped file is a file and not a text

    def event(self, event: QEvent) -> bool:
        # Escape means "stop" to the window, unless there is something to clear here.
        is_key = event.type() == QEvent.Type.ShortcutOverride
        if is_key and self.text() and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class TrackTable(QWidget):
    """Filter line and table."""

    track_chosen = Signal(object)  # Track or None
    menu_wanted = Signal(object)  # QPoint on the screen

    def __init__(self, model: TrackModel, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen: Track | None = None

        self.filter_line = FilterLine()
        self.failures_only = QToolButton(autoRaise=True)
        self.failures_only.setCheckable(True)
        self.failures_only.setToolTip(tr("Show only tracks that failed"))
        self.failures_only.hide()

        self.view = view = QTableView()
        view.setObjectName("tracks")
        view.setAccessibleName(tr("Tracks"))
        view.setModel(model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)  # Tab leads on through the window
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # With the rows' selection model the header would ask for every cell whether it is
        # selected, to paint five headings.
        header = view.horizontalHeader()
        header.setSelectionModel(QItemSelectionModel(model, header))
        self._delegate = TrackDelegate(view, themes.colours)
        view.setItemDelegate(self._delegate)
        rows = view.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(view.fontMetrics().height() + 12)
        self._set_up_header(header)

        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.filter_line)
        line.addWidget(self.failures_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(view)

        self.filter_line.textChanged.connect(self._filter)
        self.failures_only.toggled.connect(self._filter)
        view.selectionModel().currentRowChanged.connect(self._choose)
        view.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(view.viewport().mapToGlobal(at)))
        model.modelReset.connect(self._forget_removed)
        themes.changed.connect(self._repaint_in)
        self.filter_line.left_downwards.connect(view.setFocus)

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)  # a third click: the order of dropping
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(48)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.setSortingEnabled(True)
        metrics = self.view.fontMetrics()
        for column, samples in (
            (Column.GENRE, ["Not music", "Blues / Rock"]),
            (Column.CONFIDENCE, ["Sure ▲"]),
            (Column.LENGTH, ["1:02:33"]),
            (Column.STATE, all_state_words()),
        ):
            extra = CHIP_ROOM if column is Column.GENRE else 0
            width = max(map(metrics.horizontalAdvance, samples))
            header.resizeSection(column.value, width + 2 * PADDING + 4 + extra)
        header.setSectionResizeMode(Column.NAME.value, QHeaderView.ResizeMode.Stretch)

    # -- for the window ------------------------------------------------------------------

    def current(self) -> Track | None:
        """The track of the current row."""
        return self._model.track_at(self.view.currentIndex())

    def selected(self) -> list[Track]:
        """The selected tracks, in the order shown."""
        # By ranges: an index for each of ten thousand rows takes half a second.
        selection = self.view.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.size())]
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        tracks = (self._model.track_in_row(row) for row in sorted(rows))
        return [track for track in tracks if track is not None]

    def select(self, track: Track) -> None:
        """Make a track the current one, if the filter shows it."""
        index = self._model.index_of(track)
        if index.isValid():
            self._go_to(index)

    def select_row(self, row: int) -> None:
        """Make a row the current one; the last one if there are fewer."""
        row = min(row, self._model.rowCount() - 1)
        if row >= 0:
            self._go_to(self._model.index(row, 0))

    def show_failures(self, n: int) -> None:
        """Offer to show the failed tracks alone, if there are any."""
        if not n:
            self.failures_only.setChecked(False)
        self.failures_only.setText(tr("{n} failed", n=n))
        self.failures_only.setVisible(n > 0)

    def _go_to(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)

    # -- reactions -----------------------------------------------------------------------

    def _filter(self) -> None:
        self._model.set_filter(self.filter_line.text(), self.failures_only.isChecked())
        if self.current() is None and self._chosen is not None:
            self.select(self._chosen)  # hidden by the last filter, and visible again

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        track = self._model.track_at(current)
        # A filter may hide the row of a track; the track itself stays in view.
        if track is None and self._chosen is not None and self._model.find(self._chosen.path) is self._chosen:
            return
        if track is not self._chosen:
            self._chosen = track
            self.track_chosen.emit(track)

    def _forget_removed(self) -> None:
        # Qt says nothing of the current row when a model is reset.
        if self._chosen is not None and self._model.find(self._chosen.path) is not self._chosen:
            self._chosen = None
            self.track_chosen.emit(None)

    def _repaint_in(self, colours: Colours) -> None:
        self._delegate.colours = colours
        self.view.viewport().update()
