"""Sound that passes for music, made in an instant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SCALE = np.array([0, 3, 5, 7, 10, 12, 15, 17])
_NOTE_S = 0.25


def tune(seconds: float, rate: int, hz: float = 220.0) -> NDArray[np.float32]:
    """Plucked notes with overtones over a hiss that beats: a steady tone is no music [shape=(n,)]."""
    time = np.arange(round(seconds * rate)) / rate
    note = (time / _NOTE_S).astype(np.int64)
    steps = np.random.default_rng(0).choice(_SCALE, int(note[-1]) + 1 if len(note) else 0)
    phase = 2 * np.pi * np.cumsum(hz * 2 ** (steps[note] / 12)) / rate
    decay = np.exp(-5 * (time - note * _NOTE_S))
    tones = sum(np.sin(k * phase) / k for k in range(1, 7))
    hiss = np.random.default_rng(1).normal(0, 0.1, len(time)) * np.exp(-20 * (time % (2 * _NOTE_S)))
    return np.asarray(0.25 * (tones * decay + hiss), np.float32)
