"""The figures under the prediction: what is measured is shown, what is not is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.prediction.model_accuracy import ModelAccuracy
from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy

FULL = MeasuredAccuracy(
    0.8239,
    0.7535,
    0.8902,
    443,
    "artist",
    leaking=False,
    coverage=Measured(0.7494, 0.6614, 0.8321),
    accuracy_covered=Measured(0.9187, 0.8742, 0.957),
    ece=Measured(0.0374, 0.0, 0.0632),
    ece_if_perfect=0.0358,
)


@pytest.fixture
def figures(qtbot: QtBot) -> ModelAccuracy:
    made = ModelAccuracy()
    qtbot.addWidget(made)
    return made


def test_each_figure_is_a_row_with_its_interval(figures: ModelAccuracy) -> None:
    figures.show_accuracy(FULL)
    *rows, note = figures.text().splitlines()
    assert rows == [
        "Right on 82\u00a0% (75–89)",
        "Names a genre for 75\u00a0% (66–83)",
        "and is right then on 92\u00a0% (87–96)",
        "Confidence is off by 3.7 (0–6.3) points",
    ]
    assert "443 tracks by artists it had not learned from" in note
    assert "95\u00a0% intervals" in note and "3.6 points off would be chance alone" in note


def test_each_row_says_itself_in_a_sentence(figures: ModelAccuracy) -> None:
    figures.show_accuracy(FULL)
    said = figures.sentences()
    assert len(said) == 4 and all(sentence.endswith(".") for sentence in said)
    assert "82\u00a0% of 443 tracks" in said[0] and "off by 3.7" in said[-1]


def test_figures_of_a_few_tracks_are_shown_as_that(figures: ModelAccuracy) -> None:
    figures.show_accuracy(MeasuredAccuracy(1.0, 0.76, 1.0, 12, "track", leaking=False, ece=Measured(0.0, 0.0, 0.0)))
    *rows, note = figures.text().splitlines()
    assert rows == ["Right on 100\u00a0% (76–100)", "Confidence too few to tell"]
    assert "12 tracks are too few to tell how good it is" in note and "off would be chance" not in note
    assert "off by 0" not in " ".join(figures.sentences())


def test_an_old_card_shows_what_it_has(figures: ModelAccuracy) -> None:
    figures.show_accuracy(MeasuredAccuracy(0.57, 0.5, 0.64, 197, "lists", leaking=False))
    assert len(figures.text().splitlines()) == 2
    assert "chance" not in figures.text()


def test_a_model_that_always_names_a_genre_needs_no_row_for_it(figures: ModelAccuracy) -> None:
    figures.show_accuracy(replace(FULL, coverage=Measured(1.0)))
    assert "Names a genre" not in figures.text()


def test_a_leak_hides_all_but_the_warning(figures: ModelAccuracy) -> None:
    figures.show_accuracy(replace(FULL, leaking=True, protocol="patch"))
    row, note = figures.text().splitlines()
    assert row.startswith("Right on") and "expect less on your music" in note


def test_words_replace_the_figures_and_back(figures: ModelAccuracy) -> None:
    figures.show_accuracy(FULL)
    figures.show_message("No model.", "GD-202", problem=True)
    assert figures.text() == "No model.\nGD-202"
    figures.show_accuracy(FULL)
    assert "No model" not in figures.text() and len(figures.sentences()) == 4
