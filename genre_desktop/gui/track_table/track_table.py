"""The table of tracks with its filter bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QHeaderView, QTableView, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.track_table.column_menu import ColumnMenu
from genre_desktop.gui.track_table.filter_bar import FilterBar
from genre_desktop.gui.track_table.track_delegate import CHIP_ROOM, PADDING, TrackDelegate
from genre_desktop.gui.tracks.columns import Column, heading, spec
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.tracks.track_filter import FilterState
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.tracks.track_row_model import Index
from genre_desktop.gui.widgets.labels import label_with_link
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch

_ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible
_NO_KEYS = Qt.KeyboardModifier.NoModifier
_SCROLL_STEP = 60
_NAME_WIDTH = 170
"""Minimum width of the first column until a person changes it; it takes the width that the others leave."""


class _RowView(QTableView):
    """A table view that selects rows: moving from row to row does not scroll sideways, and left and right keys do."""

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _ENSURE_VISIBLE) -> None:
        bar = self.horizontalScrollBar()
        at = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        actions = QAbstractSlider.SliderAction
        keys: dict[int, QAbstractSlider.SliderAction] = {
            Qt.Key.Key_Left: actions.SliderSingleStepSub,
            Qt.Key.Key_Right: actions.SliderSingleStepAdd,
        }
        action = keys.get(event.key())
        if event.key() == Qt.Key.Key_Escape and self._has_many_selected() and self.currentIndex().isValid():
            self.selectRow(self.currentIndex().row())
        elif action is not None and event.modifiers() in (_NO_KEYS, Qt.KeyboardModifier.KeypadModifier):
            self.horizontalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)

    def _has_many_selected(self) -> bool:
        selection = self.selectionModel().selection()
        return selection.size() > 1 or (selection.size() == 1 and selection.at(0).height() > 1)


class TrackTable(QWidget):
    """Filter bar and table of tracks.

    Attributes
    ----------
    filters : FilterBar
    view : QTableView
    header : QHeaderView
    column_menu : ColumnMenu
    nothing_matches : QLabel
        Over the rows while the filter matches no track.
    """

    track_chosen = Signal(object)  # Track or None
    menu_requested = Signal(object)  # QPoint on the screen

    def __init__(self, model: TrackModel, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen: Track | None = None
        self._name_width = _NAME_WIDTH
        self._is_fitting = False

        self.filters = FilterBar(model)
        self.view = self._make_view()
        self.header = self.view.horizontalHeader()
        # With the selection model of the rows, the header would ask for every cell whether it is selected, to paint a
        # few headings.
        self.header.setSelectionModel(QItemSelectionModel(model, self.header))
        self._delegate = TrackDelegate(self.view, themes.colours)
        self.view.setItemDelegate(self._delegate)
        self._set_up_header(self.header)
        self._first_columns = self.header.saveState()
        self.column_menu = ColumnMenu(self.header, self)
        self.filters.columns.setMenu(self.column_menu)
        self.nothing_matches = label_with_link(tr("No track matches the filter."), tr("Show all"), self.view.viewport())
        self.nothing_matches.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filters)
        layout.addWidget(self.view)
        self._connect(themes)

    def _make_view(self) -> QTableView:
        view = _RowView()
        view.horizontalScrollBar().setSingleStep(_SCROLL_STEP)
        view.setObjectName("tracks")
        view.setAccessibleName(tr("Tracks"))
        view.setModel(self._model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)  # Tab leads on through the window
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = view.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(view.fontMetrics().height() + 12)
        return view

    def _connect(self, themes: ThemeSwitch) -> None:
        view, header, model = self.view, self.header, self._model
        self.nothing_matches.linkActivated.connect(lambda _link: self.set_filter(FilterState()))
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
            signal.connect(self._show_if_nothing_matches)
        self.filters.changed.connect(self._select_chosen_again)
        view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        view.customContextMenuRequested.connect(lambda at: self.menu_requested.emit(view.viewport().mapToGlobal(at)))
        model.modelReset.connect(self._drop_removed)
        themes.changed.connect(self._set_colours)
        self.filters.line.left_downwards.connect(view.setFocus)
        header.customContextMenuRequested.connect(lambda at: self.column_menu.popup(header.mapToGlobal(at)))
        header.sectionResized.connect(self._on_resized)
        self.column_menu.changed.connect(self._fit_name)
        self.column_menu.reset_requested.connect(self._reset_columns)
        view.viewport().installEventFilter(self)

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)  # a third click restores the order in which the tracks were added
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(48)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setSortingEnabled(True)
        metrics = self.view.fontMetrics()
        for column in Column:
            extra = CHIP_ROOM if column is Column.GENRE else 0
            width = max(map(metrics.horizontalAdvance, spec(column).samples()), default=0) + extra
            title = metrics.horizontalAdvance(heading(column)) + 16  # and the arrow of the sorting
            header.resizeSection(column.value, max(width, title) + 2 * PADDING + 4)
            header.setSectionHidden(column.value, spec(column).is_hidden)
        header.resizeSection(Column.NAME.value, _NAME_WIDTH)
        header.moveSection(Column.STYLE.value, Column.SECOND.value)  # beside the genre

    # -- for the window ------------------------------------------------------------------

    def current(self) -> Track | None:
        """The track of the current row."""
        return self._model.track_at(self.view.currentIndex())

    def selected(self) -> list[Track]:
        """The selected tracks in the order of the table."""
        # By ranges: asking for an index of each of ten thousand rows takes half a second.
        selection = self.view.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.size())]
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        tracks = (self._model.track_in_row(row) for row in sorted(rows))
        return [track for track in tracks if track is not None]

    def select(self, track: Track) -> None:
        """Select a track, if the filter shows it."""
        index = self._model.index_of(track)
        if index.isValid():
            self._select_index(index)

    def select_row(self, row: int) -> None:
        """Select a row; the last one if there are fewer."""
        row = min(row, self._model.rowCount() - 1)
        if row >= 0:
            self._select_index(self._model.index(row, 0))

    def show_failures(self, n: int) -> None:
        """Let the filter bar offer to show only the `n` failed tracks."""
        self.filters.show_failures(n)

    def set_filter(self, filter_state: FilterState) -> None:
        """Filter the table."""
        self.filters.set_filter(filter_state)

    def state_values(self) -> dict[str, Any]:
        """Columns, sorting and filter as values of JSON."""
        columns = bytes(self.header.saveState().toBase64().data()).decode("ascii")
        return {"columns": columns, "filter": self._model.filter_state.to_values()}

    def restore_values(self, values: dict[str, Any]) -> None:
        """Restore what `state_values` returned."""
        saved = QByteArray.fromBase64(values["columns"].encode("ascii", "replace"))
        if self.header.restoreState(saved):
            self.header.setSectionHidden(Column.NAME.value, False)
            self._name_width = self.header.sectionSize(Column.NAME.value)
        self.set_filter(FilterState.from_values(values.get("filter")))

    def _select_index(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)

    # -- columns -------------------------------------------------------------------------

    def _reset_columns(self) -> None:
        self._name_width = _NAME_WIDTH
        self.header.restoreState(self._first_columns)
        self._fit_name()

    def _fit_name(self) -> None:
        """Give the names the width that the other columns leave."""
        header, name = self.header, Column.NAME.value
        others = header.length() - header.sectionSize(name)
        self._is_fitting = True
        header.resizeSection(name, max(self._name_width, self.view.viewport().width() - others))
        self._is_fitting = False

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if not self._is_fitting and new:
            if section == Column.NAME.value:
                self._name_width = new
            else:
                self._fit_name()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit_name()
            self.nothing_matches.resize(self.view.viewport().size())
        return super().eventFilter(watched, event)

    # -- reactions -----------------------------------------------------------------------

    def _show_if_nothing_matches(self) -> None:
        self.nothing_matches.setVisible(
            self._model.filter_state.is_active and len(self._model) > 0 and not self._model.rowCount()
        )

    def _select_chosen_again(self) -> None:
        if self.current() is None and self._chosen is not None:
            self.select(self._chosen)  # it was hidden by the last filter

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        track = self._model.track_at(current)
        # A filter may hide the row of a track; the canvas goes on showing the track.
        if track is None and self._chosen is not None and self._model.find(self._chosen.path) is self._chosen:
            return
        if track is not self._chosen:
            self._chosen = track
            self.track_chosen.emit(track)

    def _drop_removed(self) -> None:
        # A reset of the model emits no change of the current row.
        if self._chosen is not None and self._model.find(self._chosen.path) is not self._chosen:
            self._chosen = None
            self.track_chosen.emit(None)

    def _set_colours(self, colours: Colours) -> None:
        self._delegate.colours = colours
        self.view.viewport().update()
