from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.picture.track_picture import (
    DB_FLOOR,
    DB_STEP,
    FINEST_HOP,
    SCALES,
    TILE_COLUMNS,
    FrequencyRange,
    PictureConfig,
    Scale,
    TileKey,
    as_levels,
    decibels,
    tiles_for,
)

_SCALE = st.sampled_from(SCALES)
_RATE = st.sampled_from([8_000, 22_050, 44_100, 48_000, 192_000])


@settings(deadline=None)
@given(_SCALE, _RATE, st.floats(0, 1))
def test_a_place_on_the_axis_is_a_frequency_and_back(scale: Scale, rate: int, place: float) -> None:
    axis = FrequencyRange.of(PictureConfig(scale), rate)
    hz = float(axis.hz(place))
    assert axis.low_hz - 1e-6 <= hz <= axis.high_hz * (1 + 1e-9) + 1e-6
    assert float(axis.place(hz)) == pytest.approx(place, abs=1e-6)


@settings(deadline=None)
@given(_SCALE, _RATE, st.floats(30, 4_000))
def test_a_frequency_has_a_place_and_back(scale: Scale, rate: int, hz: float) -> None:
    axis = FrequencyRange.of(PictureConfig(scale), rate)
    assert float(axis.hz(axis.place(hz))) == pytest.approx(hz, rel=1e-6)


@pytest.mark.parametrize("scale", SCALES)
def test_the_axis_ends_where_the_file_ends(scale: Scale) -> None:
    assert FrequencyRange.of(PictureConfig(scale), 44_100).high_hz == 22_050
    assert FrequencyRange.of(PictureConfig(scale, highest_hz=8_000), 44_100).high_hz == 8_000
    assert FrequencyRange.of(PictureConfig(scale, highest_hz=30_000), 44_100).high_hz == 22_050
    axis = FrequencyRange.of(PictureConfig(scale), 44_100)
    np.testing.assert_allclose(axis.place([axis.low_hz, axis.high_hz]), [0, 1], atol=1e-6)


def test_scales_give_low_notes_the_room_they_say() -> None:
    below_1k = {s: float(FrequencyRange.of(PictureConfig(s), 44_100).place(1_000)) for s in SCALES}
    assert below_1k["linear"] == pytest.approx(1_000 / 22_050)
    assert below_1k["linear"] < below_1k["mel"] < below_1k["log"]


@settings(deadline=None)
@given(st.floats(-200, 60))
def test_levels_are_decibels_in_steps(db: float) -> None:
    found = float(decibels(as_levels(db)))
    highest = DB_FLOOR + 255 * DB_STEP
    assert found == pytest.approx(min(max(db, DB_FLOOR), highest), abs=DB_STEP / 2 + 1e-4)


@settings(deadline=None)
@given(st.floats(-10, 10_000), st.floats(0.001, 12_000), st.integers(1, 4_000), _RATE)
def test_tiles_cover_the_view_with_a_column_a_pixel(start_s: float, length_s: float, n_pixels: int, rate: int) -> None:
    end_s = start_s + length_s
    keys = tiles_for(start_s, end_s, n_pixels, rate)
    assert len({key.level for key in keys}) == 1
    assert [key.index for key in keys] == list(range(keys[0].index, keys[0].index + len(keys)))
    assert keys[0].start_s(rate) <= max(start_s, 0) + 1e-6
    assert keys[-1].start_s(rate) + keys[-1].length_s(rate) >= max(end_s, 0) - 1e-6
    hop = keys[0].hop
    assert hop == FINEST_HOP or hop <= length_s * rate / n_pixels * (1 + 1e-9)
    assert 2 * hop > length_s * rate / n_pixels * (1 - 1e-9), "and not much more than a column"
    assert len(keys) <= 2 * n_pixels / TILE_COLUMNS + 2


def test_a_tile_begins_where_the_one_before_ends() -> None:
    one, next_one = TileKey(3, 7), TileKey(3, 8)
    assert one.start_s(44_100) + one.length_s(44_100) == pytest.approx(next_one.start_s(44_100))
    assert TileKey(4, 4).start_s(44_100) == pytest.approx(next_one.start_s(44_100))
