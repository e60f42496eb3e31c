"""Tells how the work of the window stands, and keeps the computer awake while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.gui.session.keep_awake import KeepAwake
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State

if TYPE_CHECKING:
    from genre_desktop.gui.session.session import Session


class JobStatusWatcher(QObject):
    """The status of a session's work, told some ten times a second at most.

    Attributes
    ----------
    has_failed : bool
        The model in use did not load.
    is_offered : bool
        The model was chosen, and what it has not heard waits for a word.
    awake : KeepAwake
    """

    changed = Signal(object)  # JobStatus

    def __init__(self, session: Session, services: Services) -> None:
        super().__init__(session)
        self._session = session
        self.has_failed = False
        self.is_offered = False
        self.awake = KeepAwake(services.stay_awake, self)
        self._soon = QTimer(self, singleShot=True, interval=100)
        self._soon.timeout.connect(self.tell)

    def status(self) -> JobStatus:
        """How the work stands now."""
        session, run, counts = self._session, self._session.run, self._session.tracks.counts
        is_paused = run.is_paused
        return JobStatus(
            n_total=len(session.tracks),
            n_done=counts[State.DONE] + counts[State.FAILED],
            n_failed=counts[State.FAILED] + session.tracks.n_outlived,
            n_queued=run.n_awaited,
            n_redone=session.tracks.n_redone,
            n_stopped=counts[State.STOPPED],
            offered_model=session.bundle.name if session.bundle is not None and self.is_offered else None,
            files_per_s=None if is_paused else run.pace.files_per_s,
            remaining_s=None if is_paused else run.pace.remaining_s(run.n_awaited),
            is_busy=session.is_busy,
            is_scanning=session.is_scanning,
            is_paused=is_paused,
            needs_model=not run.has_model,
            has_no_model=not run.has_model and self.has_failed,
        )

    def tell_soon(self) -> None:
        """Tell of a change with those that come with it."""
        if not self._soon.isActive():
            self._soon.start()

    def tell(self) -> None:
        """Tell how it stands."""
        self._soon.stop()
        status = self.status()
        is_at_work = status.n_queued > 0 and not (status.needs_model or status.is_paused)
        self.awake.set_wanted(is_at_work and self._session.processing.stay_awake)
        self.changed.emit(status)

    def stop(self) -> None:
        """Tell nothing more, and let the computer go."""
        self._soon.stop()
        self.awake.stop()
