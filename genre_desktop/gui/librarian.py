"""All that the window asks of the result store, one request after the other on a worker."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.errors import GenreDesktopError, InternalError, StorageError, StoreBusyError, StoreDamagedError
from genre_desktop.gui.unwritten import UnwrittenByHand
from genre_desktop.library.store_aside import discard_asides

if TYPE_CHECKING:
    from genre_desktop.gui.worker import Report
    from genre_desktop.library.result import Summary, TrackResult
    from genre_desktop.library.store import ResultStore
    from genre_desktop.model.bundle import ModelBundle

_log = logging.getLogger(__name__)

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
class TakeOffList:
    """Take paths off the list; None for all of them."""

    paths: tuple[str, ...] | None


@dataclass(frozen=True)
class Arrange:
    """Keep these paths on the list in this order, before others that are on it."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class ForgetAll:
    """Drop what all models made of all files; answered by an `AllForgotten`."""


@dataclass(frozen=True)
class BringBack:
    """Take back what was forgotten; answered by a `BroughtBack`."""

    aside: Path


@dataclass(frozen=True, eq=False)
class TakeBack:
    """Let answers be those from before a step, or from after it; answered by `TakenBack`, some tracks at a time.

    Attributes
    ----------
    step : int
        See `genre_desktop.library.store.ResultStore.take_back`.
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
class SaveResults:
    """Keep results that a run could not."""

    results: tuple[TrackResult, ...]
    bundle: ModelBundle


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
class AllForgotten:
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
    """What a model says of some tracks after a step was undone or done again."""

    bundle: ModelBundle
    rows: tuple[tuple[str, Summary | None], ...]


@dataclass(frozen=True)
class Behind:
    """Whether there are changes that could not be written yet."""

    is_behind: bool


@dataclass(frozen=True)
class Mended:
    """The store was damaged, and another one has taken its place."""

    news: GenreDesktopError


_WRITES = (AddToList, TakeOffList, Arrange, SetByHand, GiveBackByHand, SaveResults, TakeBack)
_AT_ONCE = 500
_HINDRANCES = (StoreBusyError, StorageError, StoreDamagedError)


class Librarian:
    """Work of the librarian.

    Changes that the store cannot take, as another program holds it or the disk is full, are made as soon as it
    can, in their order. Genres by hand among them are written down beside the store at once.

    Parameters
    ----------
    open_store : callable
        Opens the store; where it fails, a stand-in takes its place.
    """

    def __init__(self, open_store: Callable[[], ResultStore]) -> None:
        self._open_store = open_store
        self._store: ResultStore | None = None
        self._is_closing = threading.Event()
        self._unwritten: deque[object] = deque()
        self._noted: set[str] = set()
        self._is_behind = False

    def __call__(self, request: object, report: Report) -> object:
        store = self._opened(report)
        if isinstance(request, _WRITES):
            self._unwritten.append(request)
            self._is_behind |= isinstance(request, SaveResults)  # as the window has it, too
        elif isinstance(request, CatchUp):
            with contextlib.suppress(*_HINDRANCES):  # told when it was met first
                return self._catch_up(store, report)
            return None
        else:
            return self._answer_mending(store, request, report)
        return self._catch_up(store, report)

    def _catch_up(self, store: ResultStore, report: Report) -> object:
        """Write what is to be written; the answer to the last of it."""
        answer = None
        while self._unwritten:
            if answer is not None:
                report.partial(answer)
            request = self._unwritten[0]
            try:
                answer = self._answer_mending(store, request, report)
            except _HINDRANCES:
                self._is_behind = True
                report.partial(Behind(True))
                self._note_by_hand(store)
                raise
            except BaseException:
                self._unwritten.popleft()
                raise
            self._unwritten.popleft()
        if self._is_behind:
            self._is_behind = False
            self._drop_note(store)
            report.partial(Behind(False))
        return answer

    def _note_by_hand(self, store: ResultStore) -> None:
        from genre_desktop.library import by_hand_backup

        changes = _unwritten_by_hand(self._unwritten)
        # What was noted before and is undone by now must not come at the next start.
        if changes or self._noted:
            by_hand_backup.put_pending(store, changes, but=self._noted)
            self._noted = set(changes)

    def _drop_note(self, store: ResultStore) -> None:
        from genre_desktop.library import by_hand_backup

        if self._noted:
            by_hand_backup.take_pending(store, but=self._noted)
            self._noted = set()

    def _answer_mending(self, store: ResultStore, request: object, report: Report) -> object:
        try:
            return self._answer(store, request, report)
        except StoreDamagedError:
            if (mended := _mend(store)) is not None:
                report.partial(mended)
            return self._answer(store, request, report, is_last_try=True)

    def _answer(self, store: ResultStore, request: object, report: Report, *, is_last_try: bool = False) -> object:
        match request:
            case ReadList(bundle):
                return self._read_list(store, bundle, report, is_last_try)
            case ReadDetail(path, bundle):
                return store.detail(path, bundle)
            case ForgetAll():
                return _forget_all(store)
            case BringBack(aside):
                return _bring_back(store, aside)
            case Check():
                return self._check(store)
            case BackUp():
                from genre_desktop.library import by_hand_backup

                by_hand_backup.write(store)
            case SaveResults(results, bundle):
                for result in results:
                    store.save(result, bundle)
            case TakeBack():
                _take_back(store, request, report)
            case AddToList(paths):
                store.add_paths(paths)
            case Arrange(paths):
                store.arrange_paths(paths)
            case TakeOffList(None):
                store.clear_paths()
            case TakeOffList(paths) if paths is not None:
                store.remove_paths(paths)
            case SetByHand(tracks, genre, earlier):
                return _set_by_hand(store, tracks, genre, earlier)
            case GiveBackByHand(earlier):
                for genre in set(earlier.values()):
                    store.set_by_hand([identity for identity, had in earlier.items() if had == genre], genre)
                return ByHandKept(dict(earlier))
        return None

    def hurry(self) -> None:
        """Read nothing more: what is still to be written must not wait for it. For any thread."""
        self._is_closing.set()

    def close(self) -> None:
        """Close the store, once the worker's thread has ended."""
        store, self._store = self._store, None
        if store is not None:
            store.close()
            discard_asides(store.path)

    def _opened(self, report: Report) -> ResultStore:
        if self._store is None:
            problem = None
            try:
                self._store = self._open_store()
            except Exception as error:  # whatever it is, the window goes on without keeping anything
                _log.warning("the store cannot be opened", exc_info=error)
                problem = _as_ours(error)
                self._store = _stand_in()
            report.partial(StoreOpened(self._store, problem))
            _finish_bringing_back(self._store)
            discard_asides(self._store.path)  # of a window that was killed
            if self._store.news is not None:
                report.partial(Mended(self._store.news))
        return self._store

    def _read_list(self, store: ResultStore, bundle: ModelBundle, report: Report, is_last_try: bool) -> ListRead:
        try:
            for rows in store.summaries(bundle):
                if self._is_closing.is_set():
                    break
                report.partial(ListPart(bundle, tuple(rows)))
        except Exception as error:
            if isinstance(error, StoreDamagedError) and not is_last_try:
                raise
            _log.warning("the list cannot be read", exc_info=error)
            return ListRead(bundle, _as_ours(error))
        return ListRead(bundle)

    def _check(self, store: ResultStore) -> Mended | None:
        return None if store.is_sound(self._is_closing.is_set) else _mend(store)


