"""Export commands of the window: results to files and to the clipboard, the canvas as a picture or as segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.export.canvas_drawing import Heading, draw_picture, draw_svg
from genre_desktop.gui.export.canvas_export import CanvasExport
from genre_desktop.gui.export.canvas_export_task import CanvasFormat
from genre_desktop.gui.export.export_dialog import ExportDialog, Scope
from genre_desktop.gui.export.export_task import Exported, ExportRequest, Format, Row, export
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.formatting import count_tracks
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction


class ExportController(QObject):
    """Lets the user choose what to export and to which file, which a worker writes.

    Parameters
    ----------
    session : Session
    themes : ThemeSwitch
        Colours of exported pictures.
    window : QWidget
        Parent of the dialogs.
    """

    message = Signal(str)

    def __init__(self, session: Session, themes: ThemeSwitch, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._window = window
        self._worker = Worker("export", export, self)
        self._worker.succeeded.connect(self._on_exported)
        self._canvas_export = CanvasExport(window)
        self._canvas_export.message.connect(self.message)
        for worker in (self._worker, self._canvas_export.worker):
            session.register_worker(worker)

    def connect_actions(
        self, actions: Actions, table: TrackTable, canvas: TrackCanvas, folder: Callable[[], str]
    ) -> None:
        """Connect the menu: results of a table, the picture of a canvas; `folder` gives where dialogs begin."""
        actions.export.triggered.connect(lambda: self.ask_for_export(table.selected(), folder()))
        actions.export_view.triggered.connect(lambda: self.export_canvas(canvas, folder()))
        actions.copy.triggered.connect(lambda: self.copy_results(table.selected()))

    def copy_results(self, tracks: Sequence[Track]) -> None:
        """Copy tracks to the clipboard as tab-separated text."""
        bundle = self._session.bundle
        if tracks and bundle is not None:
            rows = tuple((track.path, track.summary) for track in tracks)
            self._worker.submit(ExportRequest(Format.CLIPBOARD, None, rows, bundle))

    def _on_exported(self, exported: Exported) -> None:
        if exported.format is Format.CLIPBOARD:
            QGuiApplication.clipboard().setText(exported.text)
            self.message.emit(tr("Copied."))

    def ask_for_export(self, selected: Sequence[Track], folder: str) -> None:
        """Open the dialog of the export, which stays open until the file is written."""
        tracks, bundle = self._session.tracks, self._session.bundle
        if bundle is None or not len(tracks) or self._worker.busy:
            return
        scopes = [_scope_of(tr("&All {tracks}", tracks=count_tracks(len(tracks))), list(tracks.tracks()))]
        n_shown = tracks.rowCount()
        if n_shown != len(tracks):
            rows = [track for row in range(n_shown) if (track := tracks.track_in_row(row)) is not None]
            scopes.insert(0, _scope_of(tr("The {tracks} that the &filter shows", tracks=count_tracks(n_shown)), rows))
        if len(selected) > 1:
            scopes.insert(0, _scope_of(tr("The {tracks} &selected", tracks=count_tracks(len(selected))), selected))

        def make_request(chosen: Format, target: Path, rows: Sequence[Row], with_undecided: bool) -> ExportRequest:
            return ExportRequest(chosen, target, tuple(rows), bundle, self._session.store, with_undecided)

        dialog = ExportDialog(scopes, make_request, self._worker, folder, self._window)
        dialog.reveal_requested.connect(lambda path: file_manager.reveal_or_report(path, self.message.emit))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being written."""
        return self._worker.busy or self._canvas_export.worker.busy

    def export_canvas(self, canvas: TrackCanvas, folder: str) -> None:
        """Let the user choose a file and a format for what the canvas shows, and write it."""
        track, plots = self._session.shown, canvas.plots
        prediction = self._session.shown_prediction
        is_drawn = plots is not None and plots.isVisible()
        formats = tuple(
            format_ for format_ in CanvasFormat if (is_drawn if format_.is_picture else prediction is not None)
        )
        if track is None or not formats:
            self.message.emit(tr("There is nothing to export yet: select a track and wait until it is drawn."))
            return
        chosen = self._canvas_export.choose_target(
            folder or str(Path(track.path).parent), Path(track.name).stem, formats
        )
        if chosen is None:
            return
        if self._session.shown is not track:
            self.message.emit(tr("Nothing was exported: another track was selected meanwhile."))
            return
        target, format_ = chosen
        self._canvas_export.write(target, format_, self._content(format_, canvas, track, prediction))

    def _content(
        self, format_: CanvasFormat, canvas: TrackCanvas, track: Track, prediction: Prediction | None
    ) -> QImage | bytes | TrackResult:
        if not format_.is_picture:
            assert prediction is not None
            facts = None if track.summary is None else track.summary.facts
            return TrackResult(Path(track.path), prediction, None, prediction.model, facts, track.by_hand)
        plots, colours = canvas.plots, self._themes.colours
        assert plots is not None
        heading = Heading(track.name, canvas.details, _answer(track, prediction))
        if format_ is CanvasFormat.PNG:
            return draw_picture(plots.paint_to, heading, plots.size(), plots.devicePixelRatioF(), colours)
        return draw_svg(plots.paint_to, heading, plots.size(), colours)


def _scope_of(text: str, tracks: Sequence[Track]) -> Scope:
    return Scope(text, len(tracks), lambda: [(track.path, track.summary) for track in tracks])


def _answer(track: Track, prediction: Prediction | None) -> str:
    """The genre of a track, its confidence, and the model, in words."""
    if track.by_hand is not None:
        return tr("{genre}, set by hand", genre=prediction_text.genre_title(track.by_hand))
    if prediction is None:
        return ""
    genre = prediction_text.genre_title(prediction.genre)
    if prediction.genre in (UNSURE, NOT_MUSIC) or prediction.confidence is None:
        return tr("{genre} ({model})", genre=genre, model=prediction.model)
    figure = formatting.percent(prediction.confidence)
    return tr("{genre}, {figure} ({model})", genre=genre, figure=figure, model=prediction.model)
