"""All that the window asks of the result store, one request after the other on a worker."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import GenreDesktopError, InternalError, StorageError, StoreBusyError, StoreDamagedError
from genre_desktop.gui.session.store.messages import (
    AddToList,
    AllResultsDropped,
    Arrange,
    BackUp,
    Behind,
    BringBack,
    BroughtBack,
    ByHandKept,
    CatchUp,
    Check,
    DropAllResults,
    EarlierByHand,
    ForgetUndone,
    GiveBackByHand,
    ListPart,
    ListRead,
    Mended,
    ReadDetail,
    ReadList,
    ReadRows,
    RemoveFromList,
    SaveResults,
    SetByHand,
    StoreHeld,
    StoreOpened,
    TakeBack,
    TakenBack,
    TakePending,
)
from genre_desktop.gui.session.store.unwritten_genres import UnwrittenGenres
from genre_desktop.library.store.copies_lock import CopiesLock
from genre_desktop.library.store.shared_connection import batches

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.result import FileFacts, TrackResult
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_log = logging.getLogger(__name__)

_WRITES = (AddToList, RemoveFromList, Arrange, SetByHand, GiveBackByHand, SaveResults, TakeBack)
_AT_ONCE = 500
_TRY_AGAIN_S = 0.5

HELD_S = 60.0
"""That another program which holds the store is waited for at the start."""

_HINDRANCES = (StoreBusyError, StorageError, StoreDamagedError)


class StoreTask:
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
        self._asides: CopiesLock | None = None

    def __call__(self, request: object, report: TaskContext) -> object:
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

    def _catch_up(self, store: ResultStore, report: TaskContext) -> object:
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

    def _take_pending_first(self, store: ResultStore, report: TaskContext) -> None:
        """Let what an earlier window could not keep go before what is changed in this one."""
        from genre_desktop.library.store import manual_genre_backup

        if manual_genre_backup.has_pending(store):
            self._unwritten.append(TakePending())
            self._is_behind = True
            report.partial(Behind(True))

    def _note_by_hand(self, store: ResultStore) -> None:
        from genre_desktop.library.store import manual_genre_backup

        changes = _unwritten_by_hand(self._unwritten)
        # What was noted before and is undone by now must not come at the next start.
        if changes or self._noted:
            manual_genre_backup.write_pending(store, changes, skip=self._noted)
            self._noted = set(changes)

    def _drop_note(self, store: ResultStore) -> None:
        from genre_desktop.library.store import manual_genre_backup

        if self._noted:
            manual_genre_backup.apply_pending(store, skip=self._noted)
            self._noted = set()

    def _answer_mending(self, store: ResultStore, request: object, report: TaskContext) -> object:
        try:
            return self._answer(store, request, report)
        except StoreDamagedError:
            if (mended := _mend(store)) is not None:
                report.partial(mended)
            return self._answer(store, request, report, is_last_try=True)

    def _answer(self, store: ResultStore, request: object, report: TaskContext, *, is_last_try: bool = False) -> object:
        match request:
            case ReadList(bundle):
                return self._read_list(store, bundle, report, is_last_try)
            case ReadDetail(path, bundle):
                return store.result(path, bundle)
            case DropAllResults():
                return _forget_all(store)
            case BringBack(aside):
                return _bring_back(store, aside)
            case Check():
                return self._check(store)
            case BackUp():
                from genre_desktop.library.store import manual_genre_backup

                manual_genre_backup.write(store)
            case TakePending():
                from genre_desktop.library.store import manual_genre_backup

                return ByHandKept(manual_genre_backup.apply_pending(store, skip=self._noted))
            case SaveResults(results, bundle):
                for number, result in enumerate(results):
                    store.save(result, bundle)
                    report.progress(number / len(results))
            case ForgetUndone(step):
                store.drop_undone(step)
            case TakeBack():
                _take_back(store, request, report)
            case ReadRows(paths, bundle):
                for some in batches(paths, _AT_ONCE):
                    report.partial(TakenBack(bundle, tuple(store.summaries_of(some, bundle))))
            case AddToList(paths):
                store.add_paths(paths)
            case Arrange(paths):
                store.arrange_paths(paths)
            case RemoveFromList(None):
                store.clear_paths()
            case RemoveFromList(paths) if paths is not None:
                store.remove_paths(paths)
            case SetByHand(tracks, genre, earlier):
                return _set_by_hand(store, tracks, genre, earlier, report)
            case GiveBackByHand(earlier):
                for genre in set(earlier.values()):
                    store.set_by_hand([identity for identity, had in earlier.items() if had == genre], genre)
                if None in earlier.values():
                    _back_up_at_once(store)
                return ByHandKept(dict(earlier))
        return None

    def hurry(self) -> None:
        """Read nothing more: what is still to be written must not wait for it. For any thread."""
        self._is_closing.set()

    def close(self) -> None:
        """Close the store, once the worker's thread has ended."""
        store, self._store = self._store, None
        if store is not None:
            try:
                _leave(store, self._unwritten)
            except (GenreDesktopError, OSError) as error:  # that it may be lost was asked before
                _log.warning("what could not be kept cannot be left for the next start: %s", error)
            store.close()
            if self._asides is not None:
                self._asides.delete_copies()
                self._asides.close()

    def _opened(self, report: TaskContext) -> ResultStore:
        if self._store is None:
            problem = None
            try:
                self._store = self._open_patiently(report)
            except Exception as error:  # whatever it is, the window goes on without keeping anything
                _log.warning("the store cannot be opened", exc_info=error)
                problem = _as_ours(error)
                self._store = _stand_in()
            report.partial(StoreOpened(self._store, problem))
            _finish_bringing_back(self._store)
            self._asides = CopiesLock(self._store.path)
            self._asides.delete_copies()  # of a window that was killed
            if self._store.recovery_notice is not None:
                report.partial(Mended(self._store.recovery_notice))
            self._take_pending_first(self._store, report)
        return self._store

    def _open_patiently(self, report: TaskContext) -> ResultStore:
        """Open the store; as what is done without it is lost, another program that holds it is waited for."""
        until = time.monotonic() + HELD_S
        while True:
            try:
                return self._open_store()
            except StoreBusyError:
                if time.monotonic() >= until or self._is_closing.wait(_TRY_AGAIN_S):
                    raise
                if not self._is_behind:
                    self._is_behind = True
                    report.partial(StoreHeld())
                    report.partial(Behind(True))

    def _read_list(self, store: ResultStore, bundle: ModelBundle, report: TaskContext, is_last_try: bool) -> ListRead:
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
        return None if store.is_intact(self._is_closing.is_set) else _mend(store)


