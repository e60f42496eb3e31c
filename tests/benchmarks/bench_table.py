"""Times for which the table of a hundred thousand tracks blocks the window.

Run with ``pytest tests/benchmarks/bench_table.py``. Each figure is the longest time for
which the event loop was blocked, repainting included (`EventLoopGaps`).
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, QTimer

from genre_desktop.core.settings import Settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_window
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_filter import FilterState
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import Summary, TrackResult
from tests.benchmarks.support.event_loop import EventLoopGaps, run_for, run_until
from tests.gui.conftest import make_prediction, make_predictor
from tests.gui.support.library_rows import library

N_TRACKS = 100_000
BATCH = 500

Rows = list[tuple[str, Summary]]
Report = Callable[[str], None]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return list(library(N_TRACKS))


@pytest.fixture
def window(qapp) -> Iterator[MainWindow]:
    predictor = make_predictor()
    services = Services(
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda _bundle: predictor,
    )
    made = create_window(qapp, services, Settings(theme="light"))
    made.resize(1920, 1080)
    made.show()
    run_until(lambda: made.canvas.plots is not None and not made.session.status().needs_model)
    yield made
    made.close()
    assert made.session.shutdown()
    shiboken6.delete(made)
    for themes in qapp.findChildren(ThemeSwitch):
        shiboken6.delete(themes)


@pytest.fixture
def full(window: MainWindow, rows: Rows) -> MainWindow:
    window.session.tracks.add(path for path, _ in rows)
    window.session.tracks.set_summaries(rows)
    run_for()
    gc.collect()
    return window


def _longest(do: Callable[[], object]) -> float:
    """Longest time in ms for which the event loop was blocked while something was done and painted."""
    gaps = EventLoopGaps()
    do()
    run_for(0.03)
    gaps.stop()
    return 1000 * max(gap - waited for gap, waited in gaps.gaps)


def test_reading_the_list_in_batches(benchmark, report: Report, window: MainWindow, rows: Rows) -> None:
    tracks = window.session.tracks
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    gaps: list[float] = []

    def run() -> None:
        for start in range(0, N_TRACKS, BATCH):
            part = rows[start : start + BATCH]

            def take(part: Rows = part) -> None:
                tracks.add(path for path, _ in part)
                tracks.set_summaries(part)

            begun = time.perf_counter()
            take()
            QCoreApplication.processEvents()
            gaps.append(1000 * (time.perf_counter() - begun))

    begun = time.perf_counter()
    benchmark.pedantic(run, rounds=1)
    seconds = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    report(
        f"{N_TRACKS:,} rows in batches of {BATCH}: {seconds:.1f} s, longest batch {max(gaps):.0f} ms, "
        f"median {sorted(gaps)[len(gaps) // 2]:.1f} ms; {grown:.0f} MB for rows and table"
    )


def test_sorting(benchmark, report: Report, full: MainWindow) -> None:
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    taken: dict[str, float] = {}

    def run() -> None:
        for column in (*Column, None):
            section = -1 if column is None else column.value
            name = "as added" if column is None else column.name.lower()
            sort = partial(full.table.view.sortByColumn, section)
            taken[name] = max(_longest(partial(sort, order)) for order in orders)

    benchmark.pedantic(run, rounds=1)
    report("sorting: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in taken.items()))


def test_filtering(benchmark, report: Report, full: MainWindow) -> None:
    table = full.table
    states = frozenset({State.FAILED.value})
    steps = {
        "one letter": FilterState(text="n"),
        "a word": FilterState(text="night"),
        "two words": FilterState(text="night quartet"),
        "nothing found": FilterState(text="xyzzy"),
        "genres": FilterState(genres=frozenset({"jazz", "unsure"}), by_hand=True),
        "confidence": FilterState(sure_from=70, sure_to=89),
        "state": FilterState(states=states),
        "disagrees": FilterState(disagrees=True),
        "all at once": FilterState("n", frozenset({"jazz", "rock"}), True, 50, 100, frozenset({"done"}), True),
        "cleared": FilterState(),
    }
    taken: dict[str, float] = {}

    def run() -> None:
        for sorting in ("", ", sorted by name"):
            table.view.sortByColumn(Column.NAME.value if sorting else -1, Qt.SortOrder.AscendingOrder)
            for name, wanted in steps.items():
                taken[name + sorting] = _longest(lambda w=wanted: table.set_filter(w))

    benchmark.pedantic(run, rounds=1)
    report("filtering: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in taken.items()))


def test_scrolling_and_selecting(benchmark, report: Report, full: MainWindow) -> None:
    view, table = full.table.view, full.table
    taken: dict[str, float] = {}

    def scroll() -> None:
        bar = view.verticalScrollBar()
        taken["a page further (median of 100)"] = sorted(
            _painted(lambda p=page: bar.setValue(p * 1000 % bar.maximum()), view) for page in range(100)
        )[50]

    def run() -> None:
        scroll()
        taken["select all"] = _longest(view.selectAll)
        taken["the tracks selected"] = _longest(table.selected)
        taken["sort with all selected"] = _longest(
            lambda: view.sortByColumn(Column.ARTIST.value, Qt.SortOrder.AscendingOrder)
        )
        taken["set by hand"] = _longest(lambda: full.session.tracks.set_by_hand(table.selected(), "ska"))
        taken["genre menu"] = _longest(lambda: table.filters.genre.menu().aboutToShow.emit())
        everything = list(full.session.tracks.tracks())
        taken["all waiting for another model"] = _longest(
            lambda: full.session.tracks.set_state(everything, State.WAITING)
        )
        taken["clear the list"] = _longest(full.track_list_controller.clear)

    benchmark.pedantic(run, rounds=1)
    report(", ".join(f"{name} {ms:.1f} ms" for name, ms in taken.items()))


def _painted(do: Callable[[], object], view) -> float:
    begun = time.perf_counter()
    do()
    view.viewport().repaint()
    return 1000 * (time.perf_counter() - begun)


@pytest.mark.parametrize("per_s", [50, 500])
def test_results_coming_into_a_sorted_and_filtered_table(
    benchmark,
    report: Report,
    full: MainWindow,
    rows: Rows,
    per_s: int,
) -> None:
    """While a run goes on: how long the loop stands still, and its share of the time that rearranging takes."""
    tracks, table = full.session.tracks, full.table
    table.view.sortByColumn(Column.CONFIDENCE.value, Qt.SortOrder.DescendingOrder)
    table.set_filter(FilterState(text="quartet"))
    results = [TrackResult(Path(path), make_prediction("jazz", 0.9), None, "m") for path, _ in rows[: 5 * per_s]]
    rearranged: list[float] = []
    rearrange = tracks._rearrange

    def timed() -> None:
        begun = time.perf_counter()
        rearrange()
        rearranged.append(time.perf_counter() - begun)

    tracks._rearrange_soon.timeout.disconnect()
    tracks._rearrange_soon.timeout.connect(timed)
    feeder = QTimer(interval=20)
    n_each = per_s // 50

    def feed() -> None:
        for _ in range(n_each):
            if results:
                tracks.set_result(results.pop())

    feeder.timeout.connect(feed)
    gaps = EventLoopGaps()
    begun = time.perf_counter()

    def run() -> None:
        feeder.start()
        run_until(lambda: not results)

    benchmark.pedantic(run, rounds=1)
    seconds = time.perf_counter() - begun
    report(
        f"{per_s} results/s into {N_TRACKS:,} rows: rearranged {len(rearranged)} times in {seconds:.1f} s, "
        f"{100 * sum(rearranged) / seconds:.1f} % of the time; {gaps.report()}"
    )
