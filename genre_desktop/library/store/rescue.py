"""Opening the store whatever has become of its file: damaged, cut off or gone."""

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
from genre_desktop.library.store import manual_genre_backup as by_hand_backup
from genre_desktop.library.store.connection import connect, translated_errors
from genre_desktop.library.store.result_store import FILE_NAME, ResultStore
from genre_desktop.library.store.salvage import Salvaged, is_ours, salvage
from genre_desktop.library.store.set_aside import bring_back, mark_wanted
from genre_desktop.library.store.shared_connection import adrift

_log = logging.getLogger(__name__)

_LOGS = ("-wal", "-journal")
_MENDING = threading.Lock()


def open_rescued(path: Path | None = None) -> ResultStore:
    """Open the store; a damaged file is set aside, and what can be read of it taken over.

    Returns
    -------
    ResultStore
        Its `news` says what had to be done, if anything.

    Raises
    ------
    StoreDamagedError
        Nothing could be set aside, or the file is another program's.
    StoreBusyError, StoreNewerError, StorageError
    """
    path = locations.user_data() / FILE_NAME if path is None else path
    was_there = path.exists() and path.stat().st_size > 0
    is_behind = was_there and by_hand_backup.is_ahead(path)
    try:
        store = ResultStore.open(path)
    except StoreDamagedError as error:
        aside, salvaged = _replace(path, error)
        store = ResultStore.open(path)
        store.news = _tell(store, salvaged, aside)
    else:
        if (not was_there or is_behind) and (n := by_hand_backup.restore(store)):
            reason = tr("what was written last was gone") if was_there else tr("the file was gone")
            store.news = _news(path, reason, Salvaged(0, n, 0))
    by_hand_backup.take_pending(store)
    return store


def mend_once(store: ResultStore) -> GenreDesktopError | None:
    """Put a new file in the place of a damaged one that is in use, or of one that was deleted meanwhile.

    Returns
    -------
    GenreDesktopError or None
        What had to be done, or why it could not be. None where there is no file, and where it has been done before:
        another thread has been faster, or what is damaged again at once has another cause.
    """
    with _MENDING:
        path = store.path
        if path is None:
            return None
        if store.is_adrift:
            return _land(store, path)
        if store.was_mended:
            return None
        store.was_mended = True
        return _mend(store, path)


def _mend(store: ResultStore, path: Path) -> GenreDesktopError:
    found: list[tuple[Path, Salvaged]] = []
    try:
        store.reopen(lambda: found.append(_replace(path, StoreDamagedError(path=path, reason=tr("a check failed")))))
        aside, salvaged = found[0]
        return _tell(store, salvaged, aside)
    except GenreDesktopError as error:
        return error


def _land(store: ResultStore, path: Path) -> GenreDesktopError:
    """Take all that is in use over to the file that is to hold it, whether another one is there by now or none."""
    copy: Path | None = None
    try:
        locations.private_folder(path.parent)
        copy = mark_wanted(store.copied(path))  # whoever is ended meanwhile has it at the next start
        if store.has_own_log or not path.exists():
            _drop_logs(path)
        with translated_errors(path), closing(connect(path)) as target:
            before = _numbers(target)
            bring_back(target, copy, is_whole=True)
            salvaged = Salvaged(*(now - was for now, was in zip(_numbers(target), before, strict=True)))
        store.reopen(lambda: None)
    except OSError as error:
        return StorageError(path=path, reason=error.strerror or str(error))
    except GenreDesktopError as error:
        return error
    finally:
        if copy is not None:
            with contextlib.suppress(OSError):
                copy.unlink()
    return _news(path, adrift(), salvaged)


def _numbers(connection: sqlite3.Connection) -> list[int]:
    return [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("results", "by_hand", "list")
    ]


def _drop_logs(path: Path) -> None:
    """A log that belongs to another file would be played into the new one."""
    for ending in (*_LOGS, "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _replace(path: Path, error: StoreDamagedError) -> tuple[Path, Salvaged]:
    """Set a damaged file aside and make a new one of what can be read; where it went, and what was read.

    Raises
    ------
    StoreDamagedError
        It is as it was.
    StoreBusyError
        Another program works with it.
    """
    if not is_ours(path):
        raise error
    aside = _free_name(path)
    new = path.with_name(f"{path.name}.new-{uuid.uuid4().hex}")
    is_read = False
    try:
        for ending in ("", *_LOGS):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(f"{path}{ending}", f"{aside}{ending}")
        _require_alone(path)
        is_read = True
        with translated_errors(new), closing(connect(new)) as target:
            salvaged = salvage(path, target)
        _drop_logs(path)
        os.replace(new, path)
    except (OSError, GenreDesktopError) as problem:
        _log.warning("%s cannot be replaced: %s", path, problem)
        if is_read:  # which has changed it
            _put_back(aside, path)
        for ending in ("", *_LOGS, "-shm"):
            for leftover in (new, aside):
                with contextlib.suppress(OSError):
                    os.unlink(f"{leftover}{ending}")
        if isinstance(problem, StoreBusyError):
            raise
        raise error from problem
    return aside, salvaged


def _put_back(aside: Path, path: Path) -> None:
    """Let a file be what the copy of it is, its logs with it."""
    for ending in ("", *_LOGS, "-shm"):
        with contextlib.suppress(OSError):
            if Path(f"{aside}{ending}").exists():
                os.replace(Path(f"{aside}{ending}"), Path(f"{path}{ending}"))
            elif ending:
                os.unlink(f"{path}{ending}")


def _require_alone(path: Path) -> None:
    """Refuse a file that another process has open: its writes would go to the one set aside."""
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


def _tell(store: ResultStore, salvaged: Salvaged, aside: Path) -> StoreRescuedError:
    assert store.path is not None
    n = salvaged.n_by_hand + by_hand_backup.restore(store)
    reason = tr("the file was damaged, and is kept as {name}", name=aside.name)
    return _news(store.path, reason, Salvaged(salvaged.n_results, n, salvaged.n_listed))


def _news(path: Path, reason: str, salvaged: Salvaged) -> StoreRescuedError:
    return StoreRescuedError(
        path=path,
        reason=reason,
        results=salvaged.n_results,
        by_hand=salvaged.n_by_hand,
        listed=salvaged.n_listed,
    )
