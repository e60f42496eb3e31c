"""The work of the store worker: every access of the window to the result store, one request after the other."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import GenreDesktopError, InternalError, StorageError, StoreBusyError, StoreDamagedError
from genre_desktop.gui.session.store.manual_genres import ManualGenres
from genre_desktop.gui.session.store.messages import (
    AddToList,
    AllResultsDropped,
    ApplyPendingByHand,
    ByHandSaved,
    CheckStore,
    DropAllResults,
    DropUndone,
    ListPart,
    ListRead,
    OrderList,
    ReadByHand,
    ReadDetail,
    ReadList,
    ReadRows,
    RemoveFromList,
    RestoreAnswers,
    RestoreByHand,
    RestoreResults,
    ResultsRestored,
    RowsRead,
    SaveResults,
    SetByHand,
    StoreLocked,
    StoreOpened,
    StoreRepaired,
    UnwrittenChanges,
    WriteBackup,
    WriteUnwritten,
)
from genre_desktop.library.store.shared_connection import batches
from genre_desktop.library.store.store_copy import delete_copies

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.result import TrackResult
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_log = logging.getLogger(__name__)

_WRITES = (AddToList, RemoveFromList, OrderList, SetByHand, RestoreByHand, SaveResults, RestoreAnswers, DropUndone)
_BATCH = 500
_TRY_AGAIN_S = 0.5

LOCKED_S = 60.0
"""How long the start waits for another program that has locked the store."""

_WRITE_ERRORS = (StoreBusyError, StorageError, StoreDamagedError)


class StoreTask:
    """Answers the requests of `messages`.

    Changes that cannot be written, as another program has locked the store or the disk is full, are written as soon
    as possible, in their order. Genres by hand among them are noted beside the store at once.

    Parameters
    ----------
    open_store : callable
        Opens the store; where it fails, a store in memory takes its place.
    """

    def __init__(self, open_store: Callable[[], ResultStore]) -> None:
        self._open_store = open_store
        self._store: ResultStore | None = None
        self._is_closing = threading.Event()
        self._unwritten: deque[object] = deque()
        self._manual_genres = ManualGenres()
        self._has_unwritten = False

    def __call__(self, request: object, context: TaskContext) -> object:
        store = self._open(context)
        if isinstance(request, _WRITES) or (isinstance(request, ReadRows | ReadByHand) and self._unwritten):
            self._unwritten.append(request)
            self._has_unwritten |= isinstance(request, SaveResults)  # as the session has it, too
        elif isinstance(request, WriteUnwritten):
            with contextlib.suppress(*_WRITE_ERRORS):  # reported when it occurred first
                return self._write_unwritten(store, context)
            return None
        else:
            return self._answer_repairing(store, request, context)
        return self._write_unwritten(store, context)

    def _write_unwritten(self, store: ResultStore, context: TaskContext) -> object:
        """Write the unwritten changes, and return the answer to the last of them."""
        answer = None
        while self._unwritten:
            if answer is not None:
                context.partial(answer)
            request = self._unwritten[0]
            try:
                answer = self._answer_repairing(store, request, context)
            except _WRITE_ERRORS:
                self._has_unwritten = True
                context.partial(UnwrittenChanges(True))
                self._manual_genres.note_unwritten(store, self._unwritten)
                raise
            except BaseException:
                self._unwritten.popleft()
                raise
            self._unwritten.popleft()
        if self._has_unwritten:
            self._has_unwritten = False
            self._manual_genres.drop_note(store)
            context.partial(UnwrittenChanges(False))
        return answer

    def _queue_pending_genres(self, store: ResultStore, context: TaskContext) -> None:
        """Queue the genres by hand that an earlier window could not store before those of this one."""
        from genre_desktop.library.store import manual_genre_backup

        if manual_genre_backup.has_pending(store):
            self._unwritten.append(ApplyPendingByHand())
            self._has_unwritten = True
            context.partial(UnwrittenChanges(True))

    def _answer_repairing(self, store: ResultStore, request: object, context: TaskContext) -> object:
        try:
            return self._answer(store, request, context)
        except StoreDamagedError:
            if (repaired := _repair(store)) is not None:
                context.partial(repaired)
            return self._answer(store, request, context, is_last_try=True)

    def _answer(
        self, store: ResultStore, request: object, context: TaskContext, *, is_last_try: bool = False
    ) -> object:
        match request:
            case ReadList():
                return self._read_list(store, request, context, is_last_try)
            case ReadDetail(path, bundle):
                return store.result(path, bundle)
            case DropAllResults(revision):
                return _drop_all_results(store, revision)
            case RestoreResults(aside):
                return _restore_results(store, aside)
            case CheckStore():
                return self._check(store)
            case WriteBackup():
                from genre_desktop.library.store import manual_genre_backup

                manual_genre_backup.write(store)
            case ApplyPendingByHand():
                return self._manual_genres.apply_pending(store)
            case SaveResults(results, bundle, made_at):
                for number, result in enumerate(results):
                    store.save(result, bundle, made_at=made_at)
                    context.progress(number / len(results))
            case DropUndone(step):
                store.drop_undone(step)
            case RestoreAnswers():
                _restore_answers(store, request, context)
            case ReadRows(paths, bundle, revision):
                for some in batches(paths, _BATCH):
                    context.partial(RowsRead(bundle, tuple(store.summaries_of(some, bundle)), revision))
            case AddToList(paths):
                store.add_paths(paths)
            case OrderList(paths):
                store.arrange_paths(paths)
            case RemoveFromList(None):
                store.clear_paths()
            case RemoveFromList(paths) if paths is not None:
                store.remove_paths(paths)
            case ReadByHand(identity):
                return ByHandSaved({identity: store.find_by_hand(identity)})
            case SetByHand():
                return self._manual_genres.set(store, request, context)
            case RestoreByHand():
                return self._manual_genres.restore(store, request)
        return None

    def stop_reading(self) -> None:
        """End all reading, so that the writing that is left need not wait for it; for any thread."""
        self._is_closing.set()

    def close(self) -> None:
        """Close the store, once the worker's thread has ended."""
        store, self._store = self._store, None
        if store is not None:
            try:
                _leave_unwritten(store, self._unwritten)
            except (GenreDesktopError, OSError) as error:  # the question before quitting said so
                _log.warning("what could not be kept cannot be left for the next start: %s", error)
            path = store.path
            store.close()
            delete_copies(path)

    def _open(self, context: TaskContext) -> ResultStore:
        if self._store is None:
            problem = None
            try:
                self._store = self._open_waiting(context)
            except Exception as error:  # whatever it is: the window works without a store
                _log.warning("the store cannot be opened", exc_info=error)
                problem = _typed_error(error)
                self._store = _memory_store()
            context.partial(StoreOpened(self._store, problem))
            _finish_restoring(self._store)
            delete_copies(self._store.path)  # set aside by a window that was killed
            if self._store.recovery_notice is not None:
                context.partial(StoreRepaired(self._store.recovery_notice))
            self._queue_pending_genres(self._store, context)
        return self._store

    def _open_waiting(self, context: TaskContext) -> ResultStore:
        """Open the store. If another program has locked it, wait: what is done without a store is lost."""
        until = time.monotonic() + LOCKED_S
        while True:
            try:
                return self._open_store()
            except StoreBusyError:
                if time.monotonic() >= until or self._is_closing.wait(_TRY_AGAIN_S):
                    raise
                if not self._has_unwritten:
                    self._has_unwritten = True
                    context.partial(StoreLocked())
                    context.partial(UnwrittenChanges(True))

    def _read_list(self, store: ResultStore, request: ReadList, context: TaskContext, is_last_try: bool) -> ListRead:
        bundle = request.bundle
        try:
            is_new = store.has_other_results_only(bundle)
            for rows in store.summaries(bundle):
                if self._is_closing.is_set():
                    break
                context.partial(ListPart(bundle, tuple(rows), request.revision))
        except Exception as error:
            if isinstance(error, StoreDamagedError) and not is_last_try:
                raise
            _log.warning("the list cannot be read", exc_info=error)
            return ListRead(bundle, _typed_error(error))
        return ListRead(bundle, has_other_results_only=is_new)

    def _check(self, store: ResultStore) -> StoreRepaired | None:
        return None if store.is_intact(self._is_closing.is_set) else _repair(store)


