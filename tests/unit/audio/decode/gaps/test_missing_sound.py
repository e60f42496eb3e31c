"""Holes that are added up, and what is told of them."""

from __future__ import annotations

import pytest

from genre_desktop.audio.decode.gaps.missing_sound import HoleSum


def _reason(*holes: tuple[float, float]) -> str | None:
    total = HoleSum()
    for at_s, seconds in holes:
        total.add(at_s, seconds)
    missing = total.missing()
    return None if missing is None else missing.reason


def test_one_hole() -> None:
    assert _reason((12.0, 0.5)) == "0.5 s are missing in the middle, at 12.0 s"
    assert _reason((12.0, 0.49)) is None


def test_many_small_ones() -> None:
    told = _reason(*[(3.0 + number, 0.026) for number in range(40)])
    assert told == "1.0 s are missing in the middle, in several places from 3.0 s on"
    assert _reason(*[(3.0 + number, 0.026) for number in range(35)]) is None


def test_several() -> None:
    told = _reason((2.0, 0.6), (9.0, 0.02), (9.5, 4.0))
    assert told == "4.6 s are missing in the middle, in several places from 2.0 s on"


def test_at_the_beginning() -> None:
    assert _reason((0.02, 3.0)) == "3.0 s are missing at the beginning"


@pytest.mark.parametrize("back_s", [-95.0, -200.0])
def test_a_wrong_time_is_taken_back(back_s: float) -> None:
    assert _reason((4.0, 95.0), (4.1, back_s)) is None


def test_a_hole_that_is_taken_back_in_part() -> None:
    assert _reason((4.0, 6.0), (8.0, -4.0)) == "2.0 s are missing in the middle, at 4.0 s"
    assert _reason((1.0, 2.0), (4.0, 6.0), (8.0, -7.0)) == "1.0 s are missing in the middle, at 1.0 s"


def test_small_ones_stay_where_times_start_over() -> None:
    small = [(3.0 + number, 0.05) for number in range(40)]
    assert _reason(*small, (50.0, -30.0)) == "2.0 s are missing in the middle, in several places from 3.0 s on"


def test_times_that_go_back_and_forth() -> None:
    assert _reason(*[(0.1 * number, 0.023 * (-1) ** number) for number in range(10_000)]) is None


def test_times_that_jump_forth_and_drift_back() -> None:
    assert _reason(*(20 * [(1.0, 0.15), (2.0, -0.05), (3.0, -0.05), (4.0, -0.05)])) is None


def test_a_flood_of_holes_takes_little_memory() -> None:
    total = HoleSum()
    for number in range(5_000):
        total.add(number, 1.0)
    missing = total.missing()
    assert missing is not None and missing.seconds == pytest.approx(5_000.0) and not missing.is_one
    assert len(total._holes) <= 1_000
