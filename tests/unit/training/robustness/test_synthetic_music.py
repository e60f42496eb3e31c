from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.robustness.spectra import RATE
from training.robustness.synthetic_music import MUSIC, make_music


@pytest.mark.parametrize("name", MUSIC)
def test_pieces_are_seeded_and_last_as_long_as_asked(name: str) -> None:
    first, again = (make_music(name, 3.0, RATE, seed=2) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert first.dtype == np.float32
    assert first.shape == (3 * RATE,)
    assert np.abs(first).max() == pytest.approx(0.5)
