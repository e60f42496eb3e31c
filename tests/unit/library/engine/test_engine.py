"""What the engine promises of files, processes, and runs that are cancelled or held."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.core.errors import (
    AudioEmptyError,
    AudioNotFoundError,
    DecoderCrashedError,
    DecoderStuckError,
    InternalError,
    ModelOutputError,
)
from genre_desktop.library.engine import decoder_pool as pool_module
from genre_desktop.library.engine import engine as engine_module
from genre_desktop.library.engine.engine import Engine, Limits
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.classify_file import classify_file
from tests.support import engine_hooks
from tests.support.child_functions import has_limits
from tests.support.engine_parts import make_predictor, thirds, write_tunes


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(jobs=2, hook=engine_hooks.fail_by_name) as made:
        yield made


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as made:
        yield made


SILENCE_S = 20.0
"""Longer than a process is silent on the busiest machine; nobody waits for it here (`Clock`)."""


class Clock:
    """The engine's clock, which tests put forward."""

    TICK_S = 0.9
    """Less than what the engine takes for an absence of its own."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead_s

    def tick(self) -> None:
        self.ahead_s += self.TICK_S


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (engine_module, pool_module):
        monkeypatch.setattr(module, "time", made)
    return made


def by_name(results: Any) -> dict[str, TrackResult]:
    return {result.path.name: result for result in results}


def test_the_answers_are_those_of_one_file_at_a_time(engine: Engine, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 6)
    predictor = make_predictor()
    found = by_name(engine.classify(PathQueue(paths), predictor))
    assert sorted(found) == [Path(path).name for path in paths]
    for path in paths:
        result = found[Path(path).name]
        assert result.prediction == classify_file(path, predictor, every_patch=False)
        assert result.error is None and not result.is_stored and result.model == "test"
        assert result.facts is not None and result.facts.size == os.path.getsize(path)


def test_every_patch_where_it_is_asked_for(engine: Engine, tmp_path: Path) -> None:
    (path,) = write_tunes(tmp_path, 1, seconds=60)
    predictor = make_predictor()
    (some,) = engine.classify(PathQueue([path]), predictor)
    (all_of_them,) = engine.classify(PathQueue([path]), predictor, every_patch=True)
    assert some.prediction is not None and all_of_them.prediction is not None
    assert not some.prediction.is_complete and all_of_them.prediction.is_complete
    assert len(some.prediction.segments) < len(all_of_them.prediction.segments)


def test_how_far_a_file_is_is_told_where_that_is_asked_for(engine: Engine, tmp_path: Path) -> None:
    (path,) = write_tunes(tmp_path, 1, seconds=60)
    told: list[tuple[Path, float]] = []
    (result,) = engine.classify(
        PathQueue([path]), make_predictor(), every_patch=True, on_progress=lambda *news: told.append(news)
    )
    assert result.prediction is not None and result.prediction.is_complete
    shares = [share for _, share in told]
    assert {told_path for told_path, _ in told} == {Path(path)}
    assert shares == sorted(shares) and 0 < shares[0] <= shares[-1] <= 1


def test_patches_of_several_files_are_scored_together(tmp_path: Path) -> None:
    sizes: list[int] = []

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        sizes.append(len(patches))
        if len(set(sizes)) == 1:
            time.sleep(0.02 * len(sizes))  # meanwhile others are cut, at last on the busiest machine
        return thirds(patches)

    with Engine(jobs=3) as engine:
        n = len(list(engine.classify(PathQueue(write_tunes(tmp_path, 24)), make_predictor(forward=forward))))
    one = min(sizes)
    assert n == 24
    assert sum(sizes) == 24 * one
    assert max(sizes) > one


def test_a_feed_that_stays_open_is_waited_for(engine: Engine, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 2)
    feed = PathQueue(paths[:1], is_open=True)
    results = engine.classify(feed, make_predictor())
    assert next(results).path.name == "000.wav"
    later = threading.Timer(0.2, lambda: (feed.add(paths[1:]), feed.close()))
    later.start()
    assert [result.path.name for result in results] == ["001.wav"]
    later.join()


def test_nothing_to_do(engine: Engine) -> None:
    assert list(engine.classify(PathQueue(), make_predictor())) == []


# -- what files do to it ---------------------------------------------------------------------


def test_a_file_that_crashes_hangs_or_stumbles_is_alone_with_it(tmp_path: Path, clock: Clock) -> None:
    paths = write_tunes(tmp_path, 8)
    for number, what in ((1, "crashes"), (3, "hangs"), (4, "exits"), (6, "stumbles")):
        os.rename(paths[number], tmp_path / f"{what}.wav")
        paths[number] = str(tmp_path / f"{what}.wav")
    (tmp_path / "empty.wav").touch()
    feed = PathQueue([*paths, str(tmp_path / "empty.wav"), "/nowhere/at all.mp3"])
    found: dict[str, TrackResult] = {}

    def is_cancelled() -> bool:
        if len(found) == 9:  # all but the one that hangs
            clock.tick()
        return False

    with Engine(jobs=2, hook=engine_hooks.fail_by_name, limits=Limits(silence_s=SILENCE_S)) as engine:
        for result in engine.classify(feed, make_predictor(), is_cancelled=is_cancelled):
            found[result.path.name] = result
    errors = {name: result.error for name, result in found.items() if result.error}
    assert {name: type(error) for name, error in errors.items()} == {
        "crashes.wav": DecoderCrashedError,
        "hangs.wav": DecoderStuckError,
        "exits.wav": DecoderCrashedError,
        "stumbles.wav": InternalError,
        "empty.wav": AudioEmptyError,
        "at all.mp3": AudioNotFoundError,
    }
    assert "exit status 3" in errors["exits.wav"].message
    assert "a fault in the hook" in errors["stumbles.wav"].message
    assert "crashes.wav" in errors["crashes.wav"].message
    assert sum(result.prediction is not None for result in found.values()) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")
def test_a_file_that_wants_all_the_memory_is_alone_with_it(tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 4)
    os.rename(paths[1], tmp_path / "hogs.wav")
    paths[1] = str(tmp_path / "hogs.wav")
    with Engine(jobs=1, hook=engine_hooks.fail_by_name) as engine:
        found = by_name(engine.classify(PathQueue(paths), make_predictor()))
    errors = {name: result.error for name, result in found.items() if result.error}
    assert {name: type(error) for name, error in errors.items()} == {"hogs.wav": DecoderCrashedError}
    assert "more memory than any sound file needs" in errors["hogs.wav"].message
    assert sum(result.prediction is not None for result in found.values()) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")
def test_each_decoding_process_has_its_limits(engine: Engine, tmp_path: Path) -> None:
    list(engine.classify(PathQueue(write_tunes(tmp_path, 2)), make_predictor()))
    for decoder in engine._pool._decoders:
        if decoder.is_ready:
            assert has_limits(decoder.process.pid)


def test_a_network_that_gives_no_numbers(engine: Engine, tmp_path: Path) -> None:
    predictor = make_predictor(forward=lambda patches: np.full((len(patches), 3), np.nan, np.float32))
    (result,) = engine.classify(PathQueue(write_tunes(tmp_path, 1)), predictor)
    assert isinstance(result.error, ModelOutputError)


def test_a_time_limit_for_all_of_a_file(tmp_path: Path) -> None:
    slow = tmp_path / "slow.wav"
    os.rename(write_tunes(tmp_path, 1)[0], slow)
    with Engine(jobs=1, hook=engine_hooks.fail_by_name, limits=Limits(total_s=0.1)) as engine:
        (result,) = engine.classify(PathQueue([str(slow)]), make_predictor())
    assert isinstance(result.error, DecoderStuckError)


# -- calling off, holding still --------------------------------------------------------------


def test_cancelled_at_once_and_ready_for_the_next_run(engine: Engine, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 3)
    hanging = [str(tmp_path / f"hangs{n}.wav") for n in range(2)]
    for path in hanging:
        os.link(paths[0], path)
    cancelled = threading.Event()
    timer = threading.Timer(0.5, cancelled.set)
    timer.start()
    # And not after the hour for which they hang.
    assert list(engine.classify(PathQueue(hanging), make_predictor(), is_cancelled=cancelled.is_set)) == []
    timer.join()
    assert len(list(engine.classify(PathQueue(paths), make_predictor()))) == 3


def test_whoever_leaves_early_leaves_nothing_under_way(engine: Engine, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 8, seconds=20)
    feed = PathQueue(paths)
    results = engine.classify(feed, make_predictor())
    first = next(results)
    results.close()
    assert len(feed) >= 4  # nothing was taken ahead of the processes
    found = {first.path.name, *by_name(engine.classify(PathQueue(paths), make_predictor()))}
    assert len(found) == 8


def test_one_run_at_a_time(engine: Engine, tmp_path: Path) -> None:
    results = engine.classify(PathQueue(write_tunes(tmp_path, 2)), make_predictor())
    next(results)
    with pytest.raises(RuntimeError, match="in use"):
        next(engine.classify(PathQueue(), make_predictor()))
    results.close()


def test_pausing_holds_everything_and_counts_for_no_limit(tmp_path: Path, clock: Clock) -> None:
    paused = threading.Event()
    n_scored = [0]
    n_scored_by_then: list[int] = []

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        n_scored[0] += 1
        return thirds(patches)

    def is_paused() -> bool:
        if paused.is_set():
            n_scored_by_then.append(n_scored[0])
            clock.tick()
            if len(n_scored_by_then) * Clock.TICK_S > 1.5 * SILENCE_S:
                paused.clear()
        return paused.is_set()

    with Engine(jobs=2, limits=Limits(silence_s=SILENCE_S)) as engine:
        results = engine.classify(
            PathQueue(write_tunes(tmp_path, 12)), make_predictor(forward=forward), is_paused=is_paused
        )
        done = [next(results)]
        paused.set()
        done += results
    assert len(n_scored_by_then) > 20 and len(set(n_scored_by_then)) == 1
    assert [type(result.error) for result in done] == [type(None)] * 12


def test_whoever_takes_results_slowly_blames_no_file(store: ResultStore, tmp_path: Path, clock: Clock) -> None:
    paths = write_tunes(tmp_path, 5)
    with Engine(jobs=2, limits=Limits(silence_s=SILENCE_S)) as engine:
        engine.start()
        for _ in range(2):  # computed, and known
            results = []
            for result in engine.classify(PathQueue(paths), make_predictor(), store=store):
                if not results:
                    clock.ahead_s += 2 * SILENCE_S  # someone reads a page of `less`
                results.append(result)
            assert sorted(str(result.path) for result in results) == paths
            assert [result.error for result in results] == [None] * 5


def test_a_process_that_ended_between_two_runs_takes_no_file_with_it(tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 4)
    with Engine(jobs=2) as engine:
        list(engine.classify(PathQueue(paths), make_predictor()))
        for decoder in engine._pool._decoders:
            decoder.process.kill()
            decoder.process.join()
        found = list(engine.classify(PathQueue(paths), make_predictor()))
    assert [result.error for result in found] == [None] * 4


def test_processes_that_cannot_start_are_an_error_and_no_endless_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.library.engine.decoder_process.main", os._exit)  # wants one argument
    with Engine(jobs=1) as engine, pytest.raises(InternalError, match="no decoding process"):
        list(engine.classify(PathQueue(write_tunes(tmp_path, 1)), make_predictor()))


def test_a_network_that_fails_costs_the_files_it_was_to_score(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    paths = write_tunes(tmp_path, 4)

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        raise MemoryError("no memory")

    found = list(engine.classify(PathQueue(paths), make_predictor(forward=forward), store=store))
    assert [type(result.error) for result in found] == [InternalError] * 4
    again = list(engine.classify(PathQueue(paths), make_predictor(), store=store))
    assert [result.error for result in again] == [None] * 4


def test_a_path_that_is_put_first_is_next(tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 6)
    feed = PathQueue(paths)
    taken: list[str] = []

    def on_taken(path: Path) -> None:
        taken.append(path.name)
        if len(taken) == 1:
            feed.prioritise(paths[5])

    with Engine(jobs=1) as engine:
        list(engine.classify(feed, make_predictor(), on_taken=on_taken))
    assert taken == ["000.wav", "005.wav", "001.wav", "002.wav", "003.wav", "004.wav"]


def test_processes_end_with_the_engine(tmp_path: Path) -> None:
    with Engine(jobs=2) as engine:
        list(engine.classify(PathQueue(write_tunes(tmp_path, 4)), make_predictor()))
        processes = [decoder.process for decoder in engine._pool._decoders]
        assert all(process.is_alive() for process in processes)
    assert not any(process.is_alive() for process in processes)


def test_jobs_below_zero() -> None:
    with pytest.raises(ValueError, match="-1"):
        Engine(jobs=-1)


def test_a_log_that_may_not_be_reached_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pool_module._existing(tmp_path / "crash.log") == str(tmp_path / "crash.log")

    def refused(*_: object, **options: object) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refused)
        assert pool_module._existing(tmp_path / "crash.log") is None
