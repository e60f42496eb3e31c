"""The footprints of layers, and the limits of their sums."""

from __future__ import annotations

import json

import numpy as np
import pytest

from genre_desktop.model.checks.checked_network import MAX_MULTIPLY_ADDS_PER_S
from genre_desktop.model.checks.layer_footprint import DEPTHWISE_COST, POOLING_COST, footprint_of
from genre_desktop.model.checks.network_plan import MAX_VALUES, read_plan
from genre_desktop.model.checks.refusal import RefusalError
from genre_desktop.model.predictor import MAX_BATCH
from tests.unit.model.checks.crafted_bundles import (
    layer,
    setting,
    shipped_config,
    tensor,
)

pytestmark = pytest.mark.usefixtures("no_keras")


def test_many_layers_that_are_each_small_are_counted_together() -> None:
    config = shipped_config()
    layers = config["config"]["layers"]
    pad = {"name": "pad0", "trainable": True, "dtype": "float32", "padding": [[60, 60], [60, 60]]}
    pad["data_format"] = "channels_last"
    before = "reshape"
    for number in range(20):
        table = {"module": "keras.layers", "class_name": "ZeroPadding2D", "registered_name": None}
        table |= {"name": f"pad{number}", "config": {**pad, "name": f"pad{number}"}}
        table["inbound_nodes"] = [{"args": [tensor(before)], "kwargs": {}}]
        layers.insert(2 + number, table)
        before = f"pad{number}"
    with pytest.raises(ValueError, match="values in memory"):
        read_plan(json.dumps(config).encode())


def test_one_layer_that_is_the_input_of_another_a_thousand_times_over_is_refused() -> None:
    def summed(times: int) -> bytes:
        config = shipped_config()
        layers = config["config"]["layers"]
        table = {"module": "keras.layers", "class_name": "Add", "registered_name": None, "name": "sum"}
        table["config"] = {"name": "sum", "trainable": True, "dtype": "float32"}
        table["inbound_nodes"] = [{"args": [[tensor("dense_relu")] * times], "kwargs": {}}]
        return json.dumps({**config, "config": {**config["config"], "layers": [*layers, table]}}).encode()

    assert read_plan(summed(900)).layers[-1].kind == "Add"
    with pytest.raises(RefusalError, match="at its layer sum it has more than 1,000 inputs"):
        read_plan(summed(1_000))


@pytest.mark.parametrize("kind", ["Dense", "Conv1D"])
@pytest.mark.parametrize(("activation", "copies"), [("linear", 1), ("relu", 1), ("gelu", 2), ("silu", 2), ("swish", 2)])
def test_an_activation_that_is_not_in_place_counts_twice(kind: str, activation: str, copies: int) -> None:
    settings = {"units": 380, "filters": 380, "kernel_size": (1,), "strides": (1,), "dilation_rate": (1,)}
    settings |= {"padding": "valid", "use_bias": False, "activation": activation}
    assert footprint_of(kind, settings, [(8192, 1)]).values == copies * 8192 * 380


def test_windows_that_would_be_copied_to_gigabytes_are_refused() -> None:
    # Of one filter: few calculations, and memory for all windows of the input.
    wide = setting("conv2", "kernel_size", [31, 31])
    layer(wide, "conv2")["config"]["filters"] = 1
    with pytest.raises(RefusalError, match="too wide"):
        read_plan(json.dumps(wide).encode())


def test_a_full_batch_takes_less_than_a_gigabyte() -> None:
    assert MAX_VALUES * MAX_BATCH * np.dtype(np.float32).itemsize <= 2**30


def test_a_depthwise_convolution_has_a_kernel_for_each_channel() -> None:
    settings = {"kernel_size": (3, 2), "strides": (2, 2), "depth_multiplier": 3, "padding": "same"}
    settings |= {"use_bias": True, "activation": "relu"}
    made = footprint_of("DepthwiseConv2D", settings, [(10, 8, 5)])
    assert made.output == (5, 4, 15)
    assert made.weights == ((3, 2, 5, 3), (15,))
    assert made.multiply_adds == DEPTHWISE_COST * 20 * 6 * 15
    assert footprint_of("DepthwiseConv2D", {**settings, "use_bias": False}, [(10, 8, 5)]).weights == ((3, 2, 5, 3),)
    with pytest.raises(RefusalError, match="do not fit"):
        footprint_of("DepthwiseConv2D", {**settings, "strides": (2, 1)}, [(10, 8, 5)])


@pytest.mark.parametrize("cropping", [(10, 0), (4, 6), (0, 65_536)])
def test_a_cropping_that_leaves_nothing_is_refused(cropping: tuple[int, int]) -> None:
    assert footprint_of("Cropping1D", {"cropping": (4, 5)}, [(10, 3)]).output == (1, 3)
    with pytest.raises(RefusalError, match="do not fit"):
        footprint_of("Cropping1D", {"cropping": cropping}, [(10, 3)])
    with pytest.raises(RefusalError, match="do not fit"):
        footprint_of("Cropping1D", {"cropping": (1, 1)}, [(10, 3, 3)])


def test_pooling_with_large_windows_is_as_dear_as_it_is_slow() -> None:
    settings = {"pool_size": (2_000,), "strides": (1,), "padding": "same"}
    pooled = footprint_of("MaxPooling1D", settings, [(2048, 1)])
    assert pooled.multiply_adds == POOLING_COST * 2048 * 2_000
    assert 20 * pooled.multiply_adds * 31 > MAX_MULTIPLY_ADDS_PER_S, "twenty of them, 31 patches a second"
