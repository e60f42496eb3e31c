"""Scoring of every patch of the selected track, whose answer rests on some of them until then."""

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
    """The pass over the selected track: its progress, and what it changed.

    Attributes
    ----------
    share : float or None
        Share of the track that has been scored, 0..1; None while no pass is in progress.
    outcome : str
        Sentence on what the last pass over the selected track changed; empty before its end.
    problem : str
        Why the pass failed.
    """

    changed = Signal(object)  # the pass itself
    result_ready = Signal(object)  # TrackResult

    def __init__(self, queue: ClassificationQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._track: Track | None = None
        self._before = Summary()
        self.share: float | None = None
        self.outcome = self.problem = ""
        queue.full_classifier.progressed.connect(self._on_progress)
        queue.full_classifier.idle.connect(self._on_idle)
        queue.full_result_ready.connect(self._on_result)
        queue.full_result_failed.connect(self._on_failed)

    def start(self, track: Track) -> None:
        """Score every patch of a track, if that has not been done."""
        summary = track.summary
        if track.state is not State.DONE or summary is None or summary.is_complete:
            return
        if not self._queue.classify_in_full(track):
            return
        self._track, self._before = track, summary
        self.share, self.outcome, self.problem = 0.0, "", ""
        self.changed.emit(self)

    def cancel(self) -> None:
        """Cancel the pass, and drop what is known of the last one: another track is selected."""
        self._queue.cancel_full_run()
        self.share, self.outcome, self.problem = None, "", ""
        self.changed.emit(self)

    def _on_progress(self, share: float) -> None:
        self.share = share
        self.changed.emit(self)

    def _on_result(self, result: TrackResult) -> None:
        if result.prediction is None:  # a file that is gone meanwhile keeps its answer
            self._set_failed("" if result.error is None else error_message(result.error, brief=True))
            return
        self.result_ready.emit(result)
        after = None if self._track is None else self._track.summary
        if self._track is not None and self._track.redo_error is not None:  # damaged since: the earlier answer stays
            self._set_failed(error_message(self._track.redo_error, brief=True))
        elif after is not None:
            self.outcome = outcome_line(self._before, after)

    def _on_failed(self, error: GenreDesktopError) -> None:
        self._set_failed(error_message(error, brief=True))

    def _set_failed(self, why: str) -> None:
        self.outcome, self.problem = tr("Could not be heard in full"), why

    def _on_idle(self) -> None:
        self.share = None
        self.changed.emit(self)


def outcome_line(before: Summary, after: Summary) -> str:
    """Sentence on what the pass over a track changed.

    Parameters
    ----------
    before, after : Summary
        Answer from some of its patches, and from all of them.
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
