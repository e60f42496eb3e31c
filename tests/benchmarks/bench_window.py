"""What the window promises: on screen at once, never frozen, soon an answer.

Run with ``pytest tests/benchmarks/bench_window.py``. Where the shipped model is there,
it judges; otherwise a stand-in, and what needs the network is skipped.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.settings import Settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_window
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.engine.engine import Engine, Limits
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundles.catalogue import default_bundle
from tests.gui.conftest import make_prediction
from tests.gui.support.drag_events import drop, urls_of
from tests.gui.support.library_rows import library
from tests.support.engine_hooks import odd
from tests.support.many_files import write_many
from tests.support.odd_files import encode, music, write_sound

REPOSITORY = Path(__file__).resolve().parents[2]
SECONDS = 240.0
N_FILES = 10_000
N_SMALL = 1_000
N_LIST = 100_000


class Ticker(QObject):
    """Notes the longest times for which the event loop did not come round.

    On Linux also how much of each the thread was ready but had no processor: on a busy
    machine that is the other programs' doing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last = time.perf_counter(), self._waited_s()
        self.gaps: list[tuple[float, float]] = []
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter(), self._waited_s()
        self.gaps.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def _waited_s(self) -> float:
        try:
            return int(self._schedule.read_text().split()[1]) / 1e9
        except OSError:
            return 0.0

    def report(self) -> str:
        worst = sorted(self.gaps, reverse=True)[:3]
        own = sorted((gap - waited for gap, waited in self.gaps), reverse=True)[0]
        return (
            "longest event-loop gaps "
            + ", ".join(f"{1000 * gap:.0f} ms (no processor for {1000 * waited:.0f})" for gap, waited in worst)
            + f"; longest of the program's own {1000 * own:.0f} ms"
        )


@pytest.fixture
def report(benchmark, capsys) -> Callable[[str], None]:
    def tell(text: str) -> None:
        benchmark.extra_info["report"] = text
        with capsys.disabled():
            print(f"\n    {text}")

    return tell


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("song")
    sound = music(SECONDS, 44_100, 2)
    return encode(folder / "song.mp3", sound, 44_100, format="mp3", codec="libmp3lame", bit_rate=192_000)


@pytest.fixture(scope="module")
def services() -> Services:
    """The real ones, with the network loaded once."""
    services = Services()
    try:
        predictor = services.load_predictor(default_bundle())
    except GenreDesktopError:
        from tests.gui.screenshots.__main__ import stand_in

        predictor = stand_in()
    return Services(
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda _bundle: predictor,
    )


@pytest.fixture
def window(qapp, services: Services) -> Iterator[MainWindow]:
    with opened(qapp, services) as made:
        yield made


@contextmanager
def opened(qapp, services: Services) -> Iterator[MainWindow]:
    made = create_window(qapp, services, Settings(theme="light"))
    made.show()
    wait(lambda: made.canvas.plots is not None and not made.session.status().needs_model)
    yield made
    made.close_now()
    assert made.session.shutdown()
    shiboken6.delete(made)
    for themes in qapp.findChildren(ThemeSwitch):
        shiboken6.delete(themes)


def wait(condition: Callable[[], bool], timeout_s: float = 100.0) -> None:
    """Run the event loop (really, not by polling) until something is so."""
    loop = QEventLoop()
    timer = QTimer(interval=2)
    until = time.monotonic() + timeout_s
    timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > until else None)
    timer.start()
    loop.exec()
    assert condition(), "timed out"


_START = """
import sys, time
sys.argv = ["genre-desktop"]
from genre_desktop.__main__ import main
from genre_desktop.gui.startup import main as app

create = app.create_window

def create_window(*arguments):
    window = create(*arguments)
    window.painted.disconnect()
    window.painted.connect(lambda: (print(time.monotonic()), window.close_now()))
    return window

app.create_window = create_window
sys.exit(main([]))
"""


def test_first_paint_of_a_fresh_process(benchmark, report, tmp_path) -> None:
    environment = {**os.environ, "GENRE_DESKTOP_HOME": str(tmp_path)}
    seconds: list[float] = []

    def start() -> None:
        before = time.monotonic()
        ended = subprocess.run(
            [sys.executable, "-c", _START], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        )
        seconds.append(float(ended.stdout) - before)

    benchmark.pedantic(start, rounds=5, warmup_rounds=1)
    seconds = seconds[1:]
    report(f"first paint after {min(seconds):.2f} s (median {statistics.median(seconds):.2f} s)")


