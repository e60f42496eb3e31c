"""The backup of genres set by hand: a small file beside the store, which outlives it.

What a model made can be made again. What a person said cannot.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from pathlib import Path

from genre_desktop import locations
from genre_desktop.bounded_json import read_json
from genre_desktop.errors import GenreDesktopError
from genre_desktop.library.replacing import replacing
from genre_desktop.library.store import ResultStore

_log = logging.getLogger(__name__)

_NAMES = ("genres-by-hand.json", "genres-by-hand.1.json", "genres-by-hand.2.json")
"""The present one, and those of the last days on which something was changed."""

_PENDING = "genres-by-hand.pending.json"
"""What was set while the store could not be opened."""

_FORMAT = 1
_MOST_BYTES = 64 << 20
_MOST_VALUES = 2_000_000


def write(store: ResultStore) -> None:
    """Write what a store has of genres by hand; of one in memory, for the next that can be opened.

    Raises
    ------
    StorageError
        The backup that was there is as it was.
    """
    known = store.all_by_hand()
    if store.path is None and not known:
        return
    genres = [{"identity": identity, "genre": genre, "file": path} for identity, genre, path in known]
    data = json.dumps({"format": _FORMAT, "genres": genres}, indent=1).encode()
    target = locations.user_data() / _PENDING if store.path is None else store.path.parent / _NAMES[0]
    with contextlib.suppress(OSError):
        if target.read_bytes() == data:
            return
    if store.path is not None:
        _turn_over(store.path.parent)
    with replacing(target) as file:
        file.write(data)


def take_pending(store: ResultStore) -> None:
    """Give a store what was set by hand while it could not be opened."""
    if store.path is None:
        return
    pending = store.path.parent / _PENDING
    try:
        pairs = _read(pending)
        for genre in {genre for _, genre in pairs}:
            store.set_by_hand([identity for identity, given in pairs if given == genre], genre)
        pending.unlink()
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError, GenreDesktopError) as error:
        _log.warning("%s is not taken over yet: %s", pending, error)


def restore(store: ResultStore) -> int:
    """Give a store the genres by hand that it lacks; how many there were."""
    if store.path is None:
        return 0
    for name in _NAMES:
        backup = store.path.parent / name
        try:
            pairs = _read(backup)
        except FileNotFoundError:
            continue
        except (OSError, ValueError, TypeError, KeyError) as error:
            _log.warning("the backup %s cannot be read: %s", backup, error)
            continue
        return store.add_by_hand(pairs)
    return 0


def _read(path: Path) -> list[tuple[str, str]]:
    content = read_json(path, max_bytes=_MOST_BYTES, max_values=_MOST_VALUES)
    if content["format"] != _FORMAT:
        raise ValueError(f"its format is {content['format']!r:.20}")
    pairs = [(entry["identity"], entry["genre"]) for entry in content["genres"]]
    if not all(isinstance(text, str) for pair in pairs for text in pair):
        raise ValueError("a genre or an identity is no text")
    return pairs


def _turn_over(folder: Path) -> None:
    """Keep the last one of an earlier day."""
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
