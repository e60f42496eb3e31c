"""Layout of the plots: rectangles of waveform, spectrogram, timeline and their axes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

_GUTTER_CHARACTERS = 8
_MARGIN = 12.0
_GAP = 6.0
_LEGEND_FROM_WIDTH = 520.0
_BARS = 32.0


@dataclass(frozen=True)
class PlotLayout:
    """Rectangles in logical pixels, from top to bottom; left and right side of all but the legend are the same.

    Attributes
    ----------
    ruler, waveform, spectrogram, names, bars : QRectF
        `names` is the row of genre names above the `bars` of their confidence.
    legend : QRectF or None
        Colour bar of the levels; None where the area is too narrow.
    """

    ruler: QRectF
    waveform: QRectF
    spectrogram: QRectF
    names: QRectF
    bars: QRectF
    legend: QRectF | None

    @classmethod
    def of(cls, width: float, height: float, digit: float, line: float) -> PlotLayout:
        """Divide an area; `digit` is the width of a digit, `line` the height of a line of text."""
        left = round(_GUTTER_CHARACTERS * digit) + 4.0
        has_legend = width >= _LEGEND_FROM_WIDTH
        right = round(8 * digit) + 24.0 if has_legend else _MARGIN
        inner = max(width - left - right, 8.0)
        ruler, names = round(line) + 8.0, round(line) + 4.0
        rest = max(height - ruler - names - _BARS - 3 * _GAP - 2.0, 16.0)
        waveform = round(min(rest * 0.26, 190.0))
        y = 2.0
        rects: list[QRectF] = []
        for row, gap in (
            (ruler, 0.0),
            (waveform, _GAP),
            (rest - waveform, _GAP),
            (names, 0.0),
            (_BARS, 0.0),
        ):
            rects.append(QRectF(left, y, inner, float(int(row))))
            y += int(row) + gap
        legend = None
        if has_legend:
            spectrogram = rects[2]
            legend = QRectF(spectrogram.right() + 10, spectrogram.top(), 8, spectrogram.height())
        return cls(rects[0], rects[1], rects[2], rects[3], rects[4], legend)

    @property
    def all(self) -> QRectF:
        """Everything on the time axis."""
        return self.ruler.united(self.bars)
