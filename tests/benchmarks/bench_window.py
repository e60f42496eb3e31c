"""The window is on screen at once, and soon shows the waveform and the genre of a file.

Run with ``pytest tests/benchmarks/bench_window.py``. Where the shipped model is there, it classifies; otherwise a
made-up one, and what needs the network is skipped.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.tracks.track import State
from genre_desktop.model.bundles.catalogue import default_bundle
from tests.benchmarks.support.event_loop import run_until
from tests.gui.support.drag_events import drop, urls_of

REPOSITORY = Path(__file__).resolve().parents[2]

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
        run_until(lambda: len(window.session.tracks) == 1)
        mark("row")
        (track,) = window.session.tracks.tracks()
        while track.state is not State.DONE or "complete picture" not in marks:
            run_until(lambda: track.state is State.DONE or "complete picture" in marks)
            if track.state is State.DONE:
                mark("genre")
            run_until(lambda: track.state is State.DONE and "complete picture" in marks)
        mark("genre")

    benchmark.pedantic(run, rounds=1)
    report("4-minute MP3, drop to " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in marks.items()))


_FIRST_ANSWER = """
import sys, time
from pathlib import Path
from genre_desktop.__main__ import prepare_environment
prepare_environment()
from genre_desktop.gui.startup import main as app
from genre_desktop.gui.session.services import Services
from genre_desktop.core.settings import Settings

def run():
    application = app.create_app()
    window = app.create_window(application, Services(), Settings())
    painted = []

    def show(track, prediction):
        if prediction is not None:
            memory_mb = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
            loaded = "with" if "tensorflow" in sys.modules else "without"
            print(f"first answer {time.perf_counter() - painted[0]:.2f} s after the first paint, {loaded} TensorFlow, "
                  f"{memory_mb:.0f} MB")
            application.quit()

    window.painted.connect(lambda: painted.append(time.perf_counter()))
    window.session.result_changed.connect(show)
    window.session.model_failed.connect(lambda error: sys.exit(str(error)))
    window.session.open([Path(sys.argv[1])])
    window.show()
    application.exec()
    window.session.shutdown()

run()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_first_answer_of_a_fresh_process(benchmark, report, song: Path, tmp_path: Path) -> None:
    outputs: list[str] = []

    def answer() -> None:
        # A home of its own each time: a result that is kept would be there at once.
        environment = {**os.environ, "GENRE_DESKTOP_HOME": str(tmp_path / str(len(outputs)))}
        command = [sys.executable, "-c", _FIRST_ANSWER, str(song)]
        ended = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True)
        outputs.append(ended.stdout.strip())

    benchmark.pedantic(answer, rounds=3)
    for output in outputs:
        report(output)


_LOAD = """
import sys, time
from genre_desktop.__main__ import prepare_environment
prepare_environment()
from PySide6.QtCore import QTimer
from genre_desktop.gui.startup import main as app
from genre_desktop.gui.session.services import Services
from genre_desktop.core.settings import Settings
from tests.benchmarks.support.event_loop import EventLoopGaps

application = app.create_app()
window = app.create_window(application, Services(), Settings())
gaps = None

def begin():
    global gaps
    gaps = EventLoopGaps()
    gaps.begun = time.perf_counter()

def end(*_):
    # The warm-up call has returned; the last gap is still to be counted.
    QTimer.singleShot(50, application.quit)

window.painted.connect(begin)
window.session.model_loaded.connect(end)
window.session.model_failed.connect(lambda error: sys.exit(str(error)))
window.show()
application.exec()
print(f"model ready {time.perf_counter() - gaps.begun:.1f} s after the first paint: {gaps.report()}")
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
