"""The engine with a network that the decoding processes compute themselves."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from genre_desktop.core.errors import (
    AudioEmptyError,
    DecoderCrashedError,
    InternalError,
    ModelOutputError,
)
from genre_desktop.library.engine import decoder_process
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.classify_file import Cancelled, classify_file
from genre_desktop.model.inference.numpy_network import CHUNK
from genre_desktop.model.predictor import Predictor
from tests.support import engine_hooks
from tests.support.engine_parts import make_network, make_predictor, write_tunes


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(jobs=2, hook=engine_hooks.fail_by_name) as made:
        yield made


@pytest.fixture
def predictor(monkeypatch: pytest.MonkeyPatch) -> Predictor:
    """It may be sent, and computes nothing in this process."""
    made = make_predictor(forward=make_network())
    monkeypatch.setattr(made, "outputs", lambda _patches: pytest.fail("computed in the engine's process"))
    return made


def by_name(results: Any) -> dict[str, TrackResult]:
    return {result.path.name: result for result in results}


@pytest.mark.parametrize("every_patch", [False, True])
def test_the_answers_are_those_of_one_file_at_a_time(predictor: Predictor, tmp_path: Path, every_patch: bool) -> None:
    (tmp_path / "long").mkdir()
    paths = write_tunes(tmp_path, 3) + write_tunes(tmp_path / "long", 1, seconds=60)
    with Engine(jobs=2, hook=engine_hooks.refuse_tensorflow) as engine:
        found = {str(r.path): r for r in engine.classify(PathQueue(paths), predictor, every_patch=every_patch)}
    here = make_predictor(forward=make_network())
    for path in paths:
        assert found[path].error is None
        assert found[path].prediction == classify_file(path, here, every_patch=every_patch)


def test_how_far_a_file_is_is_told(engine: Engine, predictor: Predictor, tmp_path: Path) -> None:
    (path,) = write_tunes(tmp_path, 1, seconds=60)
    told: list[float] = []
    run = engine.classify(
        PathQueue([path]), predictor, every_patch=True, on_progress=lambda _path, share: told.append(share)
    )
    assert [result.error for result in run] == [None]
    assert told == sorted(told) and 0 < told[0] <= told[-1] <= 1


def test_results_are_kept_and_not_computed_again(engine: Engine, predictor: Predictor, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 3)
    with ResultStore.in_memory() as store:
        first = by_name(engine.classify(PathQueue(paths), predictor, store=store))
        again = by_name(engine.classify(PathQueue(paths), predictor, store=store))
    assert [result.is_stored for result in again.values()] == [True] * 3
    assert {name: r.prediction and r.prediction.genre for name, r in first.items()} == {
        name: r.prediction and r.prediction.genre for name, r in again.items()
    }


def test_other_networks_and_none_may_follow(engine: Engine, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 4)
    turned = np.roll(np.repeat(np.eye(3, dtype=np.float32), (5, 5, 6), axis=0), 1, axis=1)
    predictors = [
        make_predictor("one", make_network()),
        make_predictor("other", make_network(turned)),
        make_predictor("other"),  # computed by the engine
        make_predictor("other", make_network(turned)),
        make_predictor("one", make_network()),
    ]
    for predictor in predictors:
        for result in engine.classify(PathQueue(paths), predictor):
            assert result.error is None
            assert result.prediction == classify_file(result.path, predictor, every_patch=False)


def test_a_file_that_crashes_or_stumbles_is_alone_with_it(engine: Engine, predictor: Predictor, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 7)
    for number, what in ((1, "crashes"), (4, "exits"), (6, "stumbles")):
        os.rename(paths[number], tmp_path / f"{what}.wav")
        paths[number] = str(tmp_path / f"{what}.wav")
    (tmp_path / "empty.wav").touch()
    feed = PathQueue([*paths, str(tmp_path / "empty.wav")])
    found = by_name(engine.classify(feed, predictor))
    assert {name: type(result.error) for name, result in found.items() if result.error} == {
        "crashes.wav": DecoderCrashedError,
        "exits.wav": DecoderCrashedError,
        "stumbles.wav": InternalError,
        "empty.wav": AudioEmptyError,
    }
    assert sum(result.prediction is not None for result in found.values()) == 4


def test_a_network_that_gives_no_numbers(engine: Engine, tmp_path: Path) -> None:
    network = make_network(np.full((16, 3), np.nan, np.float32))
    found = engine.classify(PathQueue(write_tunes(tmp_path, 2)), make_predictor("broken", network))
    assert [type(result.error) for result in found] == [ModelOutputError] * 2


def test_cancelled_at_once_and_ready_for_the_next_run(engine: Engine, predictor: Predictor, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 8, seconds=20)
    cancelled = threading.Event()
    results = engine.classify(PathQueue(paths), predictor, every_patch=True, is_cancelled=cancelled.is_set)
    next(results)
    cancelled.set()
    list(results)
    assert len(list(engine.classify(PathQueue(paths), predictor))) == 8


def test_paused_between_two_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each chunk is preceded by a look at the switches, where the process pauses, gives a sign of life or ends."""
    ours, theirs = Pipe()
    switches = SimpleNamespace(run=SimpleNamespace(value=0), paused=SimpleNamespace(value=True))
    server = decoder_process._DecoderServer(theirs, switches, None)  # type: ignore[arg-type]
    computed: list[int] = []

    def go_on(_seconds: float) -> None:
        switches.paused.value = False

    def network(patches: Any) -> Any:
        computed.append(len(patches))
        if len(computed) == 2:
            switches.run.value = 1  # cancelled
        return np.zeros((len(patches), 3), np.float32)

    monkeypatch.setattr(decoder_process.time, "sleep", go_on)
    with pytest.raises(Cancelled):
        server._compute(network, np.zeros((3 * CHUNK, 32, 16), np.float32))  # type: ignore[arg-type]
    assert computed == [CHUNK, CHUNK] and not switches.paused.value
    assert ours.poll()  # a sign of life
