"""Recorded outputs of the published graph of MSD_musicnn for made-up patches.

The graph is the one in the wheel of musicnn 0.1.0: its ``.meta`` was imported by TensorFlow
without the attributes ``_output_shapes`` and ``_class``, its variables were filled from the
checkpoint beside it, and ``model/dense_1/BiasAdd`` was asked for, not training.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.core.errors import PublishedWeightsError


def made_patches() -> NDArray[np.float32]:
    """Noise; noise that falls off with the frequency and beats; tones that come and go [shape=(3, 187, 96)]."""
    level_db = -60.0 * np.random.default_rng(2019).random((3, 187, 96))
    frame, band = np.arange(187.0)[:, None], np.arange(96.0)
    level_db[1] -= 0.5 * band + 1.2 * (frame % 23)
    level_db[2] += np.where((band % 12 == frame // 31) & (band > 8), 25.0, -25.0)
    return np.asarray(np.log10(10_000.0 * 10.0 ** (level_db / 10.0) + 1.0), np.float32)


def find_wheel(scratch: Path) -> Path:
    """The published weights: the file that ``GENRE_DESKTOP_MUSICNN_WHEEL`` names, or what pip can get."""
    from training.musicnn.published_weights import fetch_wheel

    named = os.environ.get("GENRE_DESKTOP_MUSICNN_WHEEL")
    if named:
        return Path(named)
    try:
        return fetch_wheel(scratch)
    except PublishedWeightsError as error:
        pytest.skip(f"{error} (GENRE_DESKTOP_MUSICNN_WHEEL names the wheel on disk)")


LOGITS = np.array(
    """
    -4.49878 -6.38033 -4.75544 -10.67267 -3.33116 -6.89063 -4.71915 -5.09950 -4.83900 -12.51188 -7.20371 -0.35282
    -6.55074 -7.69426 -12.29095 -10.60940 -11.91668 -9.95535 -5.01937 -11.45690 -16.58723 -5.35203 -6.43672 -5.76272
    -11.99992 -18.81644 -17.91106 -5.44197 -4.80589 -14.95405 -4.42251 -8.68677 -11.75539 -4.58902 -18.73546
    -6.22869 -15.45481 -10.93845 -5.96396 -7.15527 -10.23103 -7.31574 -6.99335 -7.74683 -17.54399 -5.44160 -15.97940
    -9.62090 -8.66073 -11.83380 -2.28016 -4.36793 -2.84313 -4.22028 -1.22644 -3.68554 -3.84211 -4.76599 -3.57083
    -3.92870 -5.07010 -2.53334 -3.73490 -5.92380 -4.96403 -5.12529 -5.07862 -5.83259 -2.56785 -4.69769 -6.67869
    -3.63472 -4.53245 -2.94569 -5.79117 -8.55011 -6.99973 -3.88596 -2.17025 -7.35129 -1.43613 -5.92926 -5.97566
    -3.12369 -7.13630 -5.68053 -9.65074 -6.89778 -5.13838 -6.64012 -4.77136 -3.78479 -4.45495 -3.78217 -7.55403
    -4.38201 -7.66579 -6.22427 -4.79361 -8.15740 -8.04141 -9.61876 -5.98090 -12.60331 -4.96154 -8.05984 -7.67654
    -5.02634 -7.11219 -16.22608 -8.00093 -5.71721 -6.99852 -9.75181 -22.81686 -12.94712 -14.04869 -11.11020 -7.13591
    -22.30064 -20.94088 -8.83030 -5.32894 -7.04293 -15.81900 -32.58399 -26.00002 -11.94845 -6.40461 -18.04810
    -5.92334 -10.06519 -16.14466 -0.44790 -30.11890 -7.75946 -21.86137 -13.72204 -6.27571 -8.68474 -14.79563
    -9.91668 -15.08606 -12.04092 -29.73634 -4.59128 -18.99190 -10.87609 -14.75294 -14.30856
    """.split(),
    dtype=np.float64,
).reshape(3, 50)
"""Logits of the 50 tags for `made_patches` [shape=(3, 50)], to the fifth decimal."""
