"""Painting of the overlays of the plots: selected region, read-out cursor, playhead, frame of the focus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from genre_desktop.gui.canvas.plot_painter import PlotGeometry
from genre_desktop.gui.canvas.selection import CursorPosition
from genre_desktop.gui.widgets.theme import Colours

PLAYHEAD_COLOUR = "#ff7a33"
_VEIL = 150
_HANDLE = 6.0


def paint_region(
    painter: QPainter, geometry: PlotGeometry, colours: Colours, region: tuple[float, float] | None
) -> None:
    """Paint a veil over what is not selected: a tint over the selection would falsify the colours of its levels."""
    if region is None:
        return
    layout, area = geometry.layout, geometry.layout.all
    left, right = (geometry.scale.x(edge) for edge in region)
    seen_left, seen_right = max(left, area.left()), min(right, area.right())
    top = layout.waveform.top()
    veil = QColor(colours.base)
    veil.setAlpha(_VEIL)
    for x, end in ((area.left(), min(seen_left, area.right())), (max(seen_right, area.left()), area.right())):
        if end > x:
            painter.fillRect(QRectF(x, top, end - x, area.bottom() - top), veil)
    colour = QColor(colours.accent)
    colour.setAlpha(60)
    if seen_right > seen_left:
        painter.fillRect(QRectF(seen_left, layout.ruler.top(), seen_right - seen_left, layout.ruler.height()), colour)
    colour.setAlpha(255)
    for edge in (left, right):
        if area.left() <= edge <= area.right():
            x = round(edge)
            painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), colour)
            handle = QRectF(x - _HANDLE / 2, layout.ruler.bottom() - 12, _HANDLE, 12)
            painter.fillRect(handle, colour)


def paint_cursor(painter: QPainter, geometry: PlotGeometry, colours: Colours, cursor: CursorPosition | None) -> None:
    """Paint the read-out cursor: its time on all plots, and its frequency on the spectrogram."""
    layout, scale = geometry.layout, geometry.scale
    if cursor is None or not scale.start_s <= cursor.seconds <= scale.end_s:
        return
    x = round(scale.x(cursor.seconds))
    for area, colour in (
        (layout.waveform, QColor(colours.muted)),
        (layout.spectrogram, QColor(255, 255, 255, 150)),
        (layout.names.united(layout.bars), QColor(colours.muted)),
    ):
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() - 1))
    if 0 <= cursor.height <= 1:
        y = round(layout.spectrogram.bottom() - cursor.height * layout.spectrogram.height())
        painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
        painter.drawLine(QPointF(layout.spectrogram.left(), y), QPointF(layout.spectrogram.right() - 1, y))


def time_area(geometry: PlotGeometry, seconds: float) -> QRect | None:
    """Area to repaint around the vertical line of a time; None if the time is not visible."""
    scale = geometry.scale
    if not scale.start_s <= seconds <= scale.end_s:
        return None
    return QRect(round(scale.x(seconds)) - 3, 0, 6, int(geometry.size.height()))


def frequency_area(geometry: PlotGeometry, height: float) -> QRect | None:
    """Area to repaint around the horizontal line of the cursor; None if it is not on the spectrogram."""
    area = geometry.layout.spectrogram
    if not 0 <= height <= 1:
        return None
    y = round(area.bottom() - height * area.height())
    return QRect(int(area.left()), y - 1, int(area.width()) + 1, 3)


def paint_playhead(painter: QPainter, geometry: PlotGeometry, seconds: float | None) -> None:
    """Paint the position of the playback, dark around light: visible on every colour map and in both themes."""
    if seconds is None or not geometry.scale.start_s <= seconds <= geometry.scale.end_s:
        return
    x, area = round(geometry.scale.x(seconds)), geometry.layout.all
    painter.fillRect(QRectF(x - 2, area.top(), 4, area.height()), QColor(0, 0, 0, 110))
    painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), QColor(PLAYHEAD_COLOUR))


def paint_focus(painter: QPainter, geometry: PlotGeometry, colours: Colours) -> None:
    """Paint the frame of the keyboard focus."""
    painter.setPen(QPen(QColor(colours.accent), 1))
    painter.drawRect(QRectF(QPointF(), geometry.size).adjusted(0.5, 0.5, -0.5, -0.5))
