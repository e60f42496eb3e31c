import numpy as np
import pytest

from genre_desktop.audio.decode.silence import SilenceMeter

STEP = 1.0 / 32_768.0


def _is_silence(*pieces):
    meter = SilenceMeter()
    for piece in pieces:
        meter.push(np.asarray(piece, dtype=np.float32))
    return meter.is_digital_silence


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [[]],
        [np.zeros(100)],
        [np.full(100, 0.25)],
        [np.zeros(100), [STEP, -STEP]],
        [np.full(50, 0.5), np.full(50, 0.5 + STEP)],
    ],
)
def test_a_constant_is_digital_silence(pieces):
    assert _is_silence(*pieces)


@pytest.mark.parametrize(
    "pieces",
    [
        [np.zeros(100), [0.001]],
        [np.zeros(100), np.full(100, 0.25)],
        [np.random.default_rng(0).normal(scale=1e-3, size=1_000)],
    ],
)
def test_anything_else_is_not(pieces):
    assert not _is_silence(*pieces)
