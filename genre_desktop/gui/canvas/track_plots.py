"""The widget with waveform, spectrogram and genre timeline of a track on one time axis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from genre_desktop.audio.picture.messages import Samples, TileMade
from genre_desktop.audio.picture.track_picture import PictureConfig, TrackPicture
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas import overlay
from genre_desktop.gui.canvas.cursor_readout import accessible_description, readout_text
from genre_desktop.gui.canvas.plot_input import PlotInput
from genre_desktop.gui.canvas.plot_painter import PlotGeometry, PlotPainter
from genre_desktop.gui.canvas.plot_requests import PlotRequests
from genre_desktop.gui.canvas.selection import CursorPosition, Selection
from genre_desktop.gui.canvas.timeline_item import span_text
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.theme import Colours, scaled_font
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import timeline_spans

_REQUEST_AFTER_MS = 30
_MINIMUM_HEIGHT = 220


class TrackPlots(QWidget):
    """The plots of a track.

    Whatever does not move by itself is painted once into a pixmap. Cursor, playhead and region are painted over it, so
    that a playhead at display rate costs no more than copying a strip of that pixmap.

    Attributes
    ----------
    time_axis : TimeAxis
        The visible range of the track.
    timeline : TimelineItem
        The genres over time.
    selection : Selection
        Selected region and read-out cursor.
    requests : PlotRequests
        Asks for the data that the visible range needs.
    """

    readout_changed = Signal(str)  # values at the cursor, or the selected region
    time_clicked = Signal(float)  # seconds
    double_clicked = Signal()  # the first of its two clicks was reported as a click
    segment_clicked = Signal(object)  # Span, wherever in the plots it was clicked
    timeline_clicked = Signal(object)  # Span, in the genre timeline itself
    view_changed = Signal()  # other range of time, size or content

    def __init__(self, colours: Colours, settings: CanvasSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumHeight(_MINIMUM_HEIGHT)
        self.setAccessibleName(tr("Waveform, spectrogram and genre timeline"))
        self._plot_painter = PlotPainter(colours, settings or CanvasSettings())
        self.time_axis = self._plot_painter.time_axis
        self.timeline = self._plot_painter.timeline
        self.selection = Selection(self.time_axis, self)
        self.requests = PlotRequests(self._plot_painter, self)
        self._input = PlotInput(self.time_axis, self.selection, self.plot_geometry, self)
        self._font = scaled_font(0.9)
        self._geometry: PlotGeometry | None = None
        self._buffer: QPixmap | None = None
        self._playhead: float | None = None
        self._request_timer = QTimer(self, singleShot=True, interval=_REQUEST_AFTER_MS)
        self._connect()

    def _connect(self) -> None:
        self.time_axis.changed.connect(self._update_view)
        self.selection.region_moved.connect(self.update)
        self.selection.region_changed.connect(self._update_readout)
        self.selection.cursor_moved.connect(self._on_cursor_moved)
        self._input.clicked.connect(self._on_click)
        self._input.cursor_clicked.connect(self._on_cursor_click)
        self._input.cursor_shape_changed.connect(self._set_cursor_shape)
        self._request_timer.timeout.connect(self._request_missing)

    # -- what is shown -------------------------------------------------------------------

    def picture_config(self) -> PictureConfig:
        """Analysis of the spectrogram that the settings ask for."""
        return self._plot_painter.picture_config

    def show_picture(self, picture: TrackPicture) -> None:
        """Draw a track; the zoom stays while more of the same one arrives."""
        known = self._plot_painter.picture
        if known is None or known.path != picture.path:
            self.requests.reset()
            self.set_playhead(None)
            self.selection.reset()
        self._plot_painter.show_picture(picture)
        self._update_view()

    def show_segments(self, segments: Sequence[Segment], duration_s: float) -> None:
        """Draw the genre timeline; an empty one without segments."""
        self.timeline.set_spans(timeline_spans(segments, duration_s))
        self._repaint_all()

    def show_tile(self, made: TileMade) -> None:
        """Draw a tile of the spectrogram over its overview."""
        self._plot_painter.spectrogram.add_tile(made.config, made.key, made.tile)
        self._repaint_all()

    def show_samples(self, samples: Samples) -> None:
        """Draw samples of the waveform, where the zoom is close enough."""
        self.requests.samples_arrived()
        self._plot_painter.waveform.set_samples(samples)
        self._repaint_all()
        self._request_later()  # the view may have moved on meanwhile

    def set_settings(self, settings: CanvasSettings) -> None:
        """Change how the spectrogram is drawn; only another analysis needs other data."""
        before = self.picture_config()
        self._plot_painter.set_settings(settings)
        if self.picture_config() != before:
            self.requests.request_picture()
        self._update_view()

    def set_colours(self, colours: Colours) -> None:
        """Change the theme."""
        self._plot_painter.set_colours(colours)
        self._repaint_all()

    def set_playhead(self, seconds: float | None) -> None:
        """Mark the position of the playback; where it leaves the view, the view turns a page."""
        old, self._playhead = self._playhead, seconds
        start, end = self.time_axis.visible_s
        was_visible = old is not None and start <= old <= end
        if seconds is not None and was_visible and not start <= seconds <= end and not self._input.is_dragging:
            self.time_axis.show(seconds, seconds + end - start)
            return
        for at in (old, seconds):
            if at is not None:
                self._update_area(overlay.time_area(self.plot_geometry(), at))

    def plot_geometry(self) -> PlotGeometry:
        """Layout of the plots on the widget."""
        if self._geometry is None:
            self._geometry = self._plot_painter.geometry(QSizeF(self.size()), self.devicePixelRatioF(), self._font)
        return self._geometry

    def paint_to(self, painter: QPainter, size: QSizeF) -> None:
        """Paint the visible range without cursor, playhead and region; as vectors where the device keeps them.

        Parameters
        ----------
        painter : QPainter
            Of an image, a vector file or a printer; its transformation is kept.
        size : QSizeF
            In the painter's units, to be filled from (0, 0) on.
        """
        dpr = painter.device().devicePixelRatioF() * max(painter.worldTransform().m11(), 1.0)
        painter.save()
        self._plot_painter.paint(painter, self._plot_painter.geometry(size, dpr, self._font))
        painter.restore()

    # -- clicks and cursor ---------------------------------------------------------------

    def _on_click(self, at: QPointF) -> None:
        geometry = self.plot_geometry()
        layout = geometry.layout
        if self._plot_painter.picture is None or not layout.ruler.left() <= at.x() <= layout.ruler.right():
            return
        seconds = geometry.scale.seconds(at.x())
        span = self.timeline.span_at(seconds) if at.y() >= layout.names.top() else None
        if span is None:
            self._click_time(seconds)
        else:
            self.segment_clicked.emit(span)
            self.timeline_clicked.emit(span)

    def _on_cursor_click(self) -> None:
        if self.selection.cursor is not None:
            self._click_time(self.selection.cursor.seconds)

    def _click_time(self, seconds: float) -> None:
        self.time_clicked.emit(seconds)
        span = self.timeline.span_at(seconds)
        if span is not None:
            self.segment_clicked.emit(span)

    def _on_cursor_moved(self, before: CursorPosition | None, after: CursorPosition | None) -> None:
        for cursor in (before, after):
            if cursor is not None:
                self._update_area(overlay.time_area(self.plot_geometry(), cursor.seconds))
                self._update_area(overlay.frequency_area(self.plot_geometry(), cursor.height))
        self._update_readout()

    def _set_cursor_shape(self, shape: Qt.CursorShape) -> None:
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _update_readout(self) -> None:
        selection = self.selection
        text = readout_text(self._plot_painter, self.plot_geometry(), selection.cursor, selection.region)
        self.readout_changed.emit(text)
        self.setAccessibleDescription(accessible_description(self._plot_painter, text))

    # -- events --------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._input.wheel(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._input.press(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()
        self._input.double_click(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._input.key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:
        self._input.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_view()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._input.overrides_shortcut(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        elif event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._font = scaled_font(0.9)
            self._update_view()
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        geometry, at = self.plot_geometry(), QPointF(event.pos())
        span = self.timeline.span_at(geometry.scale.seconds(at.x()))
        if span is not None and geometry.layout.names.united(geometry.layout.bars).contains(at):
            QToolTip.showText(event.globalPos(), plain_tip(span_text(span)), self)
        else:
            QToolTip.hideText()

    # -- painting ------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        geometry = self.plot_geometry()
        if self._buffer is None:
            self._buffer = self._paint_buffer(geometry)
        painter = QPainter(self)
        dirty, dpr = event.rect(), geometry.dpr
        source = QRectF(dirty.x() * dpr, dirty.y() * dpr, dirty.width() * dpr, dirty.height() * dpr)
        painter.drawPixmap(QRectF(dirty), self._buffer, source)
        colours = self._plot_painter.colours
        overlay.paint_region(painter, geometry, colours, self.selection.region)
        overlay.paint_cursor(painter, geometry, colours, self.selection.cursor)
        overlay.paint_playhead(painter, geometry, self._playhead)
        if self.hasFocus():
            overlay.paint_focus(painter, geometry, colours)
        painter.end()

    def _paint_buffer(self, geometry: PlotGeometry) -> QPixmap:
        buffer = QPixmap(round(self.width() * geometry.dpr), round(self.height() * geometry.dpr))
        buffer.setDevicePixelRatio(geometry.dpr)
        painter = QPainter(buffer)
        try:
            self._plot_painter.paint(painter, geometry)
        finally:  # an error must not leave a painter on a deleted pixmap
            painter.end()
        return buffer

    def _update_area(self, area: QRect | None) -> None:
        if area is not None:
            self.update(area)

    def _repaint_all(self) -> None:
        self._buffer = None
        self.update()

    def _update_view(self) -> None:
        """Lay out and paint everything again, and ask for what the new view lacks."""
        self._geometry = None
        self._repaint_all()
        self._input.follow_mouse()
        self._request_later()
        self.view_changed.emit()

    def _request_later(self) -> None:
        if not self._request_timer.isActive():
            self._request_timer.start()

    def _request_missing(self) -> None:
        self._update_readout()
        if self.isVisible():
            self.requests.request_missing(self.plot_geometry())
