from __future__ import annotations

from pathlib import Path

import mutagen
import numpy as np
import pytest
import soundfile
from mutagen.id3 import TPE1

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import TrainingInterruptedError
from training.datasets.audio_folder import FeatureCache, read_artist, read_folder

RATE = 22_050


def tone(path: Path, pitch: float = 440, seconds: float = 5) -> Path:
    time = np.arange(round(seconds * RATE)) / RATE
    soundfile.write(path, (0.3 * np.sin(2 * np.pi * pitch * time)).astype(np.float32), RATE)
    return path


@pytest.mark.parametrize("ending", ["flac", "wav", "aiff", "mp3", "ogg"])
def test_the_artist_is_read_from_every_kind_of_tag(tmp_path: Path, ending: str) -> None:
    path = tone(tmp_path / f"a.{ending}")
    assert read_artist(path) is None
    tags = mutagen.File(path)
    if tags.tags is None:
        tags.add_tags()
    if ending in ("wav", "aiff", "mp3"):
        tags.tags.add(TPE1(text=["Lata Mangeshkar"]))
    else:
        tags.tags["artist"] = ["Lata Mangeshkar"]
    tags.save()
    assert read_artist(path) == "Lata Mangeshkar"


def test_damaged_tags_are_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3\x04\x00\xff\x00\x00\x0f\x7f" + bytes(range(256)) * 20)
    assert read_artist(path) is None


def test_the_cache_knows_content_config_and_seed(tmp_path: Path) -> None:
    cache = FeatureCache(FeatureConfig(), seed=0, folder=tmp_path / "cache")
    first, other = tone(tmp_path / "a.wav"), tone(tmp_path / "b.wav", 880)
    assert cache.features(first) != cache.features(other)
    assert cache.features(first) == cache.features(first.rename(tmp_path / "moved.wav"))
    variants = {cache.features(other, 1), cache.features(other, 2)}
    variants.add(FeatureCache(FeatureConfig(), seed=1, folder=tmp_path / "cache").features(other, 1))
    variants.add(FeatureCache(FeatureConfig(hop_length=256), folder=tmp_path / "cache").features(other))
    assert len(variants) == 4
    assert not list((tmp_path / "cache").glob("*.part"))


def test_features_are_those_of_the_program(tmp_path: Path) -> None:
    from genre_desktop.audio.decode.waveform import load_audio
    from genre_desktop.audio.features.log_mel import log_mel

    path = tone(tmp_path / "a.wav")
    frames = np.load(FeatureCache(FeatureConfig(), folder=tmp_path / "cache").features(path))
    expected = log_mel(load_audio(path, RATE).samples, FeatureConfig())
    np.testing.assert_allclose(frames, expected, atol=0.05)  # float16


def test_stopping_while_features_are_computed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    tone(tmp_path / "a" / "x.wav")
    with pytest.raises(TrainingInterruptedError):
        read_folder(tmp_path, FeatureConfig(), should_stop=lambda: True)
