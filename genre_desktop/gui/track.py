"""One track of the list, and what is said of it in the table."""

from __future__ import annotations

import os
from enum import Enum

from PySide6.QtCore import Qt

from genre_desktop.errors import GenreDesktopError
from genre_desktop.gui import wording
from genre_desktop.gui.names import plain_tip, sentence, shown
from genre_desktop.i18n import tr
from genre_desktop.library.result import Summary
from genre_desktop.model.prediction import NOT_MUSIC


class State(Enum):
    """Where a track stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Column(Enum):
    """The columns, in the order shown."""

    NAME = 0
    GENRE = 1
    CONFIDENCE = 2
    LENGTH = 3
    STATE = 4


class Track:
    """One row; changed by the model of the table alone.

    A hundred thousand of them are in memory at once: what only the selected one needs is asked of the session
    (`Session.prediction_of`).

    Attributes
    ----------
    path : str
    name : str
        File name as it can be shown.
    state : State
    summary : Summary or None
        What is known of it. It may hold the facts of the file or a genre by hand alone, without any answer.
    """

    __slots__ = ("name", "needle", "path", "state", "summary")

    def __init__(self, path: str) -> None:
        self.path = path
        self.state = State.WAITING
        self.summary: Summary | None = None
        self.name = shown(os.path.basename(path) or path)
        self.needle = self.name.casefold()

    @property
    def error(self) -> GenreDesktopError | None:
        """Why it failed."""
        return None if self.summary is None else self.summary.error

    @property
    def by_hand(self) -> str | None:
        """Genre that a person gave it."""
        return None if self.summary is None else self.summary.by_hand

    @property
    def answer(self) -> Summary | None:
        """The summary, where it names something: a genre, "unsure", "not music" or a genre by hand."""
        summary = self.summary
        return None if summary is None or (summary.genre is None and summary.by_hand is None) else summary

    @property
    def failure(self) -> GenreDesktopError | None:
        """The error, where nothing else is to be said: a genre by hand goes before it."""
        return None if self.by_hand is not None else self.error


def state_words(track: Track) -> str:
    """A track's state for the table; an answer for a part of a damaged file does not look faultless."""
    damaged = track.summary is not None and track.summary.problem is not None
    return _state_texts()[_DAMAGED if damaged else track.state]


def all_state_words() -> list[str]:
    """Everything that `state_words` may say, for the width of its column."""
    return list(_state_texts().values())


_DAMAGED = "damaged"


def _state_texts() -> dict[State | str, str]:
    return {
        State.WAITING: tr("Waiting"),
        State.WORKING: tr("Listening"),
        State.DONE: tr("Done"),
        State.FAILED: tr("Failed"),
        State.STOPPED: tr("Stopped"),
        _DAMAGED: tr("Damaged"),
    }


def confidence_shown(track: Track) -> float | None:
    """The confidence in the table; none for "not music", where it would read as the certainty of that verdict."""
    answer = track.answer
    if answer is None or answer.by_hand is not None or answer.genre == NOT_MUSIC:
        return None
    return answer.confidence


def spoken(track: Track) -> str:
    """A row in one sentence, for screen readers."""
    if track.failure is not None:
        return tr("{name}: failed. {sentence}", name=track.name, sentence=sentence(track.failure, brief=True))
    if track.answer is not None:
        return tr("{name}: {what}", name=track.name, what=_told(track.answer))
    return tr("{name}: {what}", name=track.name, what=state_words(track))


def _told(answer: Summary) -> str:
    return ", ".join(filter(None, (wording.verdict_title(answer), wording.confidence_line(answer))))


def as_text(track: Track) -> str:
    """A row for the clipboard: tab-separated, as spreadsheets take it."""
    answer = track.answer
    if answer is not None:
        sure = confidence_shown(track)
        genre = answer.by_hand or answer.genre or ""
        return "\t".join((shown(track.path), genre, "" if sure is None else f"{sure:.2f}"))
    if track.error is not None:
        return "\t".join((shown(track.path), track.error.code, sentence(track.error)))
    return "\t".join((shown(track.path), "", ""))


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand on the right."""
    numbers = column in (Column.CONFIDENCE, Column.LENGTH)
    return (Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def cell_text(track: Track, column: Column) -> str:
    """What a cell shows."""
    if column is Column.NAME:
        return track.name
    if column is Column.STATE:
        return state_words(track)
    if track.failure is not None:
        return sentence(track.failure, brief=True) if column is Column.GENRE else ""
    answer = track.answer
    if answer is None:
        return ""
    if column is Column.GENRE:
        return wording.verdict_title(answer)
    if column is Column.LENGTH:
        return "" if answer.duration_s is None else wording.clock(answer.duration_s)
    confidence = confidence_shown(track)
    return "" if confidence is None else wording.percent(confidence)


def tool_tip(track: Track, column: Column) -> str:
    """What a cell says when it is pointed at."""
    problem = track.failure or (track.summary and track.summary.problem)
    if track.failure is not None and column is not Column.NAME:
        return plain_tip(f"{track.failure.code}: {sentence(track.failure)}")
    if problem and column is Column.STATE:
        return plain_tip(f"{problem.code}: {sentence(problem)}")
    if track.answer is not None and column in (Column.GENRE, Column.CONFIDENCE):
        return plain_tip(_told(track.answer))
    return plain_tip(shown(track.path))
