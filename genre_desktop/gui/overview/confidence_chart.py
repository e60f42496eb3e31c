"""The histogram of the confidences in a library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.overview.bar_chart import BarChart
from genre_desktop.gui.text import formatting
from genre_desktop.gui.widgets.theme import ThemeSwitch, scaled_font
from genre_desktop.model.genre_colours import NEUTRAL_COLOUR

_AXIS_HEIGHT = 22


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
        self.paint_highlight(painter, number)
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


def _short_number(n: int) -> str:
    return numeral(n, ",") if n < 10_000 else tr("{n}\u00a0k", n=numeral(n / 1000, ".0f"))
