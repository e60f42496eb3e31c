"""The event loop of the window is never blocked for long: while files are dropped, lists restored, rows sorted.

Run with ``pytest tests/benchmarks/bench_window_gaps.py``. Where the shipped model is there, it classifies; otherwise a
made-up one.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.engine.engine import Engine, Limits
from genre_desktop.library.result import TrackResult
from tests.benchmarks.support.benchmark_window import SECONDS, open_window
from tests.benchmarks.support.event_loop import EventLoopGaps, run_for, run_until
from tests.benchmarks.support.many_files import write_many
from tests.gui.conftest import make_prediction
from tests.gui.support.drag_events import drop, urls_of
from tests.gui.support.library_rows import library
from tests.support.engine_hooks import fail_by_name
from tests.support.odd_files import music, write_sound

N_FILES = 10_000
N_SMALL = 1_000
N_LIST = 100_000


def small_files(folder: Path, n: int, seconds: float) -> list[Path]:
    """Write files of which no two are alike, or the store would answer for all of them at once."""
    folder.mkdir()
    samples = music(seconds)
    paths = [folder / f"{number}.wav" for number in range(n)]
    for number, path in enumerate(paths):
        samples[:4, 0] = [(number >> shift & 255) / 1000 for shift in (0, 8, 16, 24)]
        write_sound(path, samples)
    return paths


def run_over(window: MainWindow, paths: list[Path]) -> Callable[[], None]:
    n = len(window.session.tracks) + len(paths)

    def run() -> None:
        drop(window, urls_of(paths))
        run_until(lambda: len(window.session.tracks) == n)
        run_until(lambda: not window.session.is_busy, 1000)

    return run


def test_gaps_while_dropping_ten_thousand_files(benchmark, report, window: MainWindow, tmp_path: Path) -> None:
    paths = small_files(tmp_path / "short", N_FILES, 1.0)  # too short: ten thousand errors in a row
    gaps = EventLoopGaps()
    before = time.perf_counter()
    benchmark.pedantic(run_over(window, paths), rounds=1)
    rate = N_FILES / (time.perf_counter() - before)
    report(f"{N_FILES} files dropped and judged, {rate:.0f} a second: {gaps.report()}")
    gaps = EventLoopGaps()
    window.track_list_controller.clear()
    window.session.open(paths)
    before = time.perf_counter()
    run_until(lambda: len(window.session.tracks) == N_FILES)
    run_until(lambda: not window.session.is_busy, 1000)
    rate = N_FILES / (time.perf_counter() - before)
    report(f"the same from the store, {rate:.0f} a second: {gaps.report()}")


def test_gaps_with_the_overview_in_view(benchmark, report, window: MainWindow, tmp_path: Path) -> None:
    """The overview counts anew while results come in."""
    paths = small_files(tmp_path / "small", N_SMALL, 6.0)
    window.actions_.overview.setChecked(True)
    gaps = EventLoopGaps()
    before = time.perf_counter()
    benchmark.pedantic(run_over(window, paths), rounds=1)
    rate = N_SMALL / (time.perf_counter() - before)
    assert window.session.tracks.counts[State.DONE] == N_SMALL
    report(f"{N_SMALL} small files classified, the overview in view, {rate:.0f} a second: {gaps.report()}")


def test_gaps_while_a_list_is_restored(benchmark, report, window: MainWindow) -> None:
    """A list of a hundred thousand tracks."""
    session = window.session
    assert session.bundle is not None and session.store_client.store is not None
    rows = list(library(N_LIST))
    for path, summary in rows:
        result = TrackResult(Path(path), None, summary.error, session.bundle.name, summary.facts)
        if summary.error is None:
            result = replace(result, prediction=make_prediction(summary.genre or "jazz"))
        session.store_client.store.save(result, session.bundle)
    session.store_client.store.add_paths(path for path, _ in rows)
    del rows
    gaps = EventLoopGaps()

    def run() -> None:
        session.restorer.is_restored = False
        session.restorer.read(session.bundle)
        run_until(lambda: session.restorer.is_restored)

    before = time.perf_counter()
    benchmark.pedantic(run, rounds=1)
    assert len(session.tracks) == N_LIST
    report(f"{N_LIST} rows restored in {time.perf_counter() - before:.1f} s: {gaps.report()}")
    gaps = EventLoopGaps()
    before = time.perf_counter()
    window.actions_.overview.setChecked(True)
    run_until(lambda: not window.overview.worker.busy and bool(window.overview.genres.counts))
    report(f"overview of {N_LIST} rows after {time.perf_counter() - before:.1f} s: {gaps.report()}")


def test_gaps_while_sorting_and_filtering_ten_thousand_rows(benchmark, report, window: MainWindow) -> None:
    window.session.tracks.add([f"/music/{number * 7919 % N_FILES}.wav" for number in range(N_FILES)])
    run_until(lambda: len(window.session.tracks) == N_FILES)
    gaps = EventLoopGaps()

    def run() -> None:
        for column in range(5):
            window.table.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
            run_for()
        for text in ("1", "12", "123", ""):
            window.table.filters.line.setText(text)
            run_for()
        window.table.view.selectAll()
        run_for()
        window.session.remove(list(window.session.tracks.tracks()))
        run_for()

    benchmark.pedantic(run, rounds=1)
    report(f"sorting, filtering, selecting, clearing {N_FILES} rows: {gaps.report()}")


def test_gaps_while_classifying_and_zooming(benchmark, report, window: MainWindow, song: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.mp3" for number in range(8)]
    for path in paths:
        os.link(song, path)
    gaps = EventLoopGaps()

    def run() -> None:
        drop(window, urls_of(paths))
        run_until(lambda: window.canvas.plots.isVisible())
        zoom = QTimer(interval=30)
        factors = iter([0.8, 0.8, 0.8, 1.25, 1.25, 1.25] * 1000)
        zoom.timeout.connect(lambda: window.canvas.plots.time_axis.zoom(next(factors)))
        zoom.start()
        run_until(lambda: not window.session.is_busy)

    before = time.perf_counter()
    benchmark.pedantic(run, rounds=1)
    rate = len(paths) * SECONDS / (time.perf_counter() - before)
    report(f"classifying ({rate:.0f} s of sound a second) and zooming: {gaps.report()}")


@pytest.mark.timeout(1_800)
def test_gaps_while_a_library_is_classified(benchmark, report, qapp, services: Services, tmp_path: Path) -> None:
    """Ten thousand small files, a hundred damaged, one that hangs, one that kills its process; selecting meanwhile."""
    n_failed = write_many(tmp_path / "music", N_FILES, random.Random(0))
    limits = Limits(silence_s=10.0)
    hooked = {
        **vars(services),
        "new_engine": lambda jobs: Engine(jobs=jobs, hook=fail_by_name, limits=limits, niceness=10),
    }
    with open_window(qapp, Services(**hooked)) as window:
        gaps = EventLoopGaps()

        def run() -> None:
            window.session.open([tmp_path / "music"])
            run_until(lambda: len(window.session.tracks) == N_FILES)
            selecting = QTimer(interval=1_000)
            rows = iter(range(0, N_FILES, 7))
            selecting.timeout.connect(lambda: window.table.select_row(next(rows)))
            selecting.start()
            run_until(lambda: not window.session.is_busy, timeout_s=1_500)

        before = time.perf_counter()
        benchmark.pedantic(run, rounds=1)
        rate = N_FILES / (time.perf_counter() - before)
        assert window.session.tracks.counts[State.FAILED] == n_failed
        report(f"a library of {N_FILES} small files, {rate:.0f} files/s: {gaps.report()}")
