"""One track of the list."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from enum import Enum

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import prediction_text
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.prediction import NOT_MUSIC


class State(Enum):
    """Where a track stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


DAMAGED = "damaged"
"""Shown for what is done, but for a part of a damaged file."""


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
    needle : str
        Path, title, artist and album for the text of a filter, as `searchable` makes them; a line each.
    number : int
        Its place in the order in which the tracks came.
    redo_error : GenreDesktopError or None
        Why listening anew failed, or came to less of the sound; the answer is the one from before.
    """

    __slots__ = ("name", "needle", "number", "path", "redo_error", "state", "summary")

    def __init__(self, path: str, number: int = 0) -> None:
        self.path = path
        self.state = State.WAITING
        self.summary: Summary | None = None
        self.redo_error: GenreDesktopError | None = None
        self.number = number
        whole = displayable(path)
        self.name = os.path.basename(whole) or whole
        self.needle = searchable(whole)

    def know(self, summary: Summary | None) -> None:
        """Take over what is known."""
        known, facts = self.facts, None if summary is None else summary.facts
        self.summary = summary
        if facts is not known and facts is not None:
            path = self.needle.partition("\n")[0]
            self.needle = "\n".join((path, searchable("\n".join((facts.title, facts.artist, facts.album)))))

    @property
    def facts(self) -> FileFacts | None:
        """What is known of the file."""
        return None if self.summary is None else self.summary.facts

    @property
    def identity(self) -> str | None:
        """What tells its sound from others, once the file has been looked at."""
        return None if self.facts is None else self.facts.identity

    @property
    def error(self) -> GenreDesktopError | None:
        """Why it failed."""
        return None if self.summary is None else self.summary.error

    @property
    def by_hand(self) -> str | None:
        """Genre that a person gave it."""
        return None if self.summary is None else self.summary.by_hand

    @property
    def genre(self) -> str | None:
        """A genre by hand, or what the model says."""
        summary = self.summary
        return None if summary is None else summary.by_hand or summary.genre

    @property
    def answer(self) -> Summary | None:
        """The summary, where it names something: a genre, "unsure", "not music" or a genre by hand."""
        return None if self.genre is None else self.summary

    @property
    def is_answered(self) -> bool:
        """Whether the model has an answer for it, which stays while it is listened to anew."""
        return self.summary is not None and self.summary.genre is not None

    @property
    def is_redone(self) -> bool:
        """Whether it is to get a new answer, and shows the one it has until then."""
        return self.is_answered and self.state in (State.WAITING, State.WORKING)

    @property
    def failure(self) -> GenreDesktopError | None:
        """The error, where nothing else is to be said: a genre by hand goes before it, and so does a new attempt."""
        return self.error if self.by_hand is None and self.state is State.FAILED else None

    @property
    def trouble(self) -> GenreDesktopError | None:
        """Why it was not classified when it was listened to last, even if an earlier answer stays."""
        return self.error if self.state is State.FAILED else self.redo_error


def searchable(text: str) -> str:
    """A text without regard to capitals and to how its accents are composed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # file names of some systems are decomposed, keyboards are not
    return text.casefold()


def state_key(track: Track) -> str:
    """What is shown as a track's state; an answer for a part of a damaged file does not look faultless."""
    damaged = track.state is State.DONE and track.summary is not None and track.summary.problem is not None
    return DAMAGED if damaged else track.state.value


def state_words(key: str) -> str:
    """A state for people."""
    return _STATE_WORDS[key]()


def all_state_words() -> dict[str, str]:
    """Every state, by its key."""
    return {key: words() for key, words in _STATE_WORDS.items()}


_STATE_WORDS: dict[str, Callable[[], str]] = {
    State.WAITING.value: lambda: tr("Waiting"),
    State.WORKING.value: lambda: tr("Listening"),
    State.DONE.value: lambda: tr("Done"),
    DAMAGED: lambda: tr("Damaged"),
    State.FAILED.value: lambda: tr("Failed"),
    State.STOPPED.value: lambda: tr("Stopped"),
}


def confidence_shown(track: Track) -> float | None:
    """The confidence in the table; none for "not music", where it would read as the certainty of that verdict."""
    answer = track.answer
    if answer is None or answer.by_hand is not None or answer.genre == NOT_MUSIC:
        return None
    return answer.confidence


def accessible_text(track: Track) -> str:
    """A row as a sentence, for screen readers."""
    if track.failure is not None:
        return tr("{name}: failed. {sentence}", name=track.name, sentence=error_message(track.failure, brief=True))
    what = state_words(state_key(track)) if track.answer is None else prediction_text.answer_text(track.answer)
    if track.is_redone:
        what = f"{what}, {state_words(state_key(track))}"
    if track.facts is not None and track.facts.tagged_genres:
        tagged = ", ".join(map(displayable, track.facts.tagged_genres))
        return tr("{name}: {what}; tagged {genres}", name=track.name, what=what, genres=tagged)
    return tr("{name}: {what}", name=track.name, what=what)
