"""The pass over all of the track that is looked at, where its answer rests on parts of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.library.result import Summary, TrackResult
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE


class WholeTrackPass(QObject):
    """One pass at a time: how far it is, and what it changed.

    Attributes
    ----------
    share : float or None
        How much of the track has been listened to, 0..1; None while no pass is under way.
    outcome : str
        What came of the last pass over the track that is looked at.
    problem : str
        Why that could not be done.
    """

    changed = Signal()
    answered = Signal(object)  # TrackResult

    def __init__(self, run: ClassificationQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._track: Track | None = None
        self._before = Summary()
        self.share: float | None = None
        self.outcome = self.problem = ""
        run.completer.progressed.connect(self._on_progress)
        run.completer.idle.connect(self._on_idle)
        run.completed.connect(self._on_completed)
        run.not_completed.connect(self._on_failed)

    def begin(self, track: Track) -> None:
        """Let all of a track be listened to, if that has not been done."""
        summary = track.summary
        if track.state is not State.DONE or summary is None or summary.is_complete or not self._run.complete(track):
            return
        self._track, self._before = track, summary
        self.share, self.outcome, self.problem = 0.0, "", ""
        self.changed.emit()

    def leave(self) -> None:
        """Another track is looked at: give up, and say no more of this one."""
        self._run.completer.cancel()
        self.share, self.outcome, self.problem = None, "", ""
        self.changed.emit()

    def _on_progress(self, share: float) -> None:
        self.share = share
        self.changed.emit()

    def _on_completed(self, result: TrackResult) -> None:
        if result.prediction is None:  # a file that has gone meanwhile keeps the answer that it got
            self._say_failed("" if result.error is None else error_message(result.error, brief=True))
            return
        self.answered.emit(result)
        after = None if self._track is None else self._track.summary
        if self._track is not None and self._track.redo_error is not None:  # damaged since: the earlier answer stays
            self._say_failed(error_message(self._track.redo_error, brief=True))
        elif after is not None:
            self.outcome = outcome_line(self._before, after)

    def _on_failed(self, error: GenreDesktopError) -> None:
        self._say_failed(error_message(error, brief=True))

    def _say_failed(self, why: str) -> None:
        self.outcome, self.problem = tr("Could not be heard in full"), why

    def _on_idle(self) -> None:
        self.share = None
        self.changed.emit()


def outcome_line(before: Summary, after: Summary) -> str:
    """What listening to all of a track changed.

    Parameters
    ----------
    before, after : Summary
        What the model said of parts of it, and of all of it.
    """
    if before.genre is None or after.genre is None:
        return tr("Heard in full")
    if before.genre != after.genre:
        return tr("Heard in full: now {now} instead of {before}", now=_name(after), before=_name(before))
    if after.genre in (UNSURE, NOT_MUSIC) or after.confidence is None:
        return tr("Heard in full: still {genre}", genre=_name(after))
    figure = formatting.percent(after.confidence)
    return tr("Heard in full: still {genre}, {figure}", genre=_name(after), figure=figure)


def _name(answer: Summary) -> str:
    return prediction_text.genre_name(answer.genre or "")
