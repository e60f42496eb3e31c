from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.model.bundles.accuracy import FEW_TRACKS
from training.evaluation.calibration import SHIPPED_THRESHOLD, UNSURE_BELOW, cautious_threshold, choose_unsure_below
from training.evaluation.caveats import caveats
from training.evaluation.metrics import compute_metrics
from training.reports.report import metrics_table

LABELS = ("a", "b", "c")


def test_few_tracks_and_mixed_artists_are_told() -> None:
    assert caveats(FEW_TRACKS, are_artists_apart=True) == ""
    assert caveats(12, are_artists_apart=True).startswith("Too few to tell: 12 tracks were judged, and below 60 ")
    assert "expect less" in caveats(443, are_artists_apart=False)
    both = caveats(12, are_artists_apart=False)
    assert "Too few" in both and "expect less" in both


def test_all_right_on_a_few_tracks_is_not_told_as_a_fact() -> None:
    truth = np.arange(12) % 3
    metrics = compute_metrics(np.eye(3)[truth], truth, LABELS)
    assert (metrics.accuracy, metrics.ece) == (1.0, 0.0)
    assert metrics.ci95["accuracy"][0] == pytest.approx(0.76, abs=0.01)
    # The model is certain, and right on 76 % at the least.
    assert metrics.ci95["ece"] == pytest.approx((0.0, 0.24), abs=0.01)
    told = metrics_table(metrics, "tracks", caveats(12, are_artists_apart=True))
    assert "12 tracks: 100.0 % right (95 % interval 75.8 to 100.0)" in told and "Too few to tell" in told
    assert "calibration error 0.000" not in told and "perfectly calibrated" not in told
    assert "so few tracks do not tell: 0 to 24 points" in told


def test_from_sixty_tracks_on_the_figures_stand_as_they_are() -> None:
    truth = np.arange(FEW_TRACKS) % 3
    told = metrics_table(
        compute_metrics(np.eye(3)[truth], truth, LABELS), "tracks", caveats(60, are_artists_apart=True)
    )
    assert "Too few" not in told and "calibration error 0.000 (0.000 to 0.060)" in told


def test_a_threshold_of_few_tracks_leans_on_the_shipped_one() -> None:
    assert cautious_threshold(UNSURE_BELOW, 0) == SHIPPED_THRESHOLD
    assert UNSURE_BELOW < cautious_threshold(UNSURE_BELOW, 30) < cautious_threshold(UNSURE_BELOW, 12)
    assert cautious_threshold(UNSURE_BELOW, 12) == pytest.approx(0.2 * 0.5 + 0.8 * SHIPPED_THRESHOLD)
    assert cautious_threshold(0.9, 12) == 0.9  # one that is more cautious stays
    for n_tracks in (FEW_TRACKS, 443):
        assert cautious_threshold(0.55, n_tracks) == 0.55


def test_a_model_that_is_right_on_all_of_a_few_tracks_has_a_threshold() -> None:
    few = choose_unsure_below(np.full(12, 0.99), np.ones(12, bool))
    assert few.threshold > 0.59 and (few.accuracy, few.coverage) == (1.0, 1.0)
    many = choose_unsure_below(np.full(120, 0.99), np.ones(120, bool))
    assert many.threshold == UNSURE_BELOW
    # Repeated cross-validations are of the same tracks.
    assert choose_unsure_below(np.full(120, 0.99), np.ones(120, bool), n_tracks=12).threshold == few.threshold


def test_where_a_cautious_threshold_leaves_nothing_nothing_is_claimed() -> None:
    found = choose_unsure_below(np.full(6, 0.55), np.ones(6, bool))
    assert found.threshold > 0.55 and (found.accuracy, found.coverage) == (0.0, 0.0)
    assert found.accuracy_ci95 == (0.0, 1.0)
