"""Descriptions of networks that are refused, whatever Keras would make of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.core.errors import BundleRefusedError
from genre_desktop.model.checks.checked_network import read_checked
from genre_desktop.model.checks.layer_kinds import LAYER_KINDS
from genre_desktop.model.checks.network_plan import MAX_LAYERS, read_plan
from genre_desktop.model.checks.refusal import RefusalError
from genre_desktop.model.predictor import Predictor, load_network
from tests.unit.model.checks.crafted_bundles import (
    archive_of,
    bundle_of,
    in_place_of_relu,
    inputs_of_relu,
    layer,
    setting,
    shipped_config,
    shipped_parts,
    tampered,
    tensor,
    with_config,
)

pytestmark = pytest.mark.usefixtures("no_keras")
TRAP = "/tmp/genre-desktop-trap"
DENSE = {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1}, "registered_name": None}
CELL = {"module": "keras.layers", "class_name": "LSTMCell", "config": {"units": 1}, "registered_name": None}
LAMBDA = {"class_name": "__lambda__", "config": {"value": "4wEAAAAAAAAA", "defaults": None, "closure": None}}


def function(module: str, name: str) -> dict[str, Any]:
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


FOREIGN_LAYERS = {
    "a class as function": in_place_of_relu(
        "Lambda", "keras.layers", {"function": {"module": "keras.layers", "class_name": "TFSMLayer", "config": {}}}
    ),
    "marshalled code": in_place_of_relu("Lambda", "keras.layers", {"function": LAMBDA, "arguments": {}}),
    "a function that downloads": in_place_of_relu(
        "Lambda", "keras.layers", {"function": function("keras.utils", "get_file"), "arguments": {"origin": TRAP}}
    ),
    "a saved graph": in_place_of_relu("TFSMLayer", "keras.layers", {"filepath": TRAP}),
    "a module of Torch": in_place_of_relu("TorchModuleWrapper", "keras.layers", {"module": "gASVAAAAAA=="}),
    "a module of Flax": in_place_of_relu("FlaxLayer", "keras.layers", {"module": TRAP}),
    "a module of JAX": in_place_of_relu("JaxLayer", "keras.layers", {"call_fn": LAMBDA}),
    "a vocabulary": in_place_of_relu("StringLookup", "keras.layers", {"vocabulary": TRAP}),
    "another vocabulary": in_place_of_relu("IntegerLookup", "keras.layers", {"vocabulary": TRAP}),
    "a text": in_place_of_relu("TextVectorization", "keras.layers", {"vocabulary": TRAP}),
    "a table of statistics": in_place_of_relu("Normalization", "keras.layers", {"mean": 0.0, "variance": 1.0}),
    "a wrapper": in_place_of_relu("TimeDistributed", "keras.layers", {"layer": DENSE}),
    "a bare wrapper": in_place_of_relu("Wrapper", "keras.layers", {"layer": DENSE}),
    "a wrapper in both directions": in_place_of_relu("Bidirectional", "keras.layers", {"layer": DENSE}),
    "a cell": in_place_of_relu("RNN", "keras.layers", {"cell": CELL}),
    "cells": in_place_of_relu("StackedRNNCells", "keras.layers", {"cells": [CELL]}),
    "a network within": in_place_of_relu("Functional", "keras.models", shipped_config()["config"]),
    "a sequence within": in_place_of_relu("Sequential", "keras.models", {"layers": [DENSE]}),
    "a pipeline": in_place_of_relu("Pipeline", "keras.layers", {"layers": [DENSE]}),
    "features": in_place_of_relu("FeatureSpace", "keras.utils", {"features": {}}),
    "a spectrogram": in_place_of_relu("MelSpectrogram", "keras.layers", {}),
    "another package": in_place_of_relu("ReLU", "keras.layers", {}, "foreign>ReLU"),
    "another module": in_place_of_relu("ReLU", "os", {}),
    "a module of ours": in_place_of_relu("ReLU", "genre_desktop.model.layers", {}, "genre_desktop>ReLU"),
    "our layer under another name": in_place_of_relu(
        "MelCepstrum", "genre_desktop.model.layers", {"n_mfcc": 3}, "keras>MelCepstrum"
    ),
    "our layer with no name": in_place_of_relu("ClippedLogit", "genre_desktop.model.layers", {"least": 0.1}),
    "an operation": in_place_of_relu("Exp", "keras.src.ops.numpy", {}),
    "a list as a class": tampered(lambda config: layer(config, "relu1").update({"class_name": ["ReLU"]})),
    "a table as a class": tampered(lambda config: layer(config, "relu1").update({"class_name": {"a": 1}})),
    "stretching": in_place_of_relu("UpSampling2D", "keras.layers", {"size": [9999, 9999]}),
    "repeating": in_place_of_relu("RepeatVector", "keras.layers", {"n": 10**9}),
}
FOREIGN_SETTINGS = {
    "an activation that is an object": setting("conv1", "activation", DENSE),
    "an activation that is a function": setting("conv1", "activation", function("keras.utils", "get_file")),
    "an activation by its module": setting("conv1", "activation", "keras.utils.get_file"),
    "an activation that is code": setting("dense1", "activation", LAMBDA),
    "an unknown activation": setting("dense1", "activation", "get_file"),
    "a foreign initialiser": setting(
        "conv1", "kernel_initializer", {"module": "os", "class_name": "system", "config": {"command": "true"}}
    ),
    "an initialiser of another package": setting(
        "conv1",
        "kernel_initializer",
        {"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": "foreign>Zeros"},
    ),
    "an initialiser with an object": setting(
        "conv1",
        "kernel_initializer",
        {"module": "keras.initializers", "class_name": "Constant", "config": {"value": DENSE}},
    ),
    "an initialiser that is a function": setting("conv1", "kernel_initializer", function("keras.utils", "get_file")),
    "a foreign regularizer": setting("conv1", "kernel_regularizer", DENSE),
    "a regularizer that is code": setting("conv1", "activity_regularizer", LAMBDA),
    "a constraint": setting(
        "conv1", "kernel_constraint", {"module": "keras.constraints", "class_name": "MaxNorm", "config": {}}
    ),
    "a policy for small numbers": setting("conv1", "dtype", "mixed_float16"),
    "a policy by text": setting("conv1", "dtype", "int8_from_float32"),
    "a policy of quantities": setting(
        "conv1",
        "dtype",
        {"module": "keras", "class_name": "QuantizedDTypePolicy", "config": {"mode": "int8"}, "registered_name": None},
    ),
    "a policy with a list": setting(
        "conv1", "dtype", {"module": "keras", "class_name": "DTypePolicy", "config": {"name": ["float32"]}}
    ),
    "a policy of another module": setting(
        "conv1", "dtype", {"module": "os", "class_name": "DTypePolicy", "config": {"name": "float32"}}
    ),
    "quantities": setting("dense1", "quantization_config", {"module": "keras", "class_name": "Int8QuantizationConfig"}),
    "a low rank": setting("dense1", "lora_rank", 4),
    "an unknown setting": setting("conv1", "function", LAMBDA),
    "an unknown key": tampered(lambda config: layer(config, "conv1").update({"module_objects": {}})),
    "a type of values": setting("conv1", "filters", {"class_name": "__typespec__", "config": [TRAP]}),
    "an array": setting("conv1", "filters", {"class_name": "__numpy__", "config": {"value": 16, "dtype": "int32"}}),
    "a tensor": setting("conv1", "filters", {"class_name": "__tensor__", "config": {"value": 16, "dtype": "int32"}}),
    "a slice": setting("conv1", "filters", {"class_name": "__slice__", "config": {"start": 0, "stop": 1, "step": 1}}),
    "true for a number": setting("conv1", "filters", True),
    "a fraction": setting("conv1", "filters", 16.0),
    "text for a number": setting("conv1", "filters", "16"),
    "less than nothing": setting("conv1", "filters", -16),
    "a number without end": setting("conv1", "filters", 10**400),
    "groups": setting("conv1", "groups", 0),
    "channels first": setting("conv1", "data_format", "channels_first"),
    "a stride of nothing": setting("conv1", "strides", [0, 0]),
    "three axes": setting("conv1", "kernel_size", [3, 3, 3]),
    "a path as settings": tampered(lambda config: layer(config, "conv1").update({"config": TRAP})),
    "a path as a name": setting("conv1", "name", "../../" + TRAP),
    "a list as a name": setting("conv1", "name", ["conv1"]),
    "two names": tampered(lambda config: layer(config, "conv1").update({"name": "other"})),
    "the name of another": setting("conv1", "name", "conv2"),
    "noise": setting("dropout1", "noise_shape", [1, 10**9]),
    "sparse": setting("patch", "sparse", True),
    "another input": setting("patch", "batch_shape", [None, None, 128]),
    "a fixed batch": setting("patch", "batch_shape", [10**4, 128, 128]),
    "an input of text": setting("patch", "dtype", "string"),
}
FOREIGN_INPUTS = {
    "a path": inputs_of_relu([TRAP]),
    "a path for a tensor": inputs_of_relu([[TRAP]]),
    "text beside": inputs_of_relu([tensor("norm1"), TRAP]),
    "nothing": inputs_of_relu([]),
    "a number": inputs_of_relu([1]),
    "an object": inputs_of_relu([DENSE]),
    "code": inputs_of_relu([LAMBDA]),
    "a tensor of values": inputs_of_relu([{"class_name": "__tensor__", "config": {"value": 1, "dtype": "float32"}}]),
    "a shared object": inputs_of_relu([{**tensor("norm1"), "shared_object_id": 7}]),
    "no list": inputs_of_relu(tensor("norm1")),
    "itself": inputs_of_relu([tensor("relu1")]),
    "a later one": inputs_of_relu([tensor("conv3")]),
    "one that is not there": inputs_of_relu([tensor("none")]),
    "a table as a name": inputs_of_relu([tensor({"a": 1})]),
    "another use of a layer": inputs_of_relu([tensor("norm1", 1)]),
    "true for nought": inputs_of_relu([tensor("norm1", False)]),
    "another output": inputs_of_relu([tensor("norm1", 0, 1)]),
    "two for one": inputs_of_relu([[tensor("norm1"), tensor("norm1")]]),
    "none of a list": inputs_of_relu([[]]),
    "an argument": inputs_of_relu([tensor("norm1")], {"function": LAMBDA}),
    "training": inputs_of_relu([tensor("norm1")], {"training": True}),
    "a mask": inputs_of_relu([tensor("norm1")], {"mask": tensor("norm1")}),
    "arguments of another kind": inputs_of_relu([tensor("norm1")], [1]),
    "used twice": tampered(lambda config: layer(config, "relu1")["inbound_nodes"].append({"args": [], "kwargs": {}})),
    "used never": tampered(lambda config: layer(config, "relu1").update({"inbound_nodes": []})),
    "used by a table": tampered(lambda config: layer(config, "relu1").update({"inbound_nodes": {"0": 1}})),
}


def _deep(levels: int) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for _ in range(levels):
        config = {"config": config}
    return config


def _many_layers(config: dict[str, Any]) -> None:
    layers = config["config"]["layers"]
    layers += [{**layers[-1], "name": f"more{number}"} for number in range(MAX_LAYERS)]


OTHER_NETWORKS = {
    "no table": [1, 2],
    "nothing": None,
    "empty": {},
    "of another class": tampered(lambda config: config.update({"class_name": "Model", "module": "keras"})),
    "of another module": tampered(lambda config: config.update({"module": "os.path"})),
    "registered by others": tampered(lambda config: config.update({"registered_name": "foreign>Functional"})),
    "a function": function("keras.utils", "get_file"),
    "a path": tampered(lambda config: config.update({"config": TRAP})),
    "without layers": tampered(lambda config: config["config"].update({"layers": []})),
    "layers that are text": tampered(lambda config: config["config"].update({"layers": [TRAP]})),
    "two inputs": tampered(
        lambda config: config["config"].update({"input_layers": [["patch", 0, 0], ["relu1", 0, 0]]})
    ),
    "an input that is no input": tampered(lambda config: config["config"].update({"input_layers": ["relu1", 0, 0]})),
    "an output that is not there": tampered(lambda config: config["config"].update({"output_layers": ["n", 0, 0]})),
    "outputs by name": tampered(lambda config: config["config"].update({"output_layers": {"a": ["genres", 0, 0]}})),
    "an unknown part": tampered(lambda config: config["config"].update({"custom_objects": {}})),
    "too many layers": tampered(_many_layers),
    "a sequence with inputs": {
        "module": "keras",
        "class_name": "Sequential",
        "registered_name": None,
        "config": {"name": "s", "layers": shipped_config()["config"]["layers"]},
    },
    "deep": _deep(100),
}
LARGE = {
    "a dense layer": setting("dense1", "units", 65_536),
    "forty million units": setting("dense1", "units", 40_000_000),
    "a convolution": setting("conv1", "filters", 65_536),
    "a large kernel": setting("conv5", "kernel_size", [4096, 4096]),
    "a wide kernel": setting("conv5", "kernel_size", [1, 64]),
    "a kernel with gaps": setting("conv5", "dilation_rate", [64, 64]),
    "padding": in_place_of_relu("ZeroPadding2D", "keras.layers", {"padding": [[4096, 4096], [4096, 4096]]}),
    "more padding": in_place_of_relu("ZeroPadding2D", "keras.layers", {"padding": [[10**9, 0], [0, 0]]}),
    "another shape": setting("reshape", "target_shape", [65_536, 65_536, 65_536, 65_536]),
    "a shape with two unknowns": setting("reshape", "target_shape", [-1, -1, 1]),
    "a shape of nothing": setting("reshape", "target_shape", [0, -1, 1]),
    "a window": setting("pool1", "pool_size", [4096, 4096]),
}


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(config, id=f"{group}: {name}")
        for group, table in (
            ("layer", FOREIGN_LAYERS),
            ("setting", FOREIGN_SETTINGS),
            ("input", FOREIGN_INPUTS),
            ("network", OTHER_NETWORKS),
            ("size", LARGE),
        )
        for name, config in table.items()
    ],
)
def test_a_malicious_description_is_refused_before_keras(tmp_path: Path, config: object) -> None:
    bundle = with_config(tmp_path / "gift", config)
    with pytest.raises(BundleRefusedError) as refused:
        Predictor.load(bundle)
    assert len(refused.value.message) < 1000
    with pytest.raises(BundleRefusedError):
        load_network(bundle)
    with pytest.raises(BundleRefusedError):
        read_checked(bundle)
    assert not Path(TRAP).exists()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        pytest.param(b"[" * 100_000, id="brackets"),
        pytest.param(b'{"a":' * 100_000, id="braces"),
        b"NaN",
        b"\xff\xfe{}",
        b'{"class_name": "Functional", "class_name": 1}',
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, text: bytes) -> None:
    bundle = bundle_of(tmp_path / "gift", archive_of({**shipped_parts(), "config.json": text}))
    with pytest.raises(BundleRefusedError):
        Predictor.load(bundle)


def test_keys_without_a_meaning_for_a_trained_network_are_dropped() -> None:
    config = shipped_config()
    clean = read_plan(json.dumps(config).encode())
    config["compile_config"] = {"loss": LAMBDA, "optimizer": DENSE}
    config["build_config"] = {"input_shape": TRAP}
    layer(config, "conv1")["build_config"] = LAMBDA
    assert read_plan(json.dumps(config).encode()) == clean


def test_any_part_of_a_description_may_be_replaced() -> None:
    good = shipped_config()
    places = [place for place in _places(good) if place]
    odd = [None, True, 0, -1, 2**70, 1e300, "", "patch", [], {}, [None], ["patch", 0, 0], tensor("patch"), DENSE]
    rng = np.random.default_rng(7)
    for number in rng.choice(len(places), 400, replace=False).tolist():
        config = copy.deepcopy(good)
        *way, last = places[number]
        table: Any = config
        for key in way:
            table = table[key]
        table[last] = odd[int(rng.integers(len(odd)))]
        try:
            plan = read_plan(json.dumps(config).encode())
        except RefusalError:
            continue
        assert {planned.kind for planned in plan.layers} <= set(LAYER_KINDS)


def _places(value: object, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield before
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from _places(one, (*before, key))
