"""The genres of a live session over time, from its beginning to now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.text.formatting import clock
from genre_desktop.gui.text.prediction_text import genre_title
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font
from genre_desktop.model.genre_colours import genre_colour
from genre_desktop.model.live.live_timeline import LiveSpan
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

_STRIP_HEIGHT = 26
_LINE_HEIGHT = 2
_SHORTEST_S = 30.0
_STEPS_S = (5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400)
_AXIS_WIDTH = 46
_RIGHT_MARGIN = 8
_DESCRIBED_SPANS = 8  # by a screen reader


class GenreStrip(QWidget):
    """Draws a block for each span: its colour and name are those of the genre, its height is the confidence."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = themes.colours
        self._spans: list[LiveSpan] = []
        self._end_s = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Genres of the session"))
        themes.changed.connect(self._set_colours)

    def show_spans(self, spans: list[LiveSpan], end_s: float) -> None:
        """Show the spans of the session so far, and its length in seconds."""
        self._spans = spans
        self._end_s = end_s
        self.setAccessibleDescription("; ".join(_describe(span) for span in spans[-_DESCRIBED_SPANS:]))
        self.update()

    def spans(self) -> list[LiveSpan]:
        """The spans that are shown."""
        return list(self._spans)

    def sizeHint(self) -> QSize:
        return QSize(640, _STRIP_HEIGHT + 8 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def _area(self) -> QRectF:
        return QRectF(_AXIS_WIDTH, 2, max(self.width() - _AXIS_WIDTH - _RIGHT_MARGIN, 1), _STRIP_HEIGHT)

    def _length_s(self) -> float:
        return max(self._end_s, _SHORTEST_S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area, colours = self._area(), self._colours
        scale = area.width() / self._length_s()
        painter.fillRect(area, QColor(colours.hover))
        painter.setFont(scaled_font(0.82, bold=True))
        for span in self._spans:
            left = area.left() + span.start_s * scale
            width = max((span.end_s - span.start_s) * scale, 1.0)
            self._draw_span(painter, QRectF(left, area.top(), width, area.height()), span)
        painter.setFont(scaled_font(0.82))
        painter.setPen(QColor(colours.muted))
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(0, area.top(), _AXIS_WIDTH - 8, _STRIP_HEIGHT), middle | Qt.AlignmentFlag.AlignRight, tr("Genre")
        )
        step = next((step for step in _STEPS_S if step * scale > 70), _STEPS_S[-1])
        for seconds in range(0, int(self._length_s()) + 1, step):
            text = formatting.clock(seconds)
            width = metrics.horizontalAdvance(text) + 4
            centre = area.left() + seconds * scale
            left = min(max(centre - width / 2, area.left()), area.right() - width)
            painter.drawText(
                QRectF(left, area.bottom() + 3, width, metrics.height()), Qt.AlignmentFlag.AlignCenter, text
            )

    def _draw_span(self, painter: QPainter, rect: QRectF, span: LiveSpan) -> None:
        if span.genre == NOT_MUSIC:  # a thin line: this part was listened to
            line = QRectF(rect.left(), rect.bottom() - _LINE_HEIGHT, rect.width(), _LINE_HEIGHT)
            painter.fillRect(line, QColor(self._colours.muted))
            return
        colour = QColor(genre_colour(span.genre))
        share = 1.0 if span.confidence is None else span.confidence
        height = rect.height() * (0.4 + 0.6 * share)
        block = QRectF(rect.left(), rect.bottom() - height, rect.width(), height)
        painter.fillRect(block, colour)
        if rect.width() > 3:
            painter.setPen(QPen(QColor(self._colours.outline), 1))
            painter.drawRect(block.adjusted(0.5, 0.5, -0.5, -0.5))
        title = genre_title(span.genre)
        if painter.fontMetrics().horizontalAdvance(title) + 10 < rect.width():
            painter.setPen(contrasting_text_colour(colour))
            painter.drawText(block, Qt.AlignmentFlag.AlignCenter, title)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            span = self._span_at(QPointF(event.pos()))
            if span is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(_describe(span)), self)
            return True
        return super().event(event)

    def _span_at(self, point: QPointF) -> LiveSpan | None:
        area = self._area()
        seconds = (point.x() - area.left()) / area.width() * self._length_s()
        return next((span for span in self._spans if span.start_s <= seconds < span.end_s), None)

    def _set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()


def contrasting_text_colour(background: QColor) -> QColor:
    """Light or dark, whichever has more contrast (WCAG 2) with a background."""
    choices, luminance = (QColor("#ffffff"), QColor("#101418")), _luminance(background)

    def contrast(colour: QColor) -> float:
        darker, lighter = sorted((luminance, _luminance(colour)))
        return (lighter + 0.05) / (darker + 0.05)

    return max(choices, key=contrast)


def _luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _describe(span: LiveSpan) -> str:
    times = tr("{start} to {end}", start=clock(span.start_s), end=clock(span.end_s))
    if span.genre == NOT_MUSIC:
        return tr("{times}: no music", times=times)
    if span.genre == UNSURE or span.confidence is None:
        return tr("{times}: unsure", times=times)
    return tr(
        "{times}: {genre}, {figure}",
        times=times,
        genre=prediction_text.genre_name(span.genre),
        figure=formatting.percent(span.confidence),
    )
