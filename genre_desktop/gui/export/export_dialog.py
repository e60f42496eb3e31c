"""What to export, of which tracks, where to; and how far it is."""

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
from genre_desktop.gui.text import formatting
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label, set_style_flags
from genre_desktop.gui.workers.worker import Worker

_INDENT = 26


@dataclass(frozen=True, eq=False)
class Scope:
    """Tracks that may be exported.

    Attributes
    ----------
    text : str
    n : int
    rows : callable
        Gives them, when they are wanted.
    """

    text: str
    n: int
    rows: Callable[[], Sequence[Row]]


class ExportDialog(Dialog):
    """Asks, then stays to show how it goes.

    Parameters
    ----------
    scopes : sequence of Scope
        The one to begin with first.
    make_request : callable
        Makes an `ExportRequest` of format, target, rows and `with_undecided`.
    worker : Worker
        Does it.
    folder : str
        Where file dialogs begin.
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(4)

        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(3)
        self.formats = QButtonGroup(self)
        choices.addWidget(label(tr("What"), bold=True))
        self.undecided = QCheckBox(tr("Playlists of tracks that are &unsure or no music too"))
        self.undecided.setStyleSheet(f"margin-left: {_INDENT}px")
        for number, (kind, title, words) in enumerate(_formats()):
            button = QRadioButton(title)
            button.setAccessibleDescription(words)
            self.formats.addButton(button, number)
            choices.addWidget(button)
            note = label(words, muted=True)
            note.setContentsMargins(_INDENT, 0, 0, 4)
            choices.addWidget(note)
            if kind is Format.PLAYLISTS:
                choices.addWidget(self.undecided)
        choices.addSpacing(10)
        self.scopes = QButtonGroup(self)
        choices.addWidget(label(tr("Of which tracks"), bold=True))
        for number, scope in enumerate(scopes):
            button = QRadioButton(scope.text)
            self.scopes.addButton(button, number)
            choices.addWidget(button)
        layout.addWidget(self._choices)
        layout.addSpacing(12)

        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Progress"))
        self.message = label()
        self.message.setMinimumHeight(2 * self.message.fontMetrics().height() + 4)
        layout.addWidget(self.progress)
        layout.addWidget(self.message)
        buttons = QDialogButtonBox()
        self.export = QPushButton(tr("&Export …"))
        self.export.setProperty("primary", True)
        self.reveal = QPushButton(tr("Show in &file manager"))
        self.close_button = QPushButton(tr("Close"))
        buttons.addButton(self.reveal, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)
        layout.addStretch(1)
        layout.addWidget(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self.reveal.setAutoDefault(False)
        self.export.setDefault(True)  # once it is in the dialog; before, it says nothing
        self.setMinimumWidth(500)

        self.formats.idToggled.connect(self._show_options)
        self.formats.button(0).setChecked(True)
        self.scopes.button(0).setChecked(True)
        self.export.clicked.connect(self._choose_target)
        self.reveal.clicked.connect(self._reveal)
        buttons.rejected.connect(self.reject)
        worker.progressed.connect(self._show_progress)
        worker.succeeded.connect(self._show_result)
        worker.failed.connect(self._show_error)
        self._set_busy(False)
        self.formats.button(0).setFocus()

    # -- asking --------------------------------------------------------------------------

    @property
    def format(self) -> Format:
        """What is to be written."""
        return _formats()[self.formats.checkedId()][0]

    def _show_options(self) -> None:
        self.undecided.setEnabled(self.format is Format.PLAYLISTS)

    def _choose_target(self) -> None:
        chosen = self.format
        if chosen is Format.PLAYLISTS:
            name = QFileDialog.getExistingDirectory(self, tr("Folder for the playlists"), self._folder)
        else:
            ending, kind = {
                Format.TABLE: ("csv", tr("Tables (*.csv)")),
                Format.JSON: ("jsonl", tr("JSON lines (*.jsonl *.json)")),
                Format.REPORT: ("html", tr("Web pages (*.html)")),
            }[chosen]
            at = str(Path(self._folder) / f"genres.{ending}")
            name, _ = QFileDialog.getSaveFileName(self, tr("Export"), at, kind)
            if name and not Path(name).suffix:
                name = f"{name}.{ending}"
        if name:
            self._folder = str(Path(name) if chosen is Format.PLAYLISTS else Path(name).parent)
            self._start(chosen, Path(name))

    def _start(self, chosen: Format, target: Path) -> None:
        rows = self._scopes[self.scopes.checkedId()].rows()
        self._exported = None
        self._say(tr("Writing …"))
        self._set_busy(True)
        self._worker.submit(self._make_request(chosen, target, rows, self.undecided.isChecked()))

    # -- how it goes ---------------------------------------------------------------------

    def _set_busy(self, is_busy: bool) -> None:
        self._choices.setEnabled(not is_busy)
        self.export.setEnabled(not is_busy)
        self.reveal.setVisible(self._exported is not None)
        self.progress.setVisible(is_busy)
        self.progress.setRange(0, 1000)
        self.progress.setValue(0)
        self.close_button.setText(tr("Cancel") if is_busy else tr("Close"))

    def _show_progress(self, share: float) -> None:
        # All is read: how long the rest takes is not known.
        self.progress.setRange(0, 1000 if share < 1 else 0)
        self.progress.setValue(int(1000 * share))

    def _show_result(self, exported: Exported) -> None:
        if exported.format is Format.CLIPBOARD:
            return
        self._exported = exported
        self._set_busy(False)
        self._say(result_text(exported))
        self.reveal.setFocus()

    def _show_error(self, error: GenreDesktopError) -> None:
        self._set_busy(False)
        self._say(error_message(error), problem=True)

    def _say(self, text: str, *, problem: bool = False) -> None:
        self.message.setText(text)
        set_style_flags(self.message, problem=problem)

    def _reveal(self) -> None:
        if self._exported is not None and self._exported.target is not None:
            self.reveal_requested.emit(self._exported.target)

    # -- the end -------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape and Cancel give an export up first; what was there before stays."""
        if self._worker.busy:
            self._worker.cancel()
            self._set_busy(False)
            self._say(tr("Cancelled."))
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._worker.cancel()
        super().closeEvent(event)


def _formats() -> tuple[tuple[Format, str, str], ...]:
    return (
        (Format.TABLE, tr("&Table (CSV)"), tr("One row a track, for spreadsheets.")),
        (Format.JSON, tr("&JSON lines"), tr("Everything, with the genre over time: what the command line prints.")),
        (
            Format.PLAYLISTS,
            tr("&Playlists (M3U8)"),
            tr("One for each genre, with relative paths: folder and music may be moved together."),
        ),
        (
            Format.REPORT,
            tr("&Report page (HTML)"),
            tr("Figures, charts, outliers and failures, to be read."),
        ),
    )


def result_text(exported: Exported) -> str:
    """What became of an export, in a sentence or two."""
    tracks = formatting.count_tracks(exported.n_tracks)
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
