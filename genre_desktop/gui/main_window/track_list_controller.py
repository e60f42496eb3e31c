"""Connects the track table and the commands of the list with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from genre_desktop.gui.actions import Actions
from genre_desktop.gui.main_window.classify_again_controller import ClassifyAgainController
from genre_desktop.gui.main_window.track_commands import TrackCommands
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track import State, Track


class TrackListController(QObject):
    """Selects, removes and finds tracks, and enables the commands of the list.

    Parameters
    ----------
    session : Session
    table : TrackTable
    actions : Actions
    commands : TrackCommands
    classify_again : ClassifyAgainController
    window : QWidget
    """

    def __init__(
        self,
        session: Session,
        table: TrackTable,
        actions: Actions,
        commands: TrackCommands,
        classify_again: ClassifyAgainController,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._tracks = session.tracks
        self._table = table
        self._actions = actions
        self._classify_again = classify_again
        self._window = window
        for action, slot in (
            (actions.undo, session.changes.undo),
            (actions.redo, session.changes.redo),
            (actions.select_all, table.view.selectAll),
            (actions.find, self._find),
            (actions.again, lambda: classify_again.classify_again(table.selected())),
            (actions.retry_failed, self._retry_failed),
            (actions.failures, commands.show_failures),
            (actions.by_hand, lambda: commands.ask_for_genre(table.selected())),
            (actions.reveal, lambda: commands.reveal(table.current())),
            (actions.remove, self.remove_selected),
            (actions.clear, self.clear),
        ):
            action.triggered.connect(slot)
        table.track_chosen.connect(session.show)
        table.menu_requested.connect(self._show_menu)
        table.view.doubleClicked.connect(lambda _index: actions.play_selected.trigger())
        session.track_requested.connect(self.select)
        session.undo_changed.connect(actions.show_undo)
        session.job_changed.connect(self._show_status)
        commands.track_requested.connect(self.select)
        commands.redo_requested.connect(classify_again.classify_again)

    def select(self, track: Track) -> None:
        """Select a track in the table; a filter that hides it is cleared."""
        if not self._tracks.index_of(track).isValid():
            self._table.filters.clear()  # a track that was just opened must be visible
        had_none = self._table.current() is None
        self._table.select(track)
        if had_none:
            self._table.view.setFocus()

    def select_path(self, path: str) -> None:
        """Select the track of a path, if it is on the list."""
        track = self._tracks.find(path)
        if track is not None:
            self.select(track)

    def remove_selected(self) -> None:
        """Remove the selected tracks from the list, and select the row that follows."""
        tracks = self._table.selected()
        if tracks:
            row = self._tracks.index_of(tracks[0]).row()
            self._session.remove(tracks)
            self._table.select_row(row)

    def clear(self) -> None:
        """Remove all tracks from the list."""
        self._table.filters.clear()
        self._session.remove(self._tracks.tracks())

    def _retry_failed(self) -> None:
        self._classify_again.classify_again([track for track in self._tracks.tracks() if track.trouble is not None])

    def _find(self) -> None:
        self._table.filters.line.setFocus()
        self._table.filters.line.selectAll()

    def _show_menu(self, at: QPoint) -> None:
        if self._table.selected():
            menu = self._actions.context_menu(self._window)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def _show_status(self, status: JobStatus) -> None:
        self._table.show_failures(self._tracks.counts[State.FAILED])
        self._actions.show_tracks(status.n_total, status.n_failed)
