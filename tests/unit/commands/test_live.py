from __future__ import annotations

import csv
import json
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture.messages import InputBlock
from genre_desktop.audio.capture.wav_recorder import WavRecorder
from genre_desktop.cli import main
from genre_desktop.commands import live
from genre_desktop.core.errors import (
    ExportTargetError,
    NoPortAudioError,
    SoundDeviceError,
    StorageError,
)
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.live.live_engine import Event, LiveEngine
from tests.support import fake_input
from tests.support.fast_live_engine import FastLiveEngine
from tests.support.full_disk import needs_dev_full
from tests.support.sounds import tune

RATE = 44_100


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "tune.wav"
    soundfile.write(path, tune(5.0, 22_050), 22_050)
    return path


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LiveEngine", FastLiveEngine)


@pytest.fixture
def with_devices(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    return lambda make_system: monkeypatch.setattr(live, "LiveEngine", partial(FastLiveEngine, make_system))


def test_json_lines_a_recording_and_a_table(
    jazz_model: ModelBundle, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wav, table = tmp_path / "heard.wav", tmp_path / "heard.csv"
    assert main(["live", "--input", str(sound), "--json", "--wav", str(wav), "--csv", str(table)]) == 0
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["time_s"] for line in lines] == [3.0, 3.5, 4.0, 4.5, 5.0]
    assert {line["genre"] for line in lines} == {"jazz"}
    assert lines[0]["confidence"] == pytest.approx(0.7, abs=1e-3)
    assert lines[0]["probabilities"]["rock"] == pytest.approx(0.2, abs=1e-3)
    assert all(line["latency_s"] > 0 and line["real_time_factor"] > 0 for line in lines)
    assert lines[0]["reason"] is None and lines[0]["styles"] == []
    assert "Listening to tune.wav at 22050 Hz" in told.err
    assert soundfile.info(wav).duration == pytest.approx(5.0, abs=0.3)
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert (row["start_s"], row["end_s"], row["genre"]) == ("2.5", "5.0", "jazz")
    wav.unlink()
    assert main(["live", "--input", str(sound), "--csv", str(table)]) == 0, "a table of ours may be replaced"


def test_a_recording_that_was_killed_is_recovered_before_the_next(
    jazz_model: ModelBundle, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = WavRecorder(tmp_path / "killed.wav", 8_000)
    recorder.write(np.zeros(16_000, np.float32))
    content = Path(recorder._temporary).read_bytes()
    recorder.discard()
    (tmp_path / ".genre-desktop-0.part").write_bytes(content)
    assert main(["live", "--input", str(sound), "--wav", str(tmp_path / "heard.wav")]) == 0
    (found,) = tmp_path.glob("*(recovered).wav")
    assert f"has been recovered: {found}" in capsys.readouterr().err
    assert soundfile.info(found).frames == 16_000


def test_lines_for_people_and_an_end_that_was_asked_for(
    jazz_model: ModelBundle, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["live", "--input", str(sound), "--seconds", "3.5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["3.0", "3.5"]
    assert "jazz" in lines[0] and "70 %" in lines[0]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_file_too_short_for_an_answer_is_one_sentence(
    jazz_model: ModelBundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    path = tmp_path / "blip.wav"
    soundfile.write(path, tune(1.0, 22_050), 22_050)
    assert main(["live", "--input", str(path), *form]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[1:] == ["No answer came: 1.0 s of sound were heard, and the model needs 2.9 s."]


def test_a_recording_too_short_for_an_answer_is_kept_and_told(
    jazz_model: ModelBundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, wav = tmp_path / "blip.wav", tmp_path / "heard.wav"
    soundfile.write(path, tune(1.0, 22_050), 22_050)
    assert main(["live", "--input", str(path), "--wav", str(wav)]) == 1
    assert "No answer came" in capsys.readouterr().err and soundfile.info(wav).duration > 0.5


def test_too_little_time_for_an_answer_is_told(
    jazz_model: ModelBundle, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["live", "--input", str(sound), "--seconds", "1"]) == 2
    told = capsys.readouterr().err
    assert "No answer came: 1.0 s of sound were heard" in told and "the model needs 2.9 s" in told


@needs_dev_full
def test_without_room_for_the_answers_the_recording_and_the_table_are_complete(
    jazz_model: ModelBundle, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav, table = tmp_path / "heard.wav", tmp_path / "heard.csv"
    with open("/dev/full", "w") as full:
        monkeypatch.setattr("sys.stdout", full)
        with pytest.raises(StorageError, match="standard output"):
            main(["live", "--input", str(sound), "--wav", str(wav), "--csv", str(table)])
    assert soundfile.info(wav).duration > 2.0
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert row["genre"] == "jazz"


def test_answers_that_are_late_are_waited_for(
    jazz_model: ModelBundle, sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    score = LiveEngine._answers

    def late(engine: LiveEngine, *given: Any) -> list[Any]:
        time.sleep(1.5)  # the sound of six seconds has come by then
        return score(engine, *given)

    monkeypatch.setattr(LiveEngine, "_answers", late)
    assert main(["live", "--input", str(sound), "--seconds", "3.5"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["3.0", "3.5"]


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for oneself")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_with_its_files_finished(
    jazz_model: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    class Ended(LiveEngine):
        """Somebody ends the program once a second has been heard."""

        n_heard = 0

        def poll(self) -> list[Event]:
            events = super().poll()
            before = self.n_heard
            self.n_heard += sum(len(event.block.samples) for event in events if isinstance(event, InputBlock))
            if before <= RATE < self.n_heard:
                os.kill(os.getpid(), getattr(signal, name))
            return events

    monkeypatch.setattr(live, "LiveEngine", partial(Ended, fake_input.two_inputs))
    wav = tmp_path / "heard.wav"
    assert main(["live", "--wav", str(wav)]) == 0
    assert soundfile.info(wav).duration > 0.5


def test_devices_are_listed_and_chosen_by_a_part_of_their_name(
    jazz_model: ModelBundle, with_devices: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with_devices(fake_input.two_inputs)
    assert main(["live", "--list-devices"]) == 0
    assert "Line in" in capsys.readouterr().out
    assert main(["live", "--device", "line", "--seconds", "3.5"]) == 0
    assert "Listening to Line in at 44100 Hz" in capsys.readouterr().err
    with pytest.raises(SoundDeviceError, match="none of that name, but Microphone, Line in"):
        main(["live", "--device", "Stereo Mix"])


def test_missing_portaudio_or_inputs_are_reported(
    jazz_model: ModelBundle, with_devices: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with_devices(fake_input.without_portaudio)
    with pytest.raises(NoPortAudioError):
        main(["live", "--list-devices"])
    assert main(["live"]) == 2
    assert "GD-503" in capsys.readouterr().err
    with_devices(fake_input.without_inputs)
    assert main(["live", "--list-devices"]) == 2
    assert main(["live"]) == 2
    assert "GD-504" in capsys.readouterr().err


def test_a_device_that_is_lost_is_reported(
    jazz_model: ModelBundle, with_devices: Callable[[Any], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with_devices(fake_input.vanishing)
    assert main(["live"]) == 2
    told = capsys.readouterr().err
    assert "GD-506" in told and "No answer came" in told


@pytest.mark.parametrize("wrong", [["--seconds", "0"], ["--seconds", "soon"], ["--input", "a", "--device", "b"]])
def test_wrong_usage(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["live", *wrong])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "wanted",
    [
        ["--csv", "song.mp3"],
        ["--csv", "tune.wav"],
        ["--csv", "notes.txt"],
        ["--wav", "tune.wav"],
        ["--wav", "notes.txt"],
        ["--wav", "new.txt", "--csv", "new.txt"],
        ["--wav", "folder"],
    ],
)
def test_nothing_is_overwritten_and_it_is_said_at_once(
    jazz_model: ModelBundle, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: list[str]
) -> None:
    monkeypatch.setattr(FastLiveEngine, "listen", lambda *_, **__: pytest.fail("it listens already"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("of years", "utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    with pytest.raises(ExportTargetError):
        main(["live", "--input", str(sound), *wanted])
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("option", ["--csv", "--wav"])
def test_a_missing_folder_is_reported_before_listening(
    jazz_model: ModelBundle, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setattr(FastLiveEngine, "listen", lambda *_, **__: pytest.fail("it listens already"))
    with pytest.raises(StorageError):
        main(["live", "--input", str(sound), option, str(tmp_path / "missing" / "a.out")])


def test_damage_in_a_file_is_reported_at_its_end(
    jazz_model: ModelBundle, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = sound.read_bytes()
    sound.write_bytes(whole[: len(whole) * 3 // 4])
    assert main(["live", "--input", str(sound)]) == 1
    told = capsys.readouterr()
    assert told.out and "tune.wav" in told.err and "GD-106" in told.err


def test_a_file_too_short_for_an_answer_is_an_error(
    jazz_model: ModelBundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "short.wav"
    soundfile.write(path, tune(1.0, 22_050), 22_050)
    assert main(["live", "--input", str(path)]) == 2
    assert "No answer came" in capsys.readouterr().err
