"""Comparison of a network that NumPy computes with the one of Keras, which defines what is right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from genre_desktop.model.inference.windows import Array

TOLERANCE = 1e-4
"""Largest difference of a probability, and of a feature below 1; of a larger feature this share of it.

The shipped models are within half of it. A head that is fitted to a dozen tracks may have weights so large that the
last digit of its input decides: then Keras differs on other processors, too (by .0008 in one case), and is used.
"""

N_PATCHES = 5
"""Patches of each kind: more than NumPy computes together, and few enough for the largest network that is allowed."""


def agrees(
    numpy_network: Callable[[Array], Array], keras_network: Callable[[Array], Array], shape: tuple[int, ...]
) -> bool:
    """Whether two networks give the same outputs, for patches as music has them and others.

    Parameters
    ----------
    numpy_network, keras_network : callable
        From patches [n, *shape] to outputs [n, n_outputs].
    shape : tuple of int
        Of a patch.
    """
    rng = np.random.default_rng(0)
    kinds = (
        rng.random((N_PATCHES, *shape)),  # scaled levels, 0..1
        4.0 * rng.random((N_PATCHES, *shape)),  # logarithms of power
        rng.normal(-1.0, 2.0, (N_PATCHES, *shape)),  # logarithms of magnitude
        np.zeros((1, *shape)),
    )
    for kind in kinds:
        patches = kind.astype(np.float32)
        expected, received = keras_network(patches), numpy_network(patches)
        if not np.allclose(received, expected, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True):
            return False
    return True
