"""Connects the job bar, and the commands Pause, Continue and Stop, with the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genre_desktop.gui.actions import Actions
from genre_desktop.gui.main_window.job_bar import JobBar, can_pause, can_resume
from genre_desktop.gui.main_window.track_commands import TrackCommands
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.session import Session


class JobController(QObject):
    """Shows the status of the work in the job bar and the menu, and passes on what is clicked there."""

    def __init__(self, session: Session, job_bar: JobBar, actions: Actions, commands: TrackCommands) -> None:
        super().__init__(job_bar)
        self._session = session
        self._job_bar = job_bar
        self._actions = actions
        actions.pause.triggered.connect(self._pause_or_resume)
        actions.stop.triggered.connect(session.cancel)
        job_bar.cancel_requested.connect(session.cancel)
        job_bar.pause_requested.connect(session.pause)
        job_bar.resume_requested.connect(session.resume)
        job_bar.failures_requested.connect(commands.show_failures)
        job_bar.skipped_requested.connect(commands.show_skipped)
        session.job_changed.connect(self._show_status)
        session.scanned.connect(lambda tally: job_bar.show_skipped(tally.n_passed_over, tally.sentence))

    def _pause_or_resume(self) -> None:
        status = self._session.status()
        if can_resume(status):
            self._session.resume()
        elif can_pause(status):
            self._session.pause()

    def _show_status(self, status: JobStatus) -> None:
        # About ten times a second at most, however many results come.
        self._job_bar.show_status(status)
        self._actions.show_job(can_pause=can_pause(status), can_resume=can_resume(status), can_stop=status.is_busy)
