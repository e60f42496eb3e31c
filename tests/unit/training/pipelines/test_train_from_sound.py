"""From a folder of sound to a bundle, and what is refused before features are computed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    ModelInputError,
    SplitError,
    TooFewTracksError,
)
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.support.small_recipe import small_request
from training.pipelines.evaluate import evaluate
from training.pipelines.train import train


@pytest.fixture
def known_features(home: Path, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of features is shared: the first test that needs them computes them."""
    monkeypatch.setenv(locations.HOME_VARIABLE, str(shared_home))


def test_a_folder_of_sound_trains_with_damaged_files_left_out(sounds: Path, tmp_path: Path, home: Path) -> None:
    messages: list[str] = []
    result = train(small_request(sounds, tmp_path / "mine", split="track", epochs=20), on_message=messages.append)
    left_out = [line for line in messages if line.startswith("left out")]
    assert len(left_out) == 3
    assert any("copy of 0.flac" in line and "0.flac" in line for line in left_out)
    assert len(result.skipped) == 3
    assert any("damaged.mp3" in line and "GD-105" in line for line in left_out)
    assert any("short.wav" in line and "GD-107" in line for line in left_out)
    assert result.bundle.config == FeatureConfig()
    assert result.bundle.card["training"]["dataset"]["n_left_out"] == 3
    assert result.bundle.card["metrics"]["track"]["accuracy"] == 1.0
    cached = sorted((home / "cache" / "features").glob("*.npy"))
    assert len(cached) == 8 * 3  # each recording and its two augmented versions
    before = [path.stat().st_mtime_ns for path in cached]
    train(small_request(sounds, tmp_path / "again", split="track", epochs=1))
    assert [path.stat().st_mtime_ns for path in cached] == before
    assert "whistle" in evaluate(result.bundle, sounds).table()
    assert evaluate(result.bundle, sounds).to_dict()["n_tracks"] == 9


@pytest.mark.usefixtures("known_features")
def test_a_model_refuses_what_it_cannot_take(sounds: Path, npz: Path, trained: ModelBundle, tmp_path: Path) -> None:
    of_sound = train(small_request(sounds, tmp_path / "sound", split="track", epochs=1)).bundle
    with pytest.raises(ModelInputError, match="hop_length 512"):
        evaluate(of_sound, npz)
    with pytest.raises(ModelInputError, match="drone"):
        evaluate(trained, sounds)
    with pytest.raises(DatasetNotFoundError):
        evaluate(of_sound, tmp_path / "none")


@pytest.fixture
def no_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.datasets.loading.read_folder", lambda *a, **k: pytest.fail("features were computed"))


@pytest.mark.usefixtures("no_features")
def test_one_genre_is_refused_at_once(sounds: Path, tmp_path: Path) -> None:
    shutil.copytree(sounds / "drone", tmp_path / "music" / "drone")
    with pytest.raises(TooFewTracksError):
        train(small_request(tmp_path / "music", tmp_path / "out"))


@pytest.mark.usefixtures("no_features")
def test_a_split_by_artists_needs_artists_at_once(sounds: Path, tmp_path: Path) -> None:
    with pytest.raises(SplitError, match="no artist is known"):
        train(small_request(sounds, tmp_path / "out", split="artist"))


@pytest.mark.usefixtures("no_features")
def test_a_table_of_other_tracks_is_refused_at_once(sounds: Path, tmp_path: Path) -> None:
    table = tmp_path / "artists.tsv"
    table.write_text("name\tartist\nfado.00001\tAmália Rodrigues\n", "utf-8")
    with pytest.raises(DatasetFormatError, match=r"drone/0\.flac"):
        train(small_request(sounds, tmp_path / "out", artists=table))


@pytest.mark.usefixtures("known_features")
@pytest.mark.parametrize("form", ["drone/{}.flac", "{}.flac", "{}"])
def test_a_table_may_name_files_with_or_without_folder_and_ending(sounds: Path, tmp_path: Path, form: str) -> None:
    table = tmp_path / "artists.tsv"
    table.write_text("name\tartist\n" + "\n".join(f"{form.format(i)}\tSomebody" for i in range(4)), "utf-8")
    messages: list[str] = []
    train(small_request(sounds, tmp_path / "out", artists=table, split="track", epochs=1), on_message=messages.append)
    n = 4 if form.startswith("drone") else 8
    assert f"Artists are known of {n} of 8 tracks." in messages
