from __future__ import annotations

import numpy as np
import pytest
import soundfile

from genre_desktop.core import locations

CLIPS = sorted(locations.demo_clips().glob("*.ogg"))


def test_there_are_a_few_small_clips() -> None:
    assert 5 <= len(CLIPS) <= 8
    assert sum(path.stat().st_size for path in CLIPS) < 1_000_000


@pytest.mark.parametrize("path", CLIPS, ids=lambda path: path.stem)
def test_a_clip_is_short_mono_and_neither_silent_nor_clipped(path: object) -> None:
    samples, rate = soundfile.read(path, dtype="float32")
    assert samples.ndim == 1
    assert 12 <= len(samples) / rate <= 15
    assert np.max(np.abs(samples)) < 1.0
    # Loud everywhere: no second of a try-out may be silence.
    whole = samples[: len(samples) // rate * rate].reshape(-1, rate)
    assert np.sqrt(np.mean(whole**2, axis=1)).min() > 0.01
