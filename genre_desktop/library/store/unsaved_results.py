"""Results that could not be saved before the window was closed: a small store beside the real one.

They are those of a full disk, or all that was done while another program held the store from the start on.

The next start merges it into the real one (`ResultStore.finish_restoring`).
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import FILE_NAME, ResultStore
from genre_desktop.library.store.store_copy import UNSAVED
from genre_desktop.model.bundles.bundle import ModelBundle


def write_unsaved(
    store: ResultStore, results: Iterable[tuple[TrackResult, ModelBundle, int]], paths: Iterable[str]
) -> None:
    """Write results, and paths that belong on the list, to a file beside the store; none beside one in memory.

    Parameters
    ----------
    store : ResultStore
    results : iterable of (TrackResult, ModelBundle, int)
        Each with the time when it was made, as `ResultStore.save` has it.
    paths : iterable of str

    Raises
    ------
    StorageError
    """
    results, paths = [*results], [*paths]
    if store.path is None or not (results or paths):
        return
    with _file_beside(store.path) as unfinished, ResultStore.open(unfinished) as unsaved:
        for result, bundle, made_at in results:
            unsaved.save(result, bundle, made_at=made_at)
        unsaved.add_paths(paths)


def write_whole(store: ResultStore) -> None:
    """Write all that a store holds to a file beside the one that could not be opened, or is not the one in use.

    Raises
    ------
    OSError, StorageError
    """
    if not store.is_empty:
        path = locations.user_data() / FILE_NAME if store.path is None else store.path
        locations.private_folder(path.parent)
        with _file_beside(path) as unfinished:
            store.copy_to(unfinished)


@contextmanager
def _file_beside(path: Path) -> Iterator[Path]:
    """A name for a new file, which the next start merges if it is complete."""
    name = f"{uuid.uuid4().hex}{path.suffix}"
    unfinished = path.with_name(f"{path.stem}.leaving-{name}")
    yield unfinished
    finished = path.with_name(f"{path.stem}{UNSAVED}{name}")
    for ending in ("-wal", ""):  # a log is left where there was no room for its content when the file was closed
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{unfinished}{ending}", f"{finished}{ending}")
