from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from training.fitting.recipes import FILTERS, RECIPES, build_cnn, count_multiply_adds


@pytest.mark.parametrize("name", ["cnn", "cnn-mfcc"])
def test_the_notebooks_network_has_what_it_had(name: str) -> None:
    from keras import layers

    recipe = RECIPES[name]
    model = recipe.build(FeatureConfig(), 10, 0)
    kinds = [type(layer) for layer in model.layers]
    assert kinds.count(layers.Conv2D) == len(FILTERS)
    assert kinds.count(layers.BatchNormalization) > len(FILTERS)
    assert [layer.rate for layer in model.layers if isinstance(layer, layers.Dropout)] == [0.3, 0.5]
    assert kinds[-1] is layers.Dense
    assert layers.Lambda not in kinds
    assert count_multiply_adds(model) < 50_000_000
    probabilities = np.asarray(model(np.random.default_rng(0).random((2, 128, 128), np.float32)))
    assert probabilities.shape == (2, 10)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_the_mfcc_branch_matters() -> None:
    model = build_cnn(FeatureConfig(), 10, 0, with_mfcc=True)
    patches = np.random.default_rng(0).random((2, 128, 128), np.float32)
    before = np.asarray(model(patches))
    branch = model.get_layer("mfcc_conv1")
    branch.set_weights([0 * weight for weight in branch.get_weights()])
    assert np.abs(np.asarray(model(patches)) - before).max() > 1e-4


def test_every_recipe_survives_the_bundle(tmp_path: Path, npz: Path) -> None:
    import keras

    for name in RECIPES:
        model = RECIPES[name].build(FeatureConfig(), 3, 0)
        model.save(tmp_path / f"{name}.keras")
        again = keras.saving.load_model(tmp_path / f"{name}.keras", safe_mode=True)
        patches = np.random.default_rng(0).random((1, 128, 128), np.float32)
        np.testing.assert_allclose(np.asarray(again(patches)), np.asarray(model(patches)), atol=1e-6)
