"""A store that several threads and processes use: locks, a full disk, kills, and the check of its file."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import StorageError, StoreBusyError
from genre_desktop.library.store import connection as store_connection
from genre_desktop.library.store import shared_connection
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, prediction_of, refuses, result_of
from tests.unit.library.store.damaged_store import PAGE, fill, overwrite

BUNDLE = card_only()
REPOSITORY = Path(__file__).resolve().parents[4]


# --- locks ----------------------------------------------------------------------------------


def test_a_lock_that_is_held_too_long(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_connection, "BUSY_S", 0.1)
    with ResultStore.open(filled) as store, closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="Another program"):
            store.save(result_of(100), BUNDLE)
        # Reading goes on meanwhile.
        assert store.find_result("id-1", BUNDLE) is not None
        refuses(StoreBusyError, filled)
        other.execute("ROLLBACK")
        store.save(result_of(100), BUNDLE)
        assert store.find_result("id-100", BUNDLE) is not None


def test_a_file_that_is_held_exclusively_cannot_be_opened(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_connection, "BUSY_S", 0.1)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        refuses(StoreBusyError, filled)


def test_a_short_lock_is_waited_for(filled: Path) -> None:
    with (
        ResultStore.open(filled) as store,
        closing(sqlite3.connect(filled, isolation_level=None, check_same_thread=False)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
        timer.start()
        store.save(result_of(100), BUNDLE)
        timer.join()
        assert store.find_result("id-100", BUNDLE) is not None


# --- full disk ------------------------------------------------------------------------------


def test_a_full_disk_costs_later_results_alone(filled: Path) -> None:
    with ResultStore.open(filled) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        kept: list[int] = []
        with pytest.raises(StorageError, match="full"):
            for number in range(100, 1000):
                store.save(result_of(number, n_segments=400), BUNDLE)
                kept.append(number)
        # Nothing of it is there, not even the facts, which stand in the same transaction.
        failed = 100 + len(kept)
        assert store.find_facts(f"/music/{failed}.mp3", 1000 + failed, 10**18 + failed) is None
        for number in [*range(60), *kept]:
            assert store.find_result(f"id-{number}", BUNDLE) is not None
        with pytest.raises(StorageError):
            store.add_paths(f"/{'x' * 500}/{number}" for number in range(1000))
        store._connection.execute("PRAGMA max_page_count = 100000")
        store.save(result_of(failed), BUNDLE)
        assert store.find_result(f"id-{failed}", BUNDLE) is not None
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


FULL_DISK = """
import resource, sys
from pathlib import Path
from genre_desktop.core.errors import StorageError
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, result_of

resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
n_kept = 0
with ResultStore.open(Path(sys.argv[1])) as store:
    try:
        for number in range(10_000):
            store.save(result_of(number), card_only())
            n_kept += 1
    except StorageError as error:
        assert store.find_result("id-0", card_only()) is not None
        print(n_kept, error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX systems")
def test_writes_that_the_system_refuses(file: Path) -> None:
    # As on a full disk, the write-ahead log and the file itself cannot grow.
    done = subprocess.run([sys.executable, "-c", FULL_DISK, file], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    n_kept, code = done.stdout.split()
    assert code == "GD-502" and int(n_kept) > 20
    with ResultStore.open(file) as store:
        for number in range(int(n_kept)):
            assert store.find_result(f"id-{number}", BUNDLE) is not None
        store.save(result_of(20_000), BUNDLE)


# --- death and company ----------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, result_of

first = int(sys.argv[2])
with ResultStore.open(Path(sys.argv[1])) as store:
    for number in range(first, first + int(sys.argv[3])):
        store.save(result_of(number, n_segments=60), card_only())
        print(number, flush=True)
"""


def writer(file: Path, first: int, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, file, str(first), str(count)], cwd=REPOSITORY, stdout=subprocess.PIPE
    )


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
def test_nothing_that_was_saved_is_lost_by_a_kill(file: Path) -> None:
    rng = random.Random(3)
    saved: list[int] = []
    for _ in range(8):
        first = len(saved) and saved[-1] + 1000
        process = writer(file, first, 100_000)
        saved += [int(process.stdout.readline()) for _ in range(rng.randrange(1, 60))]
        process.send_signal(signal.SIGKILL)
        # A line may be cut where the kill struck; its result is there or not.
        saved += [int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith(b"\n")]
        process.stdout.close()
        process.wait()
    assert len(saved) > 100
    with ResultStore.open(file) as store:
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for number in saved:
            assert store.find_result(f"id-{number}", BUNDLE).prediction == prediction_of(number, n_segments=60)
            assert store.find_facts(f"/music/{number}.mp3", 1000 + number, 10**18 + number) is not None


def test_two_processes_write_one_new_file(file: Path) -> None:
    processes = [writer(file, first, 300) for first in (0, 10_000, 20_000)]
    for process in processes:
        out, _ = process.communicate()
        assert process.returncode == 0 and len(out.splitlines()) == 300
    with ResultStore.open(file) as store:
        numbers = [first + i for first in (0, 10_000, 20_000) for i in range(300)]
        found = list(store.results([f"/music/{number}.mp3" for number in numbers], BUNDLE))
        assert [result.prediction for result in found] == [prediction_of(n, n_segments=60) for n in numbers]


def test_threads_share_one_store(file: Path) -> None:
    problems: list[BaseException] = []

    def guarded(work: Callable[[], Any]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                problems.append(error)

        return run

    with ResultStore.open(file) as store:
        store.add_paths(f"/music/{number}.mp3" for number in range(600))

        def write(first: int) -> Iterator[None]:
            for number in range(first, first + 200):
                store.save(result_of(number), BUNDLE)
                store.set_by_hand([f"id-{number}"], "jazz")
            yield

        def read() -> None:
            for _ in range(5):
                assert sum(len(rows) for rows in store.summaries(BUNDLE, batch=50)) == 600

        work = [lambda first=first: list(write(first)) for first in (0, 200, 400)]
        threads = [threading.Thread(target=guarded(each)) for each in (*work, read, read)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []
        rows = [summary for batch in store.summaries(BUNDLE) for _, summary in batch]
        assert all(summary.genre == "blues" and summary.by_hand == "jazz" for summary in rows)


# --- check ----------------------------------------------------------------------------------


def test_a_cancelled_check_finds_no_damage(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_connection, "_STEPS", 1)
    fill(file)
    overwrite(file, file.stat().st_size // PAGE - 1)
    with ResultStore.open(file) as store:
        assert not store.is_intact()
        assert store.is_intact(lambda: True)
    with ResultStore.in_memory() as store:
        assert store.is_intact()
