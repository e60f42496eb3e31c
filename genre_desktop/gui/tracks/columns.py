"""The columns of the track table: text, tool tip and sort key of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from PySide6.QtCore import Qt

from genre_desktop.core.i18n import mark, tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import displayable, error_message, plain_tip
from genre_desktop.gui.tracks.track import (
    State,
    Track,
    all_state_words,
    confidence_shown,
    state_key,
    state_words,
    warning_lines,
)
from genre_desktop.model.prediction import NOT_MUSIC


class Column(Enum):
    """The columns in their initial order; a new one goes to the end, where `_SPECS` says what it shows."""

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
    STYLE = 11


ANSWER: Final = frozenset({Column.GENRE, Column.CONFIDENCE, Column.SECOND, Column.STATE, Column.LENGTH, Column.STYLE})
"""Empty for a failed track: its error message spans these columns."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class ColumnSpec:
    """What a column shows and how.

    Attributes
    ----------
    heading : str
        English, marked for translation.
    text : callable
        Text of the cell of a track.
    sort_key : callable
        Key of a track; a key of None is sorted to the end in either direction.
    samples : callable
        Texts that fit into its initial width.
    tip : str
        Tool tip of the heading: English, marked for translation.
    is_number : bool
        Aligned to the right, and sorted as a number.
    is_hidden : bool
        Hidden until a person shows it.
    """

    heading: str
    text: Callable[[Track], str]
    sort_key: Callable[[Track], Any]
    samples: Callable[[], Iterable[str]] = tuple
    tip: str = ""
    is_number: bool = False
    is_hidden: bool = False


def spec(column: Column) -> ColumnSpec:
    """What a column shows and how."""
    return _SPECS[column]


def heading(column: Column) -> str:
    """Translated heading of a column."""
    return tr(_SPECS[column].heading)


def heading_tip(column: Column) -> str:
    """Translated tool tip of a heading; empty where there is none."""
    return tr(tip) if (tip := _SPECS[column].tip) else ""


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Alignment of a column: numbers to the right."""
    return _RIGHT if _SPECS[column].is_number else _LEFT


def cell_text(track: Track, column: Column) -> str:
    """Text of a cell."""
    return _SPECS[column].text(track)


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


def _style_text(track: Track) -> str:
    styles = () if track.answer is None else track.answer.styles
    text = prediction_text.styles_text(styles).replace("\u00a0", " ")
    return text[:1].upper() + text[1:]


def _length_text(track: Track) -> str:
    seconds = None if track.summary is None else track.summary.duration_s
    return "" if seconds is None else formatting.clock(seconds)


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
    if track.answer is not None and column in (Column.GENRE, Column.CONFIDENCE, Column.SECOND, Column.STYLE):
        styles = prediction_text.styles_line(track.answer.styles)
        lines = (prediction_text.answer_text(track.answer), styles, *warning_lines(track))
        return plain_tip("\n".join(filter(None, lines)))
    text = cell_text(track, column)
    if column is Column.TAGGED and disagrees and track.answer is not None:
        title = prediction_text.verdict_title(track.answer)
        return plain_tip(tr("Its tag says {tagged}, the answer is {genre}", tagged=text, genre=title))
    return plain_tip(text if column in (Column.TAGGED, Column.TITLE, Column.ARTIST, Column.ALBUM) else "") or plain_tip(
        displayable(track.path)
    )


def _second_key(track: Track) -> str | None:
    guess = second_guess(track)
    return None if guess is None else guess[0].casefold()


def _tagged_key(track: Track) -> str | None:
    return ", ".join(track.facts.tagged_genres).casefold() or None if track.facts is not None else None


_SPECS: Final = {
    Column.NAME: ColumnSpec(mark("File"), lambda track: track.name, lambda track: track.name.casefold()),
    Column.GENRE: ColumnSpec(
        mark("Genre"),
        _genre_text,
        lambda track: None if (genre := track.genre) is None else genre.casefold(),
        lambda: ("Not music", "Reggae / Country"),
    ),
    Column.CONFIDENCE: ColumnSpec(
        mark("Sure"),
        _confidence_text,
        confidence_shown,
        lambda: ("100\u00a0%",),
        tip=mark("Probability of the genre"),
        is_number=True,
    ),
    Column.SECOND: ColumnSpec(
        mark("Second guess"),
        _second_text,
        _second_key,
        lambda: ("Classical 44\u00a0%",),
        tip=mark("The most probable genre that is not the answer itself: what is closest where it is unsure"),
    ),
    Column.STATE: ColumnSpec(
        mark("State"),
        lambda track: state_words(state_key(track)),
        state_key,
        lambda: all_state_words().values(),
    ),
    Column.TAGGED: ColumnSpec(
        mark("Tagged genre"),
        lambda track: "" if track.facts is None else displayable(", ".join(track.facts.tagged_genres)),
        _tagged_key,
        lambda: ("≠ Alternative",),
        tip=mark("Genres in the file's tags; ≠ where the answer is none of them"),
    ),
    Column.TITLE: ColumnSpec(
        mark("Title"),
        lambda track: "" if track.facts is None else displayable(track.facts.title),
        lambda track: None if track.facts is None else track.facts.title.casefold() or None,
        lambda: ("A title of some length",),
    ),
    Column.ARTIST: ColumnSpec(
        mark("Artist"),
        lambda track: "" if track.facts is None else displayable(track.facts.artist),
        lambda track: None if track.facts is None else track.facts.artist.casefold() or None,
        lambda: ("An artist's name",),
    ),
    Column.LENGTH: ColumnSpec(
        mark("Length"),
        _length_text,
        lambda track: None if track.summary is None else track.summary.duration_s,
        lambda: ("1:02:33",),
        is_number=True,
    ),
    Column.ALBUM: ColumnSpec(
        mark("Album"),
        lambda track: "" if track.facts is None else displayable(track.facts.album),
        lambda track: None if track.facts is None else track.facts.album.casefold() or None,
        lambda: ("A title of some length",),
        is_hidden=True,
    ),
    Column.FOLDER: ColumnSpec(
        mark("Folder"),
        lambda track: displayable(os.path.dirname(track.path)),
        lambda track: track.search_text,  # begins with the path: by folder, and by name in each
        lambda: ("/home/somebody/Music/Album",),
        is_hidden=True,
    ),
    Column.STYLE: ColumnSpec(
        mark("Style"),
        _style_text,
        lambda track: _style_text(track).casefold() or None,
        lambda: ("Techno, electronic",),
        tip=mark("What it sounds like, a level below the genre; how often that is right was not measured"),
    ),
}
