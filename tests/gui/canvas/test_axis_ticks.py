from __future__ import annotations

from itertools import pairwise

import pytest

from genre_desktop.audio.picture.track_picture import (
    FrequencyRange,
)
from genre_desktop.gui.canvas.axis_ticks import exact_clock, frequency_ticks, time_step_s, time_ticks
from genre_desktop.gui.canvas.time_axis import TimeScale


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (
            FrequencyRange("mel", 0, 11_025),
            ["100 Hz", "500 Hz", "1 kHz", "2 kHz", "5 kHz", "10 kHz"],
        ),
        (
            FrequencyRange("log", 30, 22_050),
            ["50 Hz", "100 Hz", "200 Hz", "500 Hz", "1 kHz", "2 kHz", "5 kHz", "10 kHz"],
        ),
        (
            FrequencyRange("linear", 0, 22_050),
            ["2 kHz", "4 kHz", "6 kHz", "8 kHz", "10 kHz", "12 kHz", "14 kHz", "16 kHz", "18 kHz", "20 kHz"],
        ),
    ],
)
def test_ticks_stand_at_round_frequencies_inside_the_range(axis: FrequencyRange, expected: list[str]) -> None:
    ticks = frequency_ticks(axis, 400, 14)
    assert [tick.text for tick in ticks] == expected
    places = [float(axis.place(tick.value)) * 400 for tick in ticks]
    assert all(later - sooner >= 14 for sooner, later in pairwise(places)), "no two touch"


def test_a_low_plot_has_few_ticks() -> None:
    assert 1 <= len(frequency_ticks(FrequencyRange("log", 30, 22_050), 60, 14)) <= 4
    assert frequency_ticks(FrequencyRange("mel", 0, 11_025), 10, 14) == []


@pytest.mark.parametrize(
    ("seconds", "width", "step"),
    [(30, 500, 5), (241, 500, 60), (10_800, 500, 1_800), (2, 500, 0.5), (0.005, 500, 0.001)],
)
def test_time_ticks_are_round_and_not_crowded(seconds: float, width: int, step: float) -> None:
    assert time_step_s(seconds / width, 70) == step


def test_only_visible_times_are_marked() -> None:
    ticks = time_ticks(TimeScale(61.2, 63.3, 50, 500), 70)
    assert [tick.text for tick in ticks] == ["1:01.5", "1:02.0", "1:02.5", "1:03.0"]


def test_time_is_written_as_minutes_and_seconds() -> None:
    assert [exact_clock(value, 0) for value in (0, 65, 3725)] == ["0:00", "1:05", "1:02:05"]
    assert [exact_clock(value, 2) for value in (1.5, 59.999, 59.994)] == ["0:01.50", "1:00.00", "0:59.99"]
