"""What moves over the plots of a track: the selected region, the cursor, the playhead."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from genre_desktop.gui.canvas.plot_painter import PlotGeometry
from genre_desktop.gui.widgets.theme import Colours

PLAYHEAD_COLOUR = "#ff7a33"
_VEIL = 150
_HANDLE = 6.0


def paint_region(painter: QPainter, frame: PlotGeometry, colours: Colours, region: tuple[float, float] | None) -> None:
    """Let what is not selected step back: a tint over the selection would falsify the colours of its levels."""
    if region is None:
        return
    lanes, area = frame.lanes, frame.lanes.all
    left, right = (frame.scale.x(edge) for edge in region)
    seen_left, seen_right = max(left, area.left()), min(right, area.right())
    top = lanes.waveform.top()
    veil = QColor(colours.base)
    veil.setAlpha(_VEIL)
    for x, end in ((area.left(), min(seen_left, area.right())), (max(seen_right, area.left()), area.right())):
        if end > x:
            painter.fillRect(QRectF(x, top, end - x, area.bottom() - top), veil)
    colour = QColor(colours.accent)
    colour.setAlpha(60)
    if seen_right > seen_left:
        painter.fillRect(QRectF(seen_left, lanes.ruler.top(), seen_right - seen_left, lanes.ruler.height()), colour)
    colour.setAlpha(255)
    for edge in (left, right):
        if area.left() <= edge <= area.right():
            x = round(edge)
            painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), colour)
            handle = QRectF(x - _HANDLE / 2, lanes.ruler.bottom() - 12, _HANDLE, 12)
            painter.fillRect(handle, colour)


def paint_cursor(painter: QPainter, frame: PlotGeometry, colours: Colours, cursor: QPointF | None) -> None:
    """Mark the second of the read-out on all plots, and its frequency on the spectrogram."""
    lanes, scale = frame.lanes, frame.scale
    if cursor is None or not scale.start_s <= cursor.x() <= scale.end_s:
        return
    x = round(scale.x(cursor.x()))
    for lane, colour in (
        (lanes.waveform, QColor(colours.muted)),
        (lanes.spectrogram, QColor(255, 255, 255, 150)),
        (lanes.names.united(lanes.bars), QColor(colours.muted)),
    ):
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(x, lane.top()), QPointF(x, lane.bottom() - 1))
    if 0 <= cursor.y() <= 1:
        y = round(lanes.spectrogram.bottom() - cursor.y() * lanes.spectrogram.height())
        painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
        painter.drawLine(QPointF(lanes.spectrogram.left(), y), QPointF(lanes.spectrogram.right() - 1, y))


def paint_playhead(painter: QPainter, frame: PlotGeometry, seconds: float | None) -> None:
    """Mark what is heard, dark around light: it is seen on every colour map and on both grounds."""
    if seconds is None or not frame.scale.start_s <= seconds <= frame.scale.end_s:
        return
    x, area = round(frame.scale.x(seconds)), frame.lanes.all
    painter.fillRect(QRectF(x - 2, area.top(), 4, area.height()), QColor(0, 0, 0, 110))
    painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), QColor(PLAYHEAD_COLOUR))


def paint_focus(painter: QPainter, frame: PlotGeometry, colours: Colours) -> None:
    """Show that keys go here."""
    painter.setPen(QPen(QColor(colours.accent), 1))
    painter.drawRect(QRectF(QPointF(), frame.size).adjusted(0.5, 0.5, -0.5, -0.5))
