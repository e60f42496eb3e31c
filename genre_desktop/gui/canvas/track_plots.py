"""Waveform, spectrogram and genre timeline of a track on one time axis."""

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
from genre_desktop.audio.picture.track_picture import PictureConfig, TileKey, TrackPicture
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas import cursor_readout as readout
from genre_desktop.gui.canvas import overlay
from genre_desktop.gui.canvas.plot_input import PlotInput
from genre_desktop.gui.canvas.plot_painter import PlotGeometry, PlotPainter, picture_config
from genre_desktop.gui.canvas.timeline_item import TimelineItem, span_text
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.theme import Colours, scaled_font
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import timeline_spans

_ASK_AFTER_MS = 30
_SHORTEST_REGION_S = 0.001
_LEAST_HEIGHT = 220


class TrackPlots(QWidget):
    """The plots of a track.

    What does not move by itself is drawn once into a picture of its own; cursor, playhead and region go over it, so
    that a playhead at display rate costs no more than a strip of that picture.
    """

    pointed_at = Signal(str)
    time_clicked = Signal(float)  # seconds
    double_clicked = Signal()  # after its first half was told as a click
    segment_clicked = Signal(object)  # Span, wherever it was clicked
    strip_clicked = Signal(object)  # Span, in the strip of genres itself
    region_changed = Signal(object)  # (start_s, end_s) or None
    view_changed = Signal(float, float)  # seconds
    tiles_requested = Signal(object, object)  # PictureConfig, tuple of TileKey
    picture_requested = Signal(object)  # PictureConfig
    samples_requested = Signal(float, float)  # seconds

    def __init__(self, colours: Colours, settings: CanvasSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setAccessibleName(tr("Waveform, spectrogram and genre timeline"))
        self._scene = PlotPainter(colours, settings or CanvasSettings())
        self._gestures = PlotInput(self)
        self._font = scaled_font(0.9)
        self._frame: PlotGeometry | None = None
        self._buffer: QPixmap | None = None
        self._cursor: QPointF | None = None  # seconds, and place 0..1 on the frequency axis or outside of it
        self._mouse_at: QPointF | None = None  # while the cursor is that of the mouse
        self._playhead: float | None = None
        self._region: tuple[float, float] | None = None
        self._asked: tuple[PictureConfig, tuple[TileKey, ...]] | None = None
        self._asked_samples: tuple[float, float] | None = None
        self._ask_soon = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._ask_soon.timeout.connect(self._ask)

    # -- what is shown -------------------------------------------------------------------

    @property
    def timeline(self) -> TimelineItem:
        """The genres over time."""
        return self._scene.timeline

    def config(self) -> PictureConfig:
        """How spectrograms are wanted."""
        return picture_config(self._scene.settings)

    def show_picture(self, picture: TrackPicture) -> None:
        """Draw a track; the zoom stays while more of the same one arrives."""
        known = self._scene.picture
        if known is None or known.path != picture.path:
            self._asked = self._asked_samples = None
            self._cursor = None
            self.set_playhead(None)
            self.drop_region()
        self._scene.show_picture(picture)
        self._changed()

    def show_segments(self, segments: Sequence[Segment], duration_s: float) -> None:
        """Draw the genre timeline; none for no segments."""
        self.timeline.set_spans(timeline_spans(segments, duration_s))
        self._repaint_all()

    def take_tile(self, made: TileMade) -> None:
        """Paint a tile over the coarse picture."""
        self._scene.spectrogram.put(made.config, made.key, made.tile)
        self._repaint_all()

    def take_samples(self, samples: Samples) -> None:
        """Draw samples, where the view is close enough."""
        self._asked_samples = None
        self._scene.waveform.set_samples(samples)
        self._repaint_all()
        self._ask_later()  # the view may have moved on meanwhile

    def set_settings(self, settings: CanvasSettings) -> None:
        """Draw otherwise; only another analysis needs something computed."""
        old = self.config()
        self._scene.set_look(settings)
        if self.config() != old:
            self._asked = None
            self.picture_requested.emit(self.config())
        self._changed()

    def set_colours(self, colours: Colours) -> None:
        """Take over a theme."""
        self._scene.set_colours(colours)
        self._repaint_all()

    def paint_to(self, painter: QPainter, size: QSizeF) -> None:
        """Draw what is seen, without cursor, playhead and region; vectors where the painter keeps them.

        Parameters
        ----------
        painter : QPainter
            Of a picture, a vector file or a printer; its transformation is kept.
        size : QSizeF
            In the painter's units, to be filled from (0, 0) on.
        """
        dpr = painter.device().devicePixelRatioF() * max(painter.worldTransform().m11(), 1.0)
        painter.save()
        self._scene.paint(painter, self._scene.frame(size, dpr, self._font))
        painter.restore()

    # -- time ----------------------------------------------------------------------------

    def visible_s(self) -> tuple[float, float]:
        """First and last visible second."""
        return self._scene.time.start_s, self._scene.time.end_s

    def show_all(self) -> None:
        """Zoom out to the whole track."""
        self._scene.time.show_all()
        self._changed()

    def show_stretch(self, start_s: float, end_s: float) -> None:
        """See a stretch of the track."""
        self._scene.time.show(start_s, end_s)
        self._changed()

    def fit(self) -> None:
        """See the selected region; the whole track where there is none, or where it is seen already."""
        region = self._region
        if region is None or self.visible_s() == region:
            self.show_all()
        else:
            self.show_stretch(*region)

    def zoom(self, factor: float, about_s: float | None = None) -> None:
        """Zoom in time about a second (the middle by default); a factor below 1 zooms in."""
        self._scene.time.zoom(factor, about_s)
        self._changed()

    def scroll_by(self, share: float) -> None:
        """Move by a share of the visible time."""
        self._scene.time.scroll(share)
        self._changed()

    def set_playhead(self, seconds: float | None) -> None:
        """Mark what is heard now; a page is turned where the mark leaves the view."""
        old, self._playhead = self._playhead, seconds
        start, end = self.visible_s()
        was_seen = old is not None and start <= old <= end
        if seconds is not None and was_seen and not start <= seconds <= end and not self._gestures.is_dragging:
            self.show_stretch(seconds, seconds + end - start)
            return
        for at in (old, seconds):
            self._update_strip(at)

    def selected_region(self) -> tuple[float, float] | None:
        """Start and end in seconds of what is selected."""
        return self._region

    def select_region(self, start_s: float, end_s: float, *, is_final: bool = True) -> None:
        """Select a stretch; one without length drops what is selected. Told once it is final."""
        start, end = max(start_s, 0.0), min(end_s, self._scene.time.duration_s)
        if end - start < _SHORTEST_REGION_S:
            if is_final:
                self.drop_region()
            return
        self._region = (start, end)
        self.update()
        if is_final:
            self.region_changed.emit(self._region)
            self._tell()

    def drop_region(self) -> None:
        """Select nothing."""
        if self._region is not None:
            self._region = None
            self.update()
            self.region_changed.emit(None)
            self._tell()

    # -- by hand -------------------------------------------------------------------------

    def frame(self) -> PlotGeometry:
        """How things lie on the widget."""
        if self._frame is None:
            self._frame = self._scene.frame(QSizeF(self.size()), self.devicePixelRatioF(), self._font)
        return self._frame

    def click(self, at: QPointF) -> None:
        """Say which second, and which segment, was clicked."""
        frame = self.frame()
        if self._scene.picture is None or not frame.lanes.ruler.left() <= at.x() <= frame.lanes.ruler.right():
            return
        seconds = frame.scale.seconds(at.x())
        span = self.timeline.span_at(seconds) if at.y() >= frame.lanes.names.top() else None
        if span is None:
            self._click_second(seconds)
        else:
            self.segment_clicked.emit(span)
            self.strip_clicked.emit(span)

    def click_cursor(self) -> None:
        """Click where the cursor of the read-out stands."""
        if self._cursor is not None:
            self._click_second(self._cursor.x())

    def _click_second(self, seconds: float) -> None:
        self.time_clicked.emit(seconds)
        span = self.timeline.span_at(seconds)
        if span is not None:
            self.segment_clicked.emit(span)

    def move_cursor(self, views: float, places: float) -> None:
        """Move the cursor of the read-out by shares of what is visible."""
        start, end = self.visible_s()
        cursor = self._cursor
        if cursor is None or not start <= cursor.x() <= end:
            cursor = QPointF((start + end) / 2, 0.5)
        self._mouse_at = None
        seconds = min(max(cursor.x() + views * (end - start), 0.0), self._scene.time.duration_s)
        if not start <= seconds <= end:
            self.scroll_by(0.5 if seconds > end else -0.5)
        self._set_cursor(QPointF(seconds, min(max(cursor.y() + places, 0.0), 1.0)))

    def extend_region(self, views: float) -> None:
        """Move the cursor, and with it one edge of the selected region."""
        before = None if self._cursor is None else self._cursor.x()
        if before is None:
            self.move_cursor(0, 0)
            before = self._cursor.x()  # type: ignore[union-attr]
        fixed = before
        if self._region is not None:
            start, end = self._region
            fixed = end if abs(before - start) < abs(before - end) else start
        self.move_cursor(views, 0)
        moved = self._cursor.x()  # type: ignore[union-attr]
        self.select_region(min(fixed, moved), max(fixed, moved))

    def set_shape(self, shape: Qt.CursorShape) -> None:
        """Change the mouse's shape."""
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _set_cursor(self, cursor: QPointF | None) -> None:
        if self._cursor is not None:
            self._update_strip(self._cursor.x())
            self._update_row(self._cursor.y())
        self._cursor = cursor
        if cursor is not None:
            self._update_strip(cursor.x())
            self._update_row(cursor.y())
        self._tell()

    def _tell(self) -> None:
        text = readout.sentence_at(self._scene, self.frame(), self._cursor, self._region)
        self.pointed_at.emit(text)
        self.setAccessibleDescription(readout.description(self._scene, text))

    # -- events --------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._mouse_at = event.position()
        self._gestures.wheel(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(self._gestures.press(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.move(event)
        self._point_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()
        self._gestures.double_click(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:
        self._mouse_at = None
        self._set_cursor(None)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._gestures.takes(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        elif event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._font = scaled_font(0.9)
            self._changed()
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        frame, at = self.frame(), QPointF(event.pos())
        span = self.timeline.span_at(frame.scale.seconds(at.x()))
        if span is not None and frame.lanes.names.united(frame.lanes.bars).contains(at):
            QToolTip.showText(event.globalPos(), plain_tip(span_text(span)), self)
        else:
            QToolTip.hideText()

    def _point_to(self, at: QPointF) -> None:
        self._mouse_at = at
        frame = self.frame()
        lanes = frame.lanes
        if not lanes.all.contains(at):
            self._set_cursor(None)
            return
        place = (lanes.spectrogram.bottom() - at.y()) / lanes.spectrogram.height()
        self._set_cursor(QPointF(frame.scale.seconds(at.x()), place))

    # -- painting ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = self.frame()
        if self._buffer is None:
            self._buffer = self._drawn(frame)
        painter = QPainter(self)
        dirty, dpr = event.rect(), frame.dpr
        source = QRectF(dirty.x() * dpr, dirty.y() * dpr, dirty.width() * dpr, dirty.height() * dpr)
        painter.drawPixmap(QRectF(dirty), self._buffer, source)
        colours = self._scene.colours
        overlay.paint_region(painter, frame, colours, self._region)
        overlay.paint_cursor(painter, frame, colours, self._cursor)
        overlay.paint_playhead(painter, frame, self._playhead)
        if self.hasFocus():
            overlay.paint_focus(painter, frame, colours)
        painter.end()

    def _drawn(self, frame: PlotGeometry) -> QPixmap:
        buffer = QPixmap(round(self.width() * frame.dpr), round(self.height() * frame.dpr))
        buffer.setDevicePixelRatio(frame.dpr)
        painter = QPainter(buffer)
        try:
            self._scene.paint(painter, frame)
        finally:  # an error must not leave a painter on what is deleted
            painter.end()
        return buffer

    def _update_strip(self, seconds: float | None) -> None:
        if seconds is not None:
            scale = self.frame().scale
            if scale.start_s <= seconds <= scale.end_s:
                self.update(QRect(round(scale.x(seconds)) - 3, 0, 6, self.height()))

    def _update_row(self, place: float) -> None:
        lane = self.frame().lanes.spectrogram
        if 0 <= place <= 1:
            y = round(lane.bottom() - place * lane.height())
            self.update(QRect(int(lane.left()), y - 1, int(lane.width()) + 1, 3))

    def _repaint_all(self) -> None:
        self._buffer = None
        self.update()

    def _changed(self) -> None:
        self._frame = None
        self._repaint_all()
        if self._mouse_at is not None:  # another second has come under it
            self._point_to(self._mouse_at)
        self._ask_later()
        self.view_changed.emit(*self.visible_s())

    # -- what the view lacks -------------------------------------------------------------

    def _ask_later(self) -> None:
        if not self._ask_soon.isActive():
            self._ask_soon.start()

    def _ask(self) -> None:
        """Ask for what is seen and not there; while the view moves on, what was asked before is given up."""
        self._tell()
        picture = self._scene.picture
        if picture is None or not self.isVisible():
            return
        frame, time = self.frame(), self._scene.time
        lacking = self._scene.waveform.wanted_samples(frame.scale, frame.dpr, time.duration_s)
        if lacking is not None and lacking != self._asked_samples:
            self._asked_samples = lacking
            self.samples_requested.emit(*lacking)
        if picture.config != self.config():
            return  # its picture is on the way
        keys = self._scene.spectrogram.keys(frame.scale, frame.dpr, time.duration_s)
        missing = tuple(self._scene.spectrogram.missing(keys))
        asked = self._asked
        if missing and not (asked is not None and asked[0] == picture.config and set(missing) <= set(asked[1])):
            self._asked = (picture.config, missing)
            self.tiles_requested.emit(picture.config, missing)
