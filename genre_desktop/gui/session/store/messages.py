"""What the window asks of the result store, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import GenreDesktopError

if TYPE_CHECKING:
    from genre_desktop.library.result import Summary, TrackResult
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

EarlierByHand = dict[str, str | None]
"""Genres by hand that were kept before a change, by identity; filled and read on the librarian's thread alone."""


# --- requests ---------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenStore:
    """Open the store; answered by a `StoreOpened`."""


@dataclass(frozen=True, eq=False)
class ReadList:
    """Read the list with what a model made of it; answered by `ListPart` and at last a `ListRead`."""

    bundle: ModelBundle


@dataclass(frozen=True)
class AddToList:
    """Keep paths on the list for the next start."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class RemoveFromList:
    """Take paths off the list; None for all of them."""

    paths: tuple[str, ...] | None


@dataclass(frozen=True)
class Arrange:
    """Keep these paths on the list in this order, before others that are on it."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class DropAllResults:
    """Drop what all models made of all files; answered by an `AllResultsDropped`."""


@dataclass(frozen=True)
class BringBack:
    """Take back what was forgotten; answered by a `BroughtBack`."""

    aside: Path


@dataclass(frozen=True)
class ForgetUndone:
    """Let go of what was undone before a step began."""

    step: int


@dataclass(frozen=True, eq=False)
class TakeBack:
    """Let answers be those from before a step, or from after it; answered by `TakenBack`, some tracks at a time.

    Attributes
    ----------
    step : int
        See `genre_desktop.library.store.result_store.ResultStore.undo_step`.
    tracks : tuple of (str, str)
        Path and identity of each.
    bundle : ModelBundle
        Whose answers they are.
    is_redone : bool
    """

    step: int
    tracks: tuple[tuple[str, str], ...]
    bundle: ModelBundle
    is_redone: bool


@dataclass(frozen=True, eq=False)
class ReadRows:
    """Read what a model made of some files of the list; answered by `TakenBack`, some tracks at a time."""

    paths: tuple[str, ...]
    bundle: ModelBundle


@dataclass(frozen=True, eq=False)
class SaveResults:
    """Keep results that a run could not."""

    results: tuple[TrackResult, ...]
    bundle: ModelBundle


@dataclass(frozen=True)
class TakePending:
    """Keep genres by hand of an earlier window that could not; answered by a `ByHandKept`."""


@dataclass(frozen=True)
class CatchUp:
    """Write what could not be written so far."""


@dataclass(frozen=True)
class BackUp:
    """Write the backup of what was set by hand."""


@dataclass(frozen=True)
class Check:
    """Look through the whole store for damage, and mend it; answered by a `Mended`, or None."""


@dataclass(frozen=True, eq=False)
class SetByHand:
    """Keep a genre that a person gave to files; None takes it back. Answered by a `ByHandKept`.

    Attributes
    ----------
    tracks : tuple of (str, str or None)
        Path and identity of each; the identity of a file that was never looked at is found out.
    genre : str or None
    earlier : dict of str to str or None
        Gets what each identity had before, for `GiveBackByHand`.
    """

    tracks: tuple[tuple[str, str | None], ...]
    genre: str | None
    earlier: EarlierByHand


@dataclass(frozen=True, eq=False)
class GiveBackByHand:
    """Keep the genres by hand that were kept before; answered by a `ByHandKept`."""

    earlier: EarlierByHand


@dataclass(frozen=True, eq=False)
class ReadDetail:
    """Read all that a model said of a track; answered by a `TrackResult`, or None."""

    path: str
    bundle: ModelBundle


# --- answers ----------------------------------------------------------------------------


@dataclass(frozen=True)
class StoreHeld:
    """Another program holds the store, and is waited for."""


@dataclass(frozen=True, eq=False)
class StoreOpened:
    """The store is there; `problem` where it is one that forgets everything in the end, and why."""

    store: ResultStore
    problem: GenreDesktopError | None


@dataclass(frozen=True, eq=False)
class ListPart:
    """Some rows of the list."""

    bundle: ModelBundle
    rows: tuple[tuple[str, Summary | None], ...]


@dataclass(frozen=True, eq=False)
class ListRead:
    """The list has been read; `problem` where not all of it could be."""

    bundle: ModelBundle
    problem: GenreDesktopError | None = None


@dataclass(frozen=True)
class AllResultsDropped:
    """No results are kept any more; `problem` where they still are.

    Attributes
    ----------
    aside : Path or None
        From where they can be brought back.
    problem : GenreDesktopError or None
    """

    aside: Path | None
    problem: GenreDesktopError | None


@dataclass(frozen=True, eq=False)
class ByHandKept:
    """What the store has of genres by hand after a change.

    Attributes
    ----------
    genres : dict of str to str or None
        By identity.
    refused : tuple of str
        Paths whose genre could not be kept, as nobody knows which sound they are.
    problem : GenreDesktopError or None
        Why.
    """

    genres: EarlierByHand
    refused: tuple[str, ...] = ()
    problem: GenreDesktopError | None = None


@dataclass(frozen=True)
class BroughtBack:
    """What was forgotten is kept again; `problem` where it is not, and is still set `aside`."""

    aside: Path
    problem: GenreDesktopError | None


@dataclass(frozen=True, eq=False)
class TakenBack:
    """What a model says of some tracks after a step was undone or done again.

    Attributes
    ----------
    bundle : ModelBundle
    rows : tuple of (str, Summary or None)
    is_lacking : bool
        Some answers do not come back, as they could not be set aside.
    """

    bundle: ModelBundle
    rows: tuple[tuple[str, Summary | None], ...]
    is_lacking: bool = False


@dataclass(frozen=True)
class Behind:
    """Whether there are changes that could not be written yet."""

    is_behind: bool


@dataclass(frozen=True)
class Mended:
    """The store was damaged, and another one has taken its place."""

    news: GenreDesktopError
