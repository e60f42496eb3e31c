from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture import wav_header
from genre_desktop.audio.capture.recording_recovery import recover_recordings
from genre_desktop.audio.capture.wav_recorder import WavRecorder

RATE = 48_000
SOUND = np.random.default_rng(1).uniform(-0.9, 0.9, 3 * RATE).astype(np.float32)
BEGAN = 1_767_225_600.0  # 2026-01-01 00:00 UTC

_RECORD = """
import os, signal, sys
import numpy as np
from genre_desktop.audio.capture.wav_recorder import WavRecorder
sound = np.random.default_rng(1).uniform(-0.9, 0.9, 3 * 48_000).astype(np.float32)
recorder = WavRecorder(sys.argv[1], 48_000, sys.argv[2])
recorder.write(sound)
print("written", flush=True)
sys.stdin.read()
"""


def left(folder: Path, n_samples: int, cut: int = 0, subtype: str = "PCM_24") -> Path:
    """A recording as a killed program leaves it, the last bytes cut off."""
    recorder = WavRecorder(folder / "a.wav", RATE, subtype)  # type: ignore[arg-type]
    if n_samples:
        recorder.write(SOUND[:n_samples])
    part = Path(recorder._temporary)
    content = part.read_bytes()
    recorder.discard()
    part.write_bytes(content[: len(content) - cut])
    os.utime(part, (BEGAN + n_samples / RATE, BEGAN + n_samples / RATE))
    return part


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
@pytest.mark.parametrize(("subtype", "step"), [("PCM_16", 2**-15), ("PCM_24", 2**-23)])
def test_a_killed_recording_is_recovered_and_a_running_one_left_alone(
    tmp_path: Path, subtype: str, step: float
) -> None:
    words = [sys.executable, "-c", _RECORD, str(tmp_path / "Evening ♫.wav"), subtype]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"written"
        before = sorted(tmp_path.iterdir())
        assert recover_recordings(tmp_path) == ()
        assert sorted(tmp_path.iterdir()) == before, "somebody writes to it"
        process.send_signal(signal.SIGKILL)
        process.wait()
    (found,) = recover_recordings(tmp_path)
    assert found.error is None and found.seconds == pytest.approx(3.0)
    assert list(tmp_path.iterdir()) == [found.path]
    assert found.path.name.startswith("Live 20") and found.path.name.endswith("(recovered).wav")
    samples, rate = soundfile.read(found.path, dtype="float32")
    assert rate == RATE
    np.testing.assert_allclose(samples, SOUND, atol=step)
    with wave.open(str(found.path)) as plain:
        assert plain.getnframes() == len(SOUND)
    assert recover_recordings(tmp_path) == ()


def test_one_of_this_process_is_left_alone(tmp_path: Path) -> None:
    recorder = WavRecorder(tmp_path / "a.wav", RATE)
    recorder.write(SOUND)
    assert recover_recordings(tmp_path) == ()
    recorder.write(SOUND)
    recorder.finish()
    assert len(soundfile.read(tmp_path / "a.wav")[0]) == 2 * len(SOUND)


@pytest.mark.parametrize("n_written", range(6))
def test_one_that_was_killed_while_it_was_finished_is_recovered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_written: int
) -> None:
    # What is written last has to reach the disk before it gets its name, which takes a while.
    part = left(tmp_path, RATE)

    class Killed(io.FileIO):
        n = 0

        def write(self, data: bytes) -> int:  # type: ignore[override]
            if self.n == n_written:
                raise KeyboardInterrupt
            self.n += 1
            return super().write(data)

    with part.open("r+b") as file:
        wav_header.repair_header(file)
    with Killed(part, "r+b") as file, contextlib.suppress(KeyboardInterrupt):
        wav_header.become_wav(file)
    (found,) = recover_recordings(tmp_path)
    assert found.seconds == pytest.approx(1.0)
    with wave.open(str(found.path)) as plain:
        assert plain.getnframes() == RATE
    np.testing.assert_allclose(soundfile.read(found.path, dtype="float32")[0], SOUND[:RATE], atol=2**-23)


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("n_samples", [1_000, 1_001])
def test_samples_that_were_not_written_whole_are_dropped(tmp_path: Path, n_samples: int, cut: int) -> None:
    left(tmp_path, n_samples, cut)
    (found,) = recover_recordings(tmp_path)
    samples, _ = soundfile.read(found.path, dtype="float32")
    whole = n_samples - -(-cut // 3)
    assert len(samples) == whole and found.seconds == pytest.approx(whole / RATE)
    np.testing.assert_allclose(samples, SOUND[:whole], atol=2**-23)
    assert found.path.stat().st_size % 2 == 0


def test_it_is_called_after_the_time_at_which_it_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left(tmp_path, 2 * RATE)
    part = left(tmp_path, RATE)
    found = recover_recordings(tmp_path)
    assert [round(one.seconds) for one in found] == [1, 2], "the earliest first"
    names = [one.path.name for one in found]
    assert "2026-01-01" in names[0] or "2025-12-31" in names[0]
    assert names[1] == names[0].replace(".wav", " 2.wav")
    assert not part.exists()
    assert found[0].path.stat().st_mtime == pytest.approx(BEGAN + 1, abs=1)


def test_one_beyond_four_gigabytes_stays_rf64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wav_header, "LARGEST_WAV", 10_000)
    left(tmp_path, RATE, 1)
    (found,) = recover_recordings(tmp_path)
    assert found.path.read_bytes()[:4] == b"RF64"
    np.testing.assert_allclose(soundfile.read(found.path, dtype="float32")[0], SOUND[: RATE - 1], atol=2**-23)


def test_what_holds_no_sound_or_is_no_recording_stays_as_it_is(tmp_path: Path) -> None:
    empty = left(tmp_path, 0)
    others = {
        empty: empty.read_bytes(),
        tmp_path / ".genre-desktop-1.part": b"path;genre\n",
        tmp_path / ".genre-desktop-2.part": b"",
        tmp_path / ".genre-desktop-3.part": empty.read_bytes()[:50],
        tmp_path / ".genre-desktop-4.part": b"RF64\xff\xff\xff\xffWAVEds64" + bytes(40),
        tmp_path / "mine.part": empty.read_bytes() + bytes(99),
        tmp_path / "song.wav": b"RIFF",
    }
    for path, content in others.items():
        path.write_bytes(content)
    assert recover_recordings(tmp_path) == ()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == others
    assert recover_recordings(tmp_path / "missing") == ()


def test_one_that_cannot_be_recovered_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = left(tmp_path, RATE)

    def full(_file: object) -> float:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("genre_desktop.audio.capture.recording_recovery.repair_header", full)
    (found,) = recover_recordings(tmp_path)
    assert found.path == part and found.error is not None and "No space left" in found.error.message
    assert part.exists()
