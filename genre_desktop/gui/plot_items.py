"""What the canvas draws, as pyqtgraph items. Imported once pyqtgraph is loaded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.audio.filterbank import hz_to_mel
from genre_desktop.gui import wording
from genre_desktop.gui.timeline import Span, runs
from genre_desktop.i18n import tr
from genre_desktop.model.genres import genre_colour

_TICKS_HZ = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
_TICK_STEPS_S = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200)


def mel_position(hz: float, config: FeatureConfig) -> float:
    """Where a frequency lies on an axis whose band ``k`` covers ``k .. k + 1``."""
    low, high, mel = (float(hz_to_mel(value)) for value in (config.fmin, config.fmax, hz))
    # The centre of band k is edge k + 1 of n_mels + 2 evenly spaced edges.
    return (mel - low) / (high - low) * (config.n_mels + 1) - 0.5


class FrequencyAxis(pg.AxisItem):
    """Hz on the mel scale, at round frequencies."""

    def __init__(self) -> None:
        super().__init__("left")
        self._config: FeatureConfig | None = None

    def set_config(self, config: FeatureConfig) -> None:
        """Take over the analysis whose bands are shown."""
        if config != self._config:
            self._config = config
            self.setTicks([[(position, text) for _, position, text in self.marks()]])

    def marks(self) -> list[tuple[int, float, str]]:
        """Frequency in Hz, position and text of each tick."""
        if self._config is None:
            return []
        config = self._config
        return [
            (hz, mel_position(hz, config), f"{hz // 1000} kHz" if hz >= 1000 else f"{hz} Hz")
            for hz in _TICKS_HZ
            if config.fmin < hz < 0.97 * config.fmax and mel_position(hz, config) > 0.5
        ]


class TimeAxis(pg.AxisItem):
    """Minutes and seconds."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        wanted = (maxVal - minVal) * 70 / max(size, 1)
        step = next((step for step in _TICK_STEPS_S if step >= wanted), _TICK_STEPS_S[-1])
        return [(step, 0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._text(value, spacing) for value in values]

    @staticmethod
    def _text(value: float, spacing: float) -> str:
        if value < -1e-6:
            return ""
        tenths = round(value * 10)
        return wording.clock(tenths // 10) + (f".{tenths % 10}" if spacing < 1 else "")


class Envelope(pg.GraphicsObject):
    """A waveform: its peaks, and its mean level inside them."""

    def __init__(self) -> None:
        super().__init__()
        self._low = self._high = self._rms = np.zeros(0, np.float32)
        self._step = 1.0
        self._peak_colour = self._core_colour = QColor("grey")

    def set_data(
        self, low: NDArray[np.float32], high: NDArray[np.float32], rms: NDArray[np.float32], seconds_per_bin: float
    ) -> None:
        """Take over new bins."""
        self.prepareGeometryChange()
        self._low, self._high, self._rms = low, high, rms
        self._step = seconds_per_bin
        self.informViewBoundsChanged()
        self.update()

    def set_colours(self, peaks: str, core: str) -> None:
        """Set the colours of peaks and mean level."""
        self._peak_colour, self._core_colour = QColor(peaks), QColor(core)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, -1.0, max(self._low.size * self._step, 1e-6), 2.0)

    def paint(self, painter: QPainter, *_: Any) -> None:
        view = self.viewRect()
        if self._low.size == 0 or view is None:
            return
        first = max(int(view.left() / self._step) - 1, 0)
        last = min(int(view.right() / self._step) + 2, self._low.size)
        if last <= first:
            return
        # No more columns than pixels: a polygon of every bin takes long to fill.
        pooled = max(1, int((last - first) / max(self.getViewBox().width(), 1.0)))
        starts = np.arange(first, last, pooled)
        x = (starts + 0.5 * pooled) * self._step
        low = np.minimum.reduceat(self._low[:last], starts)
        high = np.maximum.reduceat(self._high[:last], starts)
        rms = np.sqrt(np.maximum.reduceat(np.square(self._rms[:last]), starts))
        for bottom, top, colour in (
            (low, high, self._peak_colour),
            (np.maximum(-rms, low), np.minimum(rms, high), self._core_colour),
        ):
            painter.setPen(pg.mkPen(colour, width=1))  # a line where silence has no height
            painter.setBrush(colour)
            painter.drawPolygon(_band(x, bottom, top))


def _band(x: NDArray[Any], low: NDArray[Any], high: NDArray[Any]) -> QPolygonF:
    return pg.functions.arrayToQPolygonF(
        np.concatenate((x, x[::-1])).astype(np.float64),
        np.concatenate((np.clip(high, -1, 1), np.clip(low, -1, 1)[::-1])).astype(np.float64),
    )


class Timeline(pg.GraphicsObject):
    """The genre of each segment as a strip of colours, named where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: list[Span] = []
        self._runs: list[Span] = []
        self._outline = QColor("grey")
        self.setAcceptHoverEvents(True)

    def set_spans(self, spans: list[Span]) -> None:
        """Show other spans."""
        self.prepareGeometryChange()
        self._spans, self._runs = spans, runs(spans)
        self.setToolTip("")
        self.update()

    def set_outline(self, colour: str) -> None:
        """Set the colour of the lines between two genres."""
        self._outline = QColor(colour)
        self.update()

    def span_at(self, seconds: float) -> Span | None:
        """The span that covers a time."""
        row = bisect_right([span.start_s for span in self._spans], seconds) - 1
        return self._spans[row] if row >= 0 and seconds <= self._spans[row].end_s else None

    def boundingRect(self) -> QRectF:
        end = self._spans[-1].end_s if self._spans else 1e-6
        return QRectF(0.0, 0.0, end, 1.0)

    def paint(self, painter: QPainter, *_: Any) -> None:
        to_screen = painter.transform()
        painter.resetTransform()  # letters must not be stretched along with time
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        metrics = QFontMetricsF(painter.font())
        on_screen = to_screen.mapRect(self.viewRect())
        for run in self._runs:
            rect = to_screen.mapRect(QRectF(run.start_s, 0.0, run.end_s - run.start_s, 1.0))
            colour = QColor(genre_colour(run.genre))
            painter.fillRect(rect, colour)
            painter.setPen(self._outline)
            painter.drawRect(rect)
            # Only what is on screen is labelled, and there in its middle.
            visible = rect.intersected(on_screen)
            title = wording.genre_title(run.genre)
            if visible.width() > metrics.horizontalAdvance(title) + 10:
                painter.setPen(QColor("#000000" if _is_bright(colour) else "#ffffff"))
                painter.drawText(visible, Qt.AlignmentFlag.AlignCenter, title)

    def hoverMoveEvent(self, event: Any) -> None:
        span = self.span_at(event.pos().x())
        self.setToolTip("" if span is None else span_text(span))


def span_text(span: Span) -> str:
    """A span in words and figures."""
    return tr(
        "{start} to {end}: {genre}, {figure}",
        start=wording.clock(span.start_s),
        end=wording.clock(span.end_s),
        genre=wording.genre_title(span.genre),
        figure=wording.percent(span.confidence),
    )


def _is_bright(colour: QColor) -> bool:
    """Whether black reads better on it than white (relative luminance of WCAG 2)."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(share) for share in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179
