"""The columns of the track table: text, tool tip and sort key of each."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

from PySide6.QtCore import Qt

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import displayable, error_message, plain_tip
from genre_desktop.gui.tracks.track import State, Track, confidence_shown, state_key, state_words, warning_lines
from genre_desktop.model.prediction import NOT_MUSIC


class Column(Enum):
    """The columns in their initial order."""

    NAME = 0
    GENRE = 1
    CONFIDENCE = 2
    SECOND = 3
    STATE = 4
    TAGGED = 5
    TITLE = 6
    ARTIST = 7
    LENGTH = 8
    ALBUM = 9
    FOLDER = 10


HIDDEN_AT_FIRST: Final = frozenset({Column.ALBUM, Column.FOLDER})
ANSWER: Final = frozenset({Column.GENRE, Column.CONFIDENCE, Column.SECOND, Column.STATE, Column.LENGTH})
"""Empty for a failed track: its error message spans these columns."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NUMBERS: Final = frozenset({Column.CONFIDENCE, Column.LENGTH})


def heading(column: Column) -> str:
    """The heading of a column."""
    return {
        Column.NAME: tr("File"),
        Column.GENRE: tr("Genre"),
        Column.CONFIDENCE: tr("Sure"),
        Column.SECOND: tr("Second guess"),
        Column.STATE: tr("State"),
        Column.TAGGED: tr("Tagged genre"),
        Column.TITLE: tr("Title"),
        Column.ARTIST: tr("Artist"),
        Column.LENGTH: tr("Length"),
        Column.ALBUM: tr("Album"),
        Column.FOLDER: tr("Folder"),
    }[column]


def heading_tip(column: Column) -> str:
    """Tool tip of a heading."""
    return {
        Column.CONFIDENCE: tr("Probability of the genre"),
        Column.SECOND: tr("The most probable genre that is not the answer itself: what is closest where it is unsure"),
        Column.TAGGED: tr("Genres in the file's tags; ≠ where the answer is none of them"),
    }.get(column, "")


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Alignment of a column: numbers to the right."""
    return _RIGHT if column in NUMBERS else _LEFT


def cell_text(track: Track, column: Column) -> str:
    """Text of a cell."""
    return _TEXTS[column](track)


def _genre_text(track: Track) -> str:
    if track.failure is not None:
        return error_message(track.failure, brief=True)
    if track.answer is None:
        # A cell that stays empty for as long as a model is being loaded looks as if nothing had happened.
        return state_words(state_key(track)) if track.state in (State.WAITING, State.WORKING) else ""
    return prediction_text.verdict_title(track.answer)


def _confidence_text(track: Track) -> str:
    confidence = confidence_shown(track)
    return "" if confidence is None else formatting.percent(confidence)


def second_guess(track: Track) -> tuple[str, float | None] | None:
    """The most probable genre that is not the answer itself, with its probability."""
    answer = track.answer
    if answer is None or answer.genre == NOT_MUSIC:
        return None
    for genre, share in ((answer.best, answer.confidence), (answer.second, answer.second_confidence)):
        if genre is not None and genre != track.genre:
            return genre, share
    return None


def _second_text(track: Track) -> str:
    guess = second_guess(track)
    if guess is None:
        return ""
    genre, share = prediction_text.genre_title(guess[0]), guess[1]
    return genre if share is None else tr("{genre} {figure}", genre=genre, figure=formatting.percent(share))


def _length_text(track: Track) -> str:
    seconds = None if track.summary is None else track.summary.duration_s
    return "" if seconds is None else formatting.clock(seconds)


_TEXTS: Final[dict[Column, Callable[[Track], str]]] = {
    Column.NAME: lambda track: track.name,
    Column.GENRE: _genre_text,
    Column.CONFIDENCE: _confidence_text,
    Column.SECOND: _second_text,
    Column.STATE: lambda track: state_words(state_key(track)),
    Column.TAGGED: lambda track: "" if track.facts is None else displayable(", ".join(track.facts.tagged_genres)),
    Column.TITLE: lambda track: "" if track.facts is None else displayable(track.facts.title),
    Column.ARTIST: lambda track: "" if track.facts is None else displayable(track.facts.artist),
    Column.LENGTH: _length_text,
    Column.ALBUM: lambda track: "" if track.facts is None else displayable(track.facts.album),
    Column.FOLDER: lambda track: displayable(os.path.dirname(track.path)),
}


def tool_tip(track: Track, column: Column, *, disagrees: bool = False) -> str:
    """Tool tip of a cell."""
    failure = track.failure
    if failure is not None and column in ANSWER:
        return plain_tip(f"{failure.code}: {error_message(failure)}")
    if track.redo_error is not None and column in (Column.GENRE, Column.STATE):
        return plain_tip(prediction_text.earlier_answer_line(track.redo_error.code, error_message(track.redo_error)))
    if column is Column.STATE and track.summary is not None:
        told = [*track.summary.warnings, *([] if track.summary.error is None else [track.summary.error])]
        if told:
            return plain_tip("\n".join(f"{each.code}: {error_message(each)}" for each in told))
    if track.answer is not None and column in (Column.GENRE, Column.CONFIDENCE, Column.SECOND):
        return plain_tip("\n".join((prediction_text.answer_text(track.answer), *warning_lines(track))))
    text = cell_text(track, column)
    if column is Column.TAGGED and disagrees and track.answer is not None:
        title = prediction_text.verdict_title(track.answer)
        return plain_tip(tr("Its tag says {tagged}, the answer is {genre}", tagged=text, genre=title))
    return plain_tip(text if column in (Column.TAGGED, Column.TITLE, Column.ARTIST, Column.ALBUM) else "") or plain_tip(
        displayable(track.path)
    )


def sort_key(column: Column) -> Callable[[Track], Any]:
    """Key function of a column; a key of None is sorted to the end in either direction."""
    return _SORT_KEYS[column]


def _second_key(track: Track) -> str | None:
    guess = second_guess(track)
    return None if guess is None else guess[0].casefold()


def _tagged_key(track: Track) -> str | None:
    return ", ".join(track.facts.tagged_genres).casefold() or None if track.facts is not None else None


_SORT_KEYS: Final[dict[Column, Callable[[Track], Any]]] = {
    Column.NAME: lambda track: track.name.casefold(),
    Column.GENRE: lambda track: None if (genre := track.genre) is None else genre.casefold(),
    Column.CONFIDENCE: confidence_shown,
    Column.SECOND: _second_key,
    Column.STATE: state_key,
    Column.TAGGED: _tagged_key,
    Column.TITLE: lambda track: None if track.facts is None else track.facts.title.casefold() or None,
    Column.ARTIST: lambda track: None if track.facts is None else track.facts.artist.casefold() or None,
    Column.LENGTH: lambda track: None if track.summary is None else track.summary.duration_s,
    Column.ALBUM: lambda track: None if track.facts is None else track.facts.album.casefold() or None,
    Column.FOLDER: lambda track: track.search_text,  # begins with the path: by folder, and by name in each
}
