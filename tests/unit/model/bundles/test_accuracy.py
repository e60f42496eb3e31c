from __future__ import annotations

from typing import Any

import pytest

from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy

OLD = {"accuracy": 0.5, "accuracy_ci95": [0.4, 0.6], "n_tracks": 100, "leaking": False}


def test_an_old_card_lacks_what_came_later() -> None:
    read = MeasuredAccuracy.from_card("lists", OLD)
    assert (read.accuracy, read.low, read.high, read.n_tracks, read.protocol) == (0.5, 0.4, 0.6, 100, "lists")
    assert read.coverage is read.accuracy_covered is read.ece is read.ece_if_perfect is None


def test_figures_are_read_with_their_intervals_where_there_are_any() -> None:
    later = {
        "coverage": 0.75,
        "coverage_ci95": [0.66, 0.83],
        "accuracy_covered": 0.92,
        "ece": 0.037,
        "ece_ci95": [0.0, 0.063],
        "ece_if_perfect": {"mean": 0.036, "p95": 0.054},
    }
    read = MeasuredAccuracy.from_card("artist", {**OLD, **later})
    assert read.coverage == Measured(0.75, 0.66, 0.83)
    assert read.accuracy_covered == Measured(0.92)
    assert read.ece == Measured(0.037, 0.0, 0.063)
    assert read.ece_if_perfect == 0.036


@pytest.mark.parametrize(
    "change", [{"coverage": "most"}, {"ece": 0.1, "ece_ci95": [0.1]}, {"ece_if_perfect": 0.04}, {"accuracy_ci95": None}]
)
def test_what_is_no_number_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        MeasuredAccuracy.from_card("artist", {**OLD, **change})


def test_a_leak_is_said_whatever_the_protocol_is_called() -> None:
    assert "other parts" in MeasuredAccuracy.from_card("artist", {**OLD, "leaking": True}).measured_on()