def test_drop_to_waveform_and_genre(benchmark, report, window: MainWindow, song: Path) -> None:
    marks: dict[str, float] = {}
    before = time.perf_counter()

    def mark(name: str) -> None:
        marks.setdefault(name, time.perf_counter() - before)

    def note_overview(overview) -> None:
        QTimer.singleShot(0, lambda: mark("complete picture" if overview.complete else "first waveform"))

    window.session.picture_changed.connect(note_overview)

    def run() -> None:
        drop(window, urls_of([song]))
        wait(lambda: len(window.session.tracks) == 1)
        mark("row")
        (track,) = window.session.tracks.tracks()
        while track.state is not State.DONE or "complete picture" not in marks:
            wait(lambda: track.state is State.DONE or "complete picture" in marks)
            if track.state is State.DONE:
                mark("genre")
            wait(lambda: track.state is State.DONE and "complete picture" in marks)
        mark("genre")

    benchmark.pedantic(run, rounds=1)
    report("4-minute MP3, drop to " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in marks.items()))


def small_files(folder: Path, n: int, seconds: float) -> list[Path]:
    """Files of which no two are alike, or the store would answer for all of them at once."""
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
        wait(lambda: len(window.session.tracks) == n)
        wait(lambda: not window.session.is_busy, 1000)

    return run


def test_gaps_while_dropping_ten_thousand_files(benchmark, report, window: MainWindow, tmp_path: Path) -> None:
    paths = small_files(tmp_path / "short", N_FILES, 1.0)  # too short: ten thousand sentences in a row
    ticker = Ticker()
    before = time.perf_counter()
    benchmark.pedantic(run_over(window, paths), rounds=1)
    rate = N_FILES / (time.perf_counter() - before)
    report(f"{N_FILES} files dropped and judged, {rate:.0f} a second: {ticker.report()}")
    ticker = Ticker()
    window.track_list_controller.clear()
    window.session.open(paths)
    before = time.perf_counter()
    wait(lambda: len(window.session.tracks) == N_FILES)
    wait(lambda: not window.session.is_busy, 1000)
    rate = N_FILES / (time.perf_counter() - before)
    report(f"the same from the store, {rate:.0f} a second: {ticker.report()}")


def test_gaps_with_the_overview_in_view(benchmark, report, window: MainWindow, tmp_path: Path) -> None:
    """It counts anew while results come in."""
    paths = small_files(tmp_path / "small", N_SMALL, 6.0)
    window.actions_.overview.setChecked(True)
    ticker = Ticker()
    before = time.perf_counter()
    benchmark.pedantic(run_over(window, paths), rounds=1)
    rate = N_SMALL / (time.perf_counter() - before)
    assert window.session.tracks.counts[State.DONE] == N_SMALL
    report(f"{N_SMALL} small files classified, the overview in view, {rate:.0f} a second: {ticker.report()}")


def test_gaps_while_a_list_is_restored(benchmark, report, window: MainWindow) -> None:
    """A hundred thousand tracks of last time."""
    session = window.session
    assert session.bundle is not None and session.store is not None
    rows = list(library(N_LIST))
    for path, summary in rows:
        result = TrackResult(Path(path), None, summary.error, session.bundle.name, summary.facts)
        if summary.error is None:
            result = replace(result, prediction=make_prediction(summary.genre or "jazz"))
        session.store.save(result, session.bundle)
    session.store.add_paths(path for path, _ in rows)
    del rows
    ticker = Ticker()

    def run() -> None:
        session.restorer.is_restored = False
        session.restorer.read(session.bundle)
        wait(lambda: session.restorer.is_restored)

    before = time.perf_counter()
    benchmark.pedantic(run, rounds=1)
    assert len(session.tracks) == N_LIST
    report(f"{N_LIST} rows restored in {time.perf_counter() - before:.1f} s: {ticker.report()}")
    ticker = Ticker()
    before = time.perf_counter()
    window.actions_.overview.setChecked(True)
    wait(lambda: not window.overview.worker.busy and bool(window.overview.genres.counts))
    report(f"overview of {N_LIST} rows after {time.perf_counter() - before:.1f} s: {ticker.report()}")


