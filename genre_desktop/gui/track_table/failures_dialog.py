"""The dialog of the tracks that failed, with their errors."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text import formatting
from genre_desktop.gui.text.display import displayable, error_message, plain_tip
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.table_style import style_table_view

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_REFRESH_MS = 500
"""Delay after which the dialog follows changes of the track list."""

_MAX_CODES = 3


class FailureModel(QAbstractTableModel):
    """Table of failed tracks: file, message, error code, folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tracks: list[Track] = []

    def show_tracks(self, tracks: list[Track]) -> None:
        """Replace the tracks; if new ones only follow the present ones, these keep their rows and selection."""
        n = len(self.tracks)
        if tracks[:n] == self.tracks:
            if len(tracks) > n:
                self.beginInsertRows(_NO_INDEX, n, len(tracks) - 1)
                self.tracks = tracks
                self.endInsertRows()
            return
        self.beginResetModel()
        self.tracks = tracks
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.tracks)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("File"), tr("What happened"), tr("Code"), tr("Folder"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        track = self.tracks[index.row()]
        error = track.trouble
        if error is None:  # it is being classified again
            return track.name if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return (track.name, error_message(error, brief=True), error.code, displayable(os.path.dirname(track.path)))[
                index.column()
            ]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{error.code}: {error_message(error)}")
        return None


class FailuresDialog(Dialog):
    """Modeless list of the failed tracks; follows the track model."""

    retry_requested = Signal(object)  # list of Track
    reveal_requested = Signal(object)  # Track
    track_requested = Signal(object)  # Track

    def __init__(self, tracks: TrackModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self.setWindowTitle(tr("Tracks that failed"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._summary = label()
        self.model = FailureModel(self)
        self.view = style_table_view(tr("Tracks that failed"), self.model, stretched=1, letters={0: 24, 2: 9, 3: 24})
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.retry = self._add_button(tr("&Retry all"), self._retry)
        self.copy = self._add_button(tr("Cop&y all"), self._copy)
        self.reveal = self._add_button(tr("Show in &file manager"), self._reveal)
        for button in self.buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Enter in the list requests the track
        self._lay_out()
        self._refresh_timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._connect()
        self.refresh()
        if self.model.tracks:
            self.view.selectRow(0)
            self.view.clearSelection()  # keys start there, while the buttons still act on all
        self.view.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(12)
        layout.addWidget(self._summary)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.buttons)
        self.resize(1040, 480)

    def _connect(self) -> None:
        self.buttons.rejected.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self._copy)
        self.view.activated.connect(lambda index: self.track_requested.emit(self.model.tracks[index.row()]))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._update_buttons())
        self.model.modelReset.connect(self._update_buttons)
        self._refresh_timer.timeout.connect(self.refresh)
        self._tracks.counts_changed.connect(self._refresh_soon)

    def _add_button(self, text: str, slot: Any) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(slot)
        return button

    def refresh(self) -> None:
        """Show the present failures."""
        failed = [track for track in self._tracks.tracks() if track.trouble is not None]
        self.model.show_tracks(failed)
        self._summary.setText(summary_text(failed, len(self._tracks)))
        self._update_buttons()

    def _refresh_soon(self) -> None:
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def chosen(self) -> list[Track]:
        """The selected tracks; all of them without a selection."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.tracks[row] for row in rows] if rows else list(self.model.tracks)

    def _update_buttons(self) -> None:
        has_selection = self.view.selectionModel().hasSelection()
        self.retry.setText(tr("&Retry selected") if has_selection else tr("&Retry all"))
        self.copy.setText(tr("Cop&y selected") if has_selection else tr("Cop&y all"))
        self.reveal.setEnabled(has_selection)
        for button in (self.retry, self.copy):
            button.setEnabled(bool(self.model.tracks))

    def _retry(self) -> None:
        self.retry_requested.emit(self.chosen())

    def _copy(self) -> None:
        lines = ["\t".join((displayable(track.path), *_reason(track.trouble))) for track in self.chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _reveal(self) -> None:
        self.reveal_requested.emit(self.chosen()[0])


def summary_text(failed: Iterable[Track], n_tracks: int) -> str:
    """Number of failures and their most frequent codes: "12 of 3,000 tracks failed: 9 × GD-106, 3 × GD-104."."""
    codes = Counter(track.trouble.code for track in failed if track.trouble is not None)
    n = codes.total()
    if not n:
        return tr("No track has failed.")
    reasons = [f"{numeral(count, ',')} × {code}" for code, count in codes.most_common(_MAX_CODES)]
    if len(codes) > _MAX_CODES:
        reasons.append("…")
    return tr(
        "{n} of {tracks} failed: {reasons}. The others were not affected.",
        n=numeral(n, ","),
        tracks=formatting.count_tracks(n_tracks),
        reasons=", ".join(reasons),
    )


def _reason(error: GenreDesktopError | None) -> tuple[str, str]:
    return ("", "") if error is None else (error.code, error_message(error))
