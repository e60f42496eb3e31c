"""Cost of scoring patches with NumPy and with Keras, and a whole track."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.classify_file import classify_file
from genre_desktop.model.predictor import Predictor


@pytest.fixture(scope="module", params=["gtzan-musicnn", "gtzan-cnn"])
def bundle(request: pytest.FixtureRequest) -> ModelBundle:
    return find_bundle(request.param)


@pytest.fixture(scope="module", params=["NumPy", "Keras"])
def predictor(request: pytest.FixtureRequest, bundle: ModelBundle) -> Predictor:
    return Predictor.load(bundle) if request.param == "NumPy" else Predictor.load_keras(bundle)


@pytest.fixture(scope="module")
def patches(predictor: Predictor) -> np.ndarray:
    config = predictor.bundle.config
    return np.random.default_rng(0).random((90, config.patch_frames, config.n_mels), np.float32)


@pytest.mark.benchmark(group="one patch")
def test_one_patch(benchmark: Any, predictor: Predictor, patches: np.ndarray) -> None:
    benchmark(predictor.score, patches[:1])


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
@pytest.mark.parametrize("load", [Predictor.load, Predictor.load_keras], ids=["NumPy", "Keras"])
def test_loading_a_bundle(benchmark: Any, bundle: ModelBundle, load: Callable[[ModelBundle], Predictor]) -> None:
    benchmark.pedantic(load, (bundle,), rounds=3)
