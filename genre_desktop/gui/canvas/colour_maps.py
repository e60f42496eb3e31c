"""Colour maps of the spectrogram: perceptually uniform, and readable for colour-blind people."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

import numpy as np

ColourMap = Literal["magma", "viridis", "cividis", "grey"]
COLOUR_MAPS: tuple[ColourMap, ...] = get_args(ColourMap)

# 33 evenly spaced colours of matplotlib's tables (CC0): magma and viridis by Stéfan van der Walt and Nathaniel Smith
# (2015), cividis by Nuñez, Anderton and Renslow (PLOS ONE, 2018). Straight lines between them differ by 6/255 at most.
_ANCHORS: dict[str, str] = {
    "magma": (
        "000004 030312 0a0822 130d34 1d1147 29115a 36106b 440f76 51127c 5d177f 6a1c81 762181 832681 902a81 9c2e7f "
        "aa337d b73779 c23b75 cf4070 db476a e55064 ee5b5e f4695c f9785d fb8761 fd9668 fea571 feb47b fec287 fed194 "
        "fde0a1 fceeb0 fcfdbf"
    ),
    "viridis": (
        "440154 470d60 48186a 482374 472d7b 453781 424086 3e4989 3b528b 375b8d 33638d 2f6b8e 2c728e 297a8e 26828e "
        "23898e 21918c 1f978b 1f9f88 21a685 27ad81 31b57b 3dbc74 4cc26c 5cc863 6ece58 81d34d 95d840 aadc32 c0df25 "
        "d5e21a eae51a fde725"
    ),
    "cividis": (
        "00224e 00285b 002e6a 053371 1a386f 273e6e 32436d 3b496c 434e6c 4b546c 535a6d 5a5f6e 61656f 686a71 6f7073 "
        "767676 7d7c78 838179 8b8778 928d78 9a9376 a29975 aaa073 b3a670 bbad6d c3b369 ccba64 d4c15f ddc858 e6d051 "
        "efd748 f8df3c fee838"
    ),
    "grey": "000000 ffffff",
}


@cache
def colour_table(name: ColourMap) -> tuple[int, ...]:
    """256 colours from quiet to loud, as opaque ``0xffrrggbb``."""
    anchors = np.array([list(bytes.fromhex(colour)) for colour in _ANCHORS[name].split()], dtype=np.float64)
    at = np.linspace(0, len(anchors) - 1, 256)
    red, green, blue = (
        np.rint(np.interp(at, np.arange(len(anchors)), anchors[:, channel])).astype(int) for channel in range(3)
    )
    return tuple(int(colour) for colour in (0xFF << 24) | (red << 16) | (green << 8) | blue)


def level_table(name: ColourMap, low_db: float, high_db: float, floor_db: float, step_db: float) -> tuple[int, ...]:
    """Colours of the 256 levels ``floor_db + step_db * level``, clipped to ``low_db`` .. ``high_db``."""
    db = floor_db + step_db * np.arange(256)
    share = np.clip((db - low_db) / max(high_db - low_db, step_db), 0, 1)
    colours = colour_table(name)
    return tuple(colours[row] for row in np.rint(255 * share).astype(int))
