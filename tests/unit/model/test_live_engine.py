"""The whole way, with a real process that listens to devices that do not exist."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.audio.capture_process import InputBlock, InputEnded, InputOpened, InputsFound
from genre_desktop.audio.config import FeatureConfig
from genre_desktop.errors import (
    AudioNotFoundError,
    NoPortAudioError,
    NoSoundDeviceError,
    SoundDeviceLostError,
    SoundProcessError,
    StorageError,
)
from genre_desktop.model import live_engine
from genre_desktop.model.bundle import ModelBundle
from genre_desktop.model.live_engine import Answered, ClassifyingFailed, LiveEngine, Recorded
from genre_desktop.model.predictor import Predictor
from tests import fake_input
from tests.sounds import tune

LABELS = ("jazz", "rock")
Heard = list[Any]


def _jazz(patches: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.tile(np.float32([0.9, 0.1]), (len(patches), 1))


def _predictor(forward: Callable[[NDArray[np.float32]], NDArray[np.float32]] = _jazz) -> Predictor:
    return Predictor(
        ModelBundle(Path("/models/jazz"), {"name": "jazz", "labels": list(LABELS)}, FeatureConfig()), forward
    )


@pytest.fixture
def make_engine() -> Iterator[Callable[..., LiveEngine]]:
    made: list[LiveEngine] = []

    def make(make_system: Any = fake_input.two_inputs) -> LiveEngine:
        made.append(LiveEngine(make_system))
        return made[-1]

    yield make
    for engine in made:
        engine.close()
        engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name in ("live", "listen", "record")]


def _hear(engine: LiveEngine, is_enough: Callable[[Heard], bool], heard: Heard | None = None) -> Heard:
    heard = [] if heard is None else heard
    until = time.monotonic() + 60
    while not is_enough(heard):
        assert time.monotonic() < until, [type(event).__name__ for event in heard[-5:]]
        engine.wait(0.1)
        heard += engine.poll()
    return heard


def _of(kind: type) -> Callable[[Heard], bool]:
    return lambda heard: any(isinstance(event, kind) for event in heard)


def _last(heard: Heard, kind: type) -> Any:
    return [event for event in heard if isinstance(event, kind)][-1]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "tune.wav"
    soundfile.write(path, tune(12.0, 44_100), 44_100, "PCM_16")
    return path


def test_inputs_are_listed(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine()
    engine.list_inputs()
    found = _last(_hear(engine, _of(InputsFound)), InputsFound)
    assert [device.name for device in found.devices] == ["Microphone", "Line in"]
    assert found.error is None


@pytest.mark.parametrize(
    ("make_system", "kind"),
    [(fake_input.without_portaudio, NoPortAudioError), (fake_input.without_inputs, NoSoundDeviceError)],
)
def test_what_is_missing_is_told(make_engine: Callable[..., LiveEngine], make_system: Any, kind: type) -> None:
    engine = make_engine(make_system)
    engine.list_inputs()
    found = _last(_hear(engine, _of(InputsFound)), InputsFound)
    assert found.devices == ()
    ticket = engine.listen()
    ended = _last(_hear(engine, _of(InputEnded)), InputEnded)
    assert ended.ticket == ticket
    assert isinstance(ended.error, kind)


def test_a_device_is_heard_while_it_plays_and_closed_while_it_plays(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    ticket = engine.listen(fake_input.LINE.key)
    heard = _hear(engine, lambda heard: sum(isinstance(event, Answered) for event in heard) >= 2)
    opened = _last(heard, InputOpened)
    assert (opened.device.name, opened.sample_rate, opened.channels) == ("Line in", 44_100, 2)
    answer = _last(heard, Answered)
    assert answer.ticket == ticket and answer.answer.genre == "jazz"
    assert answer.real_time_factor > 0
    assert all(event.columns.dtype == np.uint8 for event in heard if isinstance(event, InputBlock))
    engine.stop()
    engine.poll()
    time.sleep(0.2)
    assert engine.poll() == []


def test_a_device_that_is_pulled_out_is_told_and_another_one_goes_on(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine(fake_input.vanishing)
    engine.set_predictor(_predictor())
    engine.listen()
    ended = _last(_hear(engine, _of(InputEnded)), InputEnded)
    assert isinstance(ended.error, SoundDeviceLostError)
    ticket = engine.listen(fake_input.LINE.key)
    assert _last(_hear(engine, _of(InputBlock)), InputBlock).ticket == ticket


def test_a_driver_that_crashes_ends_the_session_alone(make_engine: Callable[..., LiveEngine], sound: Path) -> None:
    engine = make_engine(fake_input.crashing)
    engine.set_predictor(_predictor())
    engine.listen()
    assert isinstance(_last(_hear(engine, _of(InputEnded)), InputEnded).error, SoundProcessError)
    engine.listen(file=str(sound), speed=20.0)
    assert _last(_hear(engine, _of(InputEnded)), InputEnded).error is None


def test_every_half_second_of_a_file_is_answered_before_its_end_is_told(
    make_engine: Callable[..., LiveEngine], sound: Path
) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    engine.listen(file=str(sound), speed=20.0, repeats=2)
    heard = _hear(engine, _of(InputEnded))
    assert isinstance(heard[-1], InputEnded) and heard[-1].error is None
    times = [event.answer.time_s for event in heard if isinstance(event, Answered)]
    assert times == [3.5 + 0.5 * n for n in range(42)]
    n_samples = sum(len(event.block.samples) for event in heard if isinstance(event, InputBlock))
    assert n_samples == 24 * 44_100


def test_a_file_that_is_none_is_a_sentence(make_engine: Callable[..., LiveEngine], tmp_path: Path) -> None:
    engine = make_engine()
    engine.listen(file=str(tmp_path / "missing.wav"))
    assert isinstance(_last(_hear(engine, _of(InputEnded)), InputEnded).error, AudioNotFoundError)


def test_sound_waits_for_the_model(make_engine: Callable[..., LiveEngine], sound: Path) -> None:
    engine = make_engine()
    engine.listen(file=str(sound), speed=4.0)
    heard = _hear(engine, lambda heard: sum(isinstance(event, InputBlock) for event in heard) >= 25)
    assert not _of(Answered)(heard)
    engine.set_predictor(_predictor())
    answers = [event.answer.time_s for event in _hear(engine, _of(InputEnded), heard) if isinstance(event, Answered)]
    assert answers == [3.5 + 0.5 * n for n in range(18)]


def test_a_model_that_falls_over_is_told_and_another_one_goes_on(
    make_engine: Callable[..., LiveEngine], sound: Path
) -> None:
    def fall(_patches: NDArray[np.float32]) -> NDArray[np.float32]:
        raise RuntimeError("no memory")

    engine = make_engine()
    engine.set_predictor(_predictor(fall))
    engine.listen(file=str(sound), repeats=2)
    failed = _last(_hear(engine, _of(ClassifyingFailed)), ClassifyingFailed)
    assert "no memory" in str(failed.error)
    engine.set_predictor(_predictor())
    assert _last(_hear(engine, _of(Answered)), Answered).answer.genre == "jazz"


def test_the_session_is_recorded(make_engine: Callable[..., LiveEngine], sound: Path, tmp_path: Path) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    engine.listen(file=str(sound), speed=20.0)
    heard = _hear(engine, _of(InputOpened))
    path = tmp_path / "session.wav"
    engine.record(str(path))
    _hear(engine, _of(InputEnded), heard)
    engine.stop_recording()
    recorded = _last(_hear(engine, _of(Recorded), heard), Recorded)
    assert recorded.path == str(path) and recorded.error is None
    samples, rate = soundfile.read(path)
    assert rate == 44_100
    assert recorded.seconds == pytest.approx(len(samples) / rate)
    # From about its beginning, without a hole: it is the end of what was played.
    assert len(samples) > 8 * rate
    np.testing.assert_allclose(samples, soundfile.read(sound)[0][-len(samples) :], atol=1e-4)


def test_a_recording_that_cannot_be_written_does_not_end_the_session(
    make_engine: Callable[..., LiveEngine], sound: Path, tmp_path: Path
) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    engine.listen(file=str(sound), speed=4.0)
    heard = _hear(engine, _of(InputOpened))
    engine.record(str(tmp_path / "missing" / "session.wav"))
    recorded = _last(_hear(engine, _of(Recorded), heard), Recorded)
    assert recorded.path is None and isinstance(recorded.error, StorageError)
    _hear(engine, _of(InputEnded), heard)
    assert sum(isinstance(event, Answered) for event in heard) == 18


def test_closing_while_it_listens_and_records_finishes_the_file(
    make_engine: Callable[..., LiveEngine], tmp_path: Path
) -> None:
    engine = make_engine()
    engine.listen()
    heard = _hear(engine, _of(InputOpened))
    engine.record(str(tmp_path / "a.wav"))
    _hear(engine, lambda heard: sum(isinstance(event, InputBlock) for event in heard) >= 10, heard)
    engine.close()
    assert soundfile.info(tmp_path / "a.wav").duration > 0.2
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


class _Told:
    def __init__(self) -> None:
        self.all: list[Recorded] = []
        self.come = threading.Event()

    def __call__(self, _recording: object, done: Recorded) -> None:
        self.all.append(done)
        self.come.set()


def test_a_recording_whose_place_was_taken_is_kept_beside_it(tmp_path: Path) -> None:
    told, target = _Told(), tmp_path / "a.wav"
    recording = live_engine._Recording(str(target), 8_000, "PCM_16", told)
    assert recording.take(np.full(800, 0.25, np.float32))
    time.sleep(0.2)
    target.mkdir()
    recording.end()
    assert told.come.wait(10)
    done = told.all[0]
    assert isinstance(done.error, StorageError) and done.path == str(tmp_path / "a (1).wav")
    samples, rate = soundfile.read(done.path)
    assert rate == 8_000 and len(samples) == 800 and samples[0] == pytest.approx(0.25, abs=1e-3)


def test_a_disk_that_does_not_keep_up_is_told_and_what_came_before_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write = threading.Event()
    write = live_engine.WavRecorder.write

    def slow(recorder: Any, samples: NDArray[np.float32]) -> None:
        may_write.wait(10)
        write(recorder, samples)

    monkeypatch.setattr(live_engine.WavRecorder, "write", slow)
    monkeypatch.setattr(live_engine, "_MOST_UNWRITTEN", 3)
    told = _Told()
    recording = live_engine._Recording(str(tmp_path / "a.wav"), 8_000, "PCM_16", told)
    block = np.zeros(100, np.float32)
    n_taken = 0
    while recording.take(block):
        n_taken += 1
        assert n_taken < 10
    may_write.set()
    assert told.come.wait(10)
    done = told.all[0]
    assert isinstance(done.error, StorageError) and done.path is not None
    assert len(soundfile.read(done.path)[0]) == 100 * n_taken


def test_a_fault_of_the_program_ends_a_recording_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: Any) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(live_engine.WavRecorder, "write", stumble)
    told = _Told()
    recording = live_engine._Recording(str(tmp_path / "a.wav"), 8_000, "PCM_16", told)
    recording.take(np.zeros(100, np.float32))
    assert told.come.wait(10)
    assert told.all[0].path is None and told.all[0].error is not None
    assert not list(tmp_path.iterdir())
