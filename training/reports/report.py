"""The report of a training or an evaluation: text for the terminal, files for a folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.model.bundles.accuracy import FEW_TRACKS
from training.evaluation.metrics import Metrics
from training.reports.plots import draw_confusion, draw_coverage, draw_reliability

REPORT_NAMES = ("metrics.json", "curves.json", "confusion.csv", "confusion.png", "reliability.png", "coverage.png")
"""Names of the files that `write_report` writes."""


def write_confusion_csv(labels: Sequence[str], confusion: NDArray[np.int64], path: Path) -> None:
    """Write the confusion matrix as a table; rows are the truth."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["truth", *map(safe_cell, labels)])
        for label, row in zip(labels, confusion.tolist(), strict=True):
            writer.writerow([safe_cell(label), *row])


def metrics_table(metrics: Metrics, unit: str, caveat: str = "") -> str:
    """The metrics as aligned text for the terminal.

    Parameters
    ----------
    metrics : Metrics
    unit : str
        What was scored: "tracks" or "patches".
    caveat : str
        What the figures are worth, see `training.evaluation.caveats`.
    """
    width = max(len(label) for label in (*metrics.labels, "genre"))
    lines = [
        *_headline(metrics, unit, caveat),
        "",
        f"{tr('genre'):<{width}}  {tr('precision'):>9}  {tr('recall'):>6}  {tr('F1'):>5}  {tr('n'):>5}",
    ]
    for label, row in metrics.per_genre.items():
        cells = f"{row['precision']:9.3f}  {row['recall']:6.3f}  {row['f1']:5.3f}"
        if not row["n"]:  # no item is of this genre
            cells = f"{'-':>9}  {'-':>6}  {'-':>5}"
        lines.append(f"{label:<{width}}  {cells}  {row['n']:5.0f}")
    return "\n".join(lines)


def _headline(metrics: Metrics, unit: str, caveat: str) -> list[str]:
    intervals = metrics.ci95
    lines = [
        tr(
            "{n} {unit}: {accuracy:.1f} % right (95 % interval {low:.1f} to {high:.1f})",
            n=metrics.n,
            unit=unit,
            accuracy=100 * metrics.accuracy,
            low=100 * intervals["accuracy"][0],
            high=100 * intervals["accuracy"][1],
        ),
        *([caveat] if caveat else []),
        tr(
            "macro precision {p:.3f}, recall {r:.3f}, F1 {f:.3f} ({low:.3f} to {high:.3f})",
            p=metrics.precision_macro,
            r=metrics.recall_macro,
            f=metrics.f1_macro,
            low=intervals["f1_macro"][0],
            high=intervals["f1_macro"][1],
        ),
        *_calibration_lines(metrics, unit),
    ]
    if metrics.unsure_below > 0:
        lines.append(
            tr(
                "{coverage:.1f} % get a genre, the others are unsure; "
                "of those {right:.1f} % are right ({low:.1f} to {high:.1f})",
                coverage=100 * metrics.coverage,
                right=100 * metrics.accuracy_covered,
                low=100 * intervals["accuracy_covered"][0],
                high=100 * intervals["accuracy_covered"][1],
            )
        )
    return lines


def _calibration_lines(metrics: Metrics, unit: str) -> list[str]:
    low, high = metrics.ci95["ece"]
    if metrics.n < FEW_TRACKS:
        scores = tr("Brier score {brier:.3f}, log loss {loss:.3f}", brier=metrics.brier, loss=metrics.log_loss)
        text = tr(
            "How far off its confidence is, so few {unit} do not tell: {low:.0f} to {high:.0f} points.",
            unit=unit,
            low=100 * low,
            high=100 * high,
        )
        return [scores, text]
    return [
        tr(
            "Brier score {brier:.3f}, log loss {loss:.3f}, calibration error {ece:.3f} ({low:.3f} to {high:.3f})",
            brier=metrics.brier,
            loss=metrics.log_loss,
            ece=metrics.ece,
            low=low,
            high=high,
        ),
        tr(
            "A perfectly calibrated model would show {mean:.3f} on so few {unit}, "
            "and up to {p95:.3f} by chance: {verdict}.",
            mean=metrics.ece_if_perfect.mean,
            unit=unit,
            p95=metrics.ece_if_perfect.p95,
            verdict=tr("this one is off") if metrics.is_miscalibrated else tr("no difference can be told"),
        ),
    ]


def write_report(metrics: Metrics, folder: Path, title: str, extra: Mapping[str, Any]) -> None:
    """Write metrics, curves and plots to a folder (made where missing).

    ``metrics.json``, ``curves.json`` (reliability and coverage), ``confusion.csv``,
    ``confusion.png``, ``reliability.png`` and ``coverage.png``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_json({**extra, **metrics.to_dict()}, folder / "metrics.json")
    _write_json(metrics.curves.to_dict(), folder / "curves.json")
    write_confusion_csv(metrics.labels, metrics.confusion, folder / "confusion.csv")
    draw_confusion(metrics, folder / "confusion.png", title)
    draw_reliability(metrics, folder / "reliability.png", title)
    draw_coverage(metrics, folder / "coverage.png", title)


def _write_json(values: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(values, indent=2) + "\n", "utf-8")
