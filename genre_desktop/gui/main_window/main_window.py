"""The one window: its widgets, its controllers, drag and drop, closing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
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
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import Settings
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.canvas.canvas_controller import CanvasController
from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.export.export_controller import ExportController
from genre_desktop.gui.help.help_controller import HelpController
from genre_desktop.gui.live.live_button import LiveButton
from genre_desktop.gui.live.live_controller import LiveController
from genre_desktop.gui.main_window import window_state
from genre_desktop.gui.main_window.central_area import CentralArea, Workspace
from genre_desktop.gui.main_window.classify_again_controller import ClassifyAgainController
from genre_desktop.gui.main_window.drop_zone import DropOverlay, DropZone
from genre_desktop.gui.main_window.job_bar import JobBar
from genre_desktop.gui.main_window.job_controller import JobController
from genre_desktop.gui.main_window.mode_buttons import button_row, overview_button
from genre_desktop.gui.main_window.open_files_controller import OpenFilesController
from genre_desktop.gui.main_window.quit_controller import QuitController
from genre_desktop.gui.main_window.track_commands import TrackCommands
from genre_desktop.gui.main_window.track_list_controller import TrackListController
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.models.models_controller import ModelsController
from genre_desktop.gui.overview.library_overview import LibraryOverview
from genre_desktop.gui.overview.overview_controller import OverviewController
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.playback.playback_controller import PlaybackController
from genre_desktop.gui.playback.transport_bar import TransportBar
from genre_desktop.gui.prediction.prediction_panel import PredictionPanel
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.settings.settings_controller import SettingsController
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.widgets.notification_bar import NotificationBar
from genre_desktop.gui.widgets.screen_fit import ScreenFit
from genre_desktop.gui.widgets.theme import ThemeSwitch


class MainWindow(QMainWindow):
    """Table, canvas, prediction panel and job bar. A controller connects each part with the session.

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
        self._may_close = False
        self.setWindowTitle(tr("Genre Desktop"))
        self.setAcceptDrops(True)
        self.session = Session(services, self)
        self.settings = SettingsModel(settings, self)
        self._make_widgets(themes, settings)
        self._make_controllers(services, themes, settings)
        self._lay_out()
        self._connect()
        ScreenFit(self)
        window_state.restore(self, self.central_area.splitters(), self.table, settings)
        self.session.emit_status()

    def _make_widgets(self, themes: ThemeSwitch, settings: Settings) -> None:
        self.table = TrackTable(self.session.tracks, themes)
        self.canvas = TrackCanvas(themes, settings.canvas)
        self.drop_zone = DropZone(themes)
        self.panel = PredictionPanel(themes)
        self.job_bar = JobBar()
        self.notices = NotificationBar()
        self.overview = LibraryOverview(themes)
        self._drop_overlay = DropOverlay(themes, self)
        self.actions_ = Actions(self.menuBar(), self.table.view, themes.choice)

    def _make_controllers(self, services: Services, themes: ThemeSwitch, settings: Settings) -> None:
        session, actions = self.session, self.actions_
        CanvasController(self.canvas, session, self.settings, actions)
        OverviewController(session, self.table, self.overview)
        self.open_files = OpenFilesController(session, services.demo_clips, settings.last_folder or "", self)
        self.open_files.connect_window(actions, self.drop_zone)
        self.track_commands = TrackCommands(session, themes, self)
        self.classify_again_controller = ClassifyAgainController(session, self)
        self.track_list_controller = TrackListController(
            session, self.table, actions, self.track_commands, self.classify_again_controller, self
        )
        JobController(session, self.job_bar, actions, self.track_commands)
        self.export_controller = ExportController(session, themes, self)
        self.export_controller.connect_actions(actions, self.table, self.canvas, self._last_folder)
        self.live = LiveController(services, session, themes, settings.live_input, self)
        self.live.connect_window(actions, self.panel, self._last_folder)
        self.playback = Playback(
            services.start_player, device=settings.output_device, volume=settings.volume, parent=self
        )
        self.transport = TransportBar(self.playback, themes)
        self.playback_controller = PlaybackController(self.playback, self.transport, self.canvas, session.tracks, self)
        self.playback_controller.connect_actions(actions)
        self.model_selection = ModelSelection(session, self.settings, actions, self.panel)
        self.models_controller = ModelsController(session, self.model_selection, actions, self.notices, self)
        self.quit_controller = QuitController(
            session, self.live.session, self.export_controller, self.models_controller, self
        )
        self.help_controller = HelpController(self, actions, themes, self.settings, session, services.list_bundles)
        self.settings_controller = SettingsController(
            self.settings, themes, actions, session, self.playback, self.live, self.model_selection, self
        )

    def _lay_out(self) -> None:
        self.canvas.set_transport(self.transport)
        self.central_area = CentralArea(
            self.table, self.canvas, self.overview, self.drop_zone, self.panel, self.live.view
        )
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(6)
        # On a small screen the central area scrolls; the job bar with Stop stays in sight.
        layout.addWidget(Workspace(self.notices, self.central_area), 1)
        layout.addWidget(self.job_bar)
        self.setCentralWidget(content)
        self.overview_button = overview_button(self.actions_.overview)
        self.live_button = LiveButton(self.actions_.live, self.live.session)
        # Kept in an attribute: PySide would delete it, as to PySide the menu bar is not its owner.
        self._corner = button_row(self.live_button, self.overview_button)
        self.menuBar().setCornerWidget(self._corner)

    def _connect(self) -> None:
        session, actions = self.session, self.actions_
        for part in (
            *(session, self.open_files, self.track_commands, self.export_controller),
            *(self.model_selection, self.models_controller, self.live),
        ):
            part.message.connect(self.job_bar.show_message)
        self.settings.not_saved.connect(lambda error: self.job_bar.show_message(error_message(error)))
        session.store_repaired.connect(lambda news: self.notices.show_notice(error_message(news)))
        session.result_changed.connect(self.panel.show_track)
        self.canvas.plots_built.connect(self.playback_controller.connect_plots)
        session.shown_changed.connect(self.playback_controller.show_track)
        session.job_changed.connect(lambda _status: self.panel.refresh())
        session.tracks.counts_changed.connect(self._show_list)
        actions.quit.triggered.connect(self.close)
        actions.overview.toggled.connect(self.central_area.show_overview)
        self.overview.closed.connect(actions.overview.toggle)
        self.overview.track_chosen.connect(self.track_list_controller.select_path)
        self.live.visibility_changed.connect(self.central_area.show_live)
        self.live.session.began.connect(self.playback.pause)

    def _show_list(self) -> None:
        if self.central_area.show_list(len(self.session.tracks) > 0):
            self.session.emit_status()

    def _last_folder(self) -> str:
        return self.open_files.last_folder

    # -- drag and drop -------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self._accept_as_copy(event)
            self._drop_overlay.cover()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            self._accept_as_copy(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._drop_overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_overlay.hide()
        if not event.mimeData().hasUrls():
            return
        self._accept_as_copy(event)
        # Everything else happens later: the file manager waits until this returns.
        urls = event.mimeData().urls()
        if not self.models_controller.import_dropped(urls):
            self.session.open(urls=urls)

    @staticmethod
    def _accept_as_copy(event: QDropEvent) -> None:
        # With Shift held the file manager proposes a move, and deletes the files it moved.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    # -- painting and closing ------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._drop_overlay.isVisible():
            self._drop_overlay.cover()

    def closeEvent(self, event: QCloseEvent) -> None:
        # A desktop that ends the session does not wait for an answer.
        may_ask = self.isVisible() and not self._may_close and not _is_session_ending()
        if may_ask and self.quit_controller.must_ask():
            event.ignore()
            self.quit_controller.ask(self.close_now)
            return
        self._save_state()
        # Out of sight at once: ending may have to wait for an import or a slow drive.
        self.hide()
        for dialog in self.findChildren(QDialog):
            dialog.close()  # some are windows of their own
        self.playback.close()
        super().closeEvent(event)

    def close_now(self) -> None:
        """Close without asking: the question has been answered, or nobody is there to answer it."""
        self._may_close = True
        self.close()

    def expect_end(self, is_expected: bool) -> None:
        """Save the state and close without asking from now on: the desktop session may end."""
        self._may_close = is_expected
        if is_expected:
            self._save_state()

    def _save_state(self) -> None:
        self.settings.set(
            last_folder=self.open_files.last_folder or None,
            output_device=self.playback.device,
            volume=self.playback.volume,
            **window_state.collect(self, self.central_area.splitters(), self.table),
        )


def _is_session_ending() -> bool:
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
