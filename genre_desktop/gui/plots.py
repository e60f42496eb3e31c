"""Waveform, spectrogram and genre timeline on one time axis. Needs pyqtgraph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from genre_desktop.gui import wording
from genre_desktop.gui.overview import TrackOverview
from genre_desktop.gui.plot_items import Envelope, FrequencyAxis, TimeAxis, Timeline
from genre_desktop.gui.theme import Colours, scaled_font
from genre_desktop.gui.timeline import spans
from genre_desktop.i18n import tr
from genre_desktop.model.prediction import Segment

_AXIS_WIDTH = 58
_STRIP_HEIGHT = 30
_SHORTEST_VIEW_S = 0.5
_QUIETEST_TOP_DB = -50.0
_FLOOR_DB = -100.0


class TrackPlots(pg.GraphicsLayoutWidget):
    """The plots of a track."""

    pointed_at = Signal(str)

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A view takes every drop for its scene; files are for the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Waveform, spectrogram and genre timeline"))
        self._overview: TrackOverview | None = None
        self._segments: Sequence[Segment] = ()
        self._duration_s = 0.0

        self._frequencies = FrequencyAxis()
        self._times = TimeAxis()
        self.envelope = Envelope()
        self.spectrogram = pg.ImageItem(axisOrder="col-major", colorMap=pg.colormap.get("magma"))
        self.timeline = Timeline()
        self._waveform_plot = self._add_plot(0, {}, self.envelope)
        self._spectrogram_plot = self._add_plot(1, {"left": self._frequencies}, self.spectrogram)
        self._timeline_plot = self._add_plot(2, {"bottom": self._times}, self.timeline)
        self._waveform_plot.setYRange(-1, 1, padding=0.03)
        self._waveform_plot.getAxis("left").setTicks([[(-1, "−1"), (0, "0"), (1, "+1")]])
        self._timeline_plot.setYRange(0, 1, padding=0)
        self._timeline_plot.getAxis("left").setTicks([[(0.5, tr("Genre"))]])
        self._timeline_plot.showAxis("bottom")
        self._timeline_plot.setFixedHeight(_STRIP_HEIGHT + 26)
        layout = self.ci.layout
        layout.setContentsMargins(4, 4, 12, 2)
        layout.setVerticalSpacing(8)
        layout.setRowStretchFactor(0, 2)
        layout.setRowStretchFactor(1, 5)
        for plot in (self._waveform_plot, self._timeline_plot):
            plot.setXLink(self._spectrogram_plot)
        self._moves = pg.SignalProxy(self.scene().sigMouseMoved, rateLimit=30, slot=self._point_at)
        self.set_colours(colours)

    def _add_plot(self, row: int, axes: dict[str, pg.AxisItem], item: pg.GraphicsObject) -> pg.PlotItem:
        plot = self.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
        plot.hideButtons()
        plot.hideAxis("bottom")
        plot.showAxis("left")
        plot.setMouseEnabled(x=True, y=False)
        plot.disableAutoRange()
        left = plot.getAxis("left")
        left.setWidth(_AXIS_WIDTH)
        for axis in (left, plot.getAxis("bottom")):
            axis.setStyle(
                tickFont=scaled_font(0.85), tickLength=-4, autoExpandTextSpace=False, hideOverlappingLabels=False
            )
        plot.addItem(item, ignoreBounds=True)
        return plot

    # -- what is shown -------------------------------------------------------------------

    def show_overview(self, overview: TrackOverview) -> None:
        """Draw a track, or more of the one that is being read."""
        is_other = self._overview is None or self._overview.path != overview.path
        self._overview = overview
        self.envelope.set_data(overview.low, overview.high, overview.rms, overview.seconds_per_bin)
        columns = overview.spectrogram_db
        if columns.size:
            self._frequencies.set_config(overview.config)
            # Both ends are bounded: silence is black, and faint noise does not glow.
            top = max(float(np.max(columns)), _QUIETEST_TOP_DB)
            levels = (max(top - overview.config.dynamic_range_db, _FLOOR_DB), top)
            self.spectrogram.setImage(columns, autoLevels=False, levels=levels)
            # Frames are centred: the first one stands half a column around time 0.
            left = -overview.config.frame_s / 2
            width = len(columns) * overview.seconds_per_column
            self.spectrogram.setRect(QRectF(left, 0.0, width, overview.config.n_mels))
            self._spectrogram_plot.setYRange(0, overview.config.n_mels, padding=0)
            self.spectrogram.show()
        else:
            self.spectrogram.hide()
        if is_other or overview.duration_s != self._duration_s:
            self._set_duration(overview.duration_s)

    def show_segments(self, segments: Sequence[Segment], duration_s: float) -> None:
        """Draw the genre timeline; none for no segments."""
        self.timeline.set_spans(spans(segments, duration_s))

    def _set_duration(self, duration_s: float) -> None:
        self._duration_s = max(duration_s, _SHORTEST_VIEW_S)
        for plot in (self._spectrogram_plot, self._waveform_plot, self._timeline_plot):
            plot.setLimits(xMin=0, xMax=self._duration_s, minXRange=_SHORTEST_VIEW_S)
        self.show_all()

    # -- zoom ----------------------------------------------------------------------------

    def show_all(self) -> None:
        """Zoom out to the whole track."""
        self._spectrogram_plot.setXRange(0, self._duration_s, padding=0)

    def zoom(self, factor: float) -> None:
        """Zoom in time around the middle; a factor below 1 zooms in."""
        self._spectrogram_plot.getViewBox().scaleBy(x=factor)

    def scroll(self, share: float) -> None:
        """Move by a share of the visible time."""
        start, end = self.visible_s()
        step = (end - start) * share
        step = min(max(step, -start), self._duration_s - end)
        self._spectrogram_plot.setXRange(start + step, end + step, padding=0)

    def visible_s(self) -> tuple[float, float]:
        """First and last visible second."""
        start, end = self._spectrogram_plot.getViewBox().viewRange()[0]
        return start, end

    # -- looks ---------------------------------------------------------------------------

    def set_colours(self, colours: Colours) -> None:
        """Take over a theme."""
        self.setBackground(colours.base)
        self.envelope.set_colours(colours.waveform, colours.waveform_core)
        self.timeline.set_outline(colours.base)
        for plot in (self._waveform_plot, self._spectrogram_plot, self._timeline_plot):
            for name in ("left", "bottom"):
                axis = plot.getAxis(name)
                axis.setPen(colours.border)
                axis.setTextPen(colours.muted)

    def _point_at(self, event: tuple[object]) -> None:
        at = event[0]
        box = self._spectrogram_plot.getViewBox()
        overview = self._overview
        if overview is None or not box.sceneBoundingRect().contains(at):
            self.pointed_at.emit("")
            return
        point = box.mapSceneToView(at)
        column = int((point.x() + overview.config.frame_s / 2) / overview.seconds_per_column)
        band = int(point.y())
        if not (0 <= column < len(overview.spectrogram_db) and 0 <= band < overview.config.n_mels):
            self.pointed_at.emit("")
            return
        from genre_desktop.audio.filterbank import mel_centres_hz

        self.pointed_at.emit(
            tr(
                "{time}   {hz} Hz   {db} dB",
                time=wording.clock(point.x()),
                hz=f"{mel_centres_hz(overview.config)[band]:,.0f}",
                db=f"{overview.spectrogram_db[column, band]:.0f}",
            )
        )