def _mend(store: ResultStore) -> Mended | None:
    from genre_desktop.library.store.recovery import recover_in_use

    news = recover_in_use(store)
    return None if news is None else Mended(news)


def _set_by_hand(
    store: ResultStore,
    tracks: tuple[tuple[str, str | None], ...],
    genre: str | None,
    earlier: EarlierByHand,
    report: TaskContext,
) -> ByHandKept:
    from genre_desktop.library.files.file_facts import read_facts

    genres: EarlierByHand = {}

    def give(identities: list[str]) -> None:
        for identity in identities:
            earlier.setdefault(identity, store.find_by_hand(identity))
        store.set_by_hand(identities, genre)
        genres.update(dict.fromkeys(identities, genre))

    give([identity for _, identity in tracks if identity is not None])
    problem: GenreDesktopError | None = None
    refused: list[str] = []
    for number, (path, identity) in enumerate(tracks):
        report.progress(number / len(tracks))  # a slow drive is waited for at the end
        known = None if identity is None else _facts_now(store, path)
        if known is not None and known.identity == identity:
            continue
        try:
            facts = known or read_facts(Path(path))
        except GenreDesktopError as error:
            if identity is not None:
                continue
            problem = error
            refused.append(path)
            continue
        # The answer for all of a file that was cut off since stays, and has the genre by hand, too.
        stored = store.save_facts(path, facts, may_be_truncated=identity is not None)
        give([facts.identity, stored])
    if genre is None:
        _back_up_at_once(store)
    return ByHandKept(genres, tuple(refused), problem)


