"""Level meter of the input: peak, held peak and mean level in dB of full scale, and a mark for clipping."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font

FLOOR_DB = -60.0
CLIPPED_AT = 0.999
"""Peak, of full scale 1, that counts as clipped: an overdriven converter gives 1, or the value next to it."""

_FALL_DB_PER_S = 20.0  # of the peak bar, as peak programme meters do (IEC 60268-10, type II: 24 dB in 2.8 s and faster)
_HOLD_S = 1.5
_INTEGRATION_S = 0.3  # of the mean level, as VU meters do (IEC 60268-17)
_TICKS = (-60, -48, -36, -24, -12, -6, 0)
_BAR_HEIGHT = 12


def decibels(amplitude: float) -> float:
    """Level of an amplitude (full scale is 1, and 0 dB), `FLOOR_DB` at the least."""
    return max(20.0 * math.log10(max(amplitude, 1e-6)), FLOOR_DB)


class LevelMeter(QWidget):
    """A horizontal level meter; a click on it, or `clear`, removes the mark of clipping.

    Attributes
    ----------
    peak_db : float
        Level of the peak bar, which falls slowly.
    held_db : float
        The highest peak of the last 1.5 seconds.
    has_clipped : bool
    """

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = themes.colours
        self._power = 0.0
        self.peak_db = self.held_db = FLOOR_DB
        self._held_at = self._added_at = 0.0
        self.has_clipped = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Input level"))
        themes.changed.connect(self._set_colours)
        self.clear()

    @property
    def rms_db(self) -> float:
        """Mean level over about 0.3 s, in dB of full scale."""
        return decibels(math.sqrt(self._power))

    def clear(self) -> None:
        """Show no level: nothing is listened to."""
        self._power = 0.0
        self.peak_db = self.held_db = FLOOR_DB
        self.has_clipped = False
        self._describe()

    def add(self, peak: float, rms: float, seconds: float) -> None:
        """Add a block of sound.

        Parameters
        ----------
        peak, rms : float
            Amplitudes, 1 for full scale.
        seconds : float
            Length of the block.
        """
        now = time.monotonic()
        share = 1.0 - math.exp(-seconds / _INTEGRATION_S)
        self._power += share * (rms * rms - self._power)
        fallen = self.peak_db - _FALL_DB_PER_S * (now - self._added_at)
        # The mean of a square wave falls more slowly than its peak, and is never above it.
        self.peak_db = max(decibels(peak), fallen, self.rms_db)
        self._added_at = now
        if self.peak_db >= self.held_db or now - self._held_at > _HOLD_S:
            self.held_db, self._held_at = self.peak_db, now
        self.has_clipped |= peak >= CLIPPED_AT
        self._describe()

    def _describe(self) -> None:
        levels = tr("mean {rms:.0f} dB, peak {peak:.0f} dB", rms=self.rms_db, peak=self.held_db)
        self.setAccessibleDescription(tr("{level}, clipped", level=levels) if self.has_clipped else levels)
        self.setToolTip(
            tr("The input was too loud and clipped: turn it down. A click or the next start forgets it.")
            if self.has_clipped
            else ""
        )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.has_clipped = False
        self._describe()
        super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(280, _BAR_HEIGHT + 8 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours
        painter.setFont(scaled_font(0.82))
        metrics = painter.fontMetrics()
        figure_width = metrics.horizontalAdvance("−60 dB") + 12
        clip_width = metrics.horizontalAdvance(tr("CLIP")) + 14
        frame = QRectF(0, 3, max(self.width() - figure_width - clip_width - 6, 40), _BAR_HEIGHT)

        def x(db: float) -> float:
            return frame.left() + frame.width() * (min(max(db, FLOOR_DB), 0.0) - FLOOR_DB) / -FLOOR_DB

        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(frame, 3, 3)
        if self.peak_db > FLOOR_DB:
            painter.setBrush(QColor(colours.waveform))
            painter.drawRoundedRect(
                QRectF(frame.left(), frame.top(), x(self.peak_db) - frame.left(), _BAR_HEIGHT), 3, 3
            )
        if self.rms_db > FLOOR_DB:
            painter.setBrush(QColor(colours.waveform_core))
            inner = QRectF(frame.left(), frame.top() + 3, x(self.rms_db) - frame.left(), _BAR_HEIGHT - 6)
            painter.drawRoundedRect(inner, 2, 2)
        if self.held_db > FLOOR_DB:
            painter.setBrush(QColor(colours.problem if self.held_db > -1.0 else colours.text))
            painter.drawRect(QRectF(x(self.held_db) - 1, frame.top(), 2, _BAR_HEIGHT))
        painter.setPen(QColor(colours.muted))
        top, height = frame.bottom() + 2, metrics.height()
        for db in _TICKS:
            text = str(db).replace("-", "−")
            width = metrics.horizontalAdvance(text) + 2
            left = min(max(x(db) - width / 2, 0.0), frame.right() - width)
            painter.drawText(QRectF(left, top, width, height), Qt.AlignmentFlag.AlignCenter, text)
        clip = QRectF(frame.right() + 6, frame.top() - 2, clip_width - 4, _BAR_HEIGHT + 4)
        painter.setPen(QColor(colours.problem if self.has_clipped else colours.border))
        painter.setBrush(QColor(colours.problem) if self.has_clipped else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(clip.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(colours.base if self.has_clipped else colours.muted))
        painter.drawText(clip, Qt.AlignmentFlag.AlignCenter, tr("CLIP"))
        painter.setPen(QColor(colours.text))
        figure = (
            tr("{level} dB", level=numeral(self.held_db, ".0f").replace("-", "−")) if self.held_db > FLOOR_DB else "–"
        )
        right = QRectF(self.width() - figure_width, frame.top() - 3, figure_width, _BAR_HEIGHT + 6)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)

    def _set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()
