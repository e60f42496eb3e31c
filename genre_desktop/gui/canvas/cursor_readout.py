"""The read-out below the plots: the values at the cursor in one line."""

from __future__ import annotations

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.canvas.axis_ticks import decimals, exact_clock
from genre_desktop.gui.canvas.plot_painter import PlotGeometry, PlotPainter
from genre_desktop.gui.canvas.selection import CursorPosition
from genre_desktop.gui.text import formatting, prediction_text

_SEPARATOR = "   "


def readout_text(
    plots: PlotPainter, geometry: PlotGeometry, cursor: CursorPosition | None, region: tuple[float, float] | None
) -> str:
    """Time, frequency, level and genre at the cursor; without a visible cursor the selected region; else nothing.

    Parameters
    ----------
    plots : PlotPainter
    geometry : PlotGeometry
    cursor : CursorPosition or None
    region : (float, float) or None
        Start and end in seconds.

    Returns
    -------
    str
    """
    digits = min(max(decimals(geometry.scale.seconds_per_pixel * 4), 1), 4)
    if cursor is None or not geometry.scale.start_s <= cursor.seconds <= geometry.scale.end_s:
        return "" if region is None else _region_text(region, digits)
    duration_s = plots.time_axis.duration_s
    seconds = min(max(cursor.seconds, 0.0), duration_s)
    parts = [exact_clock(seconds, digits)]
    if plots.frequency_axis is not None and 0 <= cursor.height <= 1:
        parts.append(tr("{hz} Hz", hz=numeral(float(plots.frequency_axis.hz(cursor.height)), ",.0f")))
        keys = plots.spectrogram.visible_tiles(geometry.scale, geometry.dpr, duration_s)
        db = plots.spectrogram.level_db(seconds, cursor.height, keys)
        if db is not None:
            parts.append(tr("{db} dB", db=numeral(db, ".0f").replace("-", "−")))
    span = plots.timeline.span_at(seconds)
    if span is not None:
        genre = prediction_text.genre_title(span.genre)
        parts.append(tr("{genre} {figure}", genre=genre, figure=formatting.percent(span.confidence)))
    return _SEPARATOR.join(parts)


def _region_text(region: tuple[float, float], digits: int) -> str:
    start, end = region
    return tr(
        "Selected: {start} to {end} ({length} s)",
        start=exact_clock(start, digits),
        end=exact_clock(end, digits),
        length=numeral(end - start, f".{digits}f"),
    )


def accessible_description(plots: PlotPainter, at_cursor: str) -> str:
    """The visible range and the read-out at the cursor, for screen readers."""
    axis = plots.time_axis
    digits = min(max(decimals((axis.end_s - axis.start_s) / 100), 0), 4)
    visible = tr(
        "{start} to {end} of {duration} is shown.",
        start=exact_clock(axis.start_s, digits),
        end=exact_clock(axis.end_s, digits),
        duration=formatting.clock(axis.duration_s),
    )
    return visible if not at_cursor else tr("{told} At the cursor: {at_cursor}", told=visible, at_cursor=at_cursor)
