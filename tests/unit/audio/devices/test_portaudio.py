from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.devices.portaudio import PortAudioSystem
from genre_desktop.audio.devices.sound_system import SampleRateRefusedError, supporting
from genre_desktop.core.errors import NoPortAudioError, SoundDeviceError, SoundDeviceLostError
from tests.support.waiting import PATIENCE_S


class PortAudioError(Exception):
    pass


class FakeStream:
    def __init__(self, library: FakeLibrary, values: dict[str, Any]) -> None:
        self.library, self.values = library, values
        self.samplerate, self.latency = values["samplerate"], 0.08
        self.calls: list[str] = []

    def start(self) -> None:
        if self.library.error is not None:
            raise self.library.error
        self.calls.append("start")

    def abort(self) -> None:
        self.calls.append("abort")
        self.values["finished_callback"]()  # as PortAudio does after every end

    def close(self) -> None:
        self.calls.append("close")


class FakeLibrary(ModuleType):
    """The part of the module sounddevice that the program uses."""

    PortAudioError = PortAudioError

    def __init__(self) -> None:
        super().__init__("sounddevice")
        self.error: PortAudioError | None = None
        self.streams: list[FakeStream] = []
        self.n_initialised = 0
        self.default = SimpleNamespace(device=(1, 0))

    def query_hostapis(self) -> Any:
        return ({"name": "ALSA"},)

    def query_devices(self) -> Any:
        return [
            {
                "index": index,
                "name": name,
                "hostapi": 0,
                "max_output_channels": outputs,
                "max_input_channels": inputs,
                "default_samplerate": 44100.0,
            }
            for index, (name, outputs, inputs) in enumerate((("Speakers", 2, 0), ("Microphone", 0, 1)))
        ]

    def _terminate(self) -> None:
        assert not [stream for stream in self.streams if "close" not in stream.calls]

    def _initialize(self) -> None:
        self.n_initialised += 1

    def OutputStream(self, **values: Any) -> FakeStream:  # noqa: N802
        if self.error is not None:
            raise self.error
        self.streams.append(FakeStream(self, values))
        return self.streams[-1]

    InputStream = OutputStream


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> FakeLibrary:
    library = FakeLibrary()
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    return library


def nothing(*_values: object) -> None: ...


def test_lists_devices(library: FakeLibrary) -> None:
    speakers, microphone = PortAudioSystem().devices()
    assert speakers.is_default_output and not speakers.is_default_input and speakers.key == "ALSA: Speakers"
    assert microphone.is_default_input and microphone.supports("input") and not microphone.supports("output")
    assert supporting((speakers, microphone), "output") == (speakers,)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("Invalid sample rate", -9997), SampleRateRefusedError),
        (("Invalid device", -9996), SoundDeviceLostError),
        (("Device unavailable", -9985), SoundDeviceError),
        (("Error querying device 7",), SoundDeviceLostError),
        (("Unanticipated host error", -9999, (8, -1, "busy")), SoundDeviceError),
    ],
)
def test_errors_become_our_own(library: FakeLibrary, arguments: tuple[Any, ...], kind: type[Exception]) -> None:
    system = PortAudioSystem()
    speakers, _ = system.devices()
    library.error = PortAudioError(*arguments)
    with pytest.raises(kind) as caught:
        system.open_output(speakers, 44100, 2, nothing, nothing)
    assert type(caught.value) is kind
    assert system.refresh()


@pytest.mark.parametrize(
    ("dac", "expected"),
    [(10.03, 0.03), (0.0, 0.08), (9.0, 0.08), (99.0, 0.08)],
    ids=["valid", "unset", "past", "absurd"],
)
def test_passes_on_the_delay_until_a_block_is_audible(library: FakeLibrary, dac: float, expected: float) -> None:
    system = PortAudioSystem()
    got: list[tuple[Any, float, bool]] = []
    system.open_output(system.devices()[0], 44100, 2, lambda *values: got.append(values), nothing)
    block = np.zeros((4, 2), dtype=np.float32)
    times = SimpleNamespace(outputBufferDacTime=dac, currentTime=10.0)
    library.streams[0].values["callback"](block, 4, times, SimpleNamespace(output_underflow=True))
    assert got[0][0] is block and got[0][1] == pytest.approx(expected) and got[0][2] is True


def test_passes_on_the_delay_since_a_block_was_recorded(library: FakeLibrary) -> None:
    system = PortAudioSystem()
    got: list[tuple[Any, float, bool]] = []
    system.open_input(system.devices()[1], 44100, 1, lambda *values: got.append(values), nothing)
    times = SimpleNamespace(inputBufferAdcTime=9.98, currentTime=10.0)
    block = np.zeros((4, 1), dtype=np.float32)
    library.streams[0].values["callback"](block, 4, times, SimpleNamespace(input_overflow=False))
    assert got[0][1] == pytest.approx(0.02) and got[0][2] is False


def test_only_an_unexpected_end_is_reported(library: FakeLibrary) -> None:
    system = PortAudioSystem()
    ends: list[int] = []
    stream = system.open_output(system.devices()[0], 44100, 2, nothing, lambda: ends.append(1))
    stream.start()
    stream.stop()
    stream.start()
    library.streams[0].values["finished_callback"]()
    assert ends == [1]
    stream.close()
    stream.close()
    assert ends == [1] and library.streams[0].calls.count("close") == 1


def test_does_not_refresh_under_an_open_stream(library: FakeLibrary) -> None:
    system = PortAudioSystem()
    stream = system.open_output(system.devices()[0], 44100, 2, nothing, nothing)
    assert not system.refresh() and not library.n_initialised
    stream.close()
    assert system.refresh() and library.n_initialised == 1


def test_a_missing_library_is_an_error_with_a_sentence() -> None:
    # In a process of its own: what has been imported stays so.
    program = """
import ctypes.util, sys
ctypes.util.find_library = lambda name: None
import genre_desktop.audio.devices.portaudio, genre_desktop.audio.playback.player_process
assert "sounddevice" not in sys.modules
try:
    genre_desktop.audio.devices.portaudio.PortAudioSystem().devices()
except genre_desktop.audio.devices.portaudio.NoPortAudioError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE_S)
    if sys.platform.startswith("linux"):  # elsewhere the wheel brings its own
        assert done.stdout.startswith("GD-503") and "libportaudio2" in done.stdout, done.stderr


def test_a_library_that_does_not_load_is_an_error_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, *_values: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    action: Callable[[], object]
    for action in (PortAudioSystem().devices, PortAudioSystem().refresh):
        with pytest.raises(NoPortAudioError):
            action()
