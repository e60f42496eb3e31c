from __future__ import annotations

import os
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture import wav_header
from genre_desktop.audio.capture.wav_recorder import WavRecorder
from genre_desktop.core.errors import StorageError

SOUND = np.random.default_rng(0).uniform(-0.9, 0.9, 100_001).astype(np.float32)


def _record(path: Path, subtype: Any = "PCM_24") -> WavRecorder:
    recorder = WavRecorder(path, 48_000, subtype)
    for part in np.array_split(SOUND, 7):
        recorder.write(part)
    return recorder


@pytest.mark.parametrize(("subtype", "step"), [("PCM_16", 2**-15), ("PCM_24", 2**-23)])
def test_a_recording_is_a_plain_wav(tmp_path: Path, subtype: str, step: float) -> None:
    path = tmp_path / "Aufnahme ♫.wav"
    recorder = _record(path, subtype)
    assert recorder.seconds == pytest.approx(len(SOUND) / 48_000)
    assert not path.exists(), "it appears whole or not at all"
    recorder.finish()
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == 48_000
    np.testing.assert_allclose(samples, SOUND, atol=step)
    assert soundfile.info(path).subtype == subtype
    with wave.open(str(path)) as plain:  # the strictest reader at hand
        assert (plain.getnchannels(), plain.getframerate(), plain.getnframes()) == (1, 48_000, len(SOUND))
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_one_beyond_four_gigabytes_stays_rf64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wav_header, "LARGEST_WAV", 100_000)
    path = tmp_path / "long.wav"
    _record(path).finish()
    assert path.read_bytes()[:4] == b"RF64"
    samples, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_allclose(samples, SOUND, atol=2**-23)


def test_beyond_full_scale_is_clipped_and_does_not_wrap(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    recorder = WavRecorder(path, 8_000, "PCM_16")
    recorder.write(np.array([1.5, -1.5], np.float32))
    recorder.finish()
    np.testing.assert_allclose(soundfile.read(path)[0], [1.0, -1.0], atol=1e-3)


def test_a_folder_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        WavRecorder(tmp_path / "missing" / "a.wav", 48_000)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_known_at_once_and_what_came_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    recorder = _record(path)
    raw = recorder._raw.fileno()
    kept = os.dup(raw)
    full = os.open("/dev/full", os.O_RDWR)
    os.dup2(full, raw)
    with pytest.raises(StorageError):
        for _ in range(10):
            recorder.write(SOUND)
    os.dup2(kept, raw)
    recorder.finish()
    for descriptor in (kept, full):
        os.close(descriptor)
    assert len(soundfile.read(path)[0]) >= len(SOUND)


def test_a_recording_that_is_not_wanted_leaves_nothing(tmp_path: Path) -> None:
    recorder = _record(tmp_path / "a.wav")
    recorder.discard()
    recorder.discard()
    assert list(tmp_path.iterdir()) == []


def test_one_whose_place_has_become_a_folder_is_kept_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    recorder = _record(path)
    path.mkdir()
    (tmp_path / "a (2).wav").touch()
    with pytest.raises(StorageError):
        recorder.finish()
    assert recorder.kept_at == str(tmp_path / "a (3).wav")
    assert len(soundfile.read(recorder.kept_at)[0]) == len(SOUND)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a (2).wav", "a (3).wav", "a.wav"]
