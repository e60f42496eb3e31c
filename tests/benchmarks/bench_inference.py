"""Cost of scoring patches: the direct call beside ``model.predict``, and a whole track."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.classify_file import classify_file
from genre_desktop.model.predictor import Predictor


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor.load(find_bundle("gtzan-cnn"))


@pytest.fixture(scope="module")
def patches(predictor: Predictor) -> np.ndarray:
    config = predictor.bundle.config
    return np.random.default_rng(0).random((90, config.patch_frames, config.n_mels), np.float32)


@pytest.mark.benchmark(group="one patch")
def test_one_patch_by_direct_call(benchmark: Any, predictor: Predictor, patches: np.ndarray) -> None:
    benchmark(predictor.score, patches[:1])


@pytest.mark.benchmark(group="one patch")
def test_one_patch_by_keras_predict(benchmark: Any, predictor: Predictor, patches: np.ndarray) -> None:
    import keras

    model = keras.saving.load_model(predictor.bundle.path / "model.keras", compile=False)
    benchmark(model.predict, patches[:1], verbose=0)


@pytest.mark.benchmark(group="the 90 patches of a four-minute track")
def test_ninety_patches(benchmark: Any, predictor: Predictor, patches: np.ndarray) -> None:
    result = benchmark(predictor.score, patches)
    assert len(result) == 90
    benchmark.extra_info["ms a patch"] = round(1000 * benchmark.stats["mean"] / 90, 2)


@pytest.mark.benchmark(group="from file to genre")
def test_a_four_minute_mp3(benchmark: Any, predictor: Predictor, tmp_path: Path) -> None:
    rate = 44_100
    noise = np.random.default_rng(0).normal(0, 0.1, (240 * rate, 2)).astype(np.float32)
    path = tmp_path / "four minutes.mp3"
    soundfile.write(path, noise, rate)
    prediction = benchmark.pedantic(classify_file, (path, predictor), rounds=5, warmup_rounds=1)
    benchmark.extra_info["seconds of sound a second"] = round(prediction.duration_s / benchmark.stats["mean"])


@pytest.mark.benchmark(group="loading")
def test_loading_a_bundle(benchmark: Any, predictor: Predictor) -> None:
    benchmark.pedantic(Predictor.load, (predictor.bundle,), rounds=3)
