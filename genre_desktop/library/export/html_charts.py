"""The charts of the HTML report: SVG in the page's text colour, light or dark."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.core.untrusted.root_folder import load_matplotlib
from genre_desktop.library.analysis.statistics import N_BINS, LibraryStatistics
from genre_desktop.model.genre_colours import NEUTRAL_COLOUR, genre_colour
from genre_desktop.model.genre_names import genre_name
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAX_BARS: Final = 20
"""Most bars of the genre chart; with many genres by hand, the rare ones share a bar."""

_INK: Final = "#010203"
"""Placeholder for ``currentColor``, the page's text colour, which matplotlib does not support."""

_NAMED_COLOUR: Final = "#44aa99"


def genre_chart(statistics: LibraryStatistics) -> str:
    """The number of tracks of each genre as horizontal bars, in the genres' colours."""
    bars = [(genre, n, genre_colour(genre)) for genre, n in statistics.genre_counts[:MAX_BARS]]
    rest = statistics.genre_counts[MAX_BARS:]
    if rest:
        bars.append((tr("{n} more genres", n=len(rest)), sum(n for _, n in rest), NEUTRAL_COLOUR))
    undecided = ((UNSURE, statistics.n_unsure), (NOT_MUSIC, statistics.n_not_music))
    bars += [(name, n, NEUTRAL_COLOUR) for name, n in undecided if n]
    figure = _new_figure(7.2, 0.9 + 0.3 * len(bars))
    axes = figure.add_subplot()
    positions = range(len(bars))
    drawn = axes.barh(
        positions, [n for _, n, _ in bars], color=[colour for *_, colour in bars], edgecolor=_INK, linewidth=0.6
    )
    axes.bar_label(drawn, labels=[numeral(n, ",") for _, n, _ in bars], padding=3, color=_INK)
    # A genre by hand with two dollar signs is no formula, and a very long one is shortened.
    axes.set_yticks(positions, [shortened(genre_name(name)) for name, *_ in bars], parse_math=False)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlabel(tr("Tracks"))
    _whole_numbers(axes, "x")
    return _svg(figure, axes, "genres")


def confidence_chart(statistics: LibraryStatistics) -> str:
    """The number of tracks by the model's confidence, the unsure ones stacked on the named ones."""
    figure = _new_figure(7.2, 3.2)
    axes = figure.add_subplot()
    lows = [bin_ / N_BINS for bin_ in range(N_BINS)]
    stacked: tuple[tuple[Sequence[int], Sequence[int] | int, str, str, str | None], ...] = (
        (statistics.named_bins, 0, _NAMED_COLOUR, tr("named"), None),
        (statistics.unsure_bins, statistics.named_bins, NEUTRAL_COLOUR, tr("unsure"), "///"),
    )
    for heights, bottom, colour, label, hatch in stacked:
        axes.bar(
            lows,
            heights,
            width=1 / N_BINS,
            bottom=bottom,
            align="edge",
            color=colour,
            edgecolor=_INK,
            linewidth=0.6,
            hatch=hatch,
            label=label,
        )
    axes.set(xlim=(0, 1), xlabel=tr("Confidence"), ylabel=tr("Tracks"))
    axes.set_xticks([bin_ / N_BINS for bin_ in range(0, N_BINS + 1, 2)])
    axes.set_xticklabels([f"{10 * bin_} %" for bin_ in range(0, N_BINS + 1, 2)])
    axes.legend(frameon=False, labelcolor=_INK, loc="upper left")
    highest = max(map(sum, zip(statistics.named_bins, statistics.unsure_bins, strict=True)))
    axes.set_ylim(0, 1.08 * max(highest, 1))
    _whole_numbers(axes, "y")
    return _svg(figure, axes, "confidence")


def _new_figure(width: float, height: float) -> Figure:
    load_matplotlib()
    # Without pyplot: no global state and no window system, so it is safe on a worker thread.
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    figure.patch.set_visible(False)
    return figure


def _whole_numbers(axes: Axes, axis: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    chosen = axes.xaxis if axis == "x" else axes.yaxis
    chosen.set_major_locator(MaxNLocator(6, integer=True))
    chosen.set_major_formatter(FuncFormatter(lambda value, _: numeral(value, ",.0f")))


def _svg(figure: Figure, axes: Axes, name: str) -> str:
    import matplotlib

    axes.patch.set_visible(False)
    axes.tick_params(colors=_INK)
    for spine in ("top", "right"):
        axes.spines[spine].set_visible(False)
    for spine in ("left", "bottom"):
        axes.spines[spine].set_color(_INK)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_color(_INK)
    target = io.StringIO()
    # Text as text, so that it can be searched and read aloud, and has the page's font.
    style = {"svg.fonttype": "none", "font.family": "sans-serif", "svg.hashsalt": "genre-desktop"}
    with matplotlib.rc_context(style), glyph_warnings_ignored():
        figure.savefig(
            target,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    text = target.getvalue()
    text = text[text.index("<svg") :].replace(_INK, "currentColor").strip()
    # Both charts stand on one page: matplotlib calls the parts of each "figure_1", "axes_1" ...
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", text)


@contextmanager
def glyph_warnings_ignored() -> Iterator[None]:
    """Ignore Matplotlib's warnings about letters that its font lacks, which it draws as boxes: genres are named freely.

    Python would print them to the terminal, one a letter.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        yield


def shortened(name: str, most: int = 30) -> str:
    """A name for a label of a chart: printable, and of at most `most` characters."""
    # Lone surrogates cannot be encoded when the file is written.
    plain = name.encode("utf-8", "replace").decode("utf-8")
    plain = "".join(char if char.isprintable() else " " for char in plain)
    return plain if len(plain) <= most else plain[: most - 1] + "…"
