"""Plots of a training or an evaluation, drawn with matplotlib off screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.root_folder import load_matplotlib
from genre_desktop.library.export.html_charts import glyph_warnings_ignored, shortened
from genre_desktop.model.bundles.accuracy import FEW_TRACKS
from training.evaluation.curves import CoveragePoint, ReliabilityBin
from training.evaluation.metrics import Metrics

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

TRAIN_COLOUR, VALID_COLOUR = "#332288", "#cc6677"

FEW = 10
"""Bins with fewer items are drawn hollow: their share right is hardly known."""

LARGEST_IN, SMALLEST_CELL_IN = 24.0, 0.1
"""Of a confusion matrix, whose genres a stranger's model has up to a thousand of: the picture itself, which takes the
square of that in memory, and a cell beside which a name can be read."""


def _new_figure(width: float, height: float) -> Figure:
    load_matplotlib()
    # Not pyplot: a Figure object has no global state, needs no window system and may be drawn on any thread.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", dpi=120)
    FigureCanvasAgg(figure)
    return figure


def _save(figure: Figure, path: Path) -> None:
    """Write a figure; genres may have names in letters that the font lacks."""
    with glyph_warnings_ignored():
        figure.savefig(path)


def draw_history(history: Mapping[str, Sequence[float]], folder: Path) -> None:
    """Write ``accuracy.png`` and ``loss.png`` from the four lists of a training history."""
    load_matplotlib()
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
        _style(axes)
        axes.legend(frameon=False)
        _save(figure, folder / name)


def draw_confusion(metrics: Metrics, path: Path, title: str) -> None:
    """Write the confusion matrix as a plot: colour by share of the true genre, counts in the cells."""
    counts = metrics.confusion
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = min(max(4.5, 0.55 * len(metrics.labels) + 2), LARGEST_IN)
    cell = (size - 2) / len(metrics.labels)
    figure = _new_figure(size + 0.8, size)
    axes = figure.add_subplot()
    image = axes.imshow(shares, cmap="cividis", vmin=0, vmax=1)
    # Where there is no room for names, the table has them.
    positions = range(len(metrics.labels) if cell >= SMALLEST_CELL_IN else 0)
    names = [shortened(metrics.labels[position]) for position in positions]
    # A name with two dollar signs is no formula.
    axes.set_xticks(positions, names, rotation=45, ha="right", parse_math=False, fontsize=min(10, 50 * cell))
    axes.set_yticks(positions, names, parse_math=False, fontsize=min(10, 50 * cell))
    axes.set(xlabel=tr("Genre given"), ylabel=tr("True genre"))
    axes.set_title(title, parse_math=False)
    for row in positions:
        for column in positions:
            if counts[row, column]:
                colour = "black" if shares[row, column] > 0.55 else "white"
                told, font_size = str(counts[row, column]), min(8, 40 * cell)
                axes.text(column, row, told, ha="center", va="center", color=colour, fontsize=font_size)
    figure.colorbar(image, ax=axes, label=tr("Share of the true genre"), shrink=0.8)
    _save(figure, path)


def draw_reliability(metrics: Metrics, path: Path, title: str) -> None:
    """Write the reliability diagram: share right against confidence, with the number of items of each bin below."""
    figure = _new_figure(5.6, 7.0)
    from matplotlib.ticker import MaxNLocator

    axes, counts = figure.subplots(2, 1, height_ratios=(3.4, 1), sharex=True)
    axes.plot((0, 1), (0, 1), color="0.55", linestyle="--", linewidth=1, label=tr("perfectly calibrated"), zorder=1)
    rows = metrics.curves.reliability
    many, few = [row for row in rows if row.n >= FEW], [row for row in rows if row.n < FEW]
    _plot_bins(axes, many, tr("this model, 95 % interval"), filled=True)
    _plot_bins(axes, few, tr("fewer than {n} in the bin", n=FEW), filled=False)
    subtitle = tr(
        "Calibration error {ece:.3f}; by chance a perfect model shows {mean:.3f}, up to {p95:.3f}",
        ece=metrics.ece,
        mean=metrics.ece_if_perfect.mean,
        p95=metrics.ece_if_perfect.p95,
    )
    if metrics.n < FEW_TRACKS:
        subtitle = tr("{n} are too few to tell how far off its confidence is", n=metrics.n)
    figure.suptitle(title, fontsize=11, wrap=True, parse_math=False)
    axes.set_title(subtitle, fontsize=8.5)
    axes.set(xlim=(0, 1), ylim=(0, 1), ylabel=tr("Share that is right"))
    bars = counts.bar(
        [row.low for row in rows],
        [row.n for row in rows],
        width=[row.high - row.low for row in rows],
        align="edge",
        color=TRAIN_COLOUR,
        alpha=0.35,
        edgecolor="white",
    )
    counts.bar_label(bars, fontsize=8, padding=1)
    counts.set(xlabel=tr("Confidence"), ylabel=tr("Number"))
    counts.margins(y=0.25)
    counts.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    for axis in (axes.yaxis, counts.xaxis):
        axis.set_major_formatter(_percent())
    for each in (axes, counts):
        _style(each)
    # Outside the axes: the points may be in any corner.
    figure.legend(frameon=False, loc="outside lower center", ncols=3, fontsize=8.5, columnspacing=1.2)
    _save(figure, path)


def _plot_bins(axes: Axes, rows: Sequence[ReliabilityBin], label: str, *, filled: bool) -> None:
    if not rows:
        return
    share = np.array([row.accuracy for row in rows])
    low, high = np.array([row.accuracy_ci95 for row in rows]).T
    axes.errorbar(
        [row.confidence for row in rows],
        share,
        # Rounding may put the end of an interval a hair beyond its share.
        np.maximum(0, [share - low, high - share]),
        fmt="o",
        color=TRAIN_COLOUR,
        markerfacecolor=TRAIN_COLOUR if filled else "white",
        elinewidth=1.4 if filled else 0.7,
        capsize=3,
        label=label,
        clip_on=False,
    )


def draw_coverage(metrics: Metrics, path: Path, title: str) -> None:
    """Write the coverage curve: share right among the items that get a genre, against the share that gets one."""
    figure = _new_figure(6.4, 4.8)
    axes = figure.add_subplot()
    points = metrics.curves.coverage
    coverage = [point.coverage for point in points]
    low, high = np.array([point.accuracy_ci95 for point in points]).T
    axes.fill_between(coverage, low, high, color=TRAIN_COLOUR, alpha=0.15, linewidth=0, label=tr("95 % interval"))
    axes.plot(coverage, [point.accuracy for point in points], color=TRAIN_COLOUR)
    if metrics.unsure_below > 0 and metrics.coverage > 0:
        axes.plot(
            metrics.coverage,
            metrics.accuracy_covered,
            "o",
            color=VALID_COLOUR,
            markersize=8,
            clip_on=False,
            label=tr(
                '"unsure" below {threshold:.0f} %: {coverage:.0f} % get a genre, {right:.0f} % of them right',
                threshold=100 * metrics.unsure_below,
                coverage=100 * metrics.coverage,
                right=100 * metrics.accuracy_covered,
            ),
        )
    # The first points are of a handful of items, whose wide intervals would take half of the plot.
    lower_bounds = [point.accuracy_ci95[0] for point in points if point.n >= FEW] or [0.0]
    axes.set(
        xlim=(0, 1),
        ylim=(max(0.0, np.floor(10 * min(lower_bounds) - 0.5) / 10), 1.0),
        xlabel=tr("Share that gets a genre"),
        ylabel=tr("Share of those that is right"),
    )
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_percent())
    figure.suptitle(title, fontsize=11, wrap=True, parse_math=False)
    _mark_thresholds(axes, points)
    _style(axes)
    figure.legend(frameon=False, loc="outside lower center", ncols=2, fontsize=8.5)
    _save(figure, path)


def _mark_thresholds(axes: Axes, points: Sequence[CoveragePoint]) -> None:
    """Label round thresholds along the top axis, as far as the labels do not overlap."""
    marks: dict[float, str] = {}
    for percent in (99, 95, *range(90, 0, -10)):
        reached = [point.coverage for point in points if point.threshold >= percent / 100]
        if reached and all(abs(reached[-1] - other) > 0.07 for other in marks):
            marks[reached[-1]] = f"{percent} %"
    top = axes.secondary_xaxis("top")
    top.set_xticks(list(marks), list(marks.values()))
    top.set_xlabel(tr("Confidence of the last one that gets a genre"), fontsize=9)
    top.tick_params(labelsize=8)


def _percent() -> PercentFormatter:
    from matplotlib.ticker import PercentFormatter

    return PercentFormatter(1, decimals=0, symbol=" %")


def _style(axes: Axes) -> None:
    """Faint grid, and spines on two sides only."""
    axes.grid(alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
