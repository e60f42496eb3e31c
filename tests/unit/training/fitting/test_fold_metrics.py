from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.datasets.dataset import LabelledTrack, TrackSet
from training.evaluation.calibration import UNSURE_BELOW, cautious_threshold
from training.fitting.cross_validation import OutOfFold
from training.fitting.fold_metrics import compute_fold_metrics, fold_protocol

LABELS = ("a", "b", "c")


def make_run(
    n: int, right: float, seed: int = 0, too_sure: float = 3.0, artists: int = 40
) -> tuple[TrackSet, OutOfFold]:
    """Tracks of which a share is right, by a model that is `too_sure` times too confident."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, n)
    hit = rng.random(n) < right
    predicted = np.where(hit, truth, (truth + rng.integers(1, 3, n)) % 3)
    # Surer where it is right, so that a threshold can tell them apart.
    strength = rng.gamma(2.0, 0.5, n) + 1.5 * hit
    logits = too_sure * strength[:, None] * np.eye(3)[predicted]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    rows = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    tracks = tuple(
        LabelledTrack(f"{i}", LABELS[genre], f"artist {i % artists}" if i % 5 else None)
        for i, genre in enumerate(truth)
    )
    data = TrackSet(Path("x"), tracks, LABELS, tuple(range(n)), ())
    return data, OutOfFold(np.arange(n), 1 + np.arange(n) % 5, tuple(row[None] for row in rows))


def test_metrics_of_folds_are_calibrated_without_the_tracks_they_are_of() -> None:
    data, run = make_run(400, 0.8)
    folds = compute_fold_metrics(data, [run], "mean_probability", 0)
    assert folds.temperature > 1.5
    whole = run.track_probabilities()
    assert folds.metrics.accuracy == pytest.approx((whole.argmax(axis=1) == data.truth).mean())
    assert np.mean(folds.by_fold) == pytest.approx(folds.metrics.accuracy, abs=0.01)
    # A track that is changed does not change its own calibration.
    changed = [rows.copy() for rows in run.segments]
    changed[0] = changed[0][:, ::-1]
    other = compute_fold_metrics(data, [OutOfFold(run.tracks, run.fold, tuple(changed))], "mean_probability", 0)
    assert other.temperature != folds.temperature
    assert folds.unsure.accuracy >= 0.92
    assert folds.metrics.coverage == pytest.approx(folds.unsure.coverage, abs=0.12)


def test_repeats_make_no_interval_narrower() -> None:
    data, run = make_run(300, 0.8)
    once = compute_fold_metrics(data, [run], "mean_logit", 0)
    often = compute_fold_metrics(data, [run, run, run], "mean_logit", 0)
    assert often.temperature == pytest.approx(once.temperature, abs=0.002)
    assert often.unsure.accuracy_ci95 == pytest.approx(once.unsure.accuracy_ci95, abs=0.01)
    assert often.accuracies == (once.accuracies[0],) * 3


def test_a_weak_model_names_what_is_more_likely_than_not() -> None:
    data, run = make_run(300, 0.45)
    folds = compute_fold_metrics(data, [run], "mean_probability", 0)
    assert folds.unsure.threshold == UNSURE_BELOW and not folds.unsure.covers_enough
    assert folds.unsure.coverage > 0


def test_a_head_that_is_right_on_all_of_a_few_tracks_is_cautious() -> None:
    data, run = make_run(12, 1.0)
    folds = compute_fold_metrics(data, [run, run, run], "mean_probability", 0)
    assert folds.metrics.accuracy == 1.0
    assert folds.unsure.threshold == round(cautious_threshold(UNSURE_BELOW, 12), 3)


def test_the_protocol_says_what_was_kept_apart_and_what_is_not_known() -> None:
    data, _ = make_run(20, 0.8)
    protocol = fold_protocol(data, "artist", 4, "head")
    assert protocol.startswith("each track judged by a head that had not seen its artist, 4 folds; 4 tracks of unknown")
    assert "artists not apart" in fold_protocol(data, "track", 5, "network")
