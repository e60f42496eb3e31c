from __future__ import annotations

import pytest

from genre_desktop.gui.text import prediction_text
from tests.gui.conftest import make_prediction, make_summary


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
    assert prediction_text.confidence_line(make_summary("jazz", confidence)) == expected


def shares(**given: float) -> dict[str, float]:
    return {"rock": 0.02, "blues": 0.02, "disco": 0.02, "hiphop": 0.02, **given}


def test_two_close_genres_are_both_named() -> None:
    mixed = make_summary("disco", 0.48, probabilities=shares(disco=0.48, hiphop=0.44))
    assert prediction_text.verdict_title(mixed) == "Disco / Hip-hop"
    assert prediction_text.confidence_line(mixed) == "A mix: disco 48\u00a0%, hip-hop 44\u00a0%"


@pytest.mark.parametrize(("second", "expected"), [(0.34, "rock"), (0.36, None), (0.35, None)])
def test_a_lead_of_the_margin_makes_one_genre(second: float, expected: str | None) -> None:
    first = second + 0.15 if expected is None else 0.48
    prediction = make_summary("disco", first, probabilities=shares(disco=first, rock=second))
    assert prediction_text.mixed_with(prediction) == expected


def test_an_unsure_answer_names_the_two_most_probable_genres() -> None:
    unsure = make_summary("unsure", 0.43, probabilities=shares(rock=0.43, blues=0.31))
    assert prediction_text.confidence_line(unsure) == "Closest: Rock 43\u00a0%, blues 31\u00a0%"
    assert prediction_text.verdict_title(unsure) == "Unsure" and prediction_text.mixed_with(unsure) is None


def test_not_music_has_no_figure_and_no_tags() -> None:
    noise = make_summary("not music", 0.97)
    assert prediction_text.confidence_line(noise) == "If it is music, then rock"
    assert (
        prediction_text.verdict_title(noise) == "Not music"
        and prediction_text.tags_line(make_prediction("not music", 0.97, tags=("ambient",))) == ""
    )
    assert prediction_text.tags_line(make_prediction("jazz", tags=("soul", "90s"))) == "soul, 90s"


def test_styles_are_told_in_a_line_that_breaks_between_them() -> None:
    assert prediction_text.styles_line(("drum and bass", "R&B")) == "Sounds like: drum\u00a0and\u00a0bass, R&B"
    assert prediction_text.styles_line(()) == ""
    assert prediction_text.style_title("drum and bass") == "Drum and bass"
    assert prediction_text.style_title("a\u202eb") != "A\u202eb", "a stranger's name is made displayable"


def test_nothing_scored_is_nothing_to_judge() -> None:
    assert prediction_text.confidence_line(make_summary("not music", None)) == "Nothing to judge"


def test_genre_titles() -> None:
    assert [prediction_text.genre_title(g) for g in ("jazz", "hiphop", "unsure", "not music", "drum & bass")] == [
        "Jazz",
        "Hip-hop",
        "Unsure",
        "Not music",
        "Drum & bass",
    ]