def _facts_now(store: ResultStore, path: str) -> FileFacts | None:
    """What the store knows of a file as it is; it may be another one by now, whose sound a person may mean."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return store.find_facts(path, status.st_size, status.st_mtime_ns)


def _back_up_at_once(store: ResultStore) -> None:
    """What is taken back must not come from the backup at the next start, however this one ends."""
    from genre_desktop.library.store import manual_genre_backup

    try:
        manual_genre_backup.write(store)
    except GenreDesktopError as error:  # of that which comes a little later is told
        _log.info("no backup yet: %s", error)


def _stand_in() -> ResultStore:
    """One that forgets everything in the end, but for the genres by hand that go to the next that can be opened."""
    from genre_desktop.library.store import manual_genre_backup
    from genre_desktop.library.store.result_store import ResultStore

    store = ResultStore.in_memory()
    manual_genre_backup.try_apply_pending(store)
    return store


def _unwritten_by_hand(requests: Iterable[object]) -> dict[str, str | None]:
    """What genres by hand would be, by identity, once some requests are done."""
    from genre_desktop.library.files.file_facts import read_facts

    changes = UnwrittenGenres()
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


def _leave(store: ResultStore, requests: Iterable[object]) -> None:
    """Let the next start keep what is unwritten; genres by hand are noted already."""
    from genre_desktop.library.store.unsaved_results import write_unsaved

    results: list[tuple[TrackResult, ModelBundle]] = []
    added: dict[str, None] = {}
    for request in requests:
        match request:
            case SaveResults(some, bundle):
                results += [(result, bundle) for result in some]
            case AddToList(paths) | Arrange(paths):
                added.update(dict.fromkeys(paths))
            case RemoveFromList(None):
                added.clear()
            case RemoveFromList(paths) if paths is not None:
                added = {path: None for path in added if path not in paths}
    write_unsaved(store, results, added)


def _finish_bringing_back(store: ResultStore) -> None:
    try:
        store.finish_restoring()
    except Exception as error:  # it is there at the next start
        _log.warning("results cannot be brought back yet", exc_info=error)


def _forget_all(store: ResultStore) -> AllResultsDropped:
    try:
        return AllResultsDropped(store.drop_all_results(), None)
    except Exception as error:
        _log.warning("results cannot be forgotten", exc_info=error)
        return AllResultsDropped(None, _as_ours(error))


def _bring_back(store: ResultStore, aside: Path) -> BroughtBack:
    try:
        store.restore_results(aside)
    except Exception as error:
        _log.warning("results cannot be brought back", exc_info=error)
        return BroughtBack(aside, _as_ours(error))
    return BroughtBack(aside, None)


def _take_back(store: ResultStore, request: TakeBack, report: TaskContext) -> None:
    n_back = 0
    for some in batches(request.tracks, _AT_ONCE):
        identities = [identity for _, identity in some]
        n_back += store.undo_step(request.step, identities, request.bundle, is_redone=request.is_redone)
        rows = store.summaries_of([path for path, _ in some], request.bundle)
        report.partial(TakenBack(request.bundle, tuple(rows)))
    if request.step in store.incomplete_steps and n_back < len({identity for _, identity in request.tracks}):
        report.partial(TakenBack(request.bundle, (), is_lacking=True))


def _as_ours(error: Exception) -> GenreDesktopError:
    # Every question is answered: the window counts on it.
    return error if isinstance(error, GenreDesktopError) else InternalError(reason=f"{type(error).__name__}: {error}")
