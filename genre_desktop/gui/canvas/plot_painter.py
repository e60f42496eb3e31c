"""Painting of a track's plots on any paint device: the screen, an image, a vector file."""

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
from genre_desktop.gui.canvas.time_axis import TimeAxis, TimeScale
from genre_desktop.gui.canvas.timeline_item import TimelineItem
from genre_desktop.gui.canvas.waveform_item import WaveformItem
from genre_desktop.gui.widgets.theme import Colours

_TICK = 4.0


@dataclass(frozen=True)
class PlotGeometry:
    """Layout of the plots on a paint device of a certain size.

    Attributes
    ----------
    size : QSizeF
    layout : PlotLayout
    scale : TimeScale
    dpr : float
        Device pixels per logical pixel.
    font : QFont
    """

    size: QSizeF
    layout: PlotLayout
    scale: TimeScale
    dpr: float
    font: QFont


class PlotPainter:
    """Data of the shown track, and their painting.

    Attributes
    ----------
    time_axis : TimeAxis
    frequency_axis : FrequencyRange or None
        Of the spectrogram that is drawn; None without a track.
    waveform : WaveformItem
    spectrogram : SpectrogramItem
    timeline : TimelineItem
    picture : TrackPicture or None
    colours : Colours
    settings : CanvasSettings
    """

    def __init__(self, colours: Colours, settings: CanvasSettings) -> None:
        self.time_axis = TimeAxis()
        self.waveform = WaveformItem()
        self.spectrogram = SpectrogramItem()
        self.timeline = TimelineItem()
        self.picture: TrackPicture | None = None
        self.frequency_axis: FrequencyRange | None = None
        self._has_whole_waveform = False
        self.set_colours(colours)
        self.set_settings(settings)

    def set_colours(self, colours: Colours) -> None:
        """Change the theme."""
        self.colours = colours
        self.waveform.set_colours(colours.waveform, colours.waveform_core)

    def set_settings(self, settings: CanvasSettings) -> None:
        """Change colour map and range of levels of the spectrogram, and the analysis that is wanted."""
        self.settings = settings
        self.spectrogram.set_colours(self._colour_map, settings.low_db, settings.high_db)

    @property
    def picture_config(self) -> PictureConfig:
        """Analysis of the spectrogram that the settings ask for; another one may still be shown."""
        return PictureConfig(scale=self.settings.scale, n_fft=self.settings.n_fft)  # type: ignore[arg-type]

    @property
    def _colour_map(self) -> ColourMap:
        return self.settings.colour_map  # type: ignore[return-value]

    def show_picture(self, picture: TrackPicture) -> None:
        """Show a track, or more of the same track; its zoom stays."""
        known = self.picture
        if known is None or picture.path != known.path:
            self.spectrogram.clear()
            self.waveform.set_peaks(None)
            self.time_axis.reset()
            known = None
        self.picture = picture
        self.frequency_axis = FrequencyRange.of(picture.config, picture.sample_rate)
        self.spectrogram.set_overview(picture.config, picture.spectrogram, picture.sample_rate)
        self._has_whole_waveform = picture.complete or (self._has_whole_waveform and known is not None)
        # While a complete track is read again for another analysis, its whole waveform and its zoom are kept.
        if picture.complete or not self._has_whole_waveform:
            self.waveform.set_peaks(picture.peaks)
            self.time_axis.set_duration(picture.duration_s)

    def geometry(self, size: QSizeF, dpr: float, font: QFont) -> PlotGeometry:
        """Lay out the visible range on a paint device of a size in logical pixels."""
        metrics = QFontMetricsF(font)
        layout = PlotLayout.of(size.width(), size.height(), metrics.horizontalAdvance("0"), metrics.height())
        scale = TimeScale(self.time_axis.start_s, self.time_axis.end_s, layout.waveform.left(), layout.waveform.width())
        return PlotGeometry(size, layout, scale, dpr, font)

    def paint(self, painter: QPainter, geometry: PlotGeometry) -> None:
        """Paint everything but the overlays: cursor, playhead and selected region."""
        layout, scale, colours = geometry.layout, geometry.scale, self.colours
        painter.setFont(geometry.font)
        painter.fillRect(QRectF(QPointF(), geometry.size), QColor(colours.base))
        self._paint_ruler(painter, geometry)
        self._paint_waveform(painter, geometry)
        painter.fillRect(layout.spectrogram, QColor.fromRgba(colour_table(self._colour_map)[0]))
        if self.picture is not None and len(self.picture.spectrogram.levels):
            self.spectrogram.paint(painter, layout.spectrogram, scale, geometry.dpr, self.time_axis.duration_s)
        self._paint_frequencies(painter, geometry)
        self.timeline.paint(painter, layout.names, layout.bars, scale, colours)
        self._label(painter, layout.bars.center().y(), tr("Genre"), layout.bars.left() - 4)
        if layout.legend is not None:
            self._paint_legend(painter, layout.legend)

    def _paint_ruler(self, painter: QPainter, geometry: PlotGeometry) -> None:
        metrics = QFontMetricsF(geometry.font)
        area = geometry.layout.ruler
        painter.setPen(QColor(self.colours.border))
        painter.drawLine(QPointF(area.left(), area.bottom() - 1), QPointF(area.right(), area.bottom() - 1))
        for tick in time_ticks(geometry.scale, 9.5 * metrics.horizontalAdvance("0")):
            x = round(geometry.scale.x(tick.value))
            painter.setPen(QColor(self.colours.border))
            painter.drawLine(QPointF(x, area.bottom() - _TICK - 1), QPointF(x, area.bottom() - 1))
            painter.setPen(QColor(self.colours.muted))
            width = metrics.horizontalAdvance(tick.text)
            if x + width / 2 <= geometry.size.width():
                painter.drawText(QPointF(x - width / 2, area.bottom() - _TICK - 2 - metrics.descent()), tick.text)

    def _paint_waveform(self, painter: QPainter, geometry: PlotGeometry) -> None:
        area = geometry.layout.waveform
        painter.setPen(QColor(self.colours.border))
        painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()))
        painter.save()
        painter.setClipRect(area)
        self.waveform.paint(painter, area, geometry.scale, geometry.dpr, self.time_axis.duration_s)
        painter.restore()
        half = QFontMetricsF(geometry.font).height() / 2
        for value, text in ((1, "+1"), (0, "0"), (-1, "−1")):
            y = area.center().y() - value * (area.height() / 2 - 1)
            self._label(painter, min(max(y, area.top() + half), area.bottom() - half), text, area.left() - 4)

    def _paint_frequencies(self, painter: QPainter, geometry: PlotGeometry) -> None:
        area = geometry.layout.spectrogram
        if self.frequency_axis is None:
            return
        for tick in frequency_ticks(self.frequency_axis, area.height(), QFontMetricsF(geometry.font).height()):
            y = area.bottom() - float(self.frequency_axis.place(tick.value)) * area.height()
            painter.setPen(QColor(self.colours.border))
            painter.drawLine(QPointF(area.left() - _TICK, round(y)), QPointF(area.left() - 1, round(y)))
            self._label(painter, y, tick.text, area.left() - _TICK - 3)

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        table = np.array(colour_table(self._colour_map)[::-1], dtype=np.uint32)
        strip = QImage(table.data, 1, 256, 4, QImage.Format.Format_RGB32)
        painter.drawImage(area, strip)
        painter.setPen(QPen(QColor(self.colours.border)))
        metrics = QFontMetricsF(painter.font())
        low, high = self.settings.low_db, self.settings.high_db
        room = 2.6 * metrics.height() / area.height() * (high - low)
        step = next((step for step in (5, 10, 20, 40) if step >= room), 120)
        for db in range(-(-low // step) * step, high + 1, step):
            y = area.bottom() - (db - low) / (high - low) * area.height()
            y = min(max(y, area.top() + metrics.height() / 2), area.bottom() - metrics.height() / 2)
            painter.setPen(QColor(self.colours.muted))
            text = tr("{db} dB", db=str(db).replace("-", "−"))
            painter.drawText(QPointF(area.right() + 5, y + metrics.capHeight() / 2), text)

    def _label(self, painter: QPainter, y: float, text: str, right: float) -> None:
        painter.setPen(QColor(self.colours.muted))
        height = QFontMetricsF(painter.font()).height()
        area = QRectF(0, y - height / 2, right, height)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
