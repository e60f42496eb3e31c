"""Sound files of one sine each, for tests of what reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

RATE = 22_050


def tone(path: Path, pitch: float = 440, seconds: float = 5) -> Path:
    """Write a sine as a sound file in the format of the path's ending."""
    time = np.arange(round(seconds * RATE)) / RATE
    soundfile.write(path, (0.3 * np.sin(2 * np.pi * pitch * time)).astype(np.float32), RATE)
    return path
