"""Opening a store whose file is damaged, cut off or gone, and recovering one whose damage is found while in use."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.errors import (
    GenreDesktopError,
    StorageError,
    StoreBusyError,
    StoreDamagedError,
    StoreRescuedError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.connection import connect, translated_errors
from genre_desktop.library.store.result_store import FILE_NAME, ResultStore
from genre_desktop.library.store.salvage import Salvaged, may_be_store, migrations_of, salvage
from genre_desktop.library.store.schema import migrate
from genre_desktop.library.store.shared_connection import detached_reason
from genre_desktop.library.store.store_copy import mark_as_unsaved, merge_copy

_log = logging.getLogger(__name__)

_LOGS = ("-wal", "-journal")
_RECOVERING = threading.Lock()


def open_or_recover(path: Path | None = None) -> ResultStore:
    """Open the store; a damaged file is kept under another name, and what can be read of it is put into a new one.

    Returns
    -------
    ResultStore
        What was done, if anything, is in `ResultStore.recovery_notice`.

    Raises
    ------
    StoreDamagedError
        The damaged file could not be copied, or is another program's.
    StoreBusyError, StoreNewerError, StorageError
    """
    path = locations.user_data() / FILE_NAME if path is None else path
    try:
        was_there = path.exists() and path.stat().st_size > 0
    except OSError as error:  # such as a folder that may not be entered
        raise StorageError(path=path, reason=error.strerror or str(error)) from error
    is_behind = was_there and manual_genre_backup.is_newer_than(path)
    try:
        store = ResultStore.open(path)
    except StoreDamagedError as error:
        damaged, salvaged = _replace_damaged(path, error)
        store = ResultStore.open(path)
        store.recovery_notice = _damage_notice(store, salvaged, damaged)
    else:
        if (not was_there or is_behind) and (n := manual_genre_backup.restore(store)):
            reason = tr("what was written last was gone") if was_there else tr("the file was gone")
            store.recovery_notice = _notice(path, reason, Salvaged(0, n, 0))
    manual_genre_backup.try_apply_pending(store)
    return store


def recover_in_use(store: ResultStore) -> GenreDesktopError | None:
    """Put a new file in the place of a damaged one that is in use, or of one that was deleted meanwhile.

    Returns
    -------
    GenreDesktopError or None
        What was done, or why it could not be done. None for a store in memory, and where the file was damaged and
        replaced before: another thread has just done it, or it was damaged again, and replacing it does not help.
    """
    with _RECOVERING:
        path = store.path
        if path is None:
            return None
        if store.is_detached:
            return _attach(store, path)
        if store.was_recovered:
            return None
        store.was_recovered = True
        return _recover_damaged(store, path)


def _recover_damaged(store: ResultStore, path: Path) -> GenreDesktopError:
    found: list[tuple[Path, Salvaged]] = []
    problem = StoreDamagedError(path=path, reason=tr("a check failed"))
    try:
        store.reopen(lambda: found.append(_replace_damaged(path, problem)))
        damaged, salvaged = found[0]
        return _damage_notice(store, salvaged, damaged)
    except GenreDesktopError as error:
        return error


def _attach(store: ResultStore, path: Path) -> GenreDesktopError:
    """Merge what a detached store holds into the file at `path`, which is created where there is none, and open it."""
    copy: Path | None = None
    try:
        locations.private_folder(path.parent)
        copy = mark_as_unsaved(store.copy_beside(path))  # if the process ends meanwhile, the next start merges it
        if store.has_own_log or not path.exists():
            _delete_logs(path)
        with translated_errors(path), closing(connect(path)) as target:
            before = _row_counts(target)
            merge_copy(target, copy, is_whole=True)
            salvaged = Salvaged(*(now - was for now, was in zip(_row_counts(target), before, strict=True)))
        store.reopen(lambda: None)
    except OSError as error:
        return StorageError(path=path, reason=error.strerror or str(error))
    except GenreDesktopError as error:
        return error
    finally:
        if copy is not None:
            with contextlib.suppress(OSError):
                copy.unlink()
    return _notice(path, detached_reason(), salvaged)


def _row_counts(connection: sqlite3.Connection) -> list[int]:
    """Rows of the tables that `Salvaged` counts, in its order."""
    return [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("results", "by_hand", "list")
    ]


def _delete_logs(path: Path) -> None:
    """Delete the logs beside a file: SQLite would apply a log that belongs to another file to the new one."""
    for ending in (*_LOGS, "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _replace_damaged(path: Path, error: StoreDamagedError) -> tuple[Path, Salvaged]:
    """Copy a damaged file and replace it by a new one of what can be read; the path of the copy, and what was read.

    Raises
    ------
    StoreDamagedError
        The file is as it was.
    StoreBusyError
        Another program has it open.
    """
    if not may_be_store(path):
        raise error
    damaged = _free_name(path)
    new = path.with_name(f"{path.name}.new-{uuid.uuid4().hex}")
    is_read = False
    try:
        for ending in ("", *_LOGS):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(f"{path}{ending}", f"{damaged}{ending}")
        _require_alone(path)
        is_read = True
        with translated_errors(new), closing(connect(new, migrations_of(path))) as target:
            salvaged = salvage(path, target)
            migrate(target)
        _delete_logs(path)
        os.replace(new, path)
    except (OSError, GenreDesktopError) as problem:
        _log.warning("%s cannot be replaced: %s", path, problem)
        if is_read:  # reading may have changed the file
            _put_back(damaged, path)
        for ending in ("", *_LOGS, "-shm"):
            for leftover in (new, damaged):
                with contextlib.suppress(OSError):
                    os.unlink(f"{leftover}{ending}")
        if isinstance(problem, StoreBusyError):
            raise
        raise error from problem
    return damaged, salvaged


def _put_back(copy: Path, path: Path) -> None:
    """Move a copy and its logs to the place of the file."""
    for ending in ("", *_LOGS, "-shm"):
        with contextlib.suppress(OSError):
            if Path(f"{copy}{ending}").exists():
                os.replace(Path(f"{copy}{ending}"), Path(f"{path}{ending}"))
            elif ending:
                os.unlink(f"{path}{ending}")


def _require_alone(path: Path) -> None:
    """Refuse a file that another process has open: it would go on writing to the file that is replaced."""
    try:
        with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusyError(path=path) from error


def _free_name(path: Path) -> Path:
    when = time.strftime("%Y-%m-%d-%H%M%S")
    name = path.with_name(f"{path.stem}.damaged-{when}{path.suffix}")
    return name if not name.exists() else name.with_name(f"{name.stem}-{uuid.uuid4().hex[:6]}{path.suffix}")


def _damage_notice(store: ResultStore, salvaged: Salvaged, damaged: Path) -> StoreRescuedError:
    """Restore genres by hand from the backup; the notice of all that was recovered."""
    assert store.path is not None
    n = salvaged.n_by_hand + manual_genre_backup.restore(store)
    reason = tr("the file was damaged, and is kept as {name}", name=damaged.name)
    return _notice(store.path, reason, Salvaged(salvaged.n_results, n, salvaged.n_listed))


def _notice(path: Path, reason: str, salvaged: Salvaged) -> StoreRescuedError:
    return StoreRescuedError(
        path=path,
        reason=reason,
        results=salvaged.n_results,
        by_hand=salvaged.n_by_hand,
        listed=salvaged.n_listed,
    )
