"""The style of tables in dialogs: rows selected as a whole, no grid, headings at the left."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


def style_table_view(
    name: str, model: QAbstractItemModel, *, one_only: bool = False, stretched: int, letters: Mapping[int, int]
) -> QTableView:
    """A table in the style of the dialogs.

    Parameters
    ----------
    name : str
        For screen readers.
    one_only : bool
        Whether no more than one row can be selected.
    stretched : int
        Column that takes the width that the others leave.
    letters : mapping of int to int
        Width of each of the other columns in letters; its heading always fits.

    Returns
    -------
    QTableView
    """
    view = QTableView()
    view.setObjectName("list")
    view.setAccessibleName(name)
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    modes = QAbstractItemView.SelectionMode
    view.setSelectionMode(modes.SingleSelection if one_only else modes.ExtendedSelection)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 12)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    for section, n_letters in letters.items():
        wide = n_letters * view.fontMetrics().averageCharWidth() + 16
        header.resizeSection(section, max(wide, header.sectionSizeHint(section)))
    return view
