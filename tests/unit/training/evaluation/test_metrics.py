from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix, log_loss, precision_recall_fscore_support

from training.evaluation.calibration_metrics import calibration_error
from training.evaluation.metrics import METRIC_NAMES, compute_metrics

LABELS = ("a", "b", "c")


def one_hot(chosen: list[int], confidence: float = 0.8) -> np.ndarray:
    rows = np.full((len(chosen), 3), (1 - confidence) / 2)
    rows[np.arange(len(chosen)), chosen] = confidence
    return rows


def synthetic(n: int, seed: int, sharper: float) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Ten genres whose true posterior is known; `sharper` above 1 claims more than it knows."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 10, n)
    logits = 2.2 * (rng.normal(0, 1, (n, 10)) + 2.2 * np.eye(10)[truth])
    powers = np.exp(sharper * (logits - logits.max(axis=1, keepdims=True)))
    return powers / powers.sum(axis=1, keepdims=True), truth, tuple("abcdefghij")


@st.composite
def world(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[str]]:
    n = draw(st.integers(1, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = rng.dirichlet((0.7, 0.7, 0.7), n).clip(1e-9)
    return rows / rows.sum(axis=1, keepdims=True), rng.integers(0, 3, n), [f"artist {i}" for i in rng.integers(0, 9, n)]


def test_metrics_of_a_small_case_by_hand() -> None:
    truth = np.array([0, 0, 1, 1])
    verdict = compute_metrics(one_hot([0, 1, 1, 1]), truth, LABELS)
    assert verdict.accuracy == 0.75
    assert verdict.confusion.tolist() == [[1, 1, 0], [0, 2, 0], [0, 0, 0]]
    assert verdict.per_genre["a"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2}
    # Genre c does not occur: it is no part of the means.
    assert verdict.precision_macro == pytest.approx((1 + 2 / 3) / 2)
    assert verdict.recall_macro == pytest.approx(0.75)
    assert verdict.f1_macro == pytest.approx((2 / 3 + 0.8) / 2)
    assert verdict.ece == pytest.approx(0.05)  # 0.8 claimed, 0.75 true
    right, wrong = 0.2**2 + 2 * 0.1**2, 0.8**2 + 0.9**2 + 0.1**2
    assert verdict.brier == pytest.approx((3 * right + wrong) / 4)
    assert verdict.log_loss == pytest.approx(-(3 * np.log(0.8) + np.log(0.1)) / 4)


def test_unsure_tracks_are_not_covered_but_count_in_the_accuracy() -> None:
    rows = np.concatenate([one_hot([0, 1], 0.9), one_hot([2, 2], 0.4)])
    verdict = compute_metrics(rows, np.array([0, 1, 0, 1]), LABELS, unsure_below=0.5)
    assert (verdict.accuracy, verdict.coverage, verdict.accuracy_covered) == (0.5, 0.5, 1.0)


def test_the_object_is_plain_json() -> None:
    values = compute_metrics(one_hot([0, 1, 2]), np.array([0, 1, 2]), LABELS).to_dict()
    assert json.loads(json.dumps(values)) == values
    assert list(values["per_genre"]) == list(LABELS)


@given(world(), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_tracks_changes_nothing(made: tuple[np.ndarray, np.ndarray, list[str]], shuffle: int) -> None:
    rows, truth, artists = made
    order = np.random.default_rng(shuffle).permutation(len(truth))
    first, second = (
        compute_metrics(rows[i], truth[i], LABELS, groups=[artists[j] for j in i], unsure_below=0.5)
        for i in (np.arange(len(truth)), order)
    )
    for name in METRIC_NAMES:
        assert getattr(first, name) == pytest.approx(getattr(second, name), abs=1e-9)
        assert first.ci95[name] == pytest.approx(second.ci95[name], abs=1e-9)
    assert asdict(first.ece_if_perfect) == pytest.approx(asdict(second.ece_if_perfect))
    assert (first.confusion == second.confusion).all()


@given(world())
@settings(max_examples=25, deadline=None)
def test_every_metric_agrees_with_scikit_learn_and_lies_in_its_interval(
    made: tuple[np.ndarray, np.ndarray, list[str]],
) -> None:
    rows, truth, artists = made
    verdict = compute_metrics(rows, truth, LABELS, groups=artists, unsure_below=0.5)
    chosen = rows.argmax(axis=1)
    precision, recall, f1, _ = precision_recall_fscore_support(
        truth, chosen, labels=sorted(set(truth.tolist())), average="macro", zero_division=0.0
    )
    assert (verdict.precision_macro, verdict.recall_macro, verdict.f1_macro) == pytest.approx((precision, recall, f1))
    assert (verdict.confusion == confusion_matrix(truth, chosen, labels=range(3))).all()
    assert verdict.log_loss == pytest.approx(log_loss(truth, rows, labels=range(3)))
    for name in ("accuracy", "precision_macro", "recall_macro", "f1_macro", "coverage", "accuracy_covered", "ece"):
        low, high = verdict.ci95[name]
        assert 0 <= low <= getattr(verdict, name) + 1e-9, name
        assert getattr(verdict, name) - 1e-9 <= high <= 1, name


def test_few_artists_make_every_interval_wide() -> None:
    rng = np.random.default_rng(0)
    artist = np.repeat(np.arange(12), 20)
    good = rng.random(12)[artist]
    truth = rng.integers(0, 3, 240)
    rows = one_hot(np.where(rng.random(240) < good, truth, (truth + 1) % 3).tolist(), 0.7)
    rows = np.where(rng.random(12)[artist, None] < 0.5, rows, 0.5 * rows + 0.5 / 3)
    alone = compute_metrics(rows, truth, LABELS, unsure_below=0.6)
    by_artist = compute_metrics(rows, truth, LABELS, groups=[str(i) for i in artist], unsure_below=0.6)
    for name in METRIC_NAMES:
        narrow, wide = (high - low for low, high in (alone.ci95[name], by_artist.ci95[name]))
        assert wide > 1.5 * narrow, name


def test_where_nothing_gets_a_genre_nothing_is_known_of_those_that_do() -> None:
    verdict = compute_metrics(one_hot([0, 1, 2]), np.array([0, 1, 2]), LABELS, unsure_below=0.9)
    assert (verdict.coverage, verdict.accuracy_covered) == (0.0, 0.0)
    assert verdict.ci95["accuracy_covered"] == (0.0, 1.0)


def test_the_object_has_the_keys_of_the_contract_and_stays_short() -> None:
    values = compute_metrics(one_hot([0, 1, 2]), np.array([0, 1, 2]), LABELS).to_dict()
    contract = (
        "n_tracks accuracy accuracy_ci95 precision_macro recall_macro f1_macro ece coverage accuracy_covered "
        "per_genre labels confusion"
    ).split()
    assert set(contract) <= set(values)
    assert set(values) - set(contract) == {
        "brier",
        "log_loss",
        "ece_if_perfect",
        *(f"{name}_ci95" for name in METRIC_NAMES if name != "accuracy"),
    }
    assert sorted(values["ece_if_perfect"]) == ["mean", "p95"]
    assert all(values[f"{name}_ci95"][0] <= values[f"{name}_ci95"][1] for name in METRIC_NAMES)


@pytest.mark.parametrize(("sharper", "accused"), [(1.0, range(7)), (1.8, range(57, 61)), (4.0, range(60, 61))])
def test_only_a_model_that_is_off_can_be_told_from_a_perfect_one(sharper: float, accused: range) -> None:
    verdicts = [compute_metrics(*synthetic(200, seed, sharper)) for seed in range(60)]
    assert sum(verdict.is_miscalibrated for verdict in verdicts) in accused
    for verdict in verdicts:  # the interval says the same
        assert (verdict.ci95["ece"][0] == 0) == (not verdict.is_miscalibrated)


@pytest.mark.parametrize("sharper", [1.0, 1.3, 1.8])
def test_the_interval_of_the_calibration_error_holds_the_true_one(sharper: float) -> None:
    rows, truth, _ = synthetic(200_000, 1, sharper)
    true = calibration_error(rows.max(axis=1), rows.argmax(axis=1) == truth)
    intervals = [compute_metrics(*synthetic(200, seed, sharper)).ci95["ece"] for seed in range(60)]
    assert np.mean([low <= true <= high for low, high in intervals]) >= 0.9
    assert np.mean([high - low for low, high in intervals]) < 0.14  # and is no matter of course


@pytest.mark.parametrize("shape", [(0, 3), (4, 2), (3, 3)])
def test_rows_that_do_not_fit_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="Received"):
        compute_metrics(np.full(shape, 0.3), np.zeros(4 if shape[0] else 0, np.int64), LABELS)
