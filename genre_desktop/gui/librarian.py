"""All that the window asks of the result store, one request after the other on a worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.errors import GenreDesktopError, InternalError

if TYPE_CHECKING:
    from genre_desktop.gui.worker import Report
    from genre_desktop.library.result import Summary
    from genre_desktop.library.store import ResultStore
    from genre_desktop.model.bundle import ModelBundle

_log = logging.getLogger(__name__)


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
class TakeOffList:
    """Take paths off the list; None for all of them."""

    paths: tuple[str, ...] | None


@dataclass(frozen=True, eq=False)
class Forget:
    """Drop what a model made of some files, so that they are done anew; answered by a `Forgotten`."""

    paths: tuple[str, ...]
    bundle: ModelBundle


@dataclass(frozen=True)
class ForgetAll:
    """Drop what all models made of all files; answered by an `AllForgotten`."""


@dataclass(frozen=True)
class SetByHand:
    """Keep a genre that a person gave to files; None takes it back.

    Attributes
    ----------
    tracks : tuple of (str, str or None)
        Path and identity of each; the identity of a file that was never looked at is found out.
    genre : str or None
    """

    tracks: tuple[tuple[str, str | None], ...]
    genre: str | None


@dataclass(frozen=True, eq=False)
class ReadDetail:
    """Read all that a model said of a track; answered by a `TrackResult`, or None."""

    path: str
    bundle: ModelBundle


# --- answers ----------------------------------------------------------------------------


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
class Forgotten:
    """Files can be done anew; `problem` where the store still holds what it knew of them."""

    paths: tuple[str, ...]
    problem: GenreDesktopError | None


@dataclass(frozen=True)
class AllForgotten:
    """No results are kept any more; `problem` where they still are."""

    problem: GenreDesktopError | None


class Librarian:
    """Work of the librarian.

    Parameters
    ----------
    open_store : callable
        Opens the store; where it fails, a stand-in takes its place.
    """

    def __init__(self, open_store: Callable[[], ResultStore]) -> None:
        self._open_store = open_store
        self._store: ResultStore | None = None
        self._is_closing = threading.Event()

    def __call__(self, request: object, report: Report) -> object:
        store = self._opened(report)
        match request:
            case ReadList(bundle):
                return self._read_list(store, bundle, report)
            case ReadDetail(path, bundle):
                return store.detail(path, bundle)
            case Forget(paths, bundle):
                return _forget(store, paths, bundle)
            case ForgetAll():
                return _forget_all(store)
            case AddToList(paths):
                store.add_paths(paths)
            case TakeOffList(None):
                store.clear_paths()
            case TakeOffList(paths) if paths is not None:
                store.remove_paths(paths)
            case SetByHand(tracks, genre):
                self._set_by_hand(store, tracks, genre)
        return None

    def hurry(self) -> None:
        """Read nothing more: what is still to be written must not wait for it. For any thread."""
        self._is_closing.set()

    def close(self) -> None:
        """Close the store, once the worker's thread has ended."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _opened(self, report: Report) -> ResultStore:
        if self._store is None:
            from genre_desktop.library.store import ResultStore

            problem = None
            try:
                self._store = self._open_store()
            except Exception as error:  # whatever it is, the window goes on without keeping anything
                _log.warning("the store cannot be opened", exc_info=error)
                problem = _as_ours(error)
                self._store = ResultStore.in_memory()
            report.partial(StoreOpened(self._store, problem))
        return self._store

    def _read_list(self, store: ResultStore, bundle: ModelBundle, report: Report) -> ListRead:
        try:
            for rows in store.summaries(bundle):
                if self._is_closing.is_set():
                    break
                report.partial(ListPart(bundle, tuple(rows)))
        except Exception as error:
            _log.warning("the list cannot be read", exc_info=error)
            return ListRead(bundle, _as_ours(error))
        return ListRead(bundle)

    def _set_by_hand(self, store: ResultStore, tracks: tuple[tuple[str, str | None], ...], genre: str | None) -> None:
        from genre_desktop.library.file_facts import read_facts

        store.set_by_hand([identity for _, identity in tracks if identity is not None], genre)
        failure: GenreDesktopError | None = None
        for path, identity in tracks:
            if identity is not None:
                continue
            try:
                facts = read_facts(Path(path))
            except GenreDesktopError as error:
                failure = error
                continue
            store.remember(path, facts)
            store.set_by_hand([facts.identity], genre)
        if failure is not None:
            raise failure


def _forget(store: ResultStore, paths: tuple[str, ...], bundle: ModelBundle) -> Forgotten:
    try:
        store.forget(paths, bundle)
    except Exception as error:
        _log.warning("results cannot be forgotten", exc_info=error)
        return Forgotten(paths, _as_ours(error))
    return Forgotten(paths, None)


def _forget_all(store: ResultStore) -> AllForgotten:
    try:
        store.forget_all()
    except Exception as error:
        _log.warning("results cannot be forgotten", exc_info=error)
        return AllForgotten(_as_ours(error))
    return AllForgotten(None)


def _as_ours(error: Exception) -> GenreDesktopError:
    # Every question is answered: the window counts on it.
    return error if isinstance(error, GenreDesktopError) else InternalError(reason=f"{type(error).__name__}: {error}")
