"""A live session from capture to answer, with a real process that listens to devices that do not exist."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.audio.capture.capture import CapturedBlock
from genre_desktop.audio.capture.messages import InputBlock, InputEnded, InputOpened, InputsFound
from genre_desktop.audio.capture.wav_recorder import WavRecorder
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import (
    AudioNotFoundError,
    NoPortAudioError,
    NoSoundDeviceError,
    SoundDeviceLostError,
    SoundProcessError,
    StorageError,
)
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.live import live_engine
from genre_desktop.model.live.live_engine import Answered, ClassifyingFailed, LiveEngine, Recorded
from genre_desktop.model.predictor import Predictor
from tests.support import fake_input
from tests.support.sounds import tune
from tests.support.waiting import PATIENCE_S

LABELS = ("jazz", "rock")
Events = list[Any]


def _jazz(patches: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.tile(np.float32([0.9, 0.1]), (len(patches), 1))


def _predictor(forward: Callable[[NDArray[np.float32]], NDArray[np.float32]] = _jazz) -> Predictor:
    return Predictor(
        ModelBundle(Path("/models/jazz"), {"name": "jazz", "labels": list(LABELS)}, FeatureConfig()), forward
    )


@pytest.fixture
def make_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., LiveEngine]]:
    made: list[LiveEngine] = []
    # Sound that is played in a hurry is not to be lost where this process is slow.
    monkeypatch.setattr(live_engine, "BACKLOG_S", 600.0)

    def make(make_system: Any = fake_input.two_inputs) -> LiveEngine:
        made.append(LiveEngine(make_system))
        return made[-1]

    yield make
    for engine in made:
        engine.close()
        engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name in ("live", "listen", "record")]


def _poll_until(engine: LiveEngine, is_enough: Callable[[Events], bool], events: Events | None = None) -> Events:
    events = [] if events is None else events
    until = time.monotonic() + PATIENCE_S
    while not is_enough(events):
        assert time.monotonic() < until, [type(event).__name__ for event in events[-5:]]
        engine.wait(0.1)
        events += engine.poll()
    return events


def _has(kind: type) -> Callable[[Events], bool]:
    return lambda events: any(isinstance(event, kind) for event in events)


def _last(events: Events, kind: type) -> Any:
    return [event for event in events if isinstance(event, kind)][-1]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "tune.wav"
    soundfile.write(path, tune(12.0, 44_100), 44_100, "PCM_16")
    return path


def test_inputs_are_listed(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine()
    engine.list_inputs()
    found = _last(_poll_until(engine, _has(InputsFound)), InputsFound)
    assert [device.name for device in found.devices] == ["Microphone", "Line in"]
    assert found.error is None


@pytest.mark.parametrize(
    ("make_system", "kind"),
    [(fake_input.without_portaudio, NoPortAudioError), (fake_input.without_inputs, NoSoundDeviceError)],
)
def test_a_missing_library_or_device_is_a_typed_error(
    make_engine: Callable[..., LiveEngine], make_system: Any, kind: type
) -> None:
    engine = make_engine(make_system)
    engine.list_inputs()
    found = _last(_poll_until(engine, _has(InputsFound)), InputsFound)
    assert found.devices == ()
    ticket = engine.listen()
    ended = _last(_poll_until(engine, _has(InputEnded)), InputEnded)
    assert ended.ticket == ticket
    assert isinstance(ended.error, kind)


def test_a_device_is_listened_to_and_closed_while_it_plays(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    ticket = engine.listen(fake_input.LINE.key)
    events = _poll_until(engine, lambda events: sum(isinstance(event, Answered) for event in events) >= 2)
    opened = _last(events, InputOpened)
    assert (opened.device.name, opened.sample_rate, opened.channels) == ("Line in", 44_100, 2)
    answer = _last(events, Answered)
    assert answer.ticket == ticket and answer.answer.genre == "jazz"
    assert answer.real_time_factor > 0
    assert all(event.columns.dtype == np.uint8 for event in events if isinstance(event, InputBlock))
    engine.stop()
    engine.poll()
    time.sleep(0.2)
    assert engine.poll() == []


def test_an_unplugged_device_ends_the_session_and_another_can_be_opened(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine(fake_input.vanishing)
    engine.set_predictor(_predictor())
    engine.listen()
    ended = _last(_poll_until(engine, _has(InputEnded)), InputEnded)
    assert isinstance(ended.error, SoundDeviceLostError)
    ticket = engine.listen(fake_input.LINE.key)
    assert _last(_poll_until(engine, _has(InputBlock)), InputBlock).ticket == ticket


def test_a_driver_that_crashes_ends_the_session_only(make_engine: Callable[..., LiveEngine], sound: Path) -> None:
    engine = make_engine(fake_input.crashing)
    engine.set_predictor(_predictor())
    engine.listen()
    assert isinstance(_last(_poll_until(engine, _has(InputEnded)), InputEnded).error, SoundProcessError)
    engine.listen(file=str(sound), speed=20.0)
    assert _last(_poll_until(engine, _has(InputEnded)), InputEnded).error is None


def test_every_half_second_of_a_file_is_answered_before_its_end_is_reported(
    make_engine: Callable[..., LiveEngine], sound: Path
) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    engine.listen(file=str(sound), speed=8.0, repeats=2)
    events = _poll_until(engine, _has(InputEnded))
    assert isinstance(events[-1], InputEnded) and events[-1].error is None
    times = [event.answer.time_s for event in events if isinstance(event, Answered)]
    assert times == [3.5 + 0.5 * n for n in range(42)]
    n_samples = sum(len(event.block.samples) for event in events if isinstance(event, InputBlock))
    assert n_samples == 24 * 44_100


def test_a_missing_file_is_a_typed_error(make_engine: Callable[..., LiveEngine], tmp_path: Path) -> None:
    engine = make_engine()
    engine.listen(file=str(tmp_path / "missing.wav"))
    assert isinstance(_last(_poll_until(engine, _has(InputEnded)), InputEnded).error, AudioNotFoundError)


def test_sound_is_kept_for_the_model_that_comes_later(make_engine: Callable[..., LiveEngine], sound: Path) -> None:
    engine = make_engine()
    engine.listen(file=str(sound), speed=4.0)
    events = _poll_until(engine, lambda events: sum(isinstance(event, InputBlock) for event in events) >= 25)
    assert not _has(Answered)(events)
    engine.set_predictor(_predictor())
    answers = [
        event.answer.time_s for event in _poll_until(engine, _has(InputEnded), events) if isinstance(event, Answered)
    ]
    assert answers == [3.5 + 0.5 * n for n in range(18)]


def test_an_error_of_the_model_is_reported_and_another_model_can_be_set(
    make_engine: Callable[..., LiveEngine], sound: Path
) -> None:
    def fail(_patches: NDArray[np.float32]) -> NDArray[np.float32]:
        raise RuntimeError("no memory")

    engine = make_engine()
    engine.set_predictor(_predictor(fail))
    engine.listen(file=str(sound), speed=4.0, repeats=2)
    failed = _last(_poll_until(engine, _has(ClassifyingFailed)), ClassifyingFailed)
    assert "no memory" in str(failed.error)
    engine.set_predictor(_predictor())
    assert _last(_poll_until(engine, _has(Answered)), Answered).answer.genre == "jazz"


def test_the_session_is_recorded(make_engine: Callable[..., LiveEngine], sound: Path, tmp_path: Path) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    engine.listen(file=str(sound), speed=4.0)
    events = _poll_until(engine, _has(InputOpened))
    path = tmp_path / "session.wav"
    engine.record(str(path))
    _poll_until(engine, _has(InputEnded), events)
    engine.stop_recording()
    recorded = _last(_poll_until(engine, _has(Recorded), events), Recorded)
    assert recorded.path == str(path) and recorded.error is None
    samples, rate = soundfile.read(path)
    assert rate == 44_100
    assert recorded.seconds == pytest.approx(len(samples) / rate)
    # Without a hole: it is the end of what was played.
    assert len(samples) > 2 * rate
    np.testing.assert_allclose(samples, soundfile.read(sound)[0][-len(samples) :], atol=1e-4)


def test_a_recording_that_cannot_be_written_does_not_end_the_session(
    make_engine: Callable[..., LiveEngine], sound: Path, tmp_path: Path
) -> None:
    engine = make_engine()
    engine.set_predictor(_predictor())
    engine.listen(file=str(sound), speed=4.0)
    events = _poll_until(engine, _has(InputOpened))
    engine.record(str(tmp_path / "missing" / "session.wav"))
    recorded = _last(_poll_until(engine, _has(Recorded), events), Recorded)
    assert recorded.path is None and isinstance(recorded.error, StorageError)
    _poll_until(engine, _has(InputEnded), events)
    assert sum(isinstance(event, Answered) for event in events) == 18


def test_closing_while_it_listens_and_records_finishes_the_file(
    make_engine: Callable[..., LiveEngine], tmp_path: Path
) -> None:
    engine = make_engine()
    engine.listen()
    events = _poll_until(engine, _has(InputOpened))
    engine.record(str(tmp_path / "a.wav"))
    _poll_until(engine, lambda events: sum(isinstance(event, InputBlock) for event in events) >= 10, events)
    engine.close()
    assert soundfile.info(tmp_path / "a.wav").duration > 0.2
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def _open_without_process(engine: LiveEngine) -> None:
    engine._on_message(InputOpened(engine._ticket, fake_input.LINE, 8_000, 1, 0.0))


def _block(engine: LiveEngine, seconds: float = 1.0) -> InputBlock:
    samples = tune(seconds, 8_000)
    return InputBlock(
        engine._ticket, CapturedBlock(samples, time.monotonic(), seconds, 0.5, 0.2, 0), np.empty((0, 1), np.uint8)
    )


def test_a_recording_whose_path_is_taken_gets_another_one(
    make_engine: Callable[..., LiveEngine], tmp_path: Path
) -> None:
    engine = make_engine()
    _open_without_process(engine)
    engine.record(str(tmp_path / "a.wav"))
    engine._on_message(_block(engine))
    (tmp_path / "a.wav").mkdir()
    engine.stop_recording()
    recorded = _last(_poll_until(engine, _has(Recorded)), Recorded)
    assert recorded.path == str(tmp_path / "a (2).wav") and recorded.seconds == 1.0
    assert isinstance(recorded.error, StorageError)
    assert soundfile.info(recorded.path).duration == 1.0


def test_any_error_of_a_recording_is_reported(
    make_engine: Callable[..., LiveEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("none left")

    monkeypatch.setattr(WavRecorder, "write", fail)
    engine = make_engine()
    _open_without_process(engine)
    engine.record(str(tmp_path / "a.wav"))
    engine._on_message(_block(engine))
    recorded = _last(_poll_until(engine, _has(Recorded)), Recorded)
    assert recorded.path is None and "none left" in str(recorded.error)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_stalls_ends_the_recording_with_what_there_is(
    make_engine: Callable[..., LiveEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    write = WavRecorder.write

    def stall(recorder: WavRecorder, samples: NDArray[np.float32]) -> None:
        assert answers.wait(PATIENCE_S)
        write(recorder, samples)

    monkeypatch.setattr(WavRecorder, "write", stall)
    engine = make_engine()
    _open_without_process(engine)
    engine.record(str(tmp_path / "a.wav"))
    block = _block(engine, 0.05)
    for _ in range(1_300):
        engine._on_message(block)
    answers.set()
    recorded = _last(_poll_until(engine, _has(Recorded)), Recorded)
    assert recorded.path == str(tmp_path / "a.wav") and isinstance(recorded.error, StorageError)
    assert 1_200 * 0.05 <= recorded.seconds + 1e-6 < 1_300 * 0.05


def test_no_sound_is_lost_while_the_recording_thread_starts(
    make_engine: Callable[..., LiveEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine()
    _open_without_process(engine)
    block = _block(engine)
    listening: list[threading.Thread] = []

    class Hearing(queue.Queue[Any]):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            listening.append(threading.Thread(target=engine._on_message, args=(block,)))
            listening[0].start()
            listening[0].join(0.3)

    monkeypatch.setattr(queue, "Queue", Hearing)
    engine.record(str(tmp_path / "a.wav"))
    listening[0].join()
    engine.stop_recording()
    assert _last(_poll_until(engine, _has(Recorded)), Recorded).seconds == 1.0


@pytest.mark.parametrize("is_next_session", [False, True])
def test_the_end_of_the_input_is_reported_after_an_error_of_the_model(
    make_engine: Callable[..., LiveEngine], is_next_session: bool
) -> None:
    has_begun, may_fail = threading.Event(), threading.Event()

    def fail(_patches: NDArray[np.float32]) -> NDArray[np.float32]:
        has_begun.set()
        assert may_fail.wait(PATIENCE_S)
        raise RuntimeError("no memory")

    engine = make_engine()
    engine.set_predictor(_predictor(fail))
    _open_without_process(engine)
    engine._on_message(_block(engine, 8.0))
    assert has_begun.wait(PATIENCE_S)
    if is_next_session:
        engine.stop()
        _open_without_process(engine)
    engine._on_message(InputEnded(engine._ticket, None))
    may_fail.set()
    _poll_until(engine, lambda events: _has(ClassifyingFailed)(events) and _has(InputEnded)(events))


def test_a_disk_that_never_answers_does_not_hold_up_closing(
    make_engine: Callable[..., LiveEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(WavRecorder, "write", lambda *_: answers.wait(PATIENCE_S))
    monkeypatch.setattr(live_engine, "_RECORDING_END_S", 0.1)
    engine = make_engine()
    _open_without_process(engine)
    engine.record(str(tmp_path / "a.wav"))
    engine._on_message(_block(engine))
    engine.close()
    assert not _has(Recorded)(engine.poll()), "it still waits for the disk"
    answers.set()
    _poll_until(engine, _has(Recorded))


def test_a_new_session_drops_the_events_of_the_one_before(make_engine: Callable[..., LiveEngine], sound: Path) -> None:
    engine = make_engine()
    _open_without_process(engine)
    engine._on_message(_block(engine))
    engine._on_message(InputEnded(engine._ticket, None))
    engine._on_message(InputsFound((fake_input.LINE,), None))
    ticket = engine.listen(file=str(sound), speed=20.0)
    events = _poll_until(engine, _has(InputEnded))
    assert isinstance(events[0], InputsFound), "it belongs to no session"
    assert {event.ticket for event in events[1:]} == {ticket}


def test_stopping_keeps_the_events_that_are_to_be_polled(make_engine: Callable[..., LiveEngine]) -> None:
    engine = make_engine()
    _open_without_process(engine)
    engine._on_message(_block(engine))
    engine.stop()
    assert [type(event) for event in engine.poll()] == [InputOpened, InputBlock]
