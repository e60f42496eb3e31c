"""The one window."""

from __future__ import annotations

import logging

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.audio.picture.track_picture import TrackPicture
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import Settings
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.canvas.canvas_controller import CanvasController
from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.export.export_controller import ExportController
from genre_desktop.gui.help.help_controller import HelpController
from genre_desktop.gui.live.live_controller import LiveController
from genre_desktop.gui.main_window import window_state
from genre_desktop.gui.main_window.central_area import CentralArea, Workspace
from genre_desktop.gui.main_window.classify_again_controller import ClassifyAgainController
from genre_desktop.gui.main_window.drop_zone import DropOverlay, DropZone
from genre_desktop.gui.main_window.job_bar import JobBar, can_go_on, can_pause
from genre_desktop.gui.main_window.mode_buttons import in_a_row, overview_button
from genre_desktop.gui.main_window.open_files import OpenFilesCommands
from genre_desktop.gui.main_window.quit_controller import QuitController
from genre_desktop.gui.main_window.track_commands import TrackCommands
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.models.models_controller import ModelsController
from genre_desktop.gui.overview.library_overview import LibraryOverview
from genre_desktop.gui.overview.overview_controller import OverviewController
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.playback.playback_controller import PlaybackController
from genre_desktop.gui.playback.transport_bar import TransportBar
from genre_desktop.gui.prediction.prediction_panel import PredictionPanel
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.settings.settings_controller import SettingsController
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.widgets.notification_bar import NotificationBar
from genre_desktop.gui.widgets.screen_fit import ScreenFit
from genre_desktop.gui.widgets.theme import ThemeSwitch

_log = logging.getLogger(__name__)

_ZOOM = 0.6
_SCROLL = 0.25


