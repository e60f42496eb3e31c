from __future__ import annotations

import pytest

from genre_desktop.gui.text import formatting as wording
from genre_desktop.model.bundles.accuracy import HonestAccuracy, Measured
from tests.gui.conftest import make_prediction, make_summary


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
    assert wording.confidence_line(make_summary("jazz", confidence)) == expected


def shares(**given: float) -> dict[str, float]:
    return {"rock": 0.02, "blues": 0.02, "disco": 0.02, "hiphop": 0.02, **given}


def test_two_close_genres_are_both_named() -> None:
    mixed = make_summary("disco", 0.48, probabilities=shares(disco=0.48, hiphop=0.44))
    assert wording.verdict_title(mixed) == "Disco / Hip-hop"
    assert wording.confidence_line(mixed) == "A mix: disco 48\u00a0%, hip-hop 44\u00a0%"


@pytest.mark.parametrize(("second", "expected"), [(0.34, "rock"), (0.36, None), (0.35, None)])
def test_a_lead_of_the_margin_makes_one_genre(second: float, expected: str | None) -> None:
    first = second + 0.15 if expected is None else 0.48
    prediction = make_summary("disco", first, probabilities=shares(disco=first, rock=second))
    assert wording.mixed_with(prediction) == expected


def test_unsure_tells_the_closest_two() -> None:
    unsure = make_summary("unsure", 0.43, probabilities=shares(rock=0.43, blues=0.31))
    assert wording.confidence_line(unsure) == "Closest: Rock 43\u00a0%, blues 31\u00a0%"
    assert wording.verdict_title(unsure) == "Unsure" and wording.mixed_with(unsure) is None


def test_what_is_no_music_gets_no_figure_and_no_tags() -> None:
    noise = make_summary("not music", 0.97)
    assert wording.confidence_line(noise) == "If it is music, then rock"
    assert (
        wording.verdict_title(noise) == "Not music"
        and wording.tags_line(make_prediction("not music", 0.97, tags=("ambient",))) == ""
    )
    assert wording.tags_line(make_prediction("jazz", tags=("soul", "90s"))) == "soul, 90s"


def test_nothing_scored_is_nothing_to_judge() -> None:
    assert wording.confidence_line(make_summary("not music", None)) == "Nothing to judge"


def test_accuracy_has_its_interval_and_a_leak_is_called_one() -> None:
    honest = HonestAccuracy(0.57, 0.5, 0.64, 197, "lists", leaking=False)
    line = wording.accuracy_line(honest)
    assert "57\u00a0%" in line and "197" in line and "50–64\u00a0%" in line
    assert "expect" not in line and "set aside" in wording.measured_line(honest)
    leaking = HonestAccuracy(0.95, 0.94, 0.96, 5000, "patch", leaking=True)
    assert "expect less" in wording.accuracy_line(leaking)


@pytest.mark.parametrize("protocol", ["lists", "artist", "track", "folds", "patch"])
def test_every_protocol_has_words_of_its_own_without_jargon(protocol: str) -> None:
    def line(protocol: str) -> str:
        return wording.measured_line(HonestAccuracy(0.5, 0.4, 0.6, 99, protocol, leaking=protocol == "patch"))

    others = {"lists", "artist", "track", "folds", "patch"} - {protocol}
    assert "99 " in line(protocol) and line(protocol) not in map(line, others)
    assert not any(word in line(protocol).lower() for word in ("protocol", "lists", "fold", "patch", "split"))


def test_figures_that_say_when_to_trust_the_model() -> None:
    line = wording.coverage_line(Measured(0.749, 0.661, 0.832), Measured(0.919, 0.874, 0.957))
    assert "75\u00a0% (66–83)" in line and "92\u00a0% (87–96)" in line
    assert wording.trust_line(Measured(0.0374, 0.0, 0.0632)) == (
        "Its confidence is off by 3.7 (0–6.3) points on average."
    )
    assert wording.trust_line(Measured(0.08)) == "Its confidence is off by 8 points on average."
    assert "3.6 points" in wording.chance_line(0.0358)
    assert wording.share_and_interval(Measured(0.68)) == "68\u00a0%"


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
