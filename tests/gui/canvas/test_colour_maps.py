"""Colour maps of the spectrogram."""

from __future__ import annotations

from itertools import pairwise

import pytest

from genre_desktop.gui.canvas.colour_maps import COLOUR_MAPS, colour_table, level_table


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_colours_grow_steadily_brighter(name: str) -> None:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    luminances = []
    for colour in colour_table(name):  # type: ignore[arg-type]
        red, green, blue = (linear((colour >> shift & 255) / 255) for shift in (16, 8, 0))
        luminances.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    assert all(later >= sooner - 1e-3 for sooner, later in pairwise(luminances))
    assert luminances[-1] - luminances[0] > 0.6


def test_levels_outside_the_range_get_its_ends() -> None:
    table = level_table("grey", -100, -20, -120, 0.5)
    assert len(table) == 256
    assert table[0] == table[40] == 0xFF000000 and table[200] == table[255] == 0xFFFFFFFF
    assert table[120] & 255 == pytest.approx(128, abs=1)
