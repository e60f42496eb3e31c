"""A window with real decoding and features, and a network made of three lines of NumPy."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shiboken6
import soundfile
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.picture import picture_process as reading
from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.gui.main_window.job_bar import status_text
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store import store_task
from genre_desktop.gui.startup.main import create_window
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.widgets import screen_fit
from genre_desktop.gui.widgets.theme import LIGHT, ThemeSwitch
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import Summary, TrackResult, summarise
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.genre_colours import GENRE_COLOURS
from genre_desktop.model.live.live_engine import LiveEngine
from genre_desktop.model.prediction import Prediction, Segment
from genre_desktop.model.predictor import Predictor
from tests.gui.support.fake_player import FakePlayers
from tests.gui.support.thread_process import ThreadProcess
from tests.gui.support.track_pictures import FakeReader
from tests.support import fake_input
from tests.support.sounds import tune
from tests.support.waiting import PATIENCE_S

if TYPE_CHECKING:
    from tests.gui.support.stored_answers import Keeping

GENRES = tuple(GENRE_COLOURS)
RATE = 22_050

_PATIENCE_MS = round(1_000 * PATIENCE_S)

MakeSound = Callable[..., Path]
MakeWindow = Callable[..., MainWindow]


def make_bundle(name: str = "test-model", leaking: bool = False) -> ModelBundle:
    figures = {"accuracy": 0.57, "accuracy_ci95": [0.5, 0.64], "n_tracks": 197, "leaking": leaking}
    card = {
        "name": name,
        "labels": list(GENRES),
        "description": f"The model {name}.",
        "metrics": {"patch" if leaking else "lists": figures},
    }
    return ModelBundle(path=Path("/models") / name, card=card, config=FeatureConfig())


def make_predictor(name: str = "test-model", favourite: str = "jazz") -> Predictor:
    """Always sure of one genre, and a little less so of the others in turn."""
    scores = np.full(len(GENRES), 0.02, np.float32)
    scores[GENRES.index(favourite)] = 1 - 0.02 * (len(GENRES) - 1)
    return Predictor(make_bundle(name), lambda patches: np.tile(scores, (len(patches), 1)))


def make_prediction(genre: str = "jazz", confidence: float | None = 0.83, **changes: Any) -> Prediction:
    rest = (1 - (confidence or 0.0)) / (len(GENRES) - 1)
    best = genre if genre in GENRES else "rock"
    made = Prediction(
        genre=genre,
        confidence=confidence,
        probabilities=None if confidence is None else {g: confidence if g == best else rest for g in GENRES},
        segments=(Segment(0.0, 3.0, best, 0.8), Segment(1.5, 4.5, best, 0.7), Segment(3.0, 6.0, "pop", 0.6)),
        duration_s=6.0,
        model="test-model",
    )
    return replace(made, **changes)


def make_summary(genre: str = "jazz", confidence: float | None = 0.83, **changes: Any) -> Summary:
    return summarise(TrackResult(Path("a.wav"), make_prediction(genre, confidence, **changes), None, "test-model"))


def set_prediction(window: MainWindow, track: Track, prediction: Prediction) -> None:
    """Let the window have a result that no run gave it."""
    window.session.set_result(TrackResult(Path(track.path), prediction, None, "test-model"))
    window.session.result_changed.emit(track, prediction)


def genre_of(track: Track) -> str | None:
    return None if track.summary is None else track.summary.genre


class SlowClassifier:
    """Stands for the engine: a track is done when a test says so."""

    unkept = ()

    def __init__(self, answer: Callable[[Path], TrackResult] | None = None) -> None:
        self.taken: list[Path] = []
        self.permits = threading.Semaphore(0)
        self.is_closed = False
        self._answer = answer or (lambda path: TrackResult(path, make_prediction(), None, "test-model"))

    def classify(
        self,
        feed: PathQueue,
        predictor: Any,
        *,
        store: ResultStore | None = None,
        every_patch: bool = False,
        is_cancelled: Callable[[], bool],
        is_paused: Callable[[], bool],
        on_taken: Callable[[Path], None],
        on_problem: Callable[[GenreDesktopError], None],
        on_progress: Callable[[Path, float], None] | None = None,
    ) -> Iterator[TrackResult]:
        while not is_cancelled():
            path = None if is_paused() else feed.take()
            if path is None:
                if feed.is_finished and not is_paused():
                    return
                time.sleep(0.002)
                continue
            self.taken.append(path)
            on_taken(path)
            while is_paused() or not self.permits.acquire(timeout=0.005):
                if is_cancelled():
                    return
            if is_cancelled():
                self.permits.release()  # it was meant for the run that comes after this one
                return
            result = self._answer(path)
            if store is not None and result.facts is not None:
                store.save(result, predictor.bundle)
            yield result

    def close(self) -> None:
        self.is_closed = True

    def let(self, n: int) -> None:
        """Let `n` tracks be finished."""
        self.permits.release(n)


class SharedEngine:
    """An engine that many windows use one after the other: processes take long to start."""

    def __init__(self, engine: Engine) -> None:
        self.classify = engine.classify
        self._engine = engine

    @property
    def unkept(self) -> tuple[TrackResult, ...]:
        return self._engine.unkept

    def close(self) -> None:
        """The next window goes on with it."""


class PatientBot(QtBot):
    """A robot whose waits have one limit, whatever they ask for: see `PATIENCE_S`."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = 0) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=_PATIENCE_MS)

    def waitSignal(self, signal: Any, *, timeout: int = 0, **how: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=_PATIENCE_MS, **how)

    def waitExposed(self, widget: QWidget, *, timeout: int = 0) -> Any:  # noqa: N802
        return super().waitExposed(widget, timeout=_PATIENCE_MS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def engines() -> Iterator[Callable[[int], SharedEngine]]:
    """Gives an engine for all tracks, or with one job that for the track that is looked at."""
    with Engine(jobs=2) as for_all, Engine(jobs=1) as for_one:
        yield lambda jobs: SharedEngine(for_one if jobs == 1 else for_all)


def with_engines(services: Services, for_all: Any, for_one: Any = None) -> Services:
    """Services whose engines are stand-ins."""
    return changed(services, new_engine=lambda jobs: (for_one or SlowClassifier()) if jobs == 1 else for_all)


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> QRect:
    """A screen on which nothing has to give way; the one of Qt's offscreen platform is 800 pixels wide."""
    room = QRect(0, 0, 1920, 1080)
    monkeypatch.setattr(screen_fit, "available_geometry", lambda _screen: room)
    return room


@pytest.fixture(autouse=True)
def nobody_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that another program holds at the start stays held in most tests."""
    monkeypatch.setattr(store_task, "LOCKED_S", 0.0)


@pytest.fixture
def predictor() -> Predictor:
    return make_predictor()


@pytest.fixture
def services(predictor: Predictor, engines: Callable[[int], Any]) -> Services:
    """Real in all but the network."""
    return Services(
        new_engine=engines,
        start_picture_process=lambda on_message, on_end: ThreadProcess(reading.main, on_message, on_end),
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda bundle: predictor,
    )


@pytest.fixture
def make_sound(tmp_path: Path) -> Callable[..., Path]:
    """Writes a tune: ``make_sound("name.wav", seconds=5)``; each sounds differently, or they would count as copies."""
    names: list[str] = []

    def make(name: str = "tone.wav", seconds: float = 5.0) -> Path:
        path = tmp_path / name
        if name not in names:
            names.append(name)
        hz = 440.0 + 11 * names.index(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, tune(seconds, RATE, hz), RATE, format="WAV")
        return path

    return make


@pytest.fixture
def make_window(qtbot: QtBot, qapp: Any, services: Services) -> Iterator[Callable[..., MainWindow]]:
    """Opens a window; it is closed and its workers are waited for at the end."""
    made: list[MainWindow] = []

    def make(
        own_services: Services | None = None, *, wait_for_model: bool = True, wait_for_plots: bool = True
    ) -> MainWindow:
        window = create_window(qapp, own_services or services, load_settings())
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        if wait_for_plots:
            qtbot.waitUntil(lambda: window.canvas.plots is not None)
        if wait_for_model:
            qtbot.waitUntil(lambda: not window.session.status().needs_model)
            qtbot.waitUntil(lambda: not window.session.store_client.is_reading_list)
            # The bar follows a tenth of a second later; by then a list of last time may be under way.
            qtbot.waitUntil(lambda: window.session.is_busy or _is_told(window))
        return window

    yield make
    for window in made:
        window.close_now()
        assert window.session.shutdown()
        shiboken6.delete(window)
    for themes in qapp.findChildren(ThemeSwitch):
        shiboken6.delete(themes)
    qapp.setStyleSheet("")


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    return make_window()


def wait_for_rows(qtbot: QtBot, window: MainWindow, n: int) -> None:
    """Wait until `n` tracks stand in the table."""
    qtbot.waitUntil(lambda: len(window.session.tracks) == n)


def wait_until_idle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is scanned or classified any more, and the bar at the bottom says so."""
    qtbot.waitUntil(lambda: not window.session.is_busy and _is_told(window))


def _is_told(window: MainWindow) -> bool:
    return window.job_bar.text() == status_text(window.session.status())


def changed(services: Services, **values: Any) -> Services:
    return Services(**{**vars(services), **values})


def states(window: MainWindow) -> list[State]:
    return [track.state for track in window.session.tracks.tracks()]


def track_named(window: MainWindow, name: str) -> Track:
    return next(track for track in window.session.tracks.tracks() if track.name == name)


@pytest.fixture
def slow() -> SlowClassifier:
    return SlowClassifier()


@pytest.fixture
def slow_window(make_window: MakeWindow, services: Services, slow: SlowClassifier) -> MainWindow:
    return make_window(with_engines(services, slow))


@pytest.fixture
def plots(qtbot: QtBot) -> Iterator[TrackPlots]:
    made = TrackPlots(LIGHT)
    made.resize(700, 460)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def reader(plots: TrackPlots) -> Iterator[FakeReader]:
    made = FakeReader(plots)
    yield made
    made.close()
    QApplication.processEvents()
    shiboken6.delete(made)


@pytest.fixture
def players() -> FakePlayers:
    return FakePlayers()


@pytest.fixture
def silent(services: Services, players: FakePlayers) -> Services:
    """Services without sound devices of this machine."""
    return changed(services, start_player=players, new_live_engine=lambda: LiveEngine(fake_input.two_inputs))


@pytest.fixture
def keeping() -> Keeping:
    from tests.gui.support.stored_answers import Keeping  # which needs this module

    return Keeping()


@pytest.fixture
def library(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound
) -> MainWindow:
    """A window with four tracks, a.wav to d.wav, whose answers are kept."""
    from tests.gui.support.stored_answers import answered_library

    window = make_window(with_engines(services, keeping))
    return answered_library(qtbot, window, keeping, [make_sound(f"{name}.wav") for name in "abcd"])
