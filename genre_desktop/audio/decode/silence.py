"""Detection of digital silence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

_STEP = 1.0 / 32_768.0


class SilenceMeter:
    """Detects, block by block, whether a signal is nothing but a constant.

    Samples within one 16-bit step of some constant count as digital silence: zeros with the dither of a converter, and
    a recording that holds only an offset (DC).
    """

    def __init__(self) -> None:
        self._low = np.inf
        self._high = -np.inf

    def push(self, samples: ArrayLike) -> None:
        """Add the next samples [shape=(n,)]."""
        samples = np.asarray(samples)
        if samples.size:
            self._low = min(self._low, float(samples.min()))
            self._high = max(self._high, float(samples.max()))

    @property
    def is_digital_silence(self) -> bool:
        """True if all samples were one constant, or there were none."""
        return self._high - self._low <= 2.0 * _STEP
