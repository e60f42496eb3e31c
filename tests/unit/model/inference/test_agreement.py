from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.model.inference.agreement import agrees

SHAPE = (8, 4)


def network(patches: NDArray[np.float32]) -> NDArray[np.float32]:
    """A probability, and features of two sizes."""
    means = patches.mean(axis=(1, 2))
    return np.stack([1 / (1 + np.exp(-means)), means, 1_000 * means], axis=1)


@pytest.mark.parametrize(("column", "wrong", "same"), [(0, 3e-4, 2e-5), (1, 3e-4, 2e-5), (2, 1.0, 0.01)])
def test_differences_are_small_against_what_they_are_of(column: int, wrong: float, same: float) -> None:
    for off, expected in ((wrong, False), (-wrong, False), (same, True), (0.0, True)):

        def other(patches: NDArray[np.float32], off: float = off) -> NDArray[np.float32]:
            outputs = network(patches)
            outputs[patches.min(axis=(1, 2)) < 0, column] += off  # for some patches
            return outputs

        assert agrees(other, network, SHAPE) is expected


def test_what_is_no_number_has_to_be_none_on_both_sides() -> None:
    def broken(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        return network(patches) * np.float32(np.nan)

    assert agrees(broken, broken, SHAPE)
    assert not agrees(broken, network, SHAPE) and not agrees(network, broken, SHAPE)
