from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.errors import AudioEmptyError, InternalError, ModelOutputError
from genre_desktop.library import classify
from genre_desktop.library.classify import classify_tracks
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundle import ModelBundle
from genre_desktop.model.prediction import NOT_MUSIC, Prediction
from genre_desktop.model.predictor import Predictor
from genre_desktop.model.track import Cancelled
from tests.odd_files import write_sound

PREDICTOR: Any = SimpleNamespace(bundle=SimpleNamespace(name="fake"))


def answer(path: Path) -> Prediction:
    return Prediction("jazz", 0.8, {"jazz": 0.8, "rock": 0.2}, (), 30.0, "fake")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Prediction]], None]:
    """Put a function in the place of `classify_file`."""

    def install(function: Callable[..., Prediction]) -> None:
        monkeypatch.setattr(classify, "classify_file", function)

    return install


def paths(n: int) -> list[Path]:
    return [Path(f"{number}.wav") for number in range(n)]


def workers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("classify")]


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_every_track_once(fake: Any, jobs: int) -> None:
    fake(lambda path, predictor, every_patch, is_cancelled: answer(path))
    results = list(classify_tracks(paths(25), PREDICTOR, jobs=jobs))
    assert sorted(results, key=lambda r: int(r.path.stem)) == [
        TrackResult(path, result.prediction, None, "fake") for path, result in zip(paths(25), results, strict=True)
    ]
    assert all(result.prediction is not None for result in results)
    assert workers() == []


def test_no_paths(fake: Any) -> None:
    fake(lambda path, predictor, every_patch, is_cancelled: answer(path))
    assert list(classify_tracks([], PREDICTOR)) == []


def test_in_the_order_finished(fake: Any) -> None:
    others_done = threading.Event()

    def classify_file(path: Path, predictor: Any, every_patch: bool, is_cancelled: Any) -> Prediction:
        if path.stem == "0":
            assert others_done.wait(30)
        return answer(path)

    fake(classify_file)
    results = classify_tracks(paths(4), PREDICTOR, jobs=2)
    first = [next(results).path.stem for _ in range(3)]
    others_done.set()
    assert sorted(first) == ["1", "2", "3"]
    assert [result.path.stem for result in results] == ["0"]


def test_errors_stay_with_their_file(fake: Any, caplog: pytest.LogCaptureFixture) -> None:
    def classify_file(path: Path, predictor: Any, every_patch: bool, is_cancelled: Any) -> Prediction:
        if path.stem == "1":
            raise AudioEmptyError(path=path)
        if path.stem == "2":
            raise ZeroDivisionError("oh")
        return answer(path)

    fake(classify_file)
    with caplog.at_level(logging.INFO):
        results = {result.path.stem: result for result in classify_tracks(paths(4), PREDICTOR)}
    assert results["0"].error is None and results["3"].error is None
    assert isinstance(results["1"].error, AudioEmptyError) and results["1"].prediction is None
    assert isinstance(results["2"].error, InternalError)
    assert "ZeroDivisionError: oh" in results["2"].error.message
    assert "Traceback" in caplog.text


def test_a_model_that_gives_no_numbers_is_an_error(fake: Any) -> None:
    nan = float("nan")
    fake(lambda path, predictor, every_patch, is_cancelled: Prediction("jazz", nan, {"jazz": nan}, (), 1.0, "fake"))
    (result,) = classify_tracks(paths(1), PREDICTOR)
    assert isinstance(result.error, ModelOutputError) and result.prediction is None


def test_silence_is_no_error(fake: Any) -> None:
    fake(lambda path, predictor, every_patch, is_cancelled: Prediction(NOT_MUSIC, None, None, (), 1.0, "fake"))
    (result,) = classify_tracks(paths(1), PREDICTOR)
    assert result.error is None and result.prediction is not None


