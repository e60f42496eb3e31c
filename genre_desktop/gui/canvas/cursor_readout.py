"""What stands at the cursor, in one line."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.canvas.axis_ticks import decimals, exact_clock
from genre_desktop.gui.canvas.plot_painter import PlotGeometry, PlotPainter
from genre_desktop.gui.text import formatting as wording

_APART = "   "


def sentence_at(
    scene: PlotPainter, frame: PlotGeometry, cursor: QPointF | None, region: tuple[float, float] | None
) -> str:
    """Time, frequency, level and genre at the cursor; else what is selected; else nothing.

    Parameters
    ----------
    scene : Scene
    frame : Frame
    cursor : QPointF or None
        Second, and place 0..1 on the frequency axis (outside of it, the cursor is on another plot).
    region : tuple of float or None
    """
    digits = min(max(decimals(frame.scale.seconds_per_pixel * 4), 1), 4)
    if cursor is None or not frame.scale.start_s <= cursor.x() <= frame.scale.end_s:
        return "" if region is None else _selection(region, digits)
    seconds = min(max(cursor.x(), 0.0), scene.time.duration_s)
    parts = [exact_clock(seconds, digits)]
    if scene.axis is not None and 0 <= cursor.y() <= 1:
        parts.append(tr("{hz} Hz", hz=numeral(float(scene.axis.hz(cursor.y())), ",.0f")))
        keys = scene.spectrogram.keys(frame.scale, frame.dpr, scene.time.duration_s)
        db = scene.spectrogram.level_db(seconds, cursor.y(), keys)
        if db is not None:
            parts.append(tr("{db} dB", db=numeral(db, ".0f").replace("-", "−")))
    span = scene.timeline.span_at(seconds)
    if span is not None:
        genre = wording.genre_title(span.genre)
        parts.append(tr("{genre} {figure}", genre=genre, figure=wording.percent(span.confidence)))
    return _APART.join(parts)


def _selection(region: tuple[float, float], digits: int) -> str:
    start, end = region
    return tr(
        "Selected: {start} to {end} ({length} s)",
        start=exact_clock(start, digits),
        end=exact_clock(end, digits),
        length=numeral(end - start, f".{digits}f"),
    )


def description(scene: PlotPainter, at_cursor: str) -> str:
    """What is seen, for people who do not see it."""
    time = scene.time
    digits = min(max(decimals((time.end_s - time.start_s) / 100), 0), 4)
    told = tr(
        "{start} to {end} of {duration} is shown.",
        start=exact_clock(time.start_s, digits),
        end=exact_clock(time.end_s, digits),
        duration=wording.clock(time.duration_s),
    )
    return told if not at_cursor else tr("{told} At the cursor: {at_cursor}", told=told, at_cursor=at_cursor)
