"""What became of a track, and what is known of its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import DamagedAudioError, GenreDesktopError
from genre_desktop.model.prediction import Prediction


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is, beside its sound.

    Attributes
    ----------
    size : int
        In bytes.
    mtime_ns : int
        Time of the last change as the file system has it, in nanoseconds.
    identity : str
        The same for equal content under whatever name; see `genre_desktop.library.files.identity`.
    title, artist, album : str
        From its tags; empty where they say nothing.
    tagged_genres : tuple of str
        Genres in its tags, in their order.
    """

    size: int
    mtime_ns: int
    identity: str
    title: str = ""
    artist: str = ""
    album: str = ""
    tagged_genres: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrackResult:
    """What became of a track: a prediction or an error.

    Attributes
    ----------
    path : Path
        As it was given.
    prediction : Prediction or None
    error : GenreDesktopError or None
        None exactly where there is a prediction.
    model : str
        Name of the bundle.
    facts : FileFacts or None
        None where the file could not even be looked at.
    by_hand : str or None
        Genre that a person gave the track; it goes before the prediction's.
    is_stored : bool
        It was known from an earlier run.
    """

    path: Path
    prediction: Prediction | None
    error: GenreDesktopError | None
    model: str
    facts: FileFacts | None = None
    by_hand: str | None = None
    is_stored: bool = False

    @property
    def trouble(self) -> GenreDesktopError | None:
        """Why it was not classified, or not all of it."""
        return self.error if self.prediction is None else self.prediction.problem


@dataclass(frozen=True, slots=True)
class Summary:
    """A result without what only the selected track needs, small enough for a hundred thousand rows.

    Attributes
    ----------
    genre : str or None
        A genre, ``"unsure"`` or ``"not music"``; None where there is an error.
    confidence : float or None
        As `Prediction.confidence`.
    best, second : str or None
        The two most probable genres, whatever the gate says.
    second_confidence : float or None
    duration_s : float or None
    is_complete : bool
        As `Prediction.is_complete`.
    problem : DamagedAudioError or None
    error : GenreDesktopError or None
    facts : FileFacts or None
    by_hand : str or None
    """

    genre: str | None = None
    confidence: float | None = None
    best: str | None = None
    second: str | None = None
    second_confidence: float | None = None
    duration_s: float | None = None
    is_complete: bool = True
    problem: DamagedAudioError | None = None
    error: GenreDesktopError | None = None
    facts: FileFacts | None = None
    by_hand: str | None = None


def summarise(result: TrackResult) -> Summary:
    """The summary of a result."""
    prediction = result.prediction
    if prediction is None:
        return Summary(error=result.error, facts=result.facts, by_hand=result.by_hand)
    likely = sorted((prediction.probabilities or {}).items(), key=lambda item: -item[1])[:2]
    best, second = (*likely, (None, None), (None, None))[:2]
    return Summary(
        genre=prediction.genre,
        confidence=prediction.confidence,
        best=best[0],
        second=second[0],
        second_confidence=second[1],
        duration_s=prediction.duration_s,
        is_complete=prediction.is_complete,
        problem=prediction.problem,
        facts=result.facts,
        by_hand=result.by_hand,
    )
