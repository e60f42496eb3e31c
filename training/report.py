"""Figures and tables of a training or an evaluation, drawn with matplotlib off screen."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.i18n import tr
from training.judge import Judgement

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TRAIN_COLOUR, VALID_COLOUR = "#332288", "#cc6677"


def _new_figure(width: float, height: float) -> Figure:
    # The object, not pyplot: no global state, no window system, safe on a worker.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", dpi=120)
    FigureCanvasAgg(figure)
    return figure


def draw_history(history: Mapping[str, Sequence[float]], folder: Path) -> None:
    """Write ``accuracy.png`` and ``loss.png`` from the four lists of a training history."""
    from matplotlib.ticker import MaxNLocator

    pairs = (
        ("accuracy", tr("Accuracy"), "accuracy.png", (0.0, 1.0)),
        ("loss", tr("Loss (cross-entropy)"), "loss.png", (0.0, None)),
    )
    for key, title, name, limits in pairs:
        figure = _new_figure(6.4, 4.0)
        axes = figure.add_subplot()
        epochs = np.arange(1, len(history[key]) + 1)
        axes.plot(epochs, history[key], color=TRAIN_COLOUR, label=tr("training"))
        axes.plot(epochs, history[f"val_{key}"], color=VALID_COLOUR, linestyle="--", label=tr("validation"))
        axes.set(xlabel=tr("Epoch"), ylabel=title, ylim=limits)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        figure.savefig(folder / name)


def draw_confusion(judgement: Judgement, path: Path, title: str) -> None:
    """Write the confusion matrix as a picture: colour by share of the row, counts in the cells."""
    counts = judgement.confusion
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = max(4.5, 0.55 * len(judgement.labels) + 2)
    figure = _new_figure(size + 0.8, size)
    axes = figure.add_subplot()
    image = axes.imshow(shares, cmap="cividis", vmin=0, vmax=1)
    positions = range(len(judgement.labels))
    axes.set_xticks(positions, judgement.labels, rotation=45, ha="right")
    axes.set_yticks(positions, judgement.labels)
    axes.set(xlabel=tr("Genre given"), ylabel=tr("True genre"), title=title)
    for row in positions:
        for column in positions:
            if counts[row, column]:
                colour = "black" if shares[row, column] > 0.55 else "white"
                axes.text(column, row, str(counts[row, column]), ha="center", va="center", color=colour, fontsize=8)
    figure.colorbar(image, ax=axes, label=tr("Share of the true genre"), shrink=0.8)
    figure.savefig(path)


def write_confusion_csv(labels: Sequence[str], confusion: NDArray[np.int64], path: Path) -> None:
    """Write the confusion matrix as a table; rows are the truth."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["truth", *labels])
        for label, row in zip(labels, confusion.tolist(), strict=True):
            writer.writerow([label, *row])


def table(judgement: Judgement, unit: str) -> str:
    """The figures as aligned text for the terminal."""
    low, high = judgement.accuracy_ci95
    width = max(len(label) for label in (*judgement.labels, "genre"))
    lines = [
        tr(
            "{n} {unit}: {accuracy:.1f} % right (95 % interval {low:.1f} to {high:.1f})",
            n=judgement.n,
            unit=unit,
            accuracy=100 * judgement.accuracy,
            low=100 * low,
            high=100 * high,
        ),
        tr(
            "macro precision {p:.3f}, recall {r:.3f}, F1 {f:.3f}; calibration error {ece:.3f}",
            p=judgement.precision_macro,
            r=judgement.recall_macro,
            f=judgement.f1_macro,
            ece=judgement.ece,
        ),
        "",
        f"{tr('genre'):<{width}}  {tr('precision'):>9}  {tr('recall'):>6}  {tr('F1'):>5}  {tr('n'):>5}",
    ]
    for label, row in judgement.per_genre.items():
        figures = f"{row['precision']:9.3f}  {row['recall']:6.3f}  {row['f1']:5.3f}"
        if not row["n"]:  # nothing to find, which is no failure
            figures = f"{'-':>9}  {'-':>6}  {'-':>5}"
        lines.append(f"{label:<{width}}  {figures}  {row['n']:5.0f}")
    return "\n".join(lines)


def write_report(judgement: Judgement, folder: Path, title: str, extra: Mapping[str, Any]) -> None:
    """Write ``metrics.json``, ``confusion.csv`` and ``confusion.png`` to a folder (made where missing)."""
    import json

    folder.mkdir(parents=True, exist_ok=True)
    metrics = {**extra, **judgement.to_dict()}
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", "utf-8")
    write_confusion_csv(judgement.labels, judgement.confusion, folder / "confusion.csv")
    draw_confusion(judgement, folder / "confusion.png", title)