class MainWindow(QMainWindow):
    """Table, canvas, prediction panel and job bar, and every way in.

    Parameters
    ----------
    services : Services
    themes : ThemeSwitch
    settings : Settings
    """

    painted = Signal()  # once, when the window is on screen

    def __init__(self, services: Services, themes: ThemeSwitch, settings: Settings) -> None:
        super().__init__()
        self._themes = themes
        self._was_painted = False
        self.session = Session(services, self)
        self.setWindowTitle(tr("Genre Desktop"))
        self.setAcceptDrops(True)

        self.table = TrackTable(self.session.tracks, themes)
        self.canvas = TrackCanvas(themes, settings.canvas)
        CanvasController(self.canvas, self.session.reader)
        self.drop_zone = DropZone(themes)
        self.panel = PredictionPanel(themes)
        self.job_bar = JobBar()
        self.notices = NotificationBar()
        self.overview = LibraryOverview(themes)
        self._counting = OverviewController(self.session, self.table, self.overview)
        self.ways_in = OpenFilesCommands(self.session, services.demo_clips, settings.last_folder or "", self)
        self.desk = TrackCommands(self.session, themes, self)
        self.exports = ExportController(self.session, themes, self)
        self.redo_question = ClassifyAgainController(self.session, self)
        self.desk.redo_requested.connect(self.redo_question.classify_again)
        self.live = LiveController(services, self.session, themes, settings.live_input, self)
        self.playing = Playback(services.new_voice, device=settings.output_device, volume=settings.volume, parent=self)
        self.transport = TransportBar(self.playing, themes)
        self.canvas.transport_slot(self.transport)
        self.playback = PlaybackController(self.playing, self.transport, self.canvas, self.session.tracks, self)
        self.panes = CentralArea(self.table, self.canvas, self.overview, self.drop_zone, self.panel, self.live.view)
        self._may_close = False
        self._lay_out()
        self._overlay = DropOverlay(themes, self)
        self.actions_ = Actions(self.menuBar(), self.table.view, themes.choice)
        self._add_mode_buttons()
        self.preferences = SettingsModel(settings, self)
        self.models = ModelSelection(self.session, self.preferences, self.actions_, self.panel)
        self.models_desk = ModelsController(self.session, self.models, self.actions_, self.notices, self)
        self.quitting = QuitController(self.session, self.live.session, self.exports, self.models_desk, self)
        self.help_desk = HelpController(
            self, self.actions_, themes, self.preferences, self.session, services.list_bundles
        )
        self.settings_desk = SettingsController(
            self.preferences,
            themes,
            self.actions_,
            self.session,
            self.canvas,
            self.playing,
            self.live,
            self.models,
            self,
        )
        self._connect_actions()
        self._connect_session()
        self.table.track_chosen.connect(self._show_track)
        self.table.menu_requested.connect(self._show_menu)
        ScreenFit(self)
        window_state.restore(self, self.panes.splitters(), self.table, settings)
        self._show_job(self.session.status())

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(6)
        # On a small screen the panes scroll; how the work stands, and Stop, stay in sight.
        layout.addWidget(Workspace(self.notices, self.panes), 1)
        layout.addWidget(self.job_bar)
        self.setCentralWidget(content)

    def _add_mode_buttons(self) -> None:
        self.overview_button = overview_button(self.actions_.overview)
        self.live_button = self.live.button(self.actions_)
        # Kept: PySide would delete it, which the menu bar does not own in its eyes.
        self._corner = in_a_row(self.live_button, self.overview_button)
        self.menuBar().setCornerWidget(self._corner)

    def _connect_actions(self) -> None:
        actions = self.actions_
        for action, slot in (
            (actions.open_files, self.ways_in.ask_for_files),
            (actions.open_folder, self.ways_in.ask_for_folder),
            (actions.open_demo, self.ways_in.open_demo),
            (actions.export, lambda: self.exports.ask_for_export(self.table.selected(), self.ways_in.last_folder)),
            (actions.export_view, lambda: self.exports.ask_for_view(self.canvas, self.ways_in.last_folder)),
            (actions.quit, self.close),
            (actions.undo, self.session.changes.undo),
            (actions.redo, self.session.changes.redo),
            (actions.paste, self.ways_in.paste),
            (actions.copy, lambda: self.exports.copy_results(self.table.selected())),
            (actions.select_all, self.table.view.selectAll),
            (actions.find, self._find),
            (actions.again, lambda: self.redo_question.classify_again(self.table.selected())),
            (actions.retry_failed, self._retry_failed),
            (actions.failures, self.desk.show_failures),
            (actions.by_hand, lambda: self.desk.ask_for_genre(self.table.selected())),
            (actions.reveal, lambda: self.desk.reveal(self.table.current())),
            (actions.remove, self.remove_selected),
            (actions.clear, self.clear),
            (actions.pause, self._pause_or_go_on),
            (actions.stop, self.session.cancel),
            (actions.zoom_in, lambda: self.canvas.zoom_time(_ZOOM)),
            (actions.zoom_out, lambda: self.canvas.zoom_time(1 / _ZOOM)),
            (actions.zoom_all, lambda: self.canvas.zoom_time(None)),
            (actions.earlier, lambda: self.canvas.scroll_time(-_SCROLL)),
            (actions.later, lambda: self.canvas.scroll_time(_SCROLL)),
        ):
            action.triggered.connect(slot)
        self.playback.connect_actions(actions)
        self.table.view.doubleClicked.connect(lambda _index: actions.play_selected.trigger())
        actions.add_to_view(self.canvas.options)
        self.drop_zone.files_requested.connect(self.ways_in.ask_for_files)
        self.drop_zone.folder_requested.connect(self.ways_in.ask_for_folder)
        self.drop_zone.demo_requested.connect(self.ways_in.open_demo)
        self.drop_zone.help_requested.connect(actions.first_steps.trigger)
        self.job_bar.cancel_requested.connect(self.session.cancel)
        self.job_bar.pause_requested.connect(self.session.pause)
        self.job_bar.go_on_requested.connect(self.session.go_on)
        self.job_bar.failures_requested.connect(self.desk.show_failures)
        self.job_bar.skipped_requested.connect(self.desk.show_skipped)
        self.desk.track_requested.connect(self._select)
        self.desk.message.connect(self.job_bar.say)
        self.exports.message.connect(self.job_bar.say)
        self.ways_in.message.connect(self.job_bar.say)
        self.models.message.connect(self.job_bar.say)
        self.models_desk.message.connect(self.job_bar.say)
        self.preferences.not_saved.connect(lambda error: self.job_bar.say(error_message(error)))
        self.live.visibility_changed.connect(self.panes.show_live)
        self.live.join(actions, self.panel, lambda: self.ways_in.last_folder)
        self.live.message.connect(self.job_bar.say)
        self.live.session.began.connect(self.playing.pause)
        actions.overview.toggled.connect(self.panes.show_overview)
        self.overview.closed.connect(actions.overview.toggle)
        self.overview.track_chosen.connect(self._select_path)

    def _connect_session(self) -> None:
        session = self.session
        session.message.connect(self.job_bar.say)
        session.job_changed.connect(self._show_job)
        session.track_requested.connect(self._select)
        session.track_changed.connect(self._show_answer)
        session.whole_pass.changed.connect(lambda: self.canvas.pass_line.show_pass(session.whole_pass))
        session.tracks.counts_changed.connect(self._show_page)
        session.changes.undo_changed.connect(self._show_undo)
        session.changes.wanted.connect(self._select)
        session.kept.mended.connect(lambda news: self.notices.show_notice(error_message(news)))
        session.scanned.connect(lambda tally: self.job_bar.show_skipped(tally.n_passed_over, tally.sentence))
        self.canvas.plots_built.connect(self.playback.connect_plots)
        session.canvas_prepared.connect(self.canvas.build_plots)
        session.canvas_failed.connect(self.canvas.give_up_plots)
        session.picture_changed.connect(self._show_picture)
        session.picture_failed.connect(self.canvas.show_error)

    # -- ways in -------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self._accept_as_copy(event)
            self._overlay.cover()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            self._accept_as_copy(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.hide()
        if not event.mimeData().hasUrls():
            return
        self._accept_as_copy(event)
        # Everything else happens later: the file manager waits until this returns.
        urls = event.mimeData().urls()
        if not self.models_desk.take(urls):
            self.session.open(urls=urls)

    @staticmethod
    def _accept_as_copy(event: QDropEvent) -> None:
        # With Shift held the file manager proposes a move, and deletes the files it moved.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    # -- the list ------------------------------------------------------------------------

    def _select(self, track: Track) -> None:
        if not self.session.tracks.index_of(track).isValid():
            self.table.filters.clear()  # what was just opened must be seen
        had_none = self.table.current() is None
        self.table.select(track)
        if had_none:
            self.table.view.setFocus()

    def remove_selected(self) -> None:
        """Take the selected rows off the list."""
        tracks = self.table.selected()
        if tracks:
            row = self.session.tracks.index_of(tracks[0]).row()
            self.session.remove(tracks)
            self.table.select_row(row)

    def clear(self) -> None:
        """Empty the list."""
        self.table.filters.clear()
        self.session.remove(self.session.tracks.tracks())

    def _retry_failed(self) -> None:
        self.redo_question.classify_again(
            [track for track in self.session.tracks.tracks() if track.trouble is not None]
        )

    def _pause_or_go_on(self) -> None:
        status = self.session.status()
        if can_go_on(status):
            self.session.go_on()
        elif can_pause(status):
            self.session.pause()

    def _find(self) -> None:
        self.table.filter_line.setFocus()
        self.table.filter_line.selectAll()

    def _show_menu(self, at: QPoint) -> None:
        if self.table.selected():
            menu = self.actions_.context_menu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    # -- what is shown -------------------------------------------------------------------

    def _show_track(self, track: Track | None) -> None:
        prediction = None if track is None else self.session.prediction_of(track)
        self.panel.show_track(track, prediction)
        if track is None:
            self.canvas.show_nothing()
        else:
            self.canvas.show_reading(track)
            self.canvas.show_prediction(prediction)
        self.playback.show_track(track)  # first: a picture that is kept comes at once
        self.session.show(track)

    def _show_answer(self, track: Track) -> None:
        prediction = self.session.prediction_of(track)
        self.panel.show_track(track, prediction)
        self.canvas.show_prediction(prediction)

    def _show_picture(self, picture: TrackPicture) -> None:
        if self.session.shown is not None and self.session.shown.path == picture.path:
            self.canvas.show_picture(picture)

    def _show_undo(self) -> None:
        changes = self.session.changes
        self.actions_.show_undo(changes.undo_text, changes.redo_text)

    def _show_page(self) -> None:
        if self.panes.show_list(len(self.session.tracks) > 0):
            self._show_job(self.session.status())

    def _show_job(self, status: JobStatus) -> None:
        # Some ten times a second at most, however many results come.
        self.job_bar.show_status(status)
        self.panel.refresh()
        self.table.show_failures(self.session.tracks.counts[State.FAILED])
        self.actions_.show_tracks(status.n_total, status.n_failed)
        self._show_undo()
        self.actions_.show_job(can_pause=can_pause(status), can_go_on=can_go_on(status), can_stop=status.is_busy)

    # -- the library ---------------------------------------------------------------------

    def _select_path(self, path: str) -> None:
        track = self.session.tracks.find(path)
        if track is not None:
            self._select(track)

    # -- beginning and end ---------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._overlay.isVisible():
            self._overlay.cover()

    def closeEvent(self, event: QCloseEvent) -> None:
        # A desktop that ends the session waits for nobody.
        may_ask = self.isVisible() and not self._may_close and not _is_session_ending()
        if may_ask and self.quitting.must_ask():
            event.ignore()
            self.quitting.ask(self.close_now)
            return
        self._remember_state()
        # Out of sight at once: ending may have to wait for an import or a slow drive.
        self.hide()
        for dialog in self.findChildren(QDialog):
            dialog.close()  # those beside it are windows of their own
        self.playing.close()
        super().closeEvent(event)

    def close_now(self) -> None:
        """Close without asking: the question has been answered, or nobody is there to ask."""
        self._may_close = True
        self.close()

    def expect_end(self, is_expected: bool) -> None:
        """Keep what closing keeps, and ask nothing when it comes: the session of the desktop may end now."""
        self._may_close = is_expected
        if is_expected:
            self._remember_state()

    def _remember_state(self) -> None:
        self.preferences.set(
            last_folder=self.ways_in.last_folder or None,
            output_device=self.playing.device,
            volume=self.playing.volume,
            **window_state.collect(self, self.panes.splitters(), self.table),
        )


def _is_session_ending() -> bool:
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