@pytest.mark.parametrize("subtype", ["PCM_16", "FLOAT"])
def test_a_constant_is_not_music_although_its_resampling_rings(tmp_path: Path, subtype: str) -> None:
    def certain(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.tile(np.array([0.9, 0.1], np.float32), (len(patches), 1))

    path = write_sound(tmp_path / "dc.wav", np.full((10 * 44_100, 1), 0.5, np.float32), 44_100, subtype=subtype)
    predictor = Predictor(ModelBundle(tmp_path, {"name": "m", "labels": ["jazz", "rock"]}, FeatureConfig()), certain)
    (result,) = classify_tracks([path], predictor)
    assert result.prediction is not None
    assert (result.prediction.genre, result.prediction.probabilities) == (NOT_MUSIC, None)


@pytest.mark.parametrize("wanted", [True, False, None])
def test_patches_are_spread_unless_every_one_is_wanted(fake: Any, wanted: bool | None) -> None:
    asked: list[bool] = []
    fake(lambda path, predictor, every_patch, is_cancelled: asked.append(every_patch) or answer(path))
    choice = {} if wanted is None else {"every_patch": wanted}
    list(classify_tracks(paths(2), PREDICTOR, **choice))
    assert asked == [bool(wanted)] * 2


def test_paths_are_taken_as_results_are(fake: Any) -> None:
    fake(lambda path, predictor, every_patch, is_cancelled: answer(path))
    taken = 0

    def source() -> Iterator[Path]:
        nonlocal taken
        for path in paths(1000):
            taken += 1
            yield path

    results = classify_tracks(source(), PREDICTOR, jobs=2)
    for n_read, _ in enumerate(results, start=1):
        assert taken <= n_read + 4
        if n_read == 100:
            break
    results.close()
    assert taken < 110


def test_threads_share_the_predictor(fake: Any) -> None:
    seen = set()

    def classify_file(path: Path, predictor: Any, every_patch: bool, is_cancelled: Any) -> Prediction:
        seen.add(id(predictor))
        return answer(path)

    fake(classify_file)
    list(classify_tracks(paths(10), PREDICTOR, jobs=4))
    assert seen == {id(PREDICTOR)}


def test_cancel_drops_what_is_under_way(fake: Any) -> None:
    cancelled = threading.Event()
    started = threading.Semaphore(0)

    def classify_file(path: Path, predictor: Any, every_patch: bool, is_cancelled: Callable[[], bool]) -> Prediction:
        started.release()
        while not is_cancelled():
            threading.Event().wait(0.001)
        raise Cancelled

    def cancel() -> None:
        for _ in range(2):
            assert started.acquire(timeout=30)
        cancelled.set()

    fake(classify_file)
    canceller = threading.Thread(target=cancel)
    canceller.start()
    assert list(classify_tracks(paths(1000), PREDICTOR, jobs=2, is_cancelled=cancelled.is_set)) == []
    canceller.join()
    assert workers() == []


def test_leaving_early_ends_the_threads(fake: Any) -> None:
    def classify_file(path: Path, predictor: Any, every_patch: bool, is_cancelled: Callable[[], bool]) -> Prediction:
        if path.stem == "0":
            return answer(path)
        while not is_cancelled():
            threading.Event().wait(0.001)
        raise Cancelled

    fake(classify_file)
    results = classify_tracks(paths(50), PREDICTOR, jobs=3)
    assert next(results).path.stem == "0"
    results.close()
    assert workers() == []


def test_an_error_of_the_source_reaches_the_caller(fake: Any) -> None:
    fake(lambda path, predictor, every_patch, is_cancelled: answer(path))

    def source() -> Iterator[Path]:
        yield Path("0.wav")
        raise OSError("the drive is gone")

    with pytest.raises(OSError, match="the drive is gone"):
        list(classify_tracks(source(), PREDICTOR))
    assert workers() == []


def test_negative_jobs_are_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        next(classify_tracks([], PREDICTOR, jobs=-1))
