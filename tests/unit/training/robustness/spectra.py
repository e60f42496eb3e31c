"""Power spectrum and decibels of made-up sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import welch

RATE = 16_000


def spectrum(sound: NDArray[np.float32], rate: int = RATE) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies in Hz and power, both [shape=(2049,)]."""
    frequency, power = welch(sound.astype(np.float64), rate, nperseg=4096)
    return frequency, power


def decibels(ratio: float) -> float:
    """Ratio of powers in dB."""
    return float(10 * np.log10(ratio))
