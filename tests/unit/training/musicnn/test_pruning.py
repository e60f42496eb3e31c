"""The published network without its dead kernels."""

from __future__ import annotations

from typing import Any

import numpy as np

from genre_desktop.model.bundles.bundle import read_bundle
from tests.conftest import REPOSITORY
from tests.support.musicnn_reference import made_patches
from training.fitting.recipes import count_multiply_adds
from training.musicnn.network import FRONT, build_musicnn
from training.musicnn.pruning import LEAST_RANGE, output_ranges, prune

SHIPPED = REPOSITORY / "resources" / "models" / "gtzan-musicnn"
LIVING = (23, 14, 3, 7, 17)
YAMNET_MULTIPLY_ADDS = 69_165_056


def test_only_living_kernels_are_kept(original: Any) -> None:
    ranges = [output_ranges(original, name) for name in FRONT]
    assert tuple(int((values > LEAST_RANGE).sum()) for values in ranges) == LIVING
    # No kernel is anywhere near the threshold.
    everything = np.concatenate(ranges)
    assert everything[everything <= LEAST_RANGE].max() < 1e-8
    assert everything[everything > LEAST_RANGE].min() > 4e-2


def test_pruning_changes_no_answer_and_takes_nine_tenths_of_the_work(original: Any) -> None:
    pruned = prune(original)
    patches = np.concatenate([made_patches(), np.zeros((1, 187, 96), np.float32), made_patches()[:, ::-1]])
    np.testing.assert_allclose(pruned.predict_on_batch(patches), original.predict_on_batch(patches), atol=2e-5)
    assert tuple(pruned.get_layer(name).output.shape[-1] for name in FRONT) == LIVING
    before, after = count_multiply_adds(original), count_multiply_adds(pruned)
    assert 1.3e9 < before < 1.5e9
    # The rest of the shipped network is its second opinion, and the head on both.
    bundle = read_bundle(SHIPPED)
    head = len(bundle.columns) * len(bundle.labels)
    assert after == bundle.card["architecture"]["multiply_adds_per_patch"] - head - YAMNET_MULTIPLY_ADDS
    assert after < 0.11 * before


def test_pruning_takes_what_is_dead_wherever_it_stands() -> None:
    """Any weights, and dead kernels of our own choice: without the published ones."""
    import keras

    keras.utils.set_random_seed(0)
    network = build_musicnn((4, 3, 2, 2, 2))
    rng = np.random.default_rng(1)
    for layer in network.layers:
        layer.set_weights([rng.uniform(0.2, 0.6, np.shape(weight)) for weight in layer.get_weights()])
    dead = {"timbral38": [0, 2], "temporal64": [1], "temporal32": [0]}
    for name, kernels in dead.items():
        layer, norm = network.get_layer(name), network.get_layer(f"{name}_norm")
        kernel, bias = layer.get_weights()
        gamma, beta, mean, variance = norm.get_weights()
        kernel[..., kernels], bias[kernels] = 0.0, -1.0
        beta[kernels], mean[kernels] = 0.0, 0.0
        layer.set_weights([kernel, bias])
        norm.set_weights([gamma, beta, mean, variance])
    pruned = prune(network)
    assert [pruned.get_layer(name).output.shape[-1] for name in FRONT] == [2, 3, 2, 1, 1]
    patches = made_patches()
    expected = network.predict_on_batch(patches)
    assert np.ptp(expected, axis=0).max() > 0.01 * np.abs(expected).max()  # the patches matter
    np.testing.assert_allclose(pruned.predict_on_batch(patches), expected, rtol=1e-4)
