from __future__ import annotations

import pytest

from genre_desktop.gui import wording
from genre_desktop.model.bundle import HonestAccuracy
from tests.gui.conftest import make_prediction


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
    assert wording.percent(share) == expected


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (0.95, "Very sure, 95\u00a0%"),
        (0.83, "Fairly sure, 83\u00a0%"),
        (0.697, "Fairly sure, 70\u00a0%"),
        (0.55, "More likely than not, 55\u00a0%"),
        (0.31, "A guess, 31\u00a0%"),
    ],
)
def test_confidence_in_words_and_figures(confidence: float, expected: str) -> None:
    assert wording.confidence_line(make_prediction("jazz", confidence)) == expected


@pytest.mark.parametrize("verdict", ["unsure", "not music"])
def test_the_gate_speaks_of_what_came_closest(verdict: str) -> None:
    assert wording.confidence_line(make_prediction(verdict, 0.31)) == "Closest: Rock, 31\u00a0%"


def test_nothing_scored_is_nothing_to_judge() -> None:
    assert wording.confidence_line(make_prediction("not music", None)) == "Nothing to judge"


def test_accuracy_has_its_interval_and_a_leak_is_called_one() -> None:
    honest = HonestAccuracy(0.57, 0.5, 0.64, 197, "lists", leaking=False)
    line = wording.accuracy_line(honest)
    assert "57\u00a0%" in line and "197" in line and "50–64\u00a0%" in line
    assert "lists" in wording.protocol_line(honest)
    leaking = HonestAccuracy(0.95, 0.94, 0.96, 5000, "patch", leaking=True)
    assert "expect less" in wording.accuracy_line(leaking)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0:00"), (187.2, "3:07"), (187.6, "3:08"), (3727, "1:02:07"), (-1, "0:00"), (36000, "10:00:00")],
)
def test_clock(seconds: float, expected: str) -> None:
    assert wording.clock(seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(3, "a few seconds left"), (44, "about 40 s left"), (200, "about 3 min left"), (7200, "about 2.0 h left")],
)
def test_remaining_time_is_rough(seconds: float, expected: str) -> None:
    assert wording.remaining(seconds) == expected


def test_counts_are_grammatical() -> None:
    assert wording.count_files(1) == "1 file"
    assert wording.count_files(12_000) == "12,000 files"


def test_genre_titles() -> None:
    assert [wording.genre_title(g) for g in ("jazz", "hiphop", "unsure", "not music", "drum & bass")] == [
        "Jazz",
        "Hip-hop",
        "Unsure",
        "Not music",
        "Drum & bass",
    ]
