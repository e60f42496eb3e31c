"""A track of the list, and how its state and answer are put in words."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from enum import Enum

from genre_desktop.core.errors import DamagedAudioError, GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import prediction_text
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.prediction import NOT_MUSIC


class State(Enum):
    """State of a track."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


DAMAGED = "damaged"
"""Key of the state that is displayed for an answer from the sound part of a damaged file."""

PARTIAL = "partial"
"""Key of the state that is displayed for an answer from a part of a file of which another could not be read."""

NOTED = "noted"
"""Key of the state that is displayed for an answer with warnings that cost no sound."""


class Track:
    """A row of the table; only `TrackModel` changes it.

    A hundred thousand of them are in memory at once: the whole prediction is kept for a few only (`SelectedTrack`).

    Attributes
    ----------
    path : str
    name : str
        File name as it is displayed.
    state : State
    summary : Summary or None
        May hold the facts of the file or a genre by hand alone, without an answer.
    search_text : str
        Path, title, artist and album, a line each, normalised by `searchable` for the text of a filter.
    number : int
        Its place in the order of the list.
    revision : int
        `TrackModel.revision` when a run reported a new result of it last; 0 before the first.
    redo_error : GenreDesktopError or None
        Why classifying it again failed, or reached less of the sound; the earlier answer stays.
    """

    __slots__ = ("name", "number", "path", "redo_error", "revision", "search_text", "state", "summary")

    def __init__(self, path: str, number: int = 0) -> None:
        self.path = path
        self.state = State.WAITING
        self.summary: Summary | None = None
        self.redo_error: GenreDesktopError | None = None
        self.number = number
        self.revision = 0
        whole = displayable(path)
        self.name = os.path.basename(whole) or whole
        self.search_text = searchable(whole)

    def set_summary(self, summary: Summary | None) -> None:
        """Set the summary; new facts of the file change the search text."""
        known, facts = self.facts, None if summary is None else summary.facts
        self.summary = summary
        if facts is not known and facts is not None:
            path = self.search_text.partition("\n")[0]
            self.search_text = "\n".join((path, searchable("\n".join((facts.title, facts.artist, facts.album)))))

    @property
    def facts(self) -> FileFacts | None:
        """Facts of the file, once it has been read."""
        return None if self.summary is None else self.summary.facts

    @property
    def identity(self) -> str | None:
        """Identity of its sound, once the file has been read."""
        return None if self.facts is None else self.facts.identity

    @property
    def error(self) -> GenreDesktopError | None:
        """Error of the last result."""
        return None if self.summary is None else self.summary.error

    @property
    def by_hand(self) -> str | None:
        """Genre that a person gave it."""
        return None if self.summary is None else self.summary.by_hand

    @property
    def genre(self) -> str | None:
        """The genre by hand, or the answer of the model."""
        summary = self.summary
        return None if summary is None else summary.by_hand or summary.genre

    @property
    def answer(self) -> Summary | None:
        """The summary, where it names something: a genre, "unsure", "not music" or a genre by hand."""
        return None if self.genre is None else self.summary

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer of the model, which stays while it is classified again."""
        return self.summary is not None and self.summary.genre is not None

    @property
    def is_redone(self) -> bool:
        """Whether it is pending or being classified, and shows an earlier answer until then."""
        return self.is_answered and self.state in (State.WAITING, State.WORKING)

    @property
    def failure(self) -> GenreDesktopError | None:
        """The error to display: none while there is a genre by hand, or while it is tried again."""
        return self.error if self.by_hand is None and self.state is State.FAILED else None

    @property
    def trouble(self) -> GenreDesktopError | None:
        """Error of the last attempt, even if an earlier answer stays."""
        return self.error if self.state is State.FAILED else self.redo_error


def searchable(text: str) -> str:
    """Text for a search that ignores case and the composition of accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # file names of some systems are decomposed, keyboards are not
    return text.casefold()


def state_key(track: Track) -> str:
    """Key of the displayed state: that of `State`, DAMAGED, PARTIAL or NOTED."""
    summary = track.summary
    if track.state is not State.DONE or summary is None or not summary.warnings:
        return track.state.value
    loss = summary.loss
    return NOTED if loss is None else DAMAGED if isinstance(loss, DamagedAudioError) else PARTIAL


def warning_lines(track: Track, *, without_damage: bool = False) -> tuple[str, ...]:
    """What to know of how its file was read, a sentence each, with codes; empty without an answer."""
    summary = track.summary
    warnings = () if summary is None or not track.is_answered else summary.warnings
    told = [each for each in warnings if not (without_damage and isinstance(each, DamagedAudioError))]
    return tuple(f"{each.code}: {error_message(each, brief=True)}" for each in told)


def state_words(key: str) -> str:
    """Displayed name of a state."""
    return _STATE_WORDS[key]()


def all_state_words() -> dict[str, str]:
    """Displayed names of all states, by key."""
    return {key: words() for key, words in _STATE_WORDS.items()}


_STATE_WORDS: dict[str, Callable[[], str]] = {
    State.WAITING.value: lambda: tr("Waiting"),
    State.WORKING.value: lambda: tr("Listening"),
    State.DONE.value: lambda: tr("Done"),
    DAMAGED: lambda: tr("Damaged"),
    PARTIAL: lambda: tr("In part"),
    NOTED: lambda: tr("With a note"),
    State.FAILED.value: lambda: tr("Failed"),
    State.STOPPED.value: lambda: tr("Stopped"),
}


def confidence_shown(track: Track) -> float | None:
    """The confidence in the table; None for "not music", where it would read as the certainty of that answer."""
    answer = track.answer
    if answer is None or answer.by_hand is not None or answer.genre == NOT_MUSIC:
        return None
    return answer.confidence


def accessible_text(track: Track) -> str:
    """A row as a sentence, for screen readers."""
    if track.failure is not None:
        return tr("{name}: failed. {sentence}", name=track.name, sentence=error_message(track.failure, brief=True))
    what = state_words(state_key(track)) if track.answer is None else prediction_text.answer_text(track.answer)
    if track.answer is not None and track.answer.styles:
        what = f"{what}. {prediction_text.styles_line(track.answer.styles)}"
    if track.is_redone:
        what = f"{what}, {state_words(state_key(track))}"
    if track.answer is not None and (warnings := warning_lines(track)):
        what = f"{what}. {' '.join(warnings)}"
    if track.facts is not None and track.facts.tagged_genres:
        tagged = ", ".join(map(displayable, track.facts.tagged_genres))
        return tr("{name}: {what}; tagged {genres}", name=track.name, what=what, genres=tagged)
    return tr("{name}: {what}", name=track.name, what=what)
