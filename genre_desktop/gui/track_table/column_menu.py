"""The menu for showing, moving and sorting columns, which needs no mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.tracks.columns import Column, heading
from genre_desktop.gui.widgets.persistent_menu import PersistentMenu


class ColumnMenu(PersistentMenu):
    """Menu of a table's header; filled each time it opens."""

    changed = Signal()  # visible columns or their order
    reset_requested = Signal()

    def __init__(self, header: QHeaderView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = header
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for column in self._in_order():
            if column is Column.NAME:
                continue  # a row without its name means nothing
            action = self.addAction(heading(column))
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(column.value))
            action.toggled.connect(lambda on, column=column: self._show(column, on))
        self.addSeparator()
        self._add_sorting(self.addMenu(tr("Sort by")))
        self._add_moves(self.addMenu(tr("Move to the left")), -1)
        self._add_moves(self.addMenu(tr("Move to the right")), 1)
        self.addSeparator()
        self.addAction(tr("Columns as at first")).triggered.connect(self.reset_requested)

    def _in_order(self) -> list[Column]:
        return [Column(self._header.logicalIndex(place)) for place in range(self._header.count())]

    def _show(self, column: Column, on: bool) -> None:
        self._header.setSectionHidden(column.value, not on)
        self.changed.emit()

    def _add_sorting(self, menu: QMenu) -> None:
        sorted_by, order = self._header.sortIndicatorSection(), self._header.sortIndicatorOrder()
        group = QActionGroup(menu)
        in_order = [(column.value, heading(column)) for column in self._in_order()]
        for section, text in ((-1, tr("As they were added")), *in_order):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(section == sorted_by)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, section=section: self._header.setSortIndicator(section, order))
        menu.addSeparator()
        descending = menu.addAction(tr("Descending"))
        descending.setCheckable(True)
        descending.setChecked(order == Qt.SortOrder.DescendingOrder)
        orders = Qt.SortOrder
        descending.triggered.connect(
            lambda on: self._header.setSortIndicator(
                self._header.sortIndicatorSection(), orders.DescendingOrder if on else orders.AscendingOrder
            )
        )

    def _add_moves(self, menu: QMenu, step: int) -> None:
        visible = [column for column in self._in_order() if not self._header.isSectionHidden(column.value)]
        for place, column in enumerate(visible):
            target = place + step
            if 0 <= target < len(visible):
                action = menu.addAction(heading(column))
                action.triggered.connect(lambda _on=False, a=column, b=visible[target]: self._move(a, b))

    def _move(self, column: Column, beside: Column) -> None:
        self._header.moveSection(self._header.visualIndex(column.value), self._header.visualIndex(beside.value))
        self.changed.emit()
