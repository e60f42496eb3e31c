"""The result of a track, the facts of its file, and the summary of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from genre_desktop.core.errors import AudioError, GenreDesktopError
from genre_desktop.model.prediction import Prediction, loss_of


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Size, time, identity and tags of a file.

    Attributes
    ----------
    size : int
        In bytes.
    mtime_ns : int
        Time of the last change, in nanoseconds of Unix time.
    identity : str
        The same for the same sound under any name; see `genre_desktop.library.files.identity`.
    title, artist, album : str
        From its tags; empty where they lack it.
    tagged_genres : tuple of str
        Genres in its tags, in their order.
    earlier_identity : str or None
        The identity by which earlier versions stored it, where that was another and the file has been read.
    """

    size: int
    mtime_ns: int
    identity: str
    title: str = ""
    artist: str = ""
    album: str = ""
    tagged_genres: tuple[str, ...] = ()
    earlier_identity: str | None = field(default=None, compare=False)

    @property
    def identities(self) -> tuple[str, ...]:
        """The identity, and the earlier one if there is one."""
        return (self.identity,) if self.earlier_identity is None else (self.identity, self.earlier_identity)

    def has_sound_of(self, before: FileFacts) -> bool:
        """Whether the file has the sound of another one, or of its own earlier state."""
        return before.identity in self.identities


@dataclass(frozen=True)
class TrackResult:
    """The result of a track: a prediction or an error.

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
        None where the file could not be opened.
    by_hand : str or None
        Genre that a person set for the track; it has priority over the prediction's.
    is_stored : bool
        Whether it comes from the store and not from this run.
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
        """The error, or the warning that only a part of the file was classified."""
        return self.error if self.prediction is None else self.prediction.loss


@dataclass(frozen=True, slots=True)
class Summary:
    """The part of a result that the track table shows, small enough for a hundred thousand rows.

    Attributes
    ----------
    genre : str or None
        A genre, ``"unsure"`` or ``"not music"``; None where there is an error.
    confidence : float or None
        As `Prediction.confidence`.
    best, second : str or None
        The two most probable genres, also where `genre` is ``"unsure"`` or ``"not music"``.
    second_confidence : float or None
    duration_s : float or None
    is_complete : bool
        As `Prediction.is_complete`.
    warnings : tuple of AudioError
        As `Prediction.warnings`.
    error : GenreDesktopError or None
    facts : FileFacts or None
    by_hand : str or None
    styles : tuple of str
        As `Prediction.styles`.
    """

    genre: str | None = None
    confidence: float | None = None
    best: str | None = None
    second: str | None = None
    second_confidence: float | None = None
    duration_s: float | None = None
    is_complete: bool = True
    warnings: tuple[AudioError, ...] = ()
    error: GenreDesktopError | None = None
    facts: FileFacts | None = None
    by_hand: str | None = None
    styles: tuple[str, ...] = ()

    @property
    def loss(self) -> AudioError | None:
        """As `Prediction.loss`."""
        return loss_of(self.warnings)


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
        warnings=prediction.warnings,
        facts=result.facts,
        by_hand=result.by_hand,
        styles=prediction.styles,
    )
