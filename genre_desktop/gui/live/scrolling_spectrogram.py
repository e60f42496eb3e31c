"""Spectrogram of the last seconds of sound, scrolling to the left."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.audio.picture.live_spectrogram import COLUMN_S, N_ROWS, frequencies
from genre_desktop.audio.picture.track_picture import FrequencyRange, as_levels
from genre_desktop.core.i18n import tr
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font

SHOWN_S = 10.0
DELAY_S = 0.1
"""How far the picture lags behind the newest column, so that it scrolls evenly although sound comes in blocks."""

_SPARE_COLUMNS = 48  # received, and not yet drawn
_QUIET_DB, _LOUD_DB = -95.0, -20.0
_TICKS_HZ = (100, 500, 1_000, 2_000, 4_000, 8_000, 16_000)
_TICK_S = 2
_AXIS_WIDTH = 46


class ScrollingSpectrogram(QWidget):
    """Draws each column once, into a ring buffer of pixels; scrolling only moves the place where the ring is read.

    Another ring buffer holds the columns themselves, at most `SHOWN_S` and what is not drawn yet.
    """

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = themes.colours
        self._n_columns = round(SHOWN_S / COLUMN_S) + _SPARE_COLUMNS
        self._levels: NDArray[np.uint8] = np.zeros((self._n_columns, N_ROWS), np.uint8)
        self._colour_table = _colour_table()
        self._pixels = QImage()
        self._n_drawn = 0  # pixel columns since the beginning
        self._axis: FrequencyRange = frequencies(48_000)
        self._column_s = COLUMN_S
        self._n_written = 0
        self._shown_column = 0.0
        self._scrolled_at = 0.0
        self._is_running = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Spectrogram of the last seconds"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        themes.changed.connect(self._set_colours)

    @property
    def n_written(self) -> int:
        """Number of columns added since `begin`."""
        return self._n_written

    def begin(self, sample_rate: int, column_s: float) -> None:
        """Clear the picture for a new session.

        Parameters
        ----------
        sample_rate : int
            In Hz.
        column_s : float
            Seconds between two columns.
        """
        self._axis = frequencies(sample_rate)
        self._column_s = column_s
        self._levels[:] = 0
        self._pixels = QImage()
        self._n_written, self._shown_column = 0, 0.0
        self._scrolled_at = time.monotonic()
        self._is_running = True
        self.update()

    def end(self) -> None:
        """Stop scrolling, with the newest column at the right."""
        self._is_running = False
        self._shown_column = float(self._n_written)
        self.update()

    def add(self, columns: NDArray[np.uint8]) -> None:
        """Add columns [uint8, shape=(n, N_ROWS)], as `LiveSpectrogram` makes them."""
        columns = columns[-self._n_columns :]
        at = np.arange(self._n_written, self._n_written + len(columns)) % self._n_columns
        self._levels[at] = columns
        self._n_written += len(columns)

    def advance(self) -> None:
        """Scroll to where the clock is; called for each frame."""
        now = time.monotonic()
        passed = (now - self._scrolled_at) / self._column_s
        self._scrolled_at = now
        newest = float(self._n_written)
        wanted = newest - DELAY_S / self._column_s
        # The clocks of a sound card and of the machine differ: approach the wanted place slowly.
        self._shown_column += passed + 0.05 * (wanted - self._shown_column - passed)
        if abs(wanted - self._shown_column) > 0.5 / self._column_s:
            self._shown_column = wanted
        self._shown_column = min(max(self._shown_column, 0.0), newest)
        self.update()

    # -- drawing -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours.base))
        line = self.fontMetrics().height()
        area = QRectF(_AXIS_WIDTH, 4, max(self.width() - _AXIS_WIDTH - 8, 1), max(self.height() - line - 10, 1))
        painter.fillRect(area, QColor(*_rgb(0)))
        self._draw_columns(painter, area)
        self._draw_axes(painter, area)

    def _draw_columns(self, painter: QPainter, area: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        size = QSize(round(area.width() * ratio), round(area.height() * ratio))
        per_pixel = SHOWN_S / self._column_s / size.width()
        end = int(self._shown_column / per_pixel)
        if self._pixels.size() != size:
            self._pixels = QImage(size, QImage.Format.Format_RGB32)
            self._pixels.fill(QColor(*_rgb(0)))
            self._n_drawn = 0
        self._draw_new(end, per_pixel)
        # The oldest pixel column, which the next one will overwrite, is drawn at the left.
        seam = end % size.width()
        left = (size.width() - seam) / ratio
        for x, first, width in ((0.0, seam, size.width() - seam), (left, 0, seam)):
            if width:
                place = QRectF(area.left() + x, area.top(), width / ratio, area.height())
                painter.drawImage(place, self._pixels, QRectF(first, 0, width, size.height()))

    def _draw_new(self, end: int, per_pixel: float) -> None:
        """Draw the new pixel columns, each interpolated between the two columns of levels beside it."""
        size = self._pixels.size()
        painter = QPainter(self._pixels)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        begin = max(self._n_drawn, end - size.width(), 0)
        while begin < end:  # in two parts across the end of the ring
            x = begin % size.width()
            stop = min(end, begin + size.width() - x)
            at = (np.arange(begin, stop) + 0.5) * per_pixel
            before = np.floor(at).astype(np.int64)
            share = (at - before)[:, np.newaxis]
            after = np.minimum(before + 1, max(self._n_written - 1, 0))
            levels = (1 - share) * self._levels[before % self._n_columns] + share * self._levels[
                after % self._n_columns
            ]
            painter.drawImage(QRectF(x, 0, stop - begin, size.height()), self._to_image(levels))
            begin = stop
        painter.end()
        self._n_drawn = end

    def _to_image(self, levels: NDArray[np.float64]) -> QImage:
        """An image of columns of levels, the lowest frequency at the bottom."""
        n = len(levels)
        rows = np.zeros((N_ROWS, (n + 3) // 4 * 4), np.uint8)  # a row of an image is a multiple of four bytes
        rows[:, :n] = np.rint(levels).T[::-1]
        image = QImage(rows.data, n, N_ROWS, rows.shape[1], QImage.Format.Format_Indexed8)
        image.setColorTable(self._colour_table)
        return image.copy()  # a copy owns its pixels

    def _draw_axes(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(scaled_font(0.82))
        painter.setPen(QColor(self._colours.muted))
        height = painter.fontMetrics().height()
        for hz in _TICKS_HZ:
            place = float(self._axis.place(hz))
            if place > 1.001:
                continue
            y = area.bottom() - place * area.height()
            text = f"{hz // 1000}k" if hz >= 1000 else str(hz)
            top = min(max(y - height / 2, area.top() - 2), area.bottom() - height + 2)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, _AXIS_WIDTH - 8, height), right, text)
            painter.drawLine(int(_AXIS_WIDTH - 5), int(y), int(_AXIS_WIDTH - 1), int(y))
        for ago in range(0, int(SHOWN_S) + 1, _TICK_S):
            x = area.right() - ago / SHOWN_S * area.width()
            text = tr("now") if ago == 0 else tr("−{seconds} s", seconds=ago)
            width = painter.fontMetrics().horizontalAdvance(text) + 4
            left = min(max(x - width / 2, area.left()), area.right() - width)
            painter.drawText(QRectF(left, area.bottom() + 3, width, height), Qt.AlignmentFlag.AlignCenter, text)

    def _set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()


# Magma (Smith and van der Walt, matplotlib; CC0) at nine places: perceptually even, safe for the colour-blind.
_MAGMA = np.array(
    [
        (0, 0, 4),
        (28, 16, 68),
        (79, 18, 123),
        (129, 37, 129),
        (181, 54, 122),
        (229, 80, 100),
        (251, 135, 97),
        (254, 194, 135),
        (252, 253, 191),
    ],
    np.float64,
)


def _rgb(level: int) -> tuple[int, int, int]:
    quiet, loud = (float(value) for value in as_levels([_QUIET_DB, _LOUD_DB]))
    place = min(max((level - quiet) / (loud - quiet), 0.0), 1.0) * (len(_MAGMA) - 1)
    red, green, blue = (round(float(np.interp(place, np.arange(len(_MAGMA)), _MAGMA[:, c]))) for c in range(3))
    return red, green, blue


def _colour_table() -> list[int]:
    return [0xFF00_0000 | red << 16 | green << 8 | blue for red, green, blue in map(_rgb, range(256))]
