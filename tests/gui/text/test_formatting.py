from __future__ import annotations

import pytest

from genre_desktop.gui.text import formatting


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, "0\u00a0%"),
        (0.001, "<1\u00a0%"),
        (0.5, "50\u00a0%"),
        (0.834, "83\u00a0%"),
        (0.999, ">99\u00a0%"),
        (1.0, "100\u00a0%"),
    ],
)
def test_percent_never_rounds_to_certainty(share: float, expected: str) -> None:
    assert formatting.percent(share) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0:00"), (187.2, "3:07"), (187.6, "3:08"), (3727, "1:02:07"), (-1, "0:00"), (36000, "10:00:00")],
)
def test_clock(seconds: float, expected: str) -> None:
    assert formatting.clock(seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(3, "a few seconds left"), (44, "about 40 s left"), (200, "about 3 min left"), (7200, "about 2.0 h left")],
)
def test_remaining_time_is_rough(seconds: float, expected: str) -> None:
    assert formatting.time_left(seconds) == expected


def test_counts_are_grammatical() -> None:
    assert formatting.count_files(1) == "1 file"
    assert formatting.count_files(12_000) == "12,000 files"
