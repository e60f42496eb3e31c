"""Results that could not be saved before the window was closed: a small store beside the real one.

The next start merges it into the real one (`ResultStore.finish_restoring`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.store_copy import UNSAVED
from genre_desktop.model.bundles.bundle import ModelBundle


def write_unsaved(store: ResultStore, results: Iterable[tuple[TrackResult, ModelBundle]], paths: Iterable[str]) -> None:
    """Write results, and paths that belong on the list, to a file beside the store; none beside one in memory.

    Raises
    ------
    StorageError
    """
    results, paths = [*results], [*paths]
    if store.path is None or not (results or paths):
        return
    name = f"{uuid.uuid4().hex}{store.path.suffix}"
    unfinished = store.path.with_name(f"{store.path.stem}.leaving-{name}")
    with ResultStore.open(unfinished) as unsaved:
        for result, bundle in results:
            unsaved.save(result, bundle)
        unsaved.add_paths(paths)
    unfinished.replace(store.path.with_name(f"{store.path.stem}{UNSAVED}{name}"))
