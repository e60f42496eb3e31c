"""Bar charts of a library whose bars select the tracks behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font
from genre_desktop.model.genre_colours import NEUTRAL_COLOUR, genre_colour

_GAP = 10
_BAR_HEIGHT = 12
_AXIS_HEIGHT = 22


class BarChart(QWidget):
    """A bar chart whose bars can be hovered, clicked, and reached with the arrow keys."""

    chosen = Signal(int)  # number of the bar

    def __init__(self, themes: ThemeSwitch, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._counts: tuple[int, ...] = ()
        self._current = 0
        self._hovered: int | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        themes.changed.connect(self.update)

    @property
    def counts(self) -> tuple[int, ...]:
        """Numbers of tracks of the bars, in their order."""
        return self._counts

    def bar_text(self, number: int) -> str:
        """A bar as a sentence, for tool tip and screen readers."""
        raise NotImplementedError

    def bar_rect(self, number: int) -> QRectF:
        """Area of a bar with its name and number, in which it is hovered and clicked."""
        raise NotImplementedError

    def set_counts(self, counts: Sequence[int]) -> None:
        """Replace the numbers of tracks."""
        self._counts = tuple(counts)
        self._current = min(self._current, max(len(self._counts) - 1, 0))
        self._hovered = None
        self.setAccessibleDescription("; ".join(map(self.bar_text, range(len(self._counts)))))
        self.updateGeometry()
        self.update()

    def is_highlighted(self, number: int) -> bool:
        """Whether a bar is hovered, or is the current one of the keyboard."""
        return number == self._hovered or (self.hasFocus() and number == self._current)

    def _bar_at(self, point: QPointF) -> int | None:
        return next((number for number in range(len(self._counts)) if self.bar_rect(number).contains(point)), None)

    def _move_to(self, to: int) -> None:
        if self._counts:
            self._current = min(max(to, 0), len(self._counts) - 1)
            # A screen reader reads the tool tip of the bar that the keyboard moved to.
            QToolTip.showText(
                self.mapToGlobal(self.bar_rect(self._current).center().toPoint()),
                plain_tip(self.bar_text(self._current)),
                self,
            )
            self.update()

    # -- events --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if number is None else plain_tip(self.bar_text(number)), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._bar_at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.ArrowCursor if hovered is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._current = number
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        if key in steps:
            self._move_to(self._current + steps[key])
        elif key == Qt.Key.Key_Home:
            self._move_to(0)
        elif key == Qt.Key.Key_End:
            self._move_to(len(self._counts) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._counts:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)


class GenreChart(BarChart):
    """Number and share of tracks of each genre; nothing is told by colours alone."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, tr("Tracks of each genre"), parent)
        self.genres: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_genres(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show genres with their numbers of tracks, in this order."""
        self.genres = tuple(genre for genre, _ in counts)
        self.set_counts([n for _, n in counts])

    def bar_text(self, number: int) -> str:
        """``Jazz: 120 tracks, 31 %``."""
        title, n = prediction_text.genre_title(self.genres[number]), self._counts[number]
        share = formatting.percent(n / max(sum(self._counts), 1))
        return tr("{genre}: {tracks}, {share}", genre=title, tracks=formatting.count_tracks(n), share=share)

    def bar_rect(self, number: int) -> QRectF:
        """The row of a genre, over the whole width."""
        height = self._row_height()
        return QRectF(0, number * height, self.width(), height)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 8

    def sizeHint(self) -> QSize:
        return QSize(320, self._row_height() * max(len(self._counts), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self._themes.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        total, most = max(sum(self._counts), 1), max(self._counts, default=1) or 1
        titles = [prediction_text.genre_title(genre) for genre in self.genres]
        figures = [numeral(n, ",") for n in self._counts]
        names_width = min(max(map(metrics.horizontalAdvance, titles), default=0.0) + 2, self.width() * 0.4)
        counts_width = max(map(metrics.horizontalAdvance, figures), default=0.0) + 2
        shares_width = metrics.horizontalAdvance(formatting.percent(0.9999)) + 2
        left = names_width + _GAP + 6
        room = max(self.width() - left - counts_width - shares_width - 2 * _GAP - 6, 20.0)
        centred = Qt.AlignmentFlag.AlignVCenter
        for number, (genre, title) in enumerate(zip(self.genres, titles, strict=True)):
            row = self.bar_rect(number)
            if self.is_highlighted(number):
                _paint_highlight(painter, row.adjusted(0.5, 0.5, -0.5, -0.5), colours, self.hasFocus())
            painter.setPen(QColor(colours.text))
            name = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(names_width))
            painter.drawText(row.adjusted(6, 0, 0, 0), centred | Qt.AlignmentFlag.AlignLeft, name)
            at = left + room + _GAP
            painter.drawText(
                QRectF(at, row.top(), counts_width, row.height()),
                centred | Qt.AlignmentFlag.AlignRight,
                figures[number],
            )
            painter.setPen(QColor(colours.muted))
            share = formatting.percent(self._counts[number] / total)
            painter.drawText(row.adjusted(0, 0, -6, 0), centred | Qt.AlignmentFlag.AlignRight, share)
            length = room * self._counts[number] / most
            if length:
                painter.setPen(QPen(QColor(colours.outline), 1))
                painter.setBrush(QColor(genre_colour(genre)))
                bar = QRectF(left, row.center().y() - _BAR_HEIGHT / 2, max(length, 3.0), _BAR_HEIGHT)
                painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class ConfidenceChart(BarChart):
    """Histogram of confidences from 0 to 100 %; tracks without a genre are stacked on those with one."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, tr("Tracks by confidence"), parent)
        self.named: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bins(self, named: Sequence[int], unsure: Sequence[int]) -> None:
        """Show the numbers of tracks a bin: those with a genre, and those without."""
        self.named = tuple(named)
        self.set_counts([n + m for n, m in zip(named, unsure, strict=True)])

    def bounds(self, number: int) -> tuple[int, int]:
        """Lowest and highest confidence of a bin in per cent, both included."""
        width = 100 // max(len(self._counts), 1)
        is_last = number == len(self._counts) - 1
        return number * width, 100 if is_last else (number + 1) * width - 1

    def bar_text(self, number: int) -> str:
        """``70–79 %: 12 tracks, 3 of them unsure``."""
        low, high = self.bounds(number)
        n, n_unsure = self._counts[number], self._counts[number] - self.named[number]
        text = tr("{low}–{high} %: {tracks}", low=low, high=high, tracks=formatting.count_tracks(n))
        return tr("{text}, {n} of them unsure", text=text, n=numeral(n_unsure, ",")) if n_unsure else text

    def bar_rect(self, number: int) -> QRectF:
        """The column of a bin, above the axis."""
        width = self.width() / max(len(self._counts), 1)
        return QRectF(number * width, 0, width, self.height() - _AXIS_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(320, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled_font(0.85))
        for number in range(len(self._counts)):
            self._paint_bin(painter, number)
        self._paint_axis(painter)

    def _paint_bin(self, painter: QPainter, number: int) -> None:
        colours, metrics = self._themes.colours, QFontMetricsF(painter.font())
        n, most = self._counts[number], max(self._counts, default=0) or 1
        base = self.height() - _AXIS_HEIGHT
        room = max(base - metrics.height() - 4, 10.0)
        cell = self.bar_rect(number)
        if self.is_highlighted(number):
            _paint_highlight(painter, cell.adjusted(0.5, 0.5, -0.5, -0.5), colours, self.hasFocus())
        height = room * n / most
        bar = QRectF(cell.left() + 3, base - height, cell.width() - 6, height)
        if n:
            named = max(room * self.named[number] / most, 2.0) if self.named[number] else 0.0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(NEUTRAL_COLOUR))
            painter.drawRect(QRectF(bar.left(), base - max(height, 2.0), bar.width(), max(height, 2.0)))
            painter.setBrush(QColor(colours.waveform_core))
            painter.drawRect(QRectF(bar.left(), base - named, bar.width(), named))
        text = _short_number(n) if n else ""
        if text and metrics.horizontalAdvance(text) <= cell.width():
            painter.setPen(QColor(colours.muted))
            above = QRectF(cell.left(), bar.top() - metrics.height() - 2, cell.width(), metrics.height())
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_axis(self, painter: QPainter) -> None:
        colours = self._themes.colours
        base = self.height() - _AXIS_HEIGHT
        painter.setPen(QColor(colours.border))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))
        painter.setPen(QColor(colours.muted))
        for share, flag in (
            (0.0, Qt.AlignmentFlag.AlignLeft),
            (0.5, Qt.AlignmentFlag.AlignHCenter),
            (1.0, Qt.AlignmentFlag.AlignRight),
        ):
            strip = QRectF(0, base + 3, self.width(), _AXIS_HEIGHT - 3)
            painter.drawText(strip, flag | Qt.AlignmentFlag.AlignTop, formatting.percent(share))


def _paint_highlight(painter: QPainter, rect: QRectF, colours: Colours, has_focus: bool) -> None:
    painter.setPen(QPen(QColor(colours.accent), 1) if has_focus else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.hover))
    painter.drawRoundedRect(rect, 4, 4)


def _short_number(n: int) -> str:
    return numeral(n, ",") if n < 10_000 else tr("{n}\u00a0k", n=numeral(n / 1000, ".0f"))
