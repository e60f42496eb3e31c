"""Classifying with an engine, on a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