def test_gaps_while_sorting_and_filtering_ten_thousand_rows(benchmark, report, window: MainWindow) -> None:
    window.session.tracks.add([f"/music/{number * 7919 % N_FILES}.wav" for number in range(N_FILES)])
    wait(lambda: len(window.session.tracks) == N_FILES)
    ticker = Ticker()

    def run() -> None:
        for column in range(5):
            window.table.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
            _turn()
        for text in ("1", "12", "123", ""):
            window.table.filter_line.setText(text)
            _turn()
        window.table.view.selectAll()
        _turn()
        window.session.remove(list(window.session.tracks.tracks()))
        _turn()

    benchmark.pedantic(run, rounds=1)
    report(f"sorting, filtering, selecting, clearing {N_FILES} rows: {ticker.report()}")


def _turn(seconds: float = 0.05) -> None:
    until = time.monotonic() + seconds
    wait(lambda: time.monotonic() > until)


def test_gaps_while_classifying_and_zooming(benchmark, report, window: MainWindow, song: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.mp3" for number in range(8)]
    for path in paths:
        os.link(song, path)
    ticker = Ticker()

    def run() -> None:
        drop(window, urls_of(paths))
        wait(lambda: window.canvas.plots.isVisible())
        zoom = QTimer(interval=30)
        factors = iter([0.8, 0.8, 0.8, 1.25, 1.25, 1.25] * 1000)
        zoom.timeout.connect(lambda: window.canvas.plots.zoom(next(factors)))
        zoom.start()
        wait(lambda: not window.session.is_busy)

    before = time.perf_counter()
    benchmark.pedantic(run, rounds=1)
    rate = len(paths) * SECONDS / (time.perf_counter() - before)
    report(f"classifying ({rate:.0f} s of sound a second) and zooming: {ticker.report()}")


@pytest.mark.timeout(1_800)
def test_gaps_while_a_library_is_classified(benchmark, report, qapp, services: Services, tmp_path: Path) -> None:
    """Ten thousand small files, a hundred damaged, one that hangs, one that kills its process; selecting meanwhile."""
    n_failed = write_many(tmp_path / "music", N_FILES, random.Random(0))
    limits = Limits(silence_s=10.0)
    hooked = {**vars(services), "new_engine": lambda jobs: Engine(jobs=jobs, hook=odd, limits=limits, niceness=10)}
    with opened(qapp, Services(**hooked)) as window:
        ticker = Ticker()

        def run() -> None:
            window.session.open([tmp_path / "music"])
            wait(lambda: len(window.session.tracks) == N_FILES)
            selecting = QTimer(interval=1_000)
            rows = iter(range(0, N_FILES, 7))
            selecting.timeout.connect(lambda: window.table.select_row(next(rows)))
            selecting.start()
            wait(lambda: not window.session.is_busy, timeout_s=1_500)

        before = time.perf_counter()
        benchmark.pedantic(run, rounds=1)
        rate = N_FILES / (time.perf_counter() - before)
        assert window.session.tracks.counts[State.FAILED] == n_failed
        report(f"a library of {N_FILES} small files, {rate:.0f} files/s: {ticker.report()}")


_LOAD = """
import sys, time
from genre_desktop.__main__ import prepare_environment
prepare_environment()
from PySide6.QtCore import QTimer
from genre_desktop.gui.startup import main as app
from genre_desktop.gui.session.services import Services
from genre_desktop.core.settings import Settings
from tests.benchmarks.bench_window import Ticker

application = app.create_app()
window = app.create_window(application, Services(), Settings())
ticker = None

def begin():
    global ticker
    ticker = Ticker()
    ticker.begun = time.perf_counter()

def end(*_):
    # The warm-up call has returned; the last gap is still to be counted.
    QTimer.singleShot(50, application.quit)

window.painted.connect(begin)
window.session.model_loaded.connect(end)
window.session.model_failed.connect(lambda error: sys.exit(str(error)))
window.show()
application.exec()
print(f"model ready {time.perf_counter() - ticker.begun:.1f} s after the first paint: {ticker.report()}")
window.session.shutdown()
"""


def test_gaps_while_the_network_loads(benchmark, report, tmp_path: Path) -> None:
    try:
        default_bundle()
    except GenreDesktopError as error:
        pytest.skip(str(error))
    environment = {**os.environ, "GENRE_DESKTOP_HOME": str(tmp_path)}
    outputs: list[str] = []

    def load() -> None:
        ended = subprocess.run(
            [sys.executable, "-c", _LOAD], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        )
        outputs.append(ended.stdout.strip())

    benchmark.pedantic(load, rounds=3)
    for output in outputs:
        report(output)