def _repair(store: ResultStore) -> StoreRepaired | None:
    from genre_desktop.library.store.recovery import recover_in_use

    news = recover_in_use(store)
    return None if news is None else StoreRepaired(news)


def _memory_store() -> ResultStore:
    """A store that is lost at the end, but for the genres by hand: they are pending for the next one that opens."""
    from genre_desktop.library.store import manual_genre_backup
    from genre_desktop.library.store.result_store import ResultStore

    store = ResultStore.in_memory()
    manual_genre_backup.try_apply_pending(store)
    return store


def _leave_unwritten(store: ResultStore, requests: Iterable[object]) -> None:
    """Leave unwritten results and paths to the next start; genres by hand are noted already."""
    from genre_desktop.library.store.unsaved_results import write_unsaved, write_whole

    if store.is_detached:
        _repair(store)
    if store.path is None or store.is_detached:
        write_whole(store)
    if store.path is None:
        return
    results: list[tuple[TrackResult, ModelBundle, int]] = []
    added: dict[str, None] = {}
    for request in requests:
        match request:
            case SaveResults(some, bundle, made_at):
                results += [(result, bundle, made_at) for result in some]
            case AddToList(paths) | OrderList(paths):
                added.update(dict.fromkeys(paths))
            case RemoveFromList(None):
                added.clear()
            case RemoveFromList(paths) if paths is not None:
                added = {path: None for path in added if path not in paths}
    write_unsaved(store, results, added)


def _finish_restoring(store: ResultStore) -> None:
    try:
        store.finish_restoring()
    except Exception as error:  # tried again at the next start
        _log.warning("results cannot be brought back yet", exc_info=error)


def _drop_all_results(store: ResultStore, revision: int) -> AllResultsDropped:
    try:
        return AllResultsDropped(store.drop_all_results(), None, revision)
    except Exception as error:
        _log.warning("results cannot be forgotten", exc_info=error)
        return AllResultsDropped(None, _typed_error(error), revision)


def _restore_results(store: ResultStore, aside: Path) -> ResultsRestored:
    try:
        store.restore_results(aside)
    except Exception as error:
        _log.warning("results cannot be brought back", exc_info=error)
        return ResultsRestored(aside, _typed_error(error))
    return ResultsRestored(aside, None)


def _restore_answers(store: ResultStore, request: RestoreAnswers, context: TaskContext) -> None:
    n_back = 0
    for some in batches(request.tracks, _BATCH):
        identities = [identity for _, identity in some]
        n_back += store.undo_step(
            request.step, identities, request.bundle, is_redone=request.is_redone, until=request.until
        )
        rows = store.summaries_of([path for path, _ in some], request.bundle)
        context.partial(RowsRead(request.bundle, tuple(rows), request.revision))
    if request.step in store.incomplete_steps and n_back < len({identity for _, identity in request.tracks}):
        context.partial(RowsRead(request.bundle, (), request.revision, is_incomplete=True))


def _typed_error(error: Exception) -> GenreDesktopError:
    # Every request has an answer: the session counts them.
    return error if isinstance(error, GenreDesktopError) else InternalError(reason=f"{type(error).__name__}: {error}")
