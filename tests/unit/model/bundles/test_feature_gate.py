from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.model.bundles.feature_gate import FeatureGate

CARD: dict[str, Any] = {
    "means": [[0.0, 0.0], [10.0, 0.0], [0.0, 8.0]],
    "covariance": [[4.0, 0.0], [0.0, 1.0]],
    "refuse_beyond": 3.0,
}


def row(*values: float) -> NDArray[np.float32]:
    return np.array([values], np.float32)


def test_the_distance_is_that_to_the_nearest_genre_in_deviations() -> None:
    gate = FeatureGate.from_card(CARD)
    assert gate.n_features == 2
    for features, distance in ((row(0, 0), 0.0), (row(2, 0), 1.0), (row(0, 2), 2.0), (row(9, 0), 0.5), (row(0, 7), 1)):
        assert gate.distance(features) == pytest.approx(distance, abs=1e-6)
    assert not gate.refuses(row(0, 2.9)) and gate.refuses(row(0, 3.1))
    assert not gate.refuses(row(4, 0)) and gate.refuses(row(5, -3))


def test_the_mean_over_the_patches_is_judged() -> None:
    gate = FeatureGate.from_card(CARD)
    assert gate.distance(np.array([[100.0, 0.0], [-100.0, 0.0]], np.float32)) == pytest.approx(0.0, abs=1e-6)


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 4), st.integers(1, 5), st.integers(0, 10_000))
def test_it_is_the_mahalanobis_distance(n_features: int, n_genres: int, n_patches: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    root = rng.normal(0, 1, (n_features, n_features))
    covariance = root @ root.T + 0.1 * np.eye(n_features)
    means = rng.normal(0, 5, (n_genres, n_features))
    card = {"means": means.tolist(), "covariance": covariance.tolist(), "refuse_beyond": 1.0}
    gate = FeatureGate.from_card(card)
    features = rng.normal(0, 5, (n_patches, n_features))
    offsets = features.mean(axis=0) - means
    expected = np.sqrt(min(offset @ np.linalg.solve(covariance, offset) for offset in offsets))
    assert gate.distance(features) == pytest.approx(expected, rel=1e-6)
    assert gate.refuses(features) == (expected > 1.0)
    # Another basis of the features is another way to say the same.
    turn = rng.normal(0, 1, (n_features, n_features)) + 3 * np.eye(n_features)
    turned = {**card, "means": (means @ turn.T).tolist(), "covariance": (turn @ covariance @ turn.T).tolist()}
    assert FeatureGate.from_card(turned).distance(features @ turn.T) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_a_lopsided_covariance_gives_no_root_of_a_negative_number(scale: float) -> None:
    """Just positive definite: a quadratic form of its inverse may fall below 0 by rounding."""
    rng = np.random.default_rng(0)
    basis = np.linalg.qr(rng.normal(0, 1, (12, 12)))[0]
    covariance = basis @ np.diag(np.geomspace(1e-9, 1, 12)) @ basis.T * scale
    gate = FeatureGate.from_card({"means": np.zeros((1, 12)), "covariance": covariance, "refuse_beyond": 1})
    for direction in basis.T:
        assert np.isfinite(gate.distance(direction[None] * np.sqrt(scale)))


@pytest.mark.parametrize(
    "change",
    [
        {"means": [[], []]},
        {"means": [0.0, 0.0, 0.0]},
        {"means": [[0.0], [1.0], [2.0]]},
        {"means": "means"},
        {"means": [[0.0, 0.0], [1.0], [2.0, 0.0]]},
        {"means": [[0.0, float("nan")], [1.0, 0.0], [0.0, 1.0]]},
        {"covariance": [[1.0]]},
        {"covariance": [[1.0, 2.0], [2.0, 1.0]]},  # not positive definite
        {"covariance": [[0.0, 0.0], [0.0, 0.0]]},
        {"covariance": [[float("inf"), 0.0], [0.0, 1.0]]},
        {"covariance": None},
        {"refuse_beyond": 0.0},
        {"refuse_beyond": -1.0},
        {"refuse_beyond": float("nan")},
        {"refuse_beyond": "far"},
        {"refuse_beyond": None},
    ],
)
def test_statistics_that_are_none(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        FeatureGate.from_card({**CARD, **change})


@pytest.mark.parametrize("key", list(CARD))
def test_a_lacking_entry(key: str) -> None:
    with pytest.raises(KeyError):
        FeatureGate.from_card({name: value for name, value in CARD.items() if name != key})
