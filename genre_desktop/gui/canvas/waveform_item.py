"""The waveform: its envelope, or its samples in a close zoom."""

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
_MAX_SAMPLES_PER_PIXEL = 2.5
"""Below it samples are painted as a line; above it as an envelope."""

_MIN_DOT_DISTANCE = 6.0
"""Pixels between two samples from which on each is painted as a dot too."""

_MAX_SAMPLES_S = 20.0
"""Length of the longest view for which samples are asked for."""


class WaveformItem:
    """Envelope and samples of one track, and their painting."""

    def __init__(self) -> None:
        self._peaks: PeakPyramid | None = None
        self._samples: Samples | None = None
        self._near_peaks: PeakPyramid | None = None
        self._outer = self._core = QColor("grey")

    def set_peaks(self, peaks: PeakPyramid | None) -> None:
        """Replace the envelope of the track; None removes envelope and samples."""
        self._peaks = peaks
        if peaks is None:
            self._samples = self._near_peaks = None

    def set_samples(self, samples: Samples) -> None:
        """Replace the samples of a part of the track."""
        self._samples = samples
        self._near_peaks = PeakPyramid.of(_peaks_of(samples.samples, samples.sample_rate))

    def set_colours(self, outer: str, core: str) -> None:
        """Change the colours of peaks (outer) and mean level (core)."""
        self._outer, self._core = QColor(outer), QColor(core)

    def missing_samples(self, scale: TimeScale, dpr: float, duration_s: float) -> tuple[float, float] | None:
        """Range of time whose samples a view needs: its zoom is closer than the finest peaks.

        Returns
        -------
        (float, float) or None
            Start and end in seconds; None if the envelope suffices, or the samples are there.
        """
        if self._peaks is None or not self._is_near(scale, dpr) or self._covers(scale, duration_s):
            return None
        length = scale.end_s - scale.start_s
        if length > _MAX_SAMPLES_S:
            return None
        # One length of the view more on both sides: scrolling a little needs no new request.
        return max(scale.start_s - length, 0.0), min(scale.end_s + length, duration_s)

    def _is_near(self, scale: TimeScale, dpr: float) -> bool:
        return self._peaks is not None and scale.seconds_per_pixel / dpr < self._peaks.levels[0].seconds_per_bin

    def _covers(self, scale: TimeScale, duration_s: float) -> bool:
        samples = self._samples
        if samples is None:
            return False
        end_s = samples.start_s + samples.samples.size / samples.sample_rate
        return samples.start_s <= scale.start_s + 1e-4 and end_s >= min(scale.end_s, duration_s) - 1e-3

    def paint(self, painter: QPainter, rect: QRectF, scale: TimeScale, dpr: float, duration_s: float) -> None:
        """Paint the visible range into a rectangle."""
        if self._peaks is None or self._peaks.levels[0].low.size == 0:
            return
        samples = self._samples
        if samples is not None and self._is_near(scale, dpr) and self._covers(scale, duration_s):
            per_pixel = scale.seconds_per_pixel / dpr * samples.sample_rate
            if per_pixel < _MAX_SAMPLES_PER_PIXEL:
                self._paint_samples(painter, rect, scale, samples)
                return
            assert self._near_peaks is not None
            near = self._near_peaks.window(
                scale.start_s - samples.start_s, scale.end_s - samples.start_s, int(scale.width * dpr)
            )
            window = PeakWindow(near.low, near.high, near.rms, near.start_s + samples.start_s, near.seconds_per_bin)
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
        # Groups begin at multiples, wherever the view begins: the envelope does not shimmer while it scrolls.
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

    def _paint_samples(self, painter: QPainter, rect: QRectF, scale: TimeScale, samples: Samples) -> None:
        rate = samples.sample_rate
        first = max(int((scale.start_s - samples.start_s) * rate) - 1, 0)
        last = min(int((scale.end_s - samples.start_s) * rate) + 3, samples.samples.size)
        if last - first < 2:
            return
        seconds = samples.start_s + np.arange(first, last) / rate
        x = rect.left() + (seconds - scale.start_s) / scale.seconds_per_pixel
        y = _y(rect, samples.samples[first:last])
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:  # Qt's SVG engine does not clip
            x, y = _within(rect, x, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._core, 1.2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = _points(x, y)
        painter.drawPolyline(points)
        if 1 / (rate * scale.seconds_per_pixel) >= _MIN_DOT_DISTANCE:
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
    """The part of a polyline between the left and the right side of a rectangle."""
    inner = (x > rect.left()) & (x < rect.right())
    edges = np.array([max(rect.left(), x[0]), min(rect.right(), x[-1])])
    at = np.interp(edges, x, y)
    return np.r_[edges[0], x[inner], edges[1]], np.r_[at[0], y[inner], at[1]]


def _peaks_of(samples: NDArray[np.float32], rate: int) -> Peaks:
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
    """Draw columns side by side: one polygon around columns of alternating heights takes a hundred times longer."""
    rects = np.empty((left.size, 4))
    rects[:, 0], rects[:, 1], rects[:, 2], rects[:, 3] = left, upper, width, lower - upper
    # Qt reads the array's memory: making thousands of Python objects takes longer than drawing them.
    first: Any = shiboken6.wrapInstance(rects.ctypes.data, QRectF)
    painter.drawRects(first, len(rects))


def _draw_outline(
    painter: QPainter, left: NDArray[Any], width: float, upper: NDArray[Any], lower: NDArray[Any]
) -> None:
    """Draw the same as one polygon, for vector files: enlarged columns would show seams."""
    x = left + width / 2
    painter.drawPolygon(_points(np.concatenate((x, x[::-1])), np.concatenate((upper, lower[::-1]))))


def _points(x: NDArray[Any], y: NDArray[Any]) -> QPolygonF:
    """Polygon whose points are written into Qt's memory at once."""
    points = QPolygonF()
    points.resize(x.size)
    memory: Any = shiboken6.VoidPtr(points.data(), 16 * x.size, True)  # type: ignore[call-arg, arg-type]
    xy = np.frombuffer(memory, dtype=np.float64).reshape(-1, 2)
    xy[:, 0], xy[:, 1] = x, y
    return points
