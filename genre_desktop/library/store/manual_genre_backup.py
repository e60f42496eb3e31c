"""Genres set by hand in small JSON files beside the store: a backup, and changes that the store could not take.

The results of a model can be computed again; what a person entered is lost with the store unless it is elsewhere, too.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.untrusted.bounded_json import read_json
from genre_desktop.library.files.atomic_write import atomic_write
from genre_desktop.library.store.result_store import ResultStore

_log = logging.getLogger(__name__)

_NAMES = ("genres-by-hand.json", "genres-by-hand.1.json", "genres-by-hand.2.json")
"""The newest backup, and those of the last days on which something was changed."""

_PENDING = "genres-by-hand.pending.json"
"""What was set or removed while the store could not be opened or written."""

_FORMAT = 1
_MOST_BYTES = 64 << 20
_MOST_VALUES = 2_000_000


def write(store: ResultStore) -> None:
    """Back up the genres by hand of a store; those of one in memory are written as pending changes.

    Raises
    ------
    StorageError
        The earlier backup is then unchanged.
    """
    known = store.all_by_hand()
    target = _pending(store) if store.path is None else store.path.parent / _NAMES[0]
    if store.path is None and not known and not target.exists():
        return
    removed: list[tuple[str, str | None, str | None]] = []
    if store.path is None:  # what an earlier window could not remove is not in it, and is still to be removed
        kept = {identity for identity, _, _ in known}
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            removed = [(each, None, None) for each, genre in _read(target) if genre is None and each not in kept]
    data = _packed([*known, *removed])
    with contextlib.suppress(OSError):
        if target.read_bytes() == data:
            return
    if store.path is not None:
        _rotate(store.path.parent)
    with atomic_write(target) as file:
        file.write(data)


def write_pending(
    store: ResultStore, changes: Mapping[str, str | None], *, skip: Container[str] = ()
) -> dict[str, str | None]:
    """Add changes that a store cannot take now to the pending ones.

    Parameters
    ----------
    store : ResultStore
    changes : mapping of str to str or None
        Genres by identity; None removes one.
    skip : container of str
        Identities of earlier pending changes to drop.

    Returns
    -------
    dict of str to str or None
        Earlier pending changes in whose place there are others now.

    Raises
    ------
    StorageError
    """
    target = _pending(store)
    known: dict[str, str | None] = {}
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        known.update((identity, genre) for identity, genre in _read(target) if identity not in skip)
    replaced = {identity: genre for identity, genre in known.items() if identity in changes}
    known.update(changes)
    with atomic_write(target) as file:
        file.write(_packed((identity, genre, None) for identity, genre in known.items()))
    return replaced


def try_apply_pending(store: ResultStore) -> None:
    """Apply the pending changes to a store; an error is logged, and they stay pending."""
    try:
        apply_pending(store)
    except GenreDesktopError as error:
        _log.warning("what was set by hand before is not taken over yet: %s", error)


def has_pending(store: ResultStore) -> bool:
    """Whether there are changes that a store has not taken yet."""
    return store.path is not None and _pending(store).exists()


def apply_pending(store: ResultStore, *, skip: Container[str] = ()) -> dict[str, str | None]:
    """Apply to a store what was set by hand while it could not be opened or written.

    Then the file of pending changes is deleted, unless the store is one in memory.

    Parameters
    ----------
    store : ResultStore
    skip : container of str
        Identities whose pending change is older than what the store has.

    Returns
    -------
    dict of str to str or None
        Genres by identity; None where one was removed.

    Raises
    ------
    StoreBusyError, StoreDamagedError, StorageError
        The changes stay pending.
    """
    pending = _pending(store)
    try:
        genres = {identity: genre for identity, genre in _read(pending) if identity not in skip}
        for genre in set(genres.values()):
            store.set_by_hand([identity for identity, given in genres.items() if given == genre], genre)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("%s cannot be read: %s", pending, error)
        return {}
    if store.path is not None:
        if None in genres.values():
            write(store)  # otherwise what was removed would be restored from the backup
        with contextlib.suppress(OSError):
            pending.unlink()
    return genres


def is_newer_than(store: Path) -> bool:
    """Whether the backup is newer than a store's file.

    What was last written to the store is then in its write-ahead log, or is lost with that: SQLite reports no error for
    a log that was deleted, cut off or damaged.
    """
    try:
        return (store.parent / _NAMES[0]).stat().st_mtime_ns > store.stat().st_mtime_ns
    except OSError:
        return False


def restore(store: ResultStore) -> int:
    """Set the genres by hand of the backup that a store lacks; how many there were."""
    if store.path is None:
        return 0
    for name in _NAMES:
        backup = store.path.parent / name
        try:
            return store.add_by_hand((identity, genre) for identity, genre in _read(backup) if genre is not None)
        except FileNotFoundError:
            continue
        except (OSError, ValueError, TypeError, KeyError) as error:
            _log.warning("the backup %s cannot be read: %s", backup, error)
    return 0


def _pending(store: ResultStore) -> Path:
    return (locations.user_data() if store.path is None else store.path.parent) / _PENDING


def _packed(known: Iterable[tuple[str, str | None, str | None]]) -> bytes:
    genres = [{"identity": identity, "genre": genre, "file": path} for identity, genre, path in known]
    return json.dumps({"format": _FORMAT, "genres": genres}, indent=1).encode()


def _read(path: Path) -> list[tuple[str, str | None]]:
    content = read_json(path, max_bytes=_MOST_BYTES, max_values=_MOST_VALUES)
    if content["format"] != _FORMAT:
        raise ValueError(f"its format is {content['format']!r:.20}")
    pairs = [(entry["identity"], entry["genre"]) for entry in content["genres"]]
    if not all(isinstance(identity, str) and isinstance(genre, str | None) for identity, genre in pairs):
        raise ValueError("a genre or an identity is no text")
    return pairs


def _rotate(folder: Path) -> None:
    """Rename the backups, so that the last one of each earlier day is kept."""
    newest = folder / _NAMES[0]
    try:
        is_of_today = time.localtime(newest.stat().st_mtime)[:3] == time.localtime()[:3]
        if is_of_today:
            return
        for older, name in zip(_NAMES[:0:-1], _NAMES[-2::-1], strict=True):
            if (folder / name).exists():
                os.replace(folder / name, folder / older)
    except OSError as error:
        _log.info("no earlier backup is kept: %s", error)
