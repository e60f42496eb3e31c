"""Classifying with an engine, on a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import ModelMemoryError
from genre_desktop.gui.session.classify_task import ClassifyRequest, ClassifyTask, RunEnded, TrackStarted
from genre_desktop.gui.session.services import Services
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import SlowClassifier, changed, make_predictor
from tests.gui.support.task_context import RecordingContext


class Engines:
    def __init__(self) -> None:
        self.made: list[tuple[int, SlowClassifier]] = []

    def __call__(self, jobs: int) -> SlowClassifier:
        engine = SlowClassifier()
        engine.let(10)
        self.made.append((jobs, engine))
        return engine


@pytest.fixture
def make_task(services: Services) -> Callable[..., tuple[ClassifyTask, Engines]]:
    def make(jobs: int = 0) -> tuple[ClassifyTask, Engines]:
        engines = Engines()
        return ClassifyTask(changed(services, new_engine=engines), jobs), engines

    return make


def request(*paths: str, on_ended: Any = lambda _ended: None) -> ClassifyRequest:
    return ClassifyRequest(
        make_predictor(), ResultStore.in_memory(), PathQueue(paths), threading.Event(), on_ended=on_ended
    )


def test_each_track_is_reported_when_it_starts_and_when_it_is_done(make_task: Any) -> None:
    task, _engines = make_task()
    context, ended = RecordingContext(), list[RunEnded]()
    asked = request("/a.wav", "/b.wav", on_ended=ended.append)
    task(asked, context)
    started = [part.path for part in context.parts if isinstance(part, TrackStarted)]
    results = [part.path for part in context.parts if isinstance(part, TrackResult)]
    assert started == [str(Path("/a.wav")), str(Path("/b.wav"))] and results == [Path("/a.wav"), Path("/b.wav")]
    assert [(end.bundle, end.unstored) for end in ended] == [(asked.predictor.bundle, ())]


def test_the_end_of_a_cancelled_run_is_told_all_the_same(make_task: Any) -> None:
    task, _engines = make_task()
    ended = list[RunEnded]()
    task(request("/a.wav", on_ended=ended.append), RecordingContext(is_cancelled=True))
    assert len(ended) == 1


def test_the_engine_is_used_again_until_another_number_of_processes_is_wanted(make_task: Any) -> None:
    task, engines = make_task(jobs=2)
    task(request("/a.wav"), RecordingContext())
    task(request("/b.wav"), RecordingContext())
    assert [jobs for jobs, _ in engines.made] == [2]
    task.jobs = 3
    task(request("/c.wav"), RecordingContext())
    assert [jobs for jobs, _ in engines.made] == [2, 3] and engines.made[0][1].is_closed
    task.close()
    assert engines.made[1][1].is_closed


class Recording(SlowClassifier):
    """An engine that notes which predictor it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.predictors: list[Any] = []
        self.let(10)

    def classify(self, feed: PathQueue, predictor: Any, **how: Any) -> Iterator[TrackResult]:
        self.predictors.append(predictor)
        return super().classify(feed, predictor, **how)


def test_keras_is_loaded_once_for_a_model_and_computes_from_then_on(services: Services) -> None:
    engine, asked, keras, loaded = Recording(), request("/a.wav"), make_predictor(), list[Any]()

    def load(predictor: Any) -> Any:
        loaded.append(predictor)
        return keras

    task = ClassifyTask(changed(services, new_engine=lambda _jobs: engine, load_keras=load), 1, with_keras=True)
    for paths in ("/a.wav", "/b.wav"):
        task(replace(asked, paths=PathQueue([paths])), RecordingContext())
    assert loaded == [asked.predictor] and engine.predictors == [keras, keras]
    other = request("/c.wav")
    task(other, RecordingContext())
    assert loaded == [asked.predictor, other.predictor]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ModelMemoryError(name="test"), "GD-214"),
        (ImportError("DLL load failed while importing _pywrap_tensorflow"), "DLL load failed"),
        (OSError("libtensorflow_cc.so.2"), "libtensorflow_cc"),
    ],
)
def test_where_keras_cannot_be_loaded_the_answer_comes_without_it(
    services: Services, caplog: pytest.LogCaptureFixture, error: Exception, told: str
) -> None:
    def fail(_predictor: Any) -> Any:
        raise error

    engine, asked, context = Recording(), request("/a.wav"), RecordingContext()
    ClassifyTask(changed(services, new_engine=lambda _jobs: engine, load_keras=fail), 1, with_keras=True)(
        asked, context
    )
    assert engine.predictors == [asked.predictor] and any(isinstance(part, TrackResult) for part in context.parts)
    assert told in caplog.text


def test_a_run_over_many_tracks_loads_no_keras(services: Services) -> None:
    engine = Recording()
    never = changed(
        services, new_engine=lambda _jobs: engine, load_keras=lambda _predictor: pytest.fail("Keras was loaded")
    )
    ClassifyTask(never)(request("/a.wav"), RecordingContext())
    assert len(engine.predictors) == 1
