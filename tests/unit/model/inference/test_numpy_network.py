"""A network that NumPy computes gives what Keras computes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.checks.checked_network import CheckedNetwork, read_checked
from genre_desktop.model.checks.hdf5_reader import read_arrays
from genre_desktop.model.checks.keras_archive import open_archive, read_file
from genre_desktop.model.checks.layer_kinds import LAYER_KINDS
from genre_desktop.model.checks.layer_settings import ACTIVATIONS
from genre_desktop.model.checks.network_builder import build_network
from genre_desktop.model.checks.network_plan import read_plan
from genre_desktop.model.checks.weights import match_weights
from genre_desktop.model.inference import operations
from genre_desktop.model.inference.convolution import Convolution
from genre_desktop.model.inference.numpy_network import CHUNK, NumpyNetwork
from genre_desktop.model.inference.pooling import MaxPooling
from genre_desktop.model.inference.spectral_maximum import SpectralMaximum
from genre_desktop.model.inference.windows import Window
from genre_desktop.model.keras_backend import load_backend
from tests.conftest import REPOSITORY
from tests.support.networks import PATCH, plain_layers, several_inputs, shake
from training.fitting.recipes import RECIPES


def checked(model: Any, folder: Path) -> CheckedNetwork:
    """A network as the program reads it from a bundle."""
    path = folder / "model.keras"
    model.save(path)
    archive = open_archive(*read_file(path))
    plan = read_plan(archive.config)
    return CheckedNetwork(plan, match_weights(plan, read_arrays(archive.weights)))


def assert_equal(network: NumpyNetwork, keras_own: Any, shape: tuple[int, ...], atol: float = 1e-5) -> None:
    rng = np.random.default_rng(1)
    for patches in (rng.random((CHUNK + 1, *shape)), rng.normal(size=(2, *shape)), np.zeros((1, *shape))):
        given = patches.astype(np.float32)
        ours, expected = network(given), np.asarray(keras_own(given))
        assert ours.dtype == np.float32 and ours.shape == expected.shape
        np.testing.assert_allclose(ours, expected, atol=atol, rtol=1e-5)


@pytest.mark.parametrize("name", ["gtzan-cnn", "gtzan-musicnn"])
def test_shipped_models_give_the_probabilities_and_features_of_keras(name: str) -> None:
    load_backend()
    import keras

    bundle = read_bundle(REPOSITORY / "resources" / "models" / name)
    read = read_checked(bundle)
    features = list(bundle.feature_layers)
    model = build_network(read.plan, read.weights)
    outputs = [model.output, *(model.get_layer(layer).output for layer in features)]
    both = keras.Model(model.input, keras.layers.Concatenate()(outputs) if features else model.output)
    assert_equal(NumpyNetwork(read, features), both, bundle.config.input_shape)


@pytest.mark.parametrize("config", [FeatureConfig(), FeatureConfig(n_mels=64, patch_frames=96, patch_hop=48)])
@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe(tmp_path: Path, name: str, config: FeatureConfig) -> None:
    load_backend()
    model = RECIPES[name].build(config, 3, 0)
    shake(model)
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, config.input_shape)


def test_yamnet(tmp_path: Path) -> None:
    load_backend()
    from training.yamnet.network import YAMNET_FEATURES, build_yamnet

    model = build_yamnet()
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, YAMNET_FEATURES.input_shape)


@pytest.mark.parametrize("last", ["Flatten", "GlobalAveragePooling", "GlobalMaxPooling", "kept"])
@pytest.mark.parametrize("axes", [1, 2])
def test_every_plain_layer(tmp_path: Path, axes: int, last: str) -> None:
    model = plain_layers(axes, last)
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, PATCH)


def test_layers_with_several_inputs(tmp_path: Path) -> None:
    model = several_inputs()
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, PATCH)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_every_activation(tmp_path: Path, name: str) -> None:
    load_backend()
    import keras

    model = keras.Sequential([keras.Input((6,)), keras.layers.Activation(name)])
    network = NumpyNetwork(checked(model, tmp_path))
    x = np.linspace(-12.0, 12.0, 600, dtype=np.float32).reshape(-1, 6)
    np.testing.assert_allclose(network(x), np.asarray(model(x)), atol=1e-6, rtol=1e-5)
    assert np.isfinite(network(np.full((1, 6), -200.0, np.float32))).all()


@pytest.mark.parametrize("threshold", [0.0, 0.5])
@pytest.mark.parametrize("slope", [0.0, 0.3])
@pytest.mark.parametrize("most", [None, 2.0])
def test_every_relu(tmp_path: Path, threshold: float, slope: float, most: float | None) -> None:
    load_backend()
    import keras

    layer = keras.layers.ReLU(max_value=most, negative_slope=slope, threshold=threshold)
    model = keras.Sequential([keras.Input((6,)), layer])
    x = np.linspace(-3.0, 3.0, 600, dtype=np.float32).reshape(-1, 6)
    np.testing.assert_allclose(NumpyNetwork(checked(model, tmp_path))(x), np.asarray(model(x)), atol=1e-6)


@pytest.mark.parametrize("pool", [(2, 2), (1, 24), (20, 24), (3, 5)])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kernel", [(3, 5), (1, 7), (9, 1), (1, 1)])
def test_a_maximum_after_a_normalisation_that_turns_signs(
    tmp_path: Path, kernel: tuple[int, int], padding: str, pool: tuple[int, int]
) -> None:
    load_backend()
    import keras
    from keras import layers

    patch = keras.Input((20, 24), name="patch")
    x = layers.Reshape((20, 24, 1))(patch)
    x = layers.Conv2D(6, kernel, padding="same", activation="tanh", name="conv")(x)
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.LeakyReLU(0.1)(x)
    x = layers.MaxPooling2D(pool, padding=padding, name="pool")(x)
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(patch, x)
    model.set_weights([np.random.default_rng(3).normal(size=weight.shape) for weight in model.get_weights()])
    norm = model.get_layer("norm")
    gamma, beta, mean, _ = norm.get_weights()
    norm.set_weights([gamma * [1, -1, 1, -1, 0, 1], beta, mean, np.full(6, 0.5)])
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, (20, 24))


def test_a_layer_before_a_maximum_stays_what_it_is_for_others(tmp_path: Path) -> None:
    load_backend()
    import keras
    from keras import layers

    patch = keras.Input((20, 24), name="patch")
    x = layers.Conv2D(4, 3, activation="relu", name="conv")(layers.Reshape((20, 24, 1))(patch))
    both = [layers.GlobalAveragePooling2D()(x), layers.Flatten()(layers.MaxPooling2D(3)(x))]
    model = keras.Model(patch, layers.Concatenate()(both))
    shake(model)
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, (20, 24))


def test_a_feature_layer_before_a_maximum_stays_what_it_is(tmp_path: Path) -> None:
    load_backend()
    import keras
    from keras import layers

    patch = keras.Input((8, 8), name="patch")
    x = layers.Conv2D(1, (8, 7), activation="relu", name="conv")(layers.Reshape((8, 8, 1))(patch))
    flat = layers.Flatten(name="features")(x)
    model = keras.Model(patch, layers.Flatten()(layers.MaxPooling2D((1, 2))(layers.Reshape((1, 2, 1))(flat))))
    shake(model)
    network = NumpyNetwork(checked(model, tmp_path), ["features"])
    patches = np.random.default_rng(0).random((2, 8, 8), np.float32)
    outputs = network(patches)
    assert outputs.shape == (2, 3)
    np.testing.assert_allclose(outputs[:, 0], outputs[:, 1:].max(axis=1))


def test_convolutions_of_any_size(tmp_path: Path) -> None:
    load_backend()
    import keras
    from keras import layers

    rng = np.random.default_rng(7)
    for _ in range(60):
        height, width, depth, filters, rows, columns = (int(n) for n in rng.integers(1, 12, 6))
        padding = str(rng.choice(["valid", "same"]))
        if padding == "valid":
            height, width = height + rows, width + columns
        rows, columns = min(rows, height), min(columns, width)
        stride, dilation = [(1, 1), (2, 1), (3, 1), (1, 2)][int(rng.integers(4))]
        if padding == "valid":
            height, width = height * dilation, width * dilation
        x = keras.Input((height, width, depth))
        kernel = (rows, columns)
        if rng.random() < 0.3:
            y = layers.DepthwiseConv2D(kernel, strides=stride, padding=padding, depth_multiplier=2)(x)
        else:
            y = layers.Conv2D(filters, kernel, strides=stride, padding=padding, dilation_rate=dilation)(x)
        model = keras.Model(x, layers.Flatten()(y))
        shake(model)
        network = NumpyNetwork(checked(model, tmp_path))
        patches = rng.normal(size=(2, height, width, depth)).astype(np.float32)
        message = f"{height} x {width} x {depth}, {rows} x {columns}, {padding}, {stride}, {dilation}"
        np.testing.assert_allclose(network(patches), np.asarray(model(patches)), atol=1e-3, rtol=1e-4, err_msg=message)


@pytest.mark.parametrize(
    ("width", "kernel"), [(96, (7, 38)), (96, (7, 67)), (95, (7, 38)), (31, (1, 16)), (20, (4, 20))]
)
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_a_maximum_over_all_positions_of_a_wide_kernel(
    tmp_path: Path, width: int, kernel: tuple[int, int], padding: str
) -> None:
    load_backend()
    import keras
    from keras import layers

    x = keras.Input((12, width), name="patch")
    y = layers.Conv2D(16, kernel, padding=padding, activation="tanh")(layers.Reshape((12, width, 1))(x))
    y = layers.BatchNormalization(name="norm")(y)
    y = layers.MaxPooling2D((1, y.shape[2]))(y)
    model = keras.Model(x, layers.Flatten()(y))
    rng = np.random.default_rng(4)
    model.set_weights([rng.normal(0, 0.2, weight.shape) for weight in model.get_weights()])
    norm = model.get_layer("norm")
    gamma, beta, mean, _ = norm.get_weights()
    norm.set_weights([gamma, beta, mean, np.ones(16)])
    assert (gamma < 0).any() and (gamma > 0).any()
    assert_equal(NumpyNetwork(checked(model, tmp_path)), model, (12, width))


def test_musicnn_takes_the_maximum_of_its_wide_kernels_by_a_fourier_transform() -> None:
    network = NumpyNetwork(read_checked(read_bundle(REPOSITORY / "resources" / "models" / "gtzan-musicnn")))
    assert sum(isinstance(node.operation, SpectralMaximum) for node in network._nodes) == 2


def test_a_transform_that_would_take_gigabytes_is_left() -> None:
    def suits(width: int, kernel: tuple[int, int, int, int], n_rows: int = 8) -> bool:
        windows = Window(kernel[0], padding="same"), Window(kernel[1])
        convolution = Convolution(np.zeros(kernel, np.float32), (n_rows, width, 1), windows)
        n_columns = width - kernel[1] + 1
        return SpectralMaximum.suits(convolution, MaxPooling((Window(1), Window(n_columns, n_columns))))

    assert suits(96, (7, 38, 1, 23)) and suits(600, (7, 300, 1, 8))
    assert not suits(100_000, (1, 4_000, 1, 1)), "a matrix of the width in square"
    assert not suits(600, (500, 300, 1, 8)), "a kernel that grows"
    assert not suits(600, (7, 300, 1, 8), n_rows=1_000), "many rows"
    assert not suits(96, (7, 3, 1, 23)), "no gain"


def test_adjacent_positions_are_chosen_at_once_on_the_longest_axis() -> None:
    convolution = Convolution(np.ones((1, 3, 1, 1), np.float32), (1, 5_000_000, 1), (Window(1), Window(3)))
    assert 1 < convolution._block <= 256


def test_a_kernel_that_does_not_fit_reads_no_other_memory() -> None:
    kernel = np.ones((3, 3, 1, 2), np.float32)
    windows = Window(3), Window(3)
    with pytest.raises(ValueError, match="does not fit"):
        Convolution(kernel, (2, 8, 1), windows)
    with pytest.raises(ValueError, match="Received"):
        Convolution(kernel, (8, 8, 1), windows)(np.zeros((1, 7, 8, 1), np.float32))


def test_every_kind_of_layer_is_known() -> None:
    assert set(operations._MAKERS) == set(LAYER_KINDS)


def test_a_large_depthwise_kernel_is_left_to_keras(tmp_path: Path) -> None:
    load_backend()
    import keras

    kernel = keras.layers.DepthwiseConv2D((33, 32), padding="same")
    model = keras.Sequential([keras.Input((40, 40, 1)), kernel, keras.layers.Flatten()])
    with pytest.raises(operations.UnknownLayerError, match="DepthwiseConv2D"):
        NumpyNetwork(checked(model, tmp_path))


@pytest.mark.parametrize("value", [np.nan, np.inf, 3e38])
def test_values_that_are_not_finite_give_no_warning(tmp_path: Path, value: float) -> None:
    network = NumpyNetwork(checked(plain_layers(1, "Flatten"), tmp_path))
    assert not np.isfinite(network(np.full((1, *PATCH), value, np.float32))).any()


def test_it_goes_to_another_process_without_tensorflow(tmp_path: Path) -> None:
    bundle = read_bundle(REPOSITORY / "resources" / "models" / "gtzan-cnn")
    patches = np.random.default_rng(0).random((2, *bundle.config.input_shape), np.float32)
    network = NumpyNetwork(read_checked(bundle))
    (tmp_path / "sent").write_bytes(pickle.dumps((network, patches)))
    program = (
        "import pathlib, pickle, sys\n"
        f"network, patches = pickle.loads(pathlib.Path({str(tmp_path / 'sent')!r}).read_bytes())\n"
        f"pathlib.Path({str(tmp_path / 'answer')!r}).write_bytes(pickle.dumps(network(patches)))\n"
        "assert not {'tensorflow', 'keras', 'scipy', 'h5py'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=REPOSITORY)
    answer: NDArray[np.float32] = pickle.loads((tmp_path / "answer").read_bytes())
    np.testing.assert_allclose(answer, network(patches), atol=1e-6)
