"""Ten thousand small files, some of them hopeless: does the engine finish, and does its memory stay flat?

Run with ``pytest tests/benchmarks/bench_many_files.py`` (Linux: memory is read from /proc).
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from genre_desktop.library.engine.engine import Engine, Limits
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.predictor import Predictor
from tests.benchmarks.support.many_files import write_many
from tests.support import engine_hooks


def peak_mb(pid: int) -> float:
    """Largest resident memory of a process so far."""
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


@contextmanager
def peaks_of(engine: Engine) -> Iterator[dict[int, float]]:
    """Peak memory of each decoding process that lives in the meantime."""
    found: dict[int, float] = {}
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.5):
            for decoder in list(engine._pool._decoders):
                with suppress(OSError, ValueError, StopIteration):  # it may end at this moment
                    pid = decoder.process.pid
                    if pid is not None:
                        found[pid] = peak_mb(pid)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield found
    finally:
        is_over.set()
        watcher.join()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("model", ["gtzan-musicnn"])
def test_many_files(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predictor = Predictor.load(find_bundle(model))
    with capsys.disabled():
        print(f"\n{model}: {peak_mb(os.getpid()):.0f} MB with the network loaded")
        for n in (1_000, 10_000):
            folder = tmp_path / str(n)
            expected = write_many(folder, n, random.Random(n))
            paths = sorted(str(path) for path in folder.rglob("*") if path.is_file())
            began = time.perf_counter()
            errors: Counter[str] = Counter()
            n_done = 0
            limits = Limits(silence_s=10.0)
            with (
                ResultStore.open(tmp_path / f"{n}.sqlite3") as store,
                Engine(hook=engine_hooks.fail_by_name, limits=limits) as engine,
                peaks_of(engine) as peaks,
            ):
                for result in engine.classify(PathQueue(paths), predictor, store=store):
                    n_done += 1
                    if result.error is not None:
                        assert result.error.message
                        errors[result.error.code] += 1
            seconds = time.perf_counter() - began
            assert n_done == n
            assert sum(errors.values()) == expected
            workers = f"{min(peaks.values()):.0f} to {max(peaks.values()):.0f} MB"
            print(f"  {n} files in {seconds:.0f} s, {n / seconds:.0f} files/s; failed: {dict(sorted(errors.items()))}")
            print(f"    peak memory: parent {peak_mb(os.getpid()):.0f} MB, {len(peaks)} decoding processes {workers}")
