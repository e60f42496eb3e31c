"""Networks that are rebuilt give exactly the outputs of those that Keras loads itself."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.checks.checked_network import read_checked
from genre_desktop.model.checks.hdf5_reader import read_arrays
from genre_desktop.model.checks.keras_archive import open_archive, read_file
from genre_desktop.model.checks.layer_kinds import LAYER_KINDS
from genre_desktop.model.checks.network_builder import build_network
from genre_desktop.model.checks.network_plan import read_plan
from genre_desktop.model.checks.weights import match_weights
from genre_desktop.model.keras_backend import load_backend
from tests.conftest import REPOSITORY
from tests.support.networks import plain_layers, several_inputs, shake
from tests.unit.model.checks.crafted_bundles import CONFIG, WEIGHTS, shipped_parts
from training.fitting.recipes import RECIPES


def rebuilt(path: Path) -> Any:
    archive = open_archive(*read_file(path))
    plan = read_plan(archive.config)
    return build_network(plan, match_weights(plan, read_arrays(archive.weights)))


def assert_same(ours: Any, keras_own: Any) -> None:
    assert [layer.name for layer in ours.layers] == [layer.name for layer in keras_own.layers]
    assert ours.input_shape == keras_own.input_shape and ours.output_shape == keras_own.output_shape
    patches = np.random.default_rng(1).random((3, *ours.input_shape[1:]), np.float32)
    np.testing.assert_array_equal(np.asarray(ours(patches)), np.asarray(keras_own(patches)))


@pytest.mark.parametrize("name", ["gtzan-cnn", "gtzan-musicnn"])
def test_shipped_models_are_rebuilt_exactly(name: str) -> None:
    load_backend()
    import keras

    bundle = read_bundle(REPOSITORY / "resources" / "models" / name)
    checked = read_checked(bundle)
    own = keras.saving.load_model(bundle.path / "model.keras", compile=False)
    assert_same(build_network(checked.plan, checked.weights), own)
    known = bundle.card["architecture"]
    assert sum(np.size(array) for arrays in checked.weights.values() for array in arrays) == known["parameters"]


@pytest.mark.parametrize("config", [FeatureConfig(), FeatureConfig(n_mels=64, patch_frames=96, patch_hop=48)])
@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_is_rebuilt(tmp_path: Path, name: str, config: FeatureConfig) -> None:
    load_backend()
    model = RECIPES[name].build(config, 3, 0)
    shake(model)
    model.save(tmp_path / "model.keras")
    assert_same(rebuilt(tmp_path / "model.keras"), model)


@pytest.mark.parametrize("last", ["Flatten", "GlobalAveragePooling", "GlobalMaxPooling", "kept"])
@pytest.mark.parametrize("axes", [1, 2])
def test_every_plain_layer_is_rebuilt(tmp_path: Path, axes: int, last: str) -> None:
    load_backend()
    import keras

    plain_layers(axes, last).save(tmp_path / "model.keras")
    own = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    ours = rebuilt(tmp_path / "model.keras")
    patches = np.random.default_rng(1).random((3, 24, 16), np.float32)
    np.testing.assert_allclose(np.asarray(ours(patches)), np.asarray(own(patches)), atol=1e-6)


def test_layers_with_several_inputs_are_rebuilt(tmp_path: Path) -> None:
    model = several_inputs()
    model.save(tmp_path / "model.keras")
    assert_same(rebuilt(tmp_path / "model.keras"), model)


def test_a_compiled_network_is_rebuilt_without_its_optimizer(tmp_path: Path) -> None:
    load_backend()
    import keras

    model = keras.Sequential([keras.Input((24, 16)), keras.layers.Flatten(), keras.layers.Dense(3)])
    model.compile("adam", "mse", metrics=["accuracy"])
    model.train_on_batch(np.ones((2, 24, 16)), np.ones((2, 3)))
    model.save(tmp_path / "model.keras")
    with zipfile.ZipFile(tmp_path / "model.keras") as archive:
        assert any(path.startswith("optimizer/") for path in read_arrays(archive.read("model.weights.h5")))
    patches = np.random.default_rng(1).random((3, 24, 16), np.float32)
    np.testing.assert_allclose(np.asarray(rebuilt(tmp_path / "model.keras")(patches)), np.asarray(model(patches)))


def test_every_kind_is_a_layer_of_keras_or_of_the_program() -> None:
    load_backend()
    import importlib

    for name, kind in LAYER_KINDS.items():
        assert hasattr(importlib.import_module(kind.module), name)


def test_weights_at_an_odd_offset_are_copied() -> None:
    load_backend()
    import h5py

    parts, kernel = shipped_parts(), "layers/conv2d_1/vars/0"
    file = io.BytesIO(parts[WEIGHTS])
    with h5py.File(file, "r+") as weights:
        weights[kernel][...] = 0.0
        start = weights[kernel].id.get_offset()
    data = file.getvalue().replace(start.to_bytes(8, "little"), (start - 1).to_bytes(8, "little"))
    arrays = read_arrays(data[: start - 1] + b"\0" + data[start:])
    assert not arrays[kernel].flags.aligned
    plan = read_plan(parts[CONFIG])
    model = build_network(plan, match_weights(plan, arrays))
    assert np.isfinite(np.asarray(model(np.zeros((1, *plan.input_shape), np.float32)))).all()
