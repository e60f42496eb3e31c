from __future__ import annotations

import threading
import time
from multiprocessing import Pipe
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture import simulated_input
from genre_desktop.audio.capture.capture import Capture, EndOfInput
from genre_desktop.audio.capture.capture_process import serve
from genre_desktop.audio.capture.messages import InputEnded, OpenInput
from genre_desktop.audio.capture.simulated_input import SIMULATION, SimulatedSystem
from genre_desktop.audio.decode.audio_reader import AudioReader, open_audio
from genre_desktop.core.errors import AudioIsFolderError, AudioNotFoundError, SoundDeviceError
from tests.support.sounds import tune
from tests.support.waiting import PATIENCE_S

RATE = 44_100


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "a tune.wav"
    soundfile.write(path, np.stack([tune(3.0, RATE)] * 2, axis=1), RATE, "FLOAT")
    return path


def _heard(capture: Capture) -> list[np.ndarray]:
    blocks = []
    capture.start()
    with pytest.raises(EndOfInput):
        while True:
            block = capture.read()
            if block is not None:
                blocks.append(block.samples)
            time.sleep(0.002)
    return blocks


@pytest.mark.parametrize("repeats", [1, 2])
def test_all_of_the_file_is_captured(sound: Path, repeats: int) -> None:
    with Capture(SimulatedSystem(sound, speed=50.0, repeats=repeats)) as capture:
        assert capture.device.name == "a tune.wav"
        assert capture.device.host_api == SIMULATION
        assert capture.sample_rate == RATE
        heard = np.concatenate(_heard(capture))
    np.testing.assert_allclose(heard, np.tile(tune(3.0, RATE), repeats), atol=1e-6)


def test_its_clock_is_that_of_a_device(sound: Path) -> None:
    times: list[tuple[float, float, int]] = []
    is_over = threading.Event()
    system = SimulatedSystem(sound, speed=4.0)

    def take(block: np.ndarray, delay_s: float, _was_late: bool) -> None:
        times.append((time.monotonic(), delay_s, len(block)))

    stream = system.open_input(system.devices()[0], RATE, 1, take, is_over.set)
    began = time.monotonic()
    stream.start()
    assert is_over.wait(PATIENCE_S)
    stream.close()
    n_fed = 0
    for at, _, n in times:
        n_fed += n
        # Never before a microphone could have heard it.
        assert at - began >= n_fed / (4 * RATE) - 1e-3
    # However late a block was delivered, the end of it was due at its own time.
    recorded_at = [at - delay_s + n / RATE for at, delay_s, n in times]
    due = began + np.cumsum([n for *_, n in times]) / (4 * RATE)
    late = np.array(recorded_at) - due
    assert np.median(np.abs(late)) < 0.05


def test_it_can_be_left_while_it_plays(sound: Path) -> None:
    capture = Capture(SimulatedSystem(sound))
    capture.start()
    capture.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "simulated input"]


def test_a_file_that_is_none_and_playing_are_refused(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(AudioNotFoundError):
        Capture(SimulatedSystem(tmp_path / "missing.wav"))
    system = SimulatedSystem(sound)
    with pytest.raises(SoundDeviceError):
        system.open_output(system.devices()[0], RATE, 1, lambda *_: None, lambda: None)


def test_accelerated_sound_was_not_recorded_in_the_future(sound: Path) -> None:
    n_blocks = 0
    with Capture(SimulatedSystem(sound, speed=10.0)) as capture:
        capture.start()
        with pytest.raises(EndOfInput):
            while True:
                block = capture.read()
                if block is not None:
                    n_blocks += 1
                    assert block.recorded_at <= time.monotonic()
                time.sleep(0.002)
    assert n_blocks


def test_notes_of_the_file_come_with_its_end(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = AudioIsFolderError(path=sound, kind="folder")

    def with_note(path: Path) -> AudioReader:
        reader = open_audio(path)
        reader.notes = (note,)
        return reader

    monkeypatch.setattr(simulated_input, "open_audio", with_note)
    connection, other_end = Pipe()
    connection.send(OpenInput(1, file=str(sound), speed=50.0))
    server = threading.Thread(target=serve, args=(other_end, lambda: SimulatedSystem(sound)), daemon=True)
    server.start()
    while not isinstance(message := connection.recv(), InputEnded):
        pass
    connection.send(None)
    server.join(PATIENCE_S)
    assert message.error is None and [str(each) for each in message.notes] == [str(note)]
