"""The second opinion: the blend by hand, and the network that comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.model.aggregate import track_probabilities
from training.datasets.taggrams import log_odds
from training.fitting.linear_head import LinearHead
from training.fitting.second_opinion import (
    GENRE_CLASSES,
    LEAST_CLASS_PROBABILITY,
    WEIGHT,
    SecondOpinion,
    blend,
    build_blended_classifier,
)
from training.musicnn.network import TAGS
from training.yamnet.classes import CLASSES

LABELS = ("blues", "jazz", "rock")
SOUNDS = ("Speech", "Music", "Rock music", "Blues", "Jazz")
WHOLE, MIDDLE = (4, 3), (5, 2)
TEMPERATURE = 2.5


def small_network(shape: tuple[int, int], n: int, name: str) -> Any:
    import keras

    patch = keras.Input(shape)
    first = keras.layers.Dense(4, activation="relu")(patch)
    both = keras.layers.Concatenate()([first, patch])  # a layer of several inputs
    return keras.Model(patch, keras.layers.Dense(n, name=name)(keras.layers.Flatten()(both)))


@pytest.fixture(scope="module")
def opinion() -> SecondOpinion:
    import keras

    keras.utils.set_random_seed(1)
    return SecondOpinion(small_network(MIDDLE, len(SOUNDS), "class_logits"), FeatureConfig(), SOUNDS, "free")


@pytest.fixture(scope="module")
def head() -> LinearHead:
    rng = np.random.default_rng(2)
    return LinearHead(rng.normal(0, 1, (6, 3)), rng.normal(0, 1, 3))


@pytest.fixture(scope="module")
def tagger() -> Any:
    return small_network(WHOLE, 6, "tag_logits")


def sigmoid(logits: Any) -> np.ndarray:
    return 1 / (1 + np.exp(-np.asarray(logits, np.float64)))


def test_every_genre_has_its_class() -> None:
    assert all(name in CLASSES for name in GENRE_CLASSES.values())
    assert len(set(GENRE_CLASSES.values())) == len(GENRE_CLASSES) == 10
    assert len(TAGS) == 50 and len(CLASSES) == 521  # what follows in a row of features


def test_the_evidence_is_that_of_the_class_of_the_name(opinion: SecondOpinion) -> None:
    logits = np.array([[0.0, 0.0, 3.0, 1.0, -2.0], [9.0, 9.0, -40.0, 40.0, 0.0]])
    least = np.log(LEAST_CLASS_PROBABILITY / (1 - LEAST_CLASS_PROBABILITY))
    np.testing.assert_allclose(opinion.evidence(logits, LABELS), [[1.0, -2.0, 3.0], [-least, 0.0, least]], atol=1e-9)
    with pytest.raises(KeyError):
        opinion.evidence(logits, ("blues", "polka"))


def test_a_blend_weighs_log_odds() -> None:
    even = np.full((2, 3), 1 / 3)
    blended = blend(even, np.array([0.0, 2.0, 0.0]), TEMPERATURE)
    np.testing.assert_allclose(blended[:, 1] / blended[:, 0], np.exp(2 * WEIGHT), rtol=1e-5)
    # Without an opinion it is the head at its temperature.
    own = np.array([[0.7, 0.2, 0.1]])
    alone = blend(own, np.zeros(3), TEMPERATURE)
    np.testing.assert_allclose(alone[0], track_probabilities(own.astype(np.float32), TEMPERATURE, "mean_logit"), 1e-5)


def test_the_evidence_of_a_track_is_as_good_as_that_of_its_patches() -> None:
    rng = np.random.default_rng(0)
    own, evidence = rng.dirichlet([1, 1, 1], 7), rng.normal(0, 3, (7, 3))
    by_patch = track_probabilities(blend(own, evidence, TEMPERATURE), 1.2, "mean_logit")
    by_track = track_probabilities(blend(own, evidence.mean(axis=0), TEMPERATURE), 1.2, "mean_logit")
    np.testing.assert_allclose(by_patch, by_track, atol=1e-5)


def test_the_network_answers_as_the_blend_does(
    tmp_path: Path, tagger: Any, head: LinearHead, opinion: SecondOpinion
) -> None:
    import keras

    network = build_blended_classifier(tagger, head, TEMPERATURE, opinion, LABELS)
    rng = np.random.default_rng(0)
    whole, middle = (rng.normal(0, 2, (9, *shape)).astype(np.float32) for shape in (WHOLE, MIDDLE))
    rows = np.concatenate([whole.reshape(9, -1), middle.reshape(9, -1)], axis=1)
    tag_logits, class_logits = tagger.predict_on_batch(whole), opinion.model.predict_on_batch(middle)
    own = head.probabilities(log_odds(sigmoid(tag_logits), 1e-3))
    expected = blend(own, opinion.evidence(class_logits, LABELS), TEMPERATURE)
    assert np.abs(expected - own).max() > 0.05  # the opinion counts
    np.testing.assert_allclose(network.predict_on_batch(rows), expected, atol=1e-4)
    network.save(tmp_path / "n.keras")
    loaded = keras.saving.load_model(tmp_path / "n.keras", compile=False, safe_mode=True)
    np.testing.assert_allclose(loaded.predict_on_batch(rows), expected, atol=1e-4)
    outputs = {name: loaded.get_layer(name).output for name in ("tag_logits", "class_logits", "tags", "classes")}
    found = keras.Model(loaded.input, outputs).predict_on_batch(rows)
    np.testing.assert_allclose(found["tag_logits"], tag_logits, atol=1e-5)
    np.testing.assert_allclose(found["class_logits"], class_logits, atol=1e-5)
    # The networks that it was made of are as they were.
    np.testing.assert_array_equal(tagger.predict_on_batch(whole), tag_logits)
