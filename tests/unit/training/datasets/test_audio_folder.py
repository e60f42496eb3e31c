from __future__ import annotations

import os
from pathlib import Path

import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import TrainingInterruptedError
from tests.support.tones import tone
from training.datasets.audio_folder import list_sound_files, read_folder


def test_copies_and_short_files_are_left_out_with_the_reason(tmp_path: Path, home: Path) -> None:
    for genre in ("a", "b"):
        (tmp_path / "music" / genre).mkdir(parents=True)
        tone(tmp_path / "music" / genre / "x.wav", 440 if genre == "a" else 880)
    (tmp_path / "music" / "b" / "y.wav").write_bytes((tmp_path / "music" / "a" / "x.wav").read_bytes())
    tone(tmp_path / "music" / "b" / "short.wav", seconds=0.5)
    dataset = read_folder(tmp_path / "music", FeatureConfig())
    assert [file.name for file in list_sound_files(tmp_path / "music")] == [
        "a/x.wav",
        "b/short.wav",
        "b/x.wav",
        "b/y.wav",
    ]
    assert [(track.name, track.genre) for track in dataset.tracks] == [("a/x.wav", "a"), ("b/x.wav", "b")]
    skipped = dict(dataset.skipped)
    assert skipped["b/y.wav"] == "it holds the same as a/x.wav" and "GD-107" in skipped["b/short.wav"]


def test_stopping_while_features_are_computed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    tone(tmp_path / "a" / "x.wav")
    with pytest.raises(TrainingInterruptedError):
        read_folder(tmp_path, FeatureConfig(), should_stop=lambda: True)


def test_a_file_of_which_a_part_is_used_is_told_every_time(tmp_path: Path, home: Path) -> None:
    for genre in ("a", "b"):
        (tmp_path / genre).mkdir(parents=True)
        tone(tmp_path / genre / "x.wav", 440 if genre == "a" else 880, seconds=20.0)
    os.truncate(tmp_path / "b" / "x.wav", os.path.getsize(tmp_path / "b" / "x.wav") // 2)
    for _ in range(2):  # the second time its features are in the cache
        dataset = read_folder(tmp_path, FeatureConfig())
        assert len(dataset.tracks) == 2 and dataset.skipped == ()
        ((name, reason),) = dataset.read_in_part
        assert name == "b/x.wav" and reason.startswith("GD-106: ") and str(tmp_path / "b" / "x.wav") in reason
    os.rename(tmp_path / "b" / "x.wav", tmp_path / "b" / "y.wav")
    ((name, reason),) = read_folder(tmp_path, FeatureConfig()).read_in_part
    assert name == "b/y.wav" and "y.wav" in reason and "x.wav" not in reason
