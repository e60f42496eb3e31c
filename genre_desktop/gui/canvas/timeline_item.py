"""The genre timeline: a bar per segment in the colour of its genre, as high as its confidence; names above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from genre_desktop.core.i18n import tr
from genre_desktop.gui.canvas.time_axis import TimeScale
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.widgets.theme import Colours
from genre_desktop.model.genre_colours import genre_colour
from genre_desktop.model.timeline import Span, join_spans

_FAINT = 60  # alpha (of 255) of the genre's colour above its bar


class TimelineItem:
    """Spans of one track, and their painting."""

    def __init__(self) -> None:
        self.set_spans([])

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Replace the spans; they are ordered by time and do not overlap."""
        self.spans = list(spans)
        self._starts = np.array([span.start_s for span in self.spans])
        self._runs = join_spans(self.spans)
        self._run_ends = np.array([run.end_s for run in self._runs])
        self._run_starts = np.array([run.start_s for run in self._runs])

    def span_at(self, seconds: float) -> Span | None:
        """The span at a time; None before, between and after spans."""
        row = bisect_right(self._starts, seconds) - 1  # type: ignore[arg-type]
        return self.spans[row] if row >= 0 and seconds <= self.spans[row].end_s else None

    def paint(self, painter: QPainter, names: QRectF, bars: QRectF, scale: TimeScale, colours: Colours) -> None:
        """Paint the visible range: bars into one rectangle, names of genres into the one above it."""
        painter.fillRect(bars, QColor(colours.raised))
        faint: dict[str, list[QRectF]] = {}
        strong: dict[str, list[QRectF]] = {}
        for left, right, genre, confidence in self._visible(bars, scale):
            height = max(round(bars.height() * confidence), 2.0)
            faint.setdefault(genre, []).append(QRectF(left, bars.top(), right - left, bars.height()))
            strong.setdefault(genre, []).append(QRectF(left, bars.bottom() - height, right - left, height))
        painter.setPen(Qt.PenStyle.NoPen)
        for rects, alpha in ((faint, _FAINT), (strong, 255)):
            for genre, area in rects.items():
                colour = QColor(genre_colour(genre))
                colour.setAlpha(alpha)
                painter.setBrush(colour)
                painter.drawRects(area)
        # The height of a bar must be visible whatever its colour.
        painter.setBrush(QColor(colours.text))
        painter.drawRects([QRectF(r.left(), r.top(), r.width(), 1.0) for area in strong.values() for r in area])
        self._paint_names(painter, names, bars, scale, colours)

    def _visible(self, bars: QRectF, scale: TimeScale) -> list[tuple[float, float, str, float]]:
        """Left and right edge, genre and confidence of the bars to paint: at most one for two pixels."""
        first = max(int(np.searchsorted(self._starts, scale.start_s, "right")) - 1, 0)
        last = int(np.searchsorted(self._starts, scale.end_s, "left"))
        made: list[tuple[float, float, str, float]] = []
        if last - first <= bars.width() / 2:
            for span in self.spans[first:last]:
                left, right = max(scale.x(span.start_s), bars.left()), min(scale.x(span.end_s), bars.right())
                if right > left:
                    edge = float(round(left))
                    made.append((edge, max(float(round(right)), edge + 1), span.genre, span.confidence))
            return made
        edges = np.arange(bars.left(), bars.right(), 2.0)
        rows = np.searchsorted(self._starts, scale.start_s + (edges + 1 - bars.left()) * scale.seconds_per_pixel) - 1
        for edge, row in zip(edges.tolist(), rows.tolist(), strict=True):
            span = self.spans[max(row, 0)]
            if span.start_s <= scale.seconds(edge + 1) <= span.end_s:
                made.append((edge, min(edge + 2, bars.right()), span.genre, span.confidence))
        return made

    def _paint_names(self, painter: QPainter, names: QRectF, bars: QRectF, scale: TimeScale, colours: Colours) -> None:
        metrics = QFontMetricsF(painter.font())
        narrowest_s = 3 * metrics.averageCharWidth() * scale.seconds_per_pixel
        lefts = np.maximum(self._run_starts, scale.start_s)
        rights = np.minimum(self._run_ends, scale.end_s)
        for row in np.flatnonzero(rights - lefts >= narrowest_s).tolist():
            run = self._runs[row]
            left, right = scale.x(float(lefts[row])), scale.x(float(rights[row]))
            if run.start_s > scale.start_s:
                painter.fillRect(
                    QRectF(round(left), names.top() + 2, 1, names.height() - 2 + bars.height()), QColor(colours.border)
                )
            title = prediction_text.genre_title(run.genre)
            if metrics.horizontalAdvance(title) + 10 <= right - left:
                painter.setPen(QColor(colours.text))
                area = QRectF(left + 5, names.top(), right - left - 6, names.height())
                painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)


def span_text(span: Span) -> str:
    """A span as a sentence: time, genre and confidence."""
    return tr(
        "{start} to {end}: {genre}, {figure}",
        start=formatting.clock(span.start_s),
        end=formatting.clock(span.end_s),
        genre=prediction_text.genre_title(span.genre),
        figure=formatting.percent(span.confidence),
    )
