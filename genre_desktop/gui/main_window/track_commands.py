"""Commands that open a dialog or a file manager: failures, skipped files, genre by hand, show in folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.main_window.skipped_files_dialog import SkippedFilesDialog
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.track_table.failures_dialog import FailuresDialog
from genre_desktop.gui.track_table.set_genre_dialog import SetGenreDialog
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.dialog import show_and_raise
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.scan.scan_tally import ScanTally
from genre_desktop.model.prediction import NOT_MUSIC


class TrackCommands(QObject):
    """Opens the dialogs on tracks and scans, and does what is chosen in them."""

    track_requested = Signal(object)  # Track to select
    redo_requested = Signal(object)  # list of Track to classify again
    message = Signal(str)

    def __init__(self, session: Session, themes: ThemeSwitch, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._window = window
        self._failures: FailuresDialog | None = None
        self._tally: ScanTally | None = None
        session.scanned.connect(self._on_scanned)

    # -- failures ------------------------------------------------------------------------

    def show_failures(self) -> None:
        """List the failed tracks, in a window that does not block this one."""
        if self._failures is None:
            dialog = FailuresDialog(self._session.tracks, self._window)
            dialog.retry_requested.connect(self.redo_requested)
            dialog.reveal_requested.connect(self.reveal)
            dialog.track_requested.connect(self.track_requested)
            dialog.destroyed.connect(self._drop_failures_dialog)
            self._failures = dialog
        show_and_raise(self._failures)

    def _drop_failures_dialog(self) -> None:
        self._failures = None

    def reveal(self, track: Track | None) -> None:
        """Show the file of a track in the file manager."""
        if track is not None:
            self._reveal_path(Path(track.path))

    def _reveal_path(self, path: Path) -> None:
        file_manager.reveal_or_report(path, self.message.emit)

    # -- skipped files -------------------------------------------------------------------

    def _on_scanned(self, tally: ScanTally) -> None:
        self._tally = tally

    def show_skipped(self) -> None:
        """List what the last scan skipped."""
        if self._tally is not None:
            SkippedFilesDialog(self._tally, self._window).open()

    # -- genre by hand -------------------------------------------------------------------

    def ask_for_genre(self, tracks: Sequence[Track]) -> None:
        """Ask for the genre of tracks, and set it."""
        if not tracks:
            return
        session = self._session
        labels = () if session.bundle is None else session.bundle.labels
        given = {track.by_hand for track in session.tracks.tracks()} - {None, *labels, NOT_MUSIC}
        known = [*sorted({*labels, *filter(None, given)}, key=str.casefold), NOT_MUSIC]
        subject = tracks[0].name if len(tracks) == 1 else formatting.count_tracks(len(tracks))
        by_hand = [genre for track in tracks if (genre := track.by_hand) is not None]
        current = by_hand if len(by_hand) == len(tracks) else []
        dialog = SetGenreDialog(subject, known, current, bool(by_hand), self._themes.colours, self._window)
        dialog.chosen.connect(lambda genre: self._set_genre(list(tracks), genre))
        dialog.open()

    def _set_genre(self, tracks: list[Track], genre: str | None) -> None:
        self._session.set_by_hand(tracks, genre)
        what = tracks[0].name if len(tracks) == 1 else formatting.count_tracks(len(tracks))
        if genre is None:
            self.message.emit(tr("{what}: as the model says.", what=what))
        else:
            self.message.emit(tr("{what}: {genre}, set by hand.", what=what, genre=prediction_text.genre_name(genre)))
