"""A recipe of a small network, a bundle made with it, and a folder of sound."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.core import locations
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.support.small_recipe import small_recipe, small_request
from training.fitting import recipes
from training.pipelines.train import train


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipes.RECIPES, "small", small_recipe(dropout=0.3))
        yield


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared home")


@pytest.fixture(scope="module")
def trained(small: None, npz: Path, shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelBundle:
    """What one epoch made of the spectrograms, for tests that leave it as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(locations.HOME_VARIABLE, str(shared_home))
        return train(small_request(npz, tmp_path_factory.mktemp("trained") / "mine", epochs=1)).bundle


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    rate = 22_050
    time = np.arange(7 * rate) / rate
    for genre, pitch in (("drone", 110), ("whistle", 2200)):
        (folder / genre).mkdir()
        for i in range(4):
            tone = 0.4 * np.sin(2 * np.pi * pitch * (1 + i / 20) * time)
            tone += np.random.default_rng(i).normal(0, 0.01, len(time))
            soundfile.write(folder / genre / f"{i}.flac", tone.astype(np.float32), rate)
    shutil.copy(folder / "drone" / "0.flac", folder / "drone" / "copy of 0.flac")
    (folder / "drone" / "damaged.mp3").write_bytes(b"this was never an MP3" * 50)
    soundfile.write(folder / "drone" / "short.wav", np.zeros(2000, np.float32), rate)
    return folder
