from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import REPOSITORY


def test_log_odds_are_cut() -> None:
    from genre_desktop.model.layers import ClippedLogit

    values = np.array([[0.0, 1e-12, 1e-3, 0.25, 0.5, 0.9, 1.0]], np.float32)
    found = np.asarray(ClippedLogit(1e-3)(values))
    assert found.dtype == np.float32
    np.testing.assert_allclose(
        found[0], [-6.9068, -6.9068, -6.9068, np.log(1 / 3), 0, np.log(9), 6.9068], rtol=1e-4, atol=1e-6
    )
    assert np.isfinite(np.asarray(ClippedLogit(1e-6)(values))).all()


def test_it_is_the_training_sides_evidence() -> None:
    from genre_desktop.model.layers import ClippedLogit
    from training.datasets.taggrams import LEAST_PROBABILITY, log_odds

    values = np.random.default_rng(0).beta(0.2, 1.0, (50, 50)).astype(np.float32)
    inside = np.asarray(ClippedLogit(LEAST_PROBABILITY)(values))
    np.testing.assert_allclose(inside, log_odds(values, LEAST_PROBABILITY), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("least", [0.0, -0.1, 0.5, 1.0, 1e-9, float("nan")])
def test_a_cut_that_leaves_nothing_is_refused(least: float) -> None:
    from genre_desktop.model.layers import ClippedLogit

    with pytest.raises(ValueError, match="least"):
        ClippedLogit(least)


def test_a_network_with_it_loads_in_safe_mode(tmp_path: Path) -> None:
    import keras

    from genre_desktop.model.layers import ClippedLogit

    patch = keras.Input((4, 3))
    network = keras.Model(patch, ClippedLogit(0.01, name="evidence")(keras.layers.Activation("sigmoid")(patch)))
    network.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras", compile=False, safe_mode=True)
    assert loaded.get_layer("evidence").least == 0.01
    assert loaded.output_shape == (None, 4, 3)
    values = np.random.default_rng(0).normal(0, 4, (2, 4, 3)).astype(np.float32)
    np.testing.assert_array_equal(loaded.predict_on_batch(values), network.predict_on_batch(values))
    np.testing.assert_allclose(network.predict_on_batch(values), np.clip(values, -4.59512, 4.59512), atol=1e-4)


def test_layers_and_architecture_ask_no_backend() -> None:
    """By their imports: Keras' own NumPy backend would need jax, so that none but TensorFlow is at hand."""
    for source in ("genre_desktop/model/layers.py", "training/musicnn/network.py"):
        tree = ast.parse((REPOSITORY / source).read_text("utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {name for name in imported if name.split(".")[0] in ("tensorflow", "torch", "jax")}, source
