"""The bar charts of the genres and styles of a library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.overview.bar_chart import BarChart
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.genre_colours import genre_colour

_GAP = 10
_BAR_HEIGHT = 12


class GenreChart(BarChart):
    """Number and share of tracks of each genre; nothing is told by colours alone."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None, *, name: str | None = None) -> None:
        super().__init__(themes, tr("Tracks of each genre") if name is None else name, parent)
        self.genres: tuple[str, ...] = ()
        self._n_tracks = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_genres(self, counts: Sequence[tuple[str, int]], n_tracks: int | None = None) -> None:
        """Show genres with their numbers of tracks, in this order; the shares are of `n_tracks`, or of their sum."""
        self.genres = tuple(genre for genre, _ in counts)
        self._n_tracks = max(sum(n for _, n in counts) if n_tracks is None else n_tracks, 1)
        self.set_counts([n for _, n in counts])

    def name_of(self, genre: str) -> str:
        """The name beside a bar."""
        return prediction_text.genre_title(genre)

    def colour_of(self, genre: str) -> str:
        """The colour of a bar, as ``#rrggbb``."""
        return genre_colour(genre)

    def bar_text(self, number: int) -> str:
        """``Jazz: 120 tracks, 31 %``."""
        title, n = self.name_of(self.genres[number]), self._counts[number]
        share = formatting.percent(n / self._n_tracks)
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
        most = max(self._counts, default=1) or 1
        titles = [self.name_of(genre) for genre in self.genres]
        figures = [numeral(n, ",") for n in self._counts]
        names_width = min(max(map(metrics.horizontalAdvance, titles), default=0.0) + 2, self.width() * 0.4)
        counts_width = max(map(metrics.horizontalAdvance, figures), default=0.0) + 2
        shares_width = metrics.horizontalAdvance(formatting.percent(0.9999)) + 2
        left = names_width + _GAP + 6
        room = max(self.width() - left - counts_width - shares_width - 2 * _GAP - 6, 20.0)
        centred = Qt.AlignmentFlag.AlignVCenter
        for number, (genre, title) in enumerate(zip(self.genres, titles, strict=True)):
            row = self.bar_rect(number)
            self.paint_highlight(painter, number)
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
            share = formatting.percent(self._counts[number] / self._n_tracks)
            painter.drawText(row.adjusted(0, 0, -6, 0), centred | Qt.AlignmentFlag.AlignRight, share)
            length = room * self._counts[number] / most
            if length:
                painter.setPen(QPen(QColor(colours.outline), 1))
                painter.setBrush(QColor(self.colour_of(genre)))
                bar = QRectF(left, row.center().y() - _BAR_HEIGHT / 2, max(length, 3.0), _BAR_HEIGHT)
                painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class StyleChart(GenreChart):
    """Number and share of tracks that sound like each style; a track may count for several."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent, name=tr("Tracks of each style"))

    def name_of(self, genre: str) -> str:
        """The name of a style."""
        return prediction_text.style_title(genre)

    def colour_of(self, genre: str) -> str:
        """One colour for all: those of the set belong to genres, and grey to tracks without one."""
        return self._themes.colours.waveform
