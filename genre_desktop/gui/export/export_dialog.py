"""The dialog of an export: format, tracks and file; then its progress and result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.export.export_task import Exported, ExportRequest, Format, Row
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import count_tracks
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label, set_style_flags
from genre_desktop.gui.workers.worker import Worker

_INDENT = 26


@dataclass(frozen=True, eq=False)
class Scope:
    """Tracks to choose for the export: all, those of the filter, or the selected ones.

    Attributes
    ----------
    text : str
    n : int
    rows : callable
        Gives path and summary of each track.
    """

    text: str
    n: int
    rows: Callable[[], Sequence[Row]]


@dataclass(frozen=True)
class FormatChoice:
    """A format to choose.

    Attributes
    ----------
    format : Format
    title, description : str
    ending : str or None
        Of the file; None for a folder.
    target_text : str
        Kind of file for the file dialog, or the title of the folder dialog.
    """

    format: Format
    title: str
    description: str
    ending: str | None
    target_text: str


class ExportDialog(Dialog):
    """Lets the user choose an export, and shows its progress and result.

    Parameters
    ----------
    scopes : sequence of Scope
        The first one is selected.
    make_request : callable
        Makes an `ExportRequest` of format, target, rows and `with_undecided`.
    worker : Worker
        Writes the export.
    folder : str
        Folder in which file dialogs open.
    parent : QWidget
    """

    reveal_requested = Signal(object)  # Path

    def __init__(
        self,
        scopes: Sequence[Scope],
        make_request: Callable[[Format, Path, Sequence[Row], bool], ExportRequest],
        worker: Worker,
        folder: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._scopes = scopes
        self._make_request = make_request
        self._worker = worker
        self._folder = folder
        self._exported: Exported | None = None
        self.setWindowTitle(tr("Export"))
        self.setMinimumWidth(500)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(4)
        layout.addWidget(self._make_choices())
        layout.addSpacing(12)
        self._add_progress(layout)
        layout.addStretch(1)
        self._add_buttons(layout)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        worker.progressed.connect(self._show_progress)
        worker.succeeded.connect(self._show_result)
        worker.failed.connect(self._show_error)
        self._set_busy(False)
        self.formats.button(0).setFocus()

    def _make_choices(self) -> QWidget:
        self._choices = QWidget()
        layout = QVBoxLayout(self._choices)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self.formats = QButtonGroup(self)
        layout.addWidget(label(tr("What"), bold=True))
        self.undecided = QCheckBox(tr("Playlists of tracks that are &unsure or no music too"))
        self.undecided.setStyleSheet(f"margin-left: {_INDENT}px")
        for number, choice in enumerate(_formats()):
            button = QRadioButton(choice.title)
            button.setAccessibleDescription(choice.description)
            self.formats.addButton(button, number)
            layout.addWidget(button)
            note = label(choice.description, muted=True)
            note.setContentsMargins(_INDENT, 0, 0, 4)
            layout.addWidget(note)
            if choice.format is Format.PLAYLISTS:
                layout.addWidget(self.undecided)
        layout.addSpacing(10)
        self.scopes = QButtonGroup(self)
        layout.addWidget(label(tr("Of which tracks"), bold=True))
        for number, scope in enumerate(self._scopes):
            button = QRadioButton(scope.text)
            self.scopes.addButton(button, number)
            layout.addWidget(button)
        self.formats.idToggled.connect(self._show_options)
        self.formats.button(0).setChecked(True)
        self.scopes.button(0).setChecked(True)
        return self._choices

    def _add_progress(self, layout: QVBoxLayout) -> None:
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Progress"))
        self.message = label()
        self.message.setMinimumHeight(2 * self.message.fontMetrics().height() + 4)
        layout.addWidget(self.progress)
        layout.addWidget(self.message)

    def _add_buttons(self, layout: QVBoxLayout) -> None:
        buttons = QDialogButtonBox()
        self.export = QPushButton(tr("&Export …"))
        self.export.setProperty("primary", True)
        self.reveal = QPushButton(tr("Show in &file manager"))
        self.close_button = QPushButton(tr("Close"))
        buttons.addButton(self.reveal, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)
        layout.addWidget(buttons)
        self.reveal.setAutoDefault(False)
        self.export.setDefault(True)  # has no effect before the button is in the dialog
        self.export.clicked.connect(self._choose_target)
        self.reveal.clicked.connect(self._reveal)
        buttons.rejected.connect(self.reject)

    # -- the choice ----------------------------------------------------------------------

    @property
    def format(self) -> Format:
        """The chosen format."""
        return self._choice.format

    @property
    def _choice(self) -> FormatChoice:
        return _formats()[self.formats.checkedId()]

    def _show_options(self) -> None:
        self.undecided.setEnabled(self.format is Format.PLAYLISTS)

    def _choose_target(self) -> None:
        chosen = self._choice
        if chosen.ending is None:
            name = QFileDialog.getExistingDirectory(self, chosen.target_text, self._folder)
        else:
            at = str(Path(self._folder) / f"genres.{chosen.ending}")
            name, _ = QFileDialog.getSaveFileName(self, tr("Export"), at, chosen.target_text)
            if name and not Path(name).suffix:
                name = f"{name}.{chosen.ending}"
        if name:
            self._folder = str(Path(name) if chosen.ending is None else Path(name).parent)
            self._start(chosen.format, Path(name))

    def _start(self, chosen: Format, target: Path) -> None:
        rows = self._scopes[self.scopes.checkedId()].rows()
        self._exported = None
        self._show_message(tr("Writing …"))
        self._set_busy(True)
        self._worker.submit(self._make_request(chosen, target, rows, self.undecided.isChecked()))

    # -- the export ----------------------------------------------------------------------

    def _set_busy(self, is_busy: bool) -> None:
        self._choices.setEnabled(not is_busy)
        self.export.setEnabled(not is_busy)
        self.reveal.setVisible(self._exported is not None)
        self.progress.setVisible(is_busy)
        self.progress.setRange(0, 1000)
        self.progress.setValue(0)
        self.close_button.setText(tr("Cancel") if is_busy else tr("Close"))

    def _show_progress(self, share: float) -> None:
        # At 1 all rows are read; how long the writer still takes is unknown, which the range 0 shows.
        self.progress.setRange(0, 1000 if share < 1 else 0)
        self.progress.setValue(int(1000 * share))

    def _show_result(self, exported: Exported) -> None:
        if exported.format is Format.CLIPBOARD:
            return
        self._exported = exported
        self._set_busy(False)
        self._show_message(result_text(exported))
        self.reveal.setFocus()

    def _show_error(self, error: GenreDesktopError) -> None:
        self._set_busy(False)
        self._show_message(error_message(error), problem=True)

    def _show_message(self, text: str, *, problem: bool = False) -> None:
        self.message.setText(text)
        set_style_flags(self.message, problem=problem)

    def _reveal(self) -> None:
        if self._exported is not None and self._exported.target is not None:
            self.reveal_requested.emit(self._exported.target)

    # -- closing -------------------------------------------------------------------------

    def reject(self) -> None:
        """Cancel an export under way, or close the dialog; an existing file stays as it was."""
        if self._worker.busy:
            self._worker.cancel()
            self._set_busy(False)
            self._show_message(tr("Cancelled."))
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._worker.cancel()
        super().closeEvent(event)


def _formats() -> tuple[FormatChoice, ...]:
    return (
        FormatChoice(
            Format.TABLE, tr("&Table (CSV)"), tr("One row a track, for spreadsheets."), "csv", tr("Tables (*.csv)")
        ),
        FormatChoice(
            Format.JSON,
            tr("&JSON lines"),
            tr("Everything, with the genre over time: what the command line prints."),
            "jsonl",
            tr("JSON lines (*.jsonl *.json)"),
        ),
        FormatChoice(
            Format.PLAYLISTS,
            tr("&Playlists (M3U8)"),
            tr("One for each genre, with relative paths: folder and music may be moved together."),
            None,
            tr("Folder for the playlists"),
        ),
        FormatChoice(
            Format.REPORT,
            tr("&Report page (HTML)"),
            tr("Figures, charts, outliers and failures, to be read."),
            "html",
            tr("Web pages (*.html)"),
        ),
    )


def result_text(exported: Exported) -> str:
    """The result of an export in one to three sentences."""
    tracks = count_tracks(exported.n_tracks)
    where = "" if exported.target is None else displayable(exported.target)
    if exported.format is Format.PLAYLISTS:
        parts = [
            tr("{tracks} in {n} playlists in {where}.", tracks=tracks, n=numeral(exported.n_files, ","), where=where)
        ]
    else:
        parts = [tr("{tracks} written to {where}.", tracks=tracks, where=where)]
    if exported.n_left_out:
        n = numeral(exported.n_left_out, ",")
        parts.append(
            tr("{n} without a genre were left out.", n=n)
            if exported.format is Format.PLAYLISTS
            else tr("{n} without a result were left out.", n=n)
        )
    if exported.n_stale:
        parts.append(
            tr("{n} older playlists there belong to genres that no track has now.", n=numeral(exported.n_stale, ","))
        )
    return " ".join(parts)
