"""Requests to the worker of the result store, and its answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import GenreDesktopError

if TYPE_CHECKING:
    from genre_desktop.library.result import Summary, TrackResult
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

# --- requests: the store and its upkeep -------------------------------------------------


@dataclass(frozen=True)
class OpenStore:
    """Open the store; answered by a `StoreOpened`."""


@dataclass(frozen=True)
class CheckStore:
    """Check the whole store for damage, and repair it; answered by a `StoreRepaired`, or None."""


@dataclass(frozen=True)
class WriteUnwritten:
    """Write the changes that could not be written so far."""


@dataclass(frozen=True)
class WriteBackup:
    """Write the backup of the genres by hand."""


# --- requests: the list -----------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ReadList:
    """Read the list with the results of a model; answered by `ListPart`s and then a `ListRead`."""

    bundle: ModelBundle
    revision: int  # of the tracks, see `TrackModel.set_summaries`; the answers have it too


@dataclass(frozen=True)
class AddToList:
    """Append paths to the stored list."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class RemoveFromList:
    """Remove paths from the stored list; None for all of them."""

    paths: tuple[str, ...] | None


@dataclass(frozen=True)
class OrderList:
    """Store these paths in this order, before others that are on the list."""

    paths: tuple[str, ...]


# --- requests: results ------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ReadRows:
    """Read the results of a model for some files of the list; answered by `RowsRead`, some tracks at a time."""

    paths: tuple[str, ...]
    bundle: ModelBundle
    revision: int


@dataclass(frozen=True, eq=False)
class ReadDetail:
    """Read the whole result of a model for a track; answered by a `TrackResult`, or None."""

    path: str
    bundle: ModelBundle


@dataclass(frozen=True, eq=False)
class SaveResults:
    """Write results that a run could not write; `made_at`: Unix time in seconds at the end of the run."""

    results: tuple[TrackResult, ...]
    bundle: ModelBundle
    made_at: int


@dataclass(frozen=True)
class DropAllResults:
    """Drop the results of all models for all files; answered by an `AllResultsDropped`."""

    revision: int  # as that of `ReadList`


@dataclass(frozen=True)
class RestoreResults:
    """Restore the results that were dropped; answered by a `ResultsRestored`."""

    aside: Path


@dataclass(frozen=True)
class DropUndone:
    """Drop the answers that were set aside when steps were undone, as a new step begins."""

    step: int


@dataclass(frozen=True, eq=False)
class RestoreAnswers:
    """Restore the answers from before a step, or from after it; answered by `RowsRead`, some tracks at a time.

    Attributes
    ----------
    step : int
        See `genre_desktop.library.store.result_store.ResultStore.undo_step`.
    tracks : tuple of (str, str)
        Path and identity of each.
    bundle : ModelBundle
        Whose answers they are.
    is_redone : bool
        Restore those from after the step.
    revision : int
    until : int
        The last step that had begun.
    """

    step: int
    tracks: tuple[tuple[str, str], ...]
    bundle: ModelBundle
    is_redone: bool
    revision: int
    until: int


# --- requests: genres by hand -----------------------------------------------------------


@dataclass(frozen=True, eq=False)
class SetByHand:
    """Store a genre that a person gave to files, or remove it; answered by a `ByHandSaved`.

    Attributes
    ----------
    tracks : tuple of (str, str or None)
        Path and identity of each; where the identity is None, the file is read for it.
    genre : str or None
        None removes it.
    change : int
        Number of this change, for `RestoreByHand`.
    """

    tracks: tuple[tuple[str, str | None], ...]
    genre: str | None
    change: int


@dataclass(frozen=True)
class RestoreByHand:
    """Restore the genres by hand from before a change; answered by a `ByHandSaved`, also about further `identities`."""

    change: int
    identities: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadByHand:
    """Read the genre by hand of some content; answered by a `ByHandSaved`."""

    identity: str


@dataclass(frozen=True)
class ApplyPendingByHand:
    """Store the genres by hand that an earlier window could not store; answered by a `ByHandSaved`."""


# --- answers ----------------------------------------------------------------------------


@dataclass(frozen=True)
class StoreLocked:
    """Another program has locked the store; the worker waits for it."""


@dataclass(frozen=True, eq=False)
class StoreOpened:
    """The store is open.

    Attributes
    ----------
    store : ResultStore
    problem : GenreDesktopError or None
        Why it is one in memory, which is lost at the end.
    """

    store: ResultStore
    problem: GenreDesktopError | None


@dataclass(frozen=True)
class StoreRepaired:
    """The store was damaged; `news` says what was rescued."""

    news: GenreDesktopError


@dataclass(frozen=True)
class UnwrittenChanges:
    """Whether there are changes that could not be written yet."""

    exist: bool


@dataclass(frozen=True, eq=False)
class ListPart:
    """Some rows of the list."""

    bundle: ModelBundle
    rows: tuple[tuple[str, Summary | None], ...]
    revision: int


@dataclass(frozen=True, eq=False)
class ListRead:
    """All rows of the list have been sent.

    Attributes
    ----------
    bundle : ModelBundle
    problem : GenreDesktopError or None
        Why some could not be read.
    has_other_results_only : bool
        The results of the list are all of other models, or of other versions of this one.
    """

    bundle: ModelBundle
    problem: GenreDesktopError | None = None
    has_other_results_only: bool = False


@dataclass(frozen=True, eq=False)
class RowsRead:
    """Results of a model for some tracks as the store has them now.

    Attributes
    ----------
    bundle : ModelBundle
    rows : tuple of (str, Summary or None)
    revision : int
        That of the request.
    is_incomplete : bool
        Some answers could not be restored, as they could not be set aside.
    """

    bundle: ModelBundle
    rows: tuple[tuple[str, Summary | None], ...]
    revision: int
    is_incomplete: bool = False


@dataclass(frozen=True)
class AllResultsDropped:
    """All results are dropped; `problem` where they are not.

    Attributes
    ----------
    aside : Path or None
        Where they are set aside, for `RestoreResults`.
    problem : GenreDesktopError or None
    revision : int
        That of the request.
    """

    aside: Path | None
    problem: GenreDesktopError | None
    revision: int


@dataclass(frozen=True)
class ResultsRestored:
    """The results that were dropped are stored again; `problem` where they are not, and are still set `aside`."""

    aside: Path
    problem: GenreDesktopError | None


@dataclass(frozen=True, eq=False)
class ByHandSaved:
    """Genres by hand in the store after a change.

    Attributes
    ----------
    genres : dict of str to str or None
        By identity.
    refused : tuple of str
        Paths whose genre could not be stored, as their files cannot be read for an identity.
    problem : GenreDesktopError or None
        Why.
    identities : dict of str to str
        Of the files that were read for the change, by path.
    """

    genres: dict[str, str | None]
    refused: tuple[str, ...] = ()
    problem: GenreDesktopError | None = None
    identities: dict[str, str] = field(default_factory=dict)
