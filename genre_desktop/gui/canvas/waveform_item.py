"""The waveform: its envelope, or its samples when seen from near."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPolygonF

from genre_desktop.audio.picture.messages import Samples
from genre_desktop.audio.picture.peak_envelope import Peaks
from genre_desktop.audio.picture.peak_pyramid import PeakPyramid, PeakWindow
from genre_desktop.gui.canvas.time_axis import TimeScale

_SAMPLES_PER_BIN = 2
_LINE_BELOW = 2.5
"""Samples a pixel below which they are joined by a line."""

_DOTS_FROM = 6.0
"""Pixels a sample from which each is a dot."""

_LONGEST_SAMPLES_S = 20.0


class WaveformItem:
    """What is known of a track's waveform, and how it is drawn."""

    def __init__(self) -> None:
        self._peaks: PeakPyramid | None = None
        self._samples: Samples | None = None
        self._near: PeakPyramid | None = None
        self._outer = self._core = QColor("grey")

    def set_peaks(self, peaks: PeakPyramid | None) -> None:
        """Take over the outline of a track; samples of another one are forgotten with None."""
        self._peaks = peaks
        if peaks is None:
            self._samples = self._near = None

    def set_samples(self, samples: Samples) -> None:
        """Take over the samples of a stretch."""
        self._samples = samples
        self._near = PeakPyramid.of(_outline(samples.samples, samples.sample_rate))

    def set_colours(self, outer: str, core: str) -> None:
        """Set the colours of peaks and mean level."""
        self._outer, self._core = QColor(outer), QColor(core)

    def wanted_samples(self, scale: TimeScale, dpr: float, duration_s: float) -> tuple[float, float] | None:
        """The stretch whose samples the view lacks: it is closer than the finest bins; None where it lacks nothing."""
        if self._peaks is None or not self._is_near(scale, dpr) or self._covers(scale, duration_s):
            return None
        length = scale.end_s - scale.start_s
        if length > _LONGEST_SAMPLES_S:
            return None
        # A view's length on both sides, so that moving about does not ask at each step.
        return max(scale.start_s - length, 0.0), min(scale.end_s + length, duration_s)

    def _is_near(self, scale: TimeScale, dpr: float) -> bool:
        return self._peaks is not None and scale.seconds_per_pixel / dpr < self._peaks.levels[0].seconds_per_bin

    def _covers(self, scale: TimeScale, duration_s: float) -> bool:
        held = self._samples
        if held is None:
            return False
        end_s = held.start_s + held.samples.size / held.sample_rate
        return held.start_s <= scale.start_s + 1e-4 and end_s >= min(scale.end_s, duration_s) - 1e-3

    def paint(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, duration_s: float) -> None:
        """Draw the visible stretch."""
        if self._peaks is None or self._peaks.levels[0].low.size == 0:
            return
        held = self._samples
        if held is not None and self._is_near(scale, dpr) and self._covers(scale, duration_s):
            per_pixel = scale.seconds_per_pixel / dpr * held.sample_rate
            if per_pixel < _LINE_BELOW:
                self._paint_samples(painter, rect, scale, held)
                return
            assert self._near is not None
            near = self._near.window(scale.start_s - held.start_s, scale.end_s - held.start_s, int(scale.width * dpr))
            window = PeakWindow(near.low, near.high, near.rms, near.start_s + held.start_s, near.seconds_per_bin)
        else:
            window = self._peaks.window(scale.start_s, scale.end_s, int(scale.width * dpr))
        self._paint_envelope(painter, rect, scale, dpr, window)

    def _paint_envelope(
        self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, window: PeakWindow
    ) -> None:
        if window.low.size == 0:
            return
        step = window.seconds_per_bin
        # Never narrower than a pixel: Qt leaves out what covers no pixel's centre.
        pooled = max(1, math.ceil(scale.seconds_per_pixel / dpr / step))
        # Groups begin at multiples, whatever the view begins with: the outline does not shimmer while it moves.
        first = round(window.start_s / step)
        starts = np.arange(-(first % pooled), window.low.size, pooled)
        at = np.maximum(starts, 0)
        low, high = np.minimum.reduceat(window.low, at), np.maximum.reduceat(window.high, at)
        rms = np.sqrt(np.maximum.reduceat(np.square(window.rms), at))
        left = rect.left() + (window.start_s + starts * step - scale.start_s) / scale.seconds_per_pixel
        width = pooled * step / scale.seconds_per_pixel
        is_pixels = painter.paintEngine().type() == QPaintEngine.Type.Raster
        draw = _draw_columns if is_pixels else _draw_outline
        painter.setPen(Qt.PenStyle.NoPen)
        for bottom, top, colour in (
            (low, high, self._outer),
            (np.maximum(-rms, low), np.minimum(rms, high), self._core),
        ):
            upper, lower = _y(rect, top), _y(rect, bottom)
            # Columns reach to their neighbours, and silence is a line and not nothing.
            upper[1:], lower[1:] = np.minimum(upper[1:], lower[:-1]), np.maximum(lower[1:], upper[:-1])
            thin = 0.5 * np.maximum(1.0 - (lower - upper), 0.0)
            painter.setBrush(colour)
            draw(
                painter,
                left if is_pixels else np.clip(left, rect.left() - width / 2, rect.right() - width / 2),
                width,
                upper - thin,
                lower + thin,
            )

    def _paint_samples(self, painter: QPainter, rect: QRectF, scale: TimeScale, held: Samples) -> None:
        rate = held.sample_rate
        first = max(int((scale.start_s - held.start_s) * rate) - 1, 0)
        last = min(int((scale.end_s - held.start_s) * rate) + 3, held.samples.size)
        if last - first < 2:
            return
        seconds = held.start_s + np.arange(first, last) / rate
        x = rect.left() + (seconds - scale.start_s) / scale.seconds_per_pixel
        y = _y(rect, held.samples[first:last])
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:  # SVG knows no clipping
            x, y = _within(rect, x, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._core, 1.2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = _points(x, y)
        painter.drawPolyline(points)
        if 1 / (rate * scale.seconds_per_pixel) >= _DOTS_FROM:
            pen = QPen(self._core, 5.0)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(points)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _y(rect: QRectF, value: NDArray[Any]) -> NDArray[np.float64]:
    middle, half = rect.center().y(), rect.height() / 2 - 1
    return middle - np.clip(value, -1, 1).astype(np.float64) * half


def _within(
    rect: QRectF, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The part of a line that lies between the sides of a rectangle."""
    inner = (x > rect.left()) & (x < rect.right())
    edges = np.array([max(rect.left(), x[0]), min(rect.right(), x[-1])])
    at = np.interp(edges, x, y)
    return np.r_[edges[0], x[inner], edges[1]], np.r_[at[0], y[inner], at[1]]


def _outline(samples: NDArray[np.float32], rate: int) -> Peaks:
    starts = np.arange(0, samples.size, _SAMPLES_PER_BIN)
    counts = np.diff(np.append(starts, samples.size))
    energy = np.add.reduceat(np.square(samples, dtype=np.float64), starts)
    return Peaks(
        low=np.minimum.reduceat(samples, starts),
        high=np.maximum.reduceat(samples, starts),
        rms=np.sqrt(energy / counts).astype(np.float32),
        seconds_per_bin=_SAMPLES_PER_BIN / rate,
    )


def _draw_columns(
    painter: QPainter, left: NDArray[Any], width: float, upper: NDArray[Any], lower: NDArray[Any]
) -> None:
    """Draw columns side by side. One polygon around them takes a hundred times longer where they go up and down."""
    rects = np.empty((left.size, 4))
    rects[:, 0], rects[:, 1], rects[:, 2], rects[:, 3] = left, upper, width, lower - upper
    # Qt reads the array's memory: a Python object for each of thousands takes longer than drawing them.
    first: Any = shiboken6.wrapInstance(rects.ctypes.data, QRectF)
    painter.drawRects(first, len(rects))


def _draw_outline(
    painter: QPainter, left: NDArray[Any], width: float, upper: NDArray[Any], lower: NDArray[Any]
) -> None:
    """Draw the same as one polygon, for files that keep it as such: columns would show seams when enlarged."""
    x = left + width / 2
    painter.drawPolygon(_points(np.concatenate((x, x[::-1])), np.concatenate((upper, lower[::-1]))))


def _points(x: NDArray[Any], y: NDArray[Any]) -> QPolygonF:
    """Points written into Qt's memory at once."""
    points = QPolygonF()
    points.resize(x.size)
    memory: Any = shiboken6.VoidPtr(points.data(), 16 * x.size, True)  # type: ignore[call-arg, arg-type]
    xy = np.frombuffer(memory, dtype=np.float64).reshape(-1, 2)
    xy[:, 0], xy[:, 1] = x, y
    return points
