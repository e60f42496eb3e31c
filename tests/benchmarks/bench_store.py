"""The result store at a hundred thousand tracks: saved, looked up, listed, exported.

Run with ``pytest tests/benchmarks/bench_store.py -s``. Each track has the facts of a tagged file and a
prediction of ten genres from eight spread patches, as an ordinary run leaves it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import DecoderCrashedError
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.files.identity import identify
from genre_desktop.library.result import FileFacts, TrackResult
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.prediction import Prediction, Segment
from tests.support.stored_results import card_only

N_TRACKS = 100_000
LABELS = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock")
BUNDLE = card_only("bench", labels=list(LABELS))


def path_of(number: int) -> str:
    return f"/home/someone/Music/Artist {number // 120:04}/Album {number // 12:05}/{number % 12 + 1:02} Title.mp3"


def results() -> Iterator[TrackResult]:
    rng = np.random.default_rng(4)
    for number in range(N_TRACKS):
        p = rng.dirichlet(np.full(10, 0.3))
        best = LABELS[int(p.argmax())]
        facts = FileFacts(
            size=7_000_000 + number,
            mtime_ns=1_700_000_000_000_000_000 + number,
            identity=f"{7_000_000 + number:x}-{number:032x}",
            title=f"Title {number}",
            artist=f"Artist {number // 120}",
            album=f"Album {number // 12}",
            tagged_genres=(best.title(),),
        )
        path = Path(path_of(number))
        if number % 100 == 0:
            yield TrackResult(path, None, DecoderCrashedError(path=str(path), reason="signal 11"), "bench", facts)
            continue
        prediction = Prediction(
            genre=best,
            confidence=float(p.max()),
            probabilities=dict(zip(LABELS, map(float, p), strict=True)),
            segments=tuple(Segment(i * 30.1, i * 30.1 + 5.3, best, float(p.max())) for i in range(8)),
            duration_s=240.0 + number / 7,
            model="bench",
            reasons=("7 of 8 segments sound most like jazz.", "Parts spread over the track were listened to."),
            is_complete=False,
        )
        yield TrackResult(path, prediction, None, "bench", facts)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of all tracks; making it is the first figure."""
    file = tmp_path_factory.mktemp("store") / "library.sqlite3"
    ready = list(results())
    with ResultStore.open(file) as store:
        begun = time.perf_counter()
        store.add_paths(map(path_of, range(N_TRACKS)))
        told("put on the list", begun)
        begun = time.perf_counter()
        slowest = 0.0
        for result in ready:
            at = time.perf_counter()
            store.save(result, BUNDLE)
            slowest = max(slowest, time.perf_counter() - at)
        told("saved, one transaction each", begun)
        print(f"  slowest save {1000 * slowest:.1f} ms")
    print(f"  file {file.stat().st_size / 1e6:.0f} MB, {file.stat().st_size / N_TRACKS:.0f} bytes a track")
    return file


def told(what: str, begun: float, n: int = N_TRACKS) -> None:
    seconds = time.perf_counter() - begun
    print(f"\n{what}: {n} in {seconds:.2f} s, {n / seconds:.0f} a second")


def test_open(file: Path) -> None:
    for _ in range(3):
        begun = time.perf_counter()
        ResultStore.open(file).close()
        print(f"\nopened and closed in {1000 * (time.perf_counter() - begun):.1f} ms")
    with closing(sqlite3.connect(file)) as connection:
        for check in ("quick_check", "integrity_check"):
            begun = time.perf_counter()
            assert connection.execute(f"PRAGMA {check}").fetchone() == ("ok",)
            print(f"for comparison, {check} in {time.perf_counter() - begun:.2f} s")


def test_look_up(file: Path) -> None:
    with ResultStore.open(file) as store:
        begun = time.perf_counter()
        for number in range(N_TRACKS):
            facts = store.find_facts(path_of(number), 7_000_000 + number, 1_700_000_000_000_000_000 + number)
            assert facts is not None
        told("facts found", begun)
        begun = time.perf_counter()
        for number in range(N_TRACKS):
            assert store.find_result(f"{7_000_000 + number:x}-{number:032x}", BUNDLE) is not None
        told("full results found", begun)


def test_list(file: Path) -> None:
    with ResultStore.open(file) as store:
        for bundle, what in ((BUNDLE, "listed with results"), (card_only("other"), "listed with facts alone")):
            begun = time.perf_counter()
            first, longest = 0.0, 0.0
            n, at = 0, begun
            for rows in store.summaries(bundle):
                n += len(rows)
                now = time.perf_counter()
                first, longest = first or now - begun, max(longest, now - at)
                at = now
            assert n == N_TRACKS
            told(what, begun)
            print(f"  first batch after {1000 * first:.1f} ms, longest batch {1000 * longest:.1f} ms")


def test_export(file: Path) -> None:
    with ResultStore.open(file) as store:
        begun = time.perf_counter()
        assert sum(1 for _ in store.results(map(path_of, range(N_TRACKS)), BUNDLE)) == N_TRACKS
        told("read in full", begun)


def test_save_while_listing(file: Path) -> None:
    again = [result for _, result in zip(range(5000), results(), strict=False)]
    with ResultStore.open(file) as store:
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                for _ in store.summaries(BUNDLE):
                    if done.is_set():
                        break

        reader = threading.Thread(target=read)
        reader.start()
        waits = []
        begun = time.perf_counter()
        for result in again:
            at = time.perf_counter()
            store.save(result, BUNDLE)
            waits.append(time.perf_counter() - at)
        told("saved while another thread lists", begun, len(again))
        done.set()
        reader.join()
        print(f"  median {1e6 * np.median(waits):.0f} us, slowest {1000 * max(waits):.1f} ms")


def test_by_hand_and_forget(file: Path) -> None:
    with ResultStore.open(file) as store:
        begun = time.perf_counter()
        store.set_by_hand((f"{7_000_000 + number:x}-{number:032x}" for number in range(N_TRACKS)), "jazz")
        told("given a genre by hand", begun)
        begun = time.perf_counter()
        manual_genre_backup.write(store)
        told("backed up", begun)
        begun = time.perf_counter()
        assert store.is_intact()
        told("checked", begun)
        begun = time.perf_counter()
        store.arrange_paths(map(path_of, range(N_TRACKS)))
        told("arranged", begun)
        begun = time.perf_counter()
        aside = store.drop_all_results()
        told("forgotten", begun)
        assert aside is not None
        begun = time.perf_counter()
        store.restore_results(aside)
        told("brought back", begun)


def test_identify(tmp_path: Path) -> None:
    n, size = 300, 6_000_000
    block = os.urandom(size)
    paths = []
    for number in range(n):
        paths.append(tmp_path / f"{number}.bin")
        paths[-1].write_bytes(number.to_bytes(4, "big") + block)
    begun = time.perf_counter()
    assert len({identify(path) for path in paths}) == n
    told("identified (in the page cache)", begun, n)
    begun = time.perf_counter()
    for path in paths:
        read_facts(path)
    told("looked at (no tags)", begun, n)
