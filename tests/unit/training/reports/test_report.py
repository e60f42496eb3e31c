from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from training.evaluation.metrics import Metrics, compute_metrics
from training.reports.plots import draw_confusion
from training.reports.report import metrics_table, write_confusion_csv, write_report

LABELS = ("a$b$", "dub", "fado")  # dollar signs would be a formula


def make_metrics(n: int, unsure_below: float = 0.0, sharper: float = 1.0) -> Metrics:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, n)
    logits = sharper * (rng.normal(0, 1, (n, 3)) + 1.5 * np.eye(3)[truth]) * 1.5
    powers = np.exp(logits)
    return compute_metrics(powers / powers.sum(axis=1, keepdims=True), truth, LABELS, unsure_below=unsure_below)


@pytest.mark.parametrize(("n", "unsure_below"), [(1, 0.0), (1, 1.0), (30, 0.6), (400, 0.6)])
def test_a_report_is_complete_however_few_tracks_there_are(tmp_path: Path, n: int, unsure_below: float) -> None:
    metrics = make_metrics(n, unsure_below)
    folder = tmp_path / "new" / "report"
    write_report(metrics, folder, f"$mine$_$ on {n} tracks", {"model": "mine"})
    assert json.loads((folder / "metrics.json").read_text("utf-8")) == {"model": "mine", **metrics.to_dict()}
    assert json.loads((folder / "curves.json").read_text("utf-8")) == metrics.curves.to_dict()
    assert (folder / "confusion.csv").read_text("utf-8").splitlines()[0] == "truth,a$b$,dub,fado"
    for name in ("confusion.png", "reliability.png", "coverage.png"):
        picture = imread(folder / name)[..., :3]
        assert picture.std() > 0.01, name  # something is drawn
        edge = np.concatenate([picture[:, 0], picture[:, -1], picture[0], picture[-1]])
        assert (edge == 1).mean() > 0.99, name  # and nothing is cut off


@pytest.mark.parametrize("n_genres", [60, 200, 1_000])
def test_the_picture_of_a_confusion_does_not_grow_with_the_genres_of_a_model(tmp_path: Path, n_genres: int) -> None:
    # At the size that ten genres have each, three hundred would take a picture of gigabytes.
    labels = tuple(f"{i} {'long ' * 18}" for i in range(n_genres))
    verdict = compute_metrics(np.eye(n_genres)[:40], np.arange(40), labels)
    draw_confusion(verdict, tmp_path / "confusion.png", "title")
    picture = imread(tmp_path / "confusion.png")[..., :3]
    assert max(picture.shape) <= 3_000
    assert picture.std() > 0.01


def test_names_in_letters_that_the_font_lacks_are_no_warning(tmp_path: Path) -> None:
    metrics = compute_metrics(np.eye(2), np.arange(2), ("歌謡曲", "\N{MUSICAL SYMBOL G CLEF}"))
    write_report(metrics, tmp_path, "日本 on 2 tracks", {})
    assert (tmp_path / "confusion.png").is_file()


def test_names_of_genres_are_no_formulas(tmp_path: Path) -> None:
    write_confusion_csv(("=1", "dub"), np.eye(2, dtype=np.int64), tmp_path / "confusion.csv")
    assert (tmp_path / "confusion.csv").read_text("utf-8").split() == ["truth,'=1,dub", "'=1,1,0", "dub,0,1"]


def test_the_reliability_plot_shows_how_few_stand_behind_a_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import training.reports.plots

    for few, name in ((0, "filled.png"), (10, "hollow.png")):
        monkeypatch.setattr(training.reports.plots, "FEW", few)
        training.reports.plots.draw_reliability(make_metrics(20), tmp_path / name, "title")
    assert imread(tmp_path / "hollow.png").sum() > imread(tmp_path / "filled.png").sum()


def test_the_table_says_how_far_confidence_is_to_be_trusted() -> None:
    perfect, certain = metrics_table(make_metrics(300), "tracks"), metrics_table(make_metrics(300, sharper=4), "tracks")
    assert "Brier score" in perfect and "log loss" in perfect
    assert "no difference can be told" in perfect and "this one is off" not in perfect
    assert "this one is off" in certain


def test_the_table_tells_of_unsure_tracks_only_where_there_can_be_any() -> None:
    assert "get a genre" not in metrics_table(make_metrics(30), "tracks")
    metrics = make_metrics(30, 0.6)
    assert f"{100 * metrics.coverage:.1f} % get a genre" in metrics_table(metrics, "tracks")