def _mend(store: ResultStore) -> Mended | None:
    from genre_desktop.library.store_rescue import mend_once

    news = mend_once(store)
    return None if news is None else Mended(news)


def _set_by_hand(
    store: ResultStore, tracks: tuple[tuple[str, str | None], ...], genre: str | None, earlier: EarlierByHand
) -> ByHandKept:
    from genre_desktop.library.file_facts import read_facts

    genres: EarlierByHand = {}

    def give(identities: list[str]) -> None:
        for identity in identities:
            earlier.setdefault(identity, store.find_by_hand(identity))
        store.set_by_hand(identities, genre)
        genres.update(dict.fromkeys(identities, genre))

    give([identity for _, identity in tracks if identity is not None])
    problem: GenreDesktopError | None = None
    refused: list[str] = []
    for path, identity in tracks:
        if identity is not None:
            continue
        try:
            facts = read_facts(Path(path))
        except GenreDesktopError as error:
            problem = error
            refused.append(path)
            continue
        store.remember(path, facts)
        give([facts.identity])
    return ByHandKept(genres, tuple(refused), problem)


def _stand_in() -> ResultStore:
    """One that forgets everything in the end, but for the genres by hand that go to the next that can be opened."""
    from genre_desktop.library import by_hand_backup
    from genre_desktop.library.store import ResultStore

    store = ResultStore.in_memory()
    by_hand_backup.take_pending(store)
    return store


def _unwritten_by_hand(requests: Iterable[object]) -> dict[str, str | None]:
    """What genres by hand would be, by identity, once some requests are done."""
    from genre_desktop.library.file_facts import read_facts

    changes = UnwrittenByHand()
    for request in requests:
        match request:
            case SetByHand(tracks, genre, earlier):
                identities = []
                for path, identity in tracks:
                    with contextlib.suppress(GenreDesktopError):  # told when it is written
                        identities.append(read_facts(Path(path)).identity if identity is None else identity)
                changes.set(identities, genre, earlier)
            case GiveBackByHand(earlier):
                changes.give_back(earlier)
    return changes.genres


def _finish_bringing_back(store: ResultStore) -> None:
    try:
        store.finish_bringing_back()
    except Exception as error:  # it is there at the next start
        _log.warning("results cannot be brought back yet", exc_info=error)


def _forget_all(store: ResultStore) -> AllForgotten:
    try:
        return AllForgotten(store.forget_all(), None)
    except Exception as error:
        _log.warning("results cannot be forgotten", exc_info=error)
        return AllForgotten(None, _as_ours(error))


def _bring_back(store: ResultStore, aside: Path) -> BroughtBack:
    try:
        store.bring_back(aside)
    except Exception as error:
        _log.warning("results cannot be brought back", exc_info=error)
        return BroughtBack(aside, _as_ours(error))
    return BroughtBack(aside, None)


def _take_back(store: ResultStore, request: TakeBack, report: Report) -> None:
    for first in range(0, len(request.tracks), _AT_ONCE):
        some = request.tracks[first : first + _AT_ONCE]
        identities = [identity for _, identity in some]
        store.take_back(request.step, identities, request.bundle, is_redone=request.is_redone)
        rows = store.summaries_of([path for path, _ in some], request.bundle)
        report.partial(TakenBack(request.bundle, tuple(rows)))


def _as_ours(error: Exception) -> GenreDesktopError:
    # Every question is answered: the window counts on it.
    return error if isinstance(error, GenreDesktopError) else InternalError(reason=f"{type(error).__name__}: {error}")
