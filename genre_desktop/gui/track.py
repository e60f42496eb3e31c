"""One track of the list, and what is said of it in the table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from PySide6.QtCore import Qt

from genre_desktop.errors import GenreDesktopError
from genre_desktop.gui import wording
from genre_desktop.gui.names import plain_tip, sentence, shown
from genre_desktop.gui.timeline import PackedSegments
from genre_desktop.i18n import tr
from genre_desktop.model.prediction import NOT_MUSIC, Prediction, Segment


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


@dataclass(eq=False)
class Track:
    """One row; changed by the model of the table alone."""

    path: str
    state: State = State.WAITING
    prediction: Prediction | None = None
    error: GenreDesktopError | None = None
    packed: PackedSegments | None = None
    sentence: str = ""  # of the error, on one line

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Segments of the prediction, which itself is kept without them."""
        return () if self.packed is None else self.packed.unpack()

    @cached_property
    def name(self) -> str:
        """File name as it can be shown."""
        return shown(os.path.basename(self.path) or self.path)

    @cached_property
    def needle(self) -> str:
        """Name for filtering and sorting."""
        return self.name.casefold()


def state_words(track: Track) -> str:
    """A track's state for the table; an answer for a part of a damaged file does not look faultless."""
    damaged = track.prediction is not None and track.prediction.problem is not None
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


def genre_text(prediction: Prediction) -> str:
    """The genre as the table shows it."""
    return wording.verdict_title(prediction)


def confidence_shown(prediction: Prediction | None) -> float | None:
    """The confidence in the table; none for "not music", where it would read as the certainty of that verdict."""
    return None if prediction is None or prediction.genre == NOT_MUSIC else prediction.confidence


def spoken(track: Track) -> str:
    """A row in one sentence, for screen readers."""
    if track.error is not None:
        return tr("{name}: failed. {sentence}", name=track.name, sentence=track.sentence)
    if track.prediction is not None:
        return tr("{name}: {what}", name=track.name, what=_told(track.prediction))
    return tr("{name}: {what}", name=track.name, what=state_words(track))


def _told(prediction: Prediction) -> str:
    told = f"{genre_text(prediction)}, {wording.confidence_line(prediction)}"
    tags = wording.tags_line(prediction)
    return tr("{told}; also hears {tags}", told=told, tags=tags) if tags else told


def as_text(track: Track) -> str:
    """A row for the clipboard: tab-separated, as spreadsheets take it."""
    prediction = track.prediction
    if prediction is not None:
        sure = "" if prediction.confidence is None else f"{prediction.confidence:.2f}"
        return "\t".join((shown(track.path), prediction.genre, sure))
    if track.error is not None:
        return "\t".join((shown(track.path), track.error.code, sentence(track.error)))
    return "\t".join((shown(track.path), "", ""))


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand on the right."""
    numbers = column in (Column.CONFIDENCE, Column.LENGTH)
    return (Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def cell_text(track: Track, column: Column) -> str:
    """What a cell shows."""
    prediction = track.prediction
    if column is Column.NAME:
        return track.name
    if column is Column.STATE:
        return state_words(track)
    if track.error is not None:
        return track.sentence if column is Column.GENRE else ""
    if prediction is None:
        return ""
    if column is Column.GENRE:
        return genre_text(prediction)
    if column is Column.LENGTH:
        return wording.clock(prediction.duration_s)
    confidence = confidence_shown(prediction)
    return "" if confidence is None else wording.percent(confidence)


def tool_tip(track: Track, column: Column) -> str:
    """What a cell says when it is pointed at."""
    if track.error is not None and column is not Column.NAME:
        return plain_tip(f"{track.error.code}: {sentence(track.error)}")
    problem = None if track.prediction is None else track.prediction.problem
    if problem is not None and column is Column.STATE:
        return plain_tip(f"{problem.code}: {sentence(problem)}")
    if track.prediction is not None and column in (Column.GENRE, Column.CONFIDENCE):
        return plain_tip(_told(track.prediction))
    return plain_tip(shown(track.path))
