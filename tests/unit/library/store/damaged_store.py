"""A filled store for the tests of its recovery: damage to its file, and what is left in it."""

from __future__ import annotations

import random
from pathlib import Path

from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover, recover_in_use
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, prediction_of, result_of

BUNDLE = card_only()
N = 400
N_BY_HAND = 60
PAGE = 4096


def fill(path: Path) -> Path:
    """Make a store with N results on its list, N_BY_HAND genres by hand and a backup of these."""
    with ResultStore.open(path) as store:
        for number in range(N):
            store.save(result_of(number), BUNDLE)
        store.add_paths(f"/music/{number}.mp3" for number in range(N))
        store.set_by_hand((f"id-{number}" for number in range(N_BY_HAND)), "zydeco")
        manual_genre_backup.write(store)
    return path


def n_right(store: ResultStore) -> int:
    """How many answers are as they were; none may be another one."""
    found = [store.find_result(f"id-{number}", BUNDLE) for number in range(N)]
    right = [one is not None and one.prediction == prediction_of(number) for number, one in enumerate(found)]
    return sum(right)


def n_by_hand(store: ResultStore) -> int:
    return sum(store.find_by_hand(f"id-{number}") == "zydeco" for number in range(N_BY_HAND))


def use(path: Path) -> ResultStore:
    """Open as the window does, whole check included."""
    store = open_or_recover(path)
    if not store.is_intact():
        store.recovery_notice = recover_in_use(store)
    return store


def overwrite(path: Path, page: int, content: bytes | None = None) -> None:
    with path.open("r+b") as opened:
        opened.seek(page * PAGE)
        opened.write(content or random.Random(page).randbytes(PAGE))
