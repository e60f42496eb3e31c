"""MSD_musicnn rebuilt, against values of the published graph."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.predictor import Predictor, load_network
from tests.conftest import REPOSITORY
from tests.support.musicnn_reference import LOGITS, made_patches
from training.fitting.recipes import count_multiply_adds
from training.musicnn.network import FRONT, MUSICNN_FEATURES, PUBLISHED_WIDTHS, SHOWN_AS, TAGS
from training.yamnet.network import YAMNET_FEATURES

SHIPPED = REPOSITORY / "resources" / "models" / "gtzan-musicnn"


def test_the_rebuilt_network_equals_the_published_graph(original: Any) -> None:
    np.testing.assert_allclose(original.predict_on_batch(made_patches()), LOGITS, atol=1e-4)


def test_the_shipped_tagger_equals_the_published_graph() -> None:
    """Nothing is fetched for this one."""
    import keras

    bundle = read_bundle(SHIPPED)
    network = load_network(bundle)
    logits, tags = (network.get_layer(name).output for name in ("tag_logits", "tags"))
    middle = np.zeros((len(made_patches()), math.prod(YAMNET_FEATURES.input_shape)), np.float32)
    rows = np.concatenate([made_patches().reshape(len(middle), -1), middle], axis=1)
    found, probabilities = keras.Model(network.input, [logits, tags]).predict_on_batch(rows)
    np.testing.assert_allclose(found, LOGITS, atol=1e-4)
    np.testing.assert_allclose(probabilities, 1 / (1 + np.exp(-LOGITS)), atol=1e-4)
    # What the program gets of it is the same, through its own call.
    np.testing.assert_allclose(Predictor.load(bundle).predict(rows)[1][:, : len(TAGS)], LOGITS, atol=1e-4)
    assert bundle.config == replace(MUSICNN_FEATURES, middle=YAMNET_FEATURES)
    assert tuple(bundle.card["tagger"]["tags"]) == TAGS
    assert bundle.card["architecture"]["multiply_adds_per_patch"] == count_multiply_adds(network)


def test_the_patches_tell_weights_apart(original: Any) -> None:
    """The recorded values could not be reached by a network that ignores a layer."""
    for layer in (*FRONT, "mid1", "mid2", "mid3", "penultimate"):
        kernel, bias = original.get_layer(layer).get_weights()
        original.get_layer(layer).set_weights([kernel * 0.99, bias])
        changed = np.abs(original.predict_on_batch(made_patches()) - LOGITS).max()
        original.get_layer(layer).set_weights([kernel, bias])
        assert changed > 1e-3, layer


def test_names_of_tags() -> None:
    assert len(set(TAGS)) == len(TAGS) == 50
    assert set(SHOWN_AS) <= set(TAGS)
    assert sum(PUBLISHED_WIDTHS) == 561
