"""All that the canvas draws of a track, on whatever is painted on: the screen, a picture, a vector file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from genre_desktop.audio.picture.track_picture import FrequencyRange, PictureConfig, TrackPicture
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.axis_ticks import frequency_ticks, time_ticks
from genre_desktop.gui.canvas.colour_maps import ColourMap, colour_table
from genre_desktop.gui.canvas.plot_layout import PlotLayout
from genre_desktop.gui.canvas.spectrogram_item import SpectrogramItem
from genre_desktop.gui.canvas.time_axis import TimeScale, VisibleTime
from genre_desktop.gui.canvas.timeline_item import TimelineItem
from genre_desktop.gui.canvas.waveform_item import WaveformItem
from genre_desktop.gui.widgets.theme import Colours

_TICK = 4.0


def picture_config(settings: CanvasSettings) -> PictureConfig:
    """How spectrograms are wanted."""
    return PictureConfig(scale=settings.scale, n_fft=settings.n_fft)  # type: ignore[arg-type]


@dataclass(frozen=True)
class PlotGeometry:
    """How a view is laid out on a surface.

    Attributes
    ----------
    size : QSizeF
    lanes : Lanes
    scale : TimeScale
    dpr : float
        Device pixels of a logical one.
    font : QFont
    """

    size: QSizeF
    lanes: PlotLayout
    scale: TimeScale
    dpr: float
    font: QFont


class PlotPainter:
    """What is known of the track, and how it is drawn.

    Attributes
    ----------
    time : VisibleTime
    waveform : WaveformItem
    spectrogram : SpectrogramItem
    timeline : TimelineItem
    picture : TrackPicture or None
    axis : FrequencyRange or None
        Of what is drawn.
    """

    def __init__(self, colours: Colours, settings: CanvasSettings) -> None:
        self.time = VisibleTime()
        self.waveform = WaveformItem()
        self.spectrogram = SpectrogramItem()
        self.timeline = TimelineItem()
        self.picture: TrackPicture | None = None
        self.axis: FrequencyRange | None = None
        self._has_all = False
        self.set_colours(colours)
        self.set_look(settings)

    def set_colours(self, colours: Colours) -> None:
        """Take over a theme."""
        self.colours = colours
        self.waveform.set_colours(colours.waveform, colours.waveform_core)

    def set_look(self, settings: CanvasSettings) -> None:
        """Take over colours and levels of the spectrogram."""
        self.settings = settings
        self.spectrogram.set_look(self._colour_map, settings.low_db, settings.high_db)

    @property
    def _colour_map(self) -> ColourMap:
        return self.settings.colour_map  # type: ignore[return-value]

    def show_picture(self, picture: TrackPicture) -> None:
        """Take over a track, or more of it."""
        known = self.picture
        if known is None or picture.path != known.path:
            self.spectrogram.forget()
            self.waveform.set_peaks(None)
            self.time = VisibleTime()
            known = None
        self.picture = picture
        self.axis = FrequencyRange.of(picture.config, picture.sample_rate)
        self.spectrogram.set_whole(picture.config, picture.spectrogram, picture.sample_rate)
        self._has_all = picture.complete or (self._has_all and known is not None)
        if picture.complete or not self._has_all:  # read anew for another analysis, its waveform is the same
            self.waveform.set_peaks(picture.peaks)
            self.time.set_duration(picture.duration_s)

    def frame(self, size: QSizeF, dpr: float, font: QFont) -> PlotGeometry:
        """Lay out what is seen."""
        metrics = QFontMetricsF(font)
        lanes = PlotLayout.of(size.width(), size.height(), metrics.horizontalAdvance("0"), metrics.height())
        scale = TimeScale(self.time.start_s, self.time.end_s, lanes.waveform.left(), lanes.waveform.width())
        return PlotGeometry(size, lanes, scale, dpr, font)

    def paint(self, painter: QPainter, frame: PlotGeometry) -> None:
        """Draw everything but what moves: cursor, playhead, selected region."""
        lanes, scale, colours = frame.lanes, frame.scale, self.colours
        painter.setFont(frame.font)
        painter.fillRect(QRectF(QPointF(), frame.size), QColor(colours.base))
        self._paint_ruler(painter, frame)
        self._paint_waveform(painter, frame)
        painter.fillRect(lanes.spectrogram, QColor.fromRgba(colour_table(self._colour_map)[0]))
        if self.picture is not None and len(self.picture.spectrogram.levels):
            self.spectrogram.paint(painter, lanes.spectrogram, scale, frame.dpr, self.time.duration_s)
        self._paint_frequencies(painter, frame)
        self.timeline.paint(painter, lanes.names, lanes.bars, scale, colours)
        self._label(painter, lanes.bars.center().y(), tr("Genre"), lanes.bars.left() - 4)
        if lanes.legend is not None:
            self._paint_legend(painter, lanes.legend)

    def _paint_ruler(self, painter: QPainter, frame: PlotGeometry) -> None:
        metrics = QFontMetricsF(frame.font)
        lane = frame.lanes.ruler
        painter.setPen(QColor(self.colours.border))
        painter.drawLine(QPointF(lane.left(), lane.bottom() - 1), QPointF(lane.right(), lane.bottom() - 1))
        for tick in time_ticks(frame.scale, 9.5 * metrics.horizontalAdvance("0")):
            x = round(frame.scale.x(tick.value))
            painter.setPen(QColor(self.colours.border))
            painter.drawLine(QPointF(x, lane.bottom() - _TICK - 1), QPointF(x, lane.bottom() - 1))
            painter.setPen(QColor(self.colours.muted))
            width = metrics.horizontalAdvance(tick.text)
            if x + width / 2 <= frame.size.width():
                painter.drawText(QPointF(x - width / 2, lane.bottom() - _TICK - 2 - metrics.descent()), tick.text)

    def _paint_waveform(self, painter: QPainter, frame: PlotGeometry) -> None:
        lane = frame.lanes.waveform
        painter.setPen(QColor(self.colours.border))
        painter.drawLine(QPointF(lane.left(), lane.center().y()), QPointF(lane.right(), lane.center().y()))
        painter.save()
        painter.setClipRect(lane)
        self.waveform.paint(painter, lane, frame.scale, frame.dpr, self.time.duration_s)
        painter.restore()
        half = QFontMetricsF(frame.font).height() / 2
        for value, text in ((1, "+1"), (0, "0"), (-1, "−1")):
            y = lane.center().y() - value * (lane.height() / 2 - 1)
            self._label(painter, min(max(y, lane.top() + half), lane.bottom() - half), text, lane.left() - 4)

    def _paint_frequencies(self, painter: QPainter, frame: PlotGeometry) -> None:
        lane = frame.lanes.spectrogram
        if self.axis is None:
            return
        for tick in frequency_ticks(self.axis, lane.height(), QFontMetricsF(frame.font).height()):
            y = lane.bottom() - float(self.axis.place(tick.value)) * lane.height()
            painter.setPen(QColor(self.colours.border))
            painter.drawLine(QPointF(lane.left() - _TICK, round(y)), QPointF(lane.left() - 1, round(y)))
            self._label(painter, y, tick.text, lane.left() - _TICK - 3)

    def _paint_legend(self, painter: QPainter, lane: QRectF) -> None:
        table = np.array(colour_table(self._colour_map)[::-1], dtype=np.uint32)
        strip = QImage(table.data, 1, 256, 4, QImage.Format.Format_RGB32)
        painter.drawImage(lane, strip)
        painter.setPen(QPen(QColor(self.colours.border)))
        metrics = QFontMetricsF(painter.font())
        low, high = self.settings.low_db, self.settings.high_db
        room = 2.6 * metrics.height() / lane.height() * (high - low)
        step = next((step for step in (5, 10, 20, 40) if step >= room), 120)
        for db in range(-(-low // step) * step, high + 1, step):
            y = lane.bottom() - (db - low) / (high - low) * lane.height()
            y = min(max(y, lane.top() + metrics.height() / 2), lane.bottom() - metrics.height() / 2)
            painter.setPen(QColor(self.colours.muted))
            text = tr("{db} dB", db=str(db).replace("-", "−"))
            painter.drawText(QPointF(lane.right() + 5, y + metrics.capHeight() / 2), text)

    def _label(self, painter: QPainter, y: float, text: str, right: float) -> None:
        painter.setPen(QColor(self.colours.muted))
        height = QFontMetricsF(painter.font()).height()
        area = QRectF(0, y - height / 2, right, height)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
