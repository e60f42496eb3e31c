"""The dialogs that work on tracks, between the window and its session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.export.canvas_export import CanvasExport, Heading, ViewKind, draw_picture, draw_svg
from genre_desktop.gui.export.export_dialog import ExportDialog, Scope
from genre_desktop.gui.export.export_task import Exported, ExportRequest, Format, Row
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text import formatting as wording
from genre_desktop.gui.track_table.failures_dialog import FailuresDialog
from genre_desktop.gui.track_table.set_genre_dialog import SetGenreDialog
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets import dialogs
from genre_desktop.gui.widgets import file_manager as reveal
from genre_desktop.gui.widgets.forms import show_and_raise
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import TrackResult
from genre_desktop.library.scan.scan_tally import ScanTally
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction


class TrackCommands(QObject):
    """Opens dialogs over the window and does what they are told."""

    track_requested = Signal(object)  # Track to select
    redo_requested = Signal(object)  # list of Track to classify again
    message = Signal(str)

    def __init__(self, session: Session, themes: ThemeSwitch, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._window = window
        self._failures: FailuresDialog | None = None
        self._views = CanvasExport(window)
        self._views.message.connect(self.message)
        session.attend(self._views.worker)
        self._tally: ScanTally | None = None
        session.exporter.succeeded.connect(self._take_copy)
        session.scanned.connect(self._take_tally)

    # -- failures ------------------------------------------------------------------------

    def show_failures(self) -> None:
        """List the failures, in a window beside the work."""
        if self._failures is None:
            dialog = FailuresDialog(self._session.tracks, self._window)
            dialog.retry_requested.connect(self.redo_requested)
            dialog.reveal_requested.connect(self.reveal)
            dialog.track_requested.connect(self.track_requested)
            dialog.destroyed.connect(self._forget_failures)
            self._failures = dialog
        show_and_raise(self._failures)

    def _forget_failures(self) -> None:
        self._failures = None

    def reveal(self, track: Track | None) -> None:
        """Show a track's file where it lies."""
        if track is not None:
            self._reveal_path(Path(track.path))

    def _reveal_path(self, path: Path) -> None:
        reveal.reveal_or_report(path, self.message.emit)

    # -- what a scan passed over -----------------------------------------------------------

    def _take_tally(self, tally: ScanTally) -> None:
        self._tally = tally

    def show_skipped(self) -> None:
        """Tell what the last scan passed over."""
        if self._tally is not None:
            dialogs.skipped(self._tally, self._window).open()

    # -- by hand -------------------------------------------------------------------------

    def ask_for_genre(self, tracks: Sequence[Track]) -> None:
        """Let a person say what the genre of tracks is."""
        if not tracks:
            return
        session = self._session
        labels = () if session.bundle is None else session.bundle.labels
        given = {track.by_hand for track in session.tracks.tracks()} - {None, *labels, NOT_MUSIC}
        known = [*sorted({*labels, *filter(None, given)}, key=str.casefold), NOT_MUSIC]
        subject = tracks[0].name if len(tracks) == 1 else wording.count_tracks(len(tracks))
        by_hand = [genre for track in tracks if (genre := track.by_hand) is not None]
        current = by_hand if len(by_hand) == len(tracks) else []
        dialog = SetGenreDialog(subject, known, current, bool(by_hand), self._themes.colours, self._window)
        dialog.chosen.connect(lambda genre: self._set_genre(list(tracks), genre))
        dialog.open()

    def _set_genre(self, tracks: list[Track], genre: str | None) -> None:
        self._session.set_by_hand(tracks, genre)
        what = tracks[0].name if len(tracks) == 1 else wording.count_tracks(len(tracks))
        if genre is None:
            self.message.emit(tr("{what}: as the model says.", what=what))
        else:
            self.message.emit(tr("{what}: {genre}, set by hand.", what=what, genre=wording.genre_name(genre)))

    # -- exports -------------------------------------------------------------------------

    def copy_results(self, tracks: Sequence[Track]) -> None:
        """Put tracks on the clipboard as tab-separated text."""
        bundle = self._session.bundle
        if tracks and bundle is not None:
            rows = tuple((track.path, track.summary) for track in tracks)
            self._session.exporter.submit(ExportRequest(Format.CLIPBOARD, None, rows, bundle))

    def _take_copy(self, exported: Exported) -> None:
        if exported.format is Format.CLIPBOARD:
            QGuiApplication.clipboard().setText(exported.text)
            self.message.emit(tr("Copied."))

    def ask_for_export(self, selected: Sequence[Track], folder: str) -> None:
        """Let a person choose what to export; the dialog stays until it is done."""
        tracks, bundle = self._session.tracks, self._session.bundle
        if bundle is None or not len(tracks) or self._session.exporter.busy:
            return
        scopes = [_scope(tr("&All {tracks}", tracks=wording.count_tracks(len(tracks))), list(tracks.tracks()))]
        n_shown = tracks.rowCount()
        if n_shown != len(tracks):
            rows = [track for row in range(n_shown) if (track := tracks.track_in_row(row)) is not None]
            scopes.insert(
                0, _scope(tr("The {tracks} that the &filter shows", tracks=wording.count_tracks(n_shown)), rows)
            )
        if len(selected) > 1:
            scopes.insert(0, _scope(tr("The {tracks} &selected", tracks=wording.count_tracks(len(selected))), selected))

        def make_request(chosen: Format, target: Path, rows: Sequence[Row], with_undecided: bool) -> ExportRequest:
            return ExportRequest(chosen, target, tuple(rows), bundle, self._session.kept.store, with_undecided)

        dialog = ExportDialog(scopes, make_request, self._session.exporter, folder, self._window)
        dialog.reveal_requested.connect(self._reveal_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being written."""
        return self._session.exporter.busy or self._views.worker.busy

    def ask_for_view(self, canvas: TrackCanvas, folder: str) -> None:
        """Let a person choose where what the canvas shows is written, and as what."""
        track, plots = self._session.shown, canvas.plots
        prediction = None if track is None else self._session.prediction_of(track)
        is_drawn = plots is not None and plots.isVisible()
        kinds = tuple(kind for kind in ViewKind if (is_drawn if kind.is_picture else prediction is not None))
        if track is None or not kinds:
            self.message.emit(tr("There is nothing to export yet: select a track and wait until it is drawn."))
            return
        asked = self._views.ask(folder or str(Path(track.path).parent), Path(track.name).stem, kinds)
        if asked is None:
            return
        target, kind = asked
        if self._session.shown is not track:
            self.message.emit(tr("Nothing was exported: another track was selected meanwhile."))
            return
        colours = self._themes.colours

        def content() -> QImage | bytes | TrackResult:
            if kind.is_picture:
                assert plots is not None
                heading = Heading(track.name, canvas.details, _answer(track, prediction))
                if kind is ViewKind.PNG:
                    return draw_picture(plots, heading, plots.size(), plots.devicePixelRatioF(), colours)
                return draw_svg(plots, heading, plots.size(), colours)
            assert prediction is not None
            facts = None if track.summary is None else track.summary.facts
            return TrackResult(Path(track.path), prediction, None, prediction.model, facts, track.by_hand)

        self._views.write(target, kind, content)


def _scope(text: str, tracks: Sequence[Track]) -> Scope:
    return Scope(text, len(tracks), lambda: [(track.path, track.summary) for track in tracks])


def _answer(track: Track, prediction: Prediction | None) -> str:
    """Genre, how sure, by which model."""
    if track.by_hand is not None:
        return tr("{genre}, set by hand", genre=wording.genre_title(track.by_hand))
    if prediction is None:
        return ""
    genre = wording.genre_title(prediction.genre)
    if prediction.genre in (UNSURE, NOT_MUSIC) or prediction.confidence is None:
        return tr("{genre} ({model})", genre=genre, model=prediction.model)
    figure = wording.percent(prediction.confidence)
    return tr("{genre}, {figure} ({model})", genre=genre, figure=figure, model=prediction.model)
