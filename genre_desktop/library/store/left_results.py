"""What a store could not take before its window closed: a small store beside it, which the next start takes in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.set_aside import LEFT
from genre_desktop.model.bundles.bundle import ModelBundle


def leave(store: ResultStore, results: Iterable[tuple[TrackResult, ModelBundle]], paths: Iterable[str]) -> None:
    """Write down results and paths of the list for `ResultStore.finish_bringing_back`; of one in memory nothing.

    Raises
    ------
    StorageError
    """
    results, paths = [*results], [*paths]
    if store.path is None or not (results or paths):
        return
    name = f"{uuid.uuid4().hex}{store.path.suffix}"
    unfinished = store.path.with_name(f"{store.path.stem}.leaving-{name}")
    with ResultStore.open(unfinished) as left:
        for result, bundle in results:
            left.save(result, bundle)
        left.add_paths(paths)
    unfinished.replace(store.path.with_name(f"{store.path.stem}{LEFT}{name}"))
