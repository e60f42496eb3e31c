from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.core.errors import DatasetNotFoundError
from training.datasets.dataset_check import check_dataset


def test_spectrograms(npz: Path, tmp_path: Path) -> None:
    findings = check_dataset(npz)
    assert findings[0] == "24 tracks of 3 genres: high 8, low 8, middle 8."
    assert any("Fewer than 20 tracks" in line for line in findings)
    assert any("high has 4 artists only" in line for line in findings)
    alone = Path(shutil.copy(npz, tmp_path))
    assert any("No artist is known" in line for line in check_dataset(alone))


def test_a_folder_of_sound(tmp_path: Path) -> None:
    rate = 22_050
    for genre in ("jazz", "rock"):
        (tmp_path / genre).mkdir()
        for i in range(2 if genre == "rock" else 7):
            noise = np.random.default_rng(i).normal(0, 0.1, 4 * rate).astype(np.float32)
            soundfile.write(tmp_path / genre / f"{i}.wav", noise, rate)
    shutil.copy(tmp_path / "rock" / "1.wav", tmp_path / "rock" / "copy.wav")
    (tmp_path / "jazz" / "text.mp3").write_text("no sound " * 40)
    soundfile.write(tmp_path / "jazz" / "blip.wav", np.zeros(1000, np.float32), rate)
    findings = "\n".join(check_dataset(tmp_path))
    assert "10 tracks of 2 genres: jazz 7, rock 3." in findings
    assert "text.mp3 cannot be used" in findings
    assert "blip.wav is too short" in findings
    assert "copy.wav holds the same as" in findings
    assert "No artist is known" in findings


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(DatasetNotFoundError):
        check_dataset(tmp_path / "none")
