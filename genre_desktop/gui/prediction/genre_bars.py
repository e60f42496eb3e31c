"""A bar chart of the probabilities of the genres, the most probable one on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font
from genre_desktop.model.genre_colours import genre_colour

_GAP = 10
_BAR_HEIGHT = 10


class GenreBars(QWidget):
    """Name, bar and percentage of each genre; nothing is told by colours alone."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = themes.colours
        self._rows: list[tuple[str, float | None]] = []
        self._longest: tuple[QFont, float] | None = None  # width of the longest name in that font
        self._faint = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Probability of each genre"))
        themes.changed.connect(self._set_colours)

    def show_probabilities(self, probabilities: Mapping[str, float], *, faint: bool = False) -> None:
        """Show all genres by probability; `faint` where the answer does not follow from them."""
        self._faint = faint
        rows = sorted(probabilities.items(), key=lambda row: -row[1])
        self._set_rows([(genre, float(share)) for genre, share in rows])

    def show_genres(
        self, genres: Sequence[str], known: Mapping[str, float] | None = None, *, faint: bool = False
    ) -> None:
        """Show genres of which only some probabilities are known: those first, the others without a bar."""
        self._faint = faint
        figures = sorted((known or {}).items(), key=lambda row: -row[1])
        self._set_rows([*figures, *((genre, None) for genre in genres if genre not in (known or {}))])

    def rows(self) -> list[tuple[str, float | None]]:
        """Genres and probabilities in the order on the screen."""
        return list(self._rows)

    def _set_rows(self, rows: list[tuple[str, float | None]]) -> None:
        if {genre for genre, _ in rows} != {genre for genre, _ in self._rows}:
            self._longest = None
        self._rows = rows
        self.setAccessibleDescription(
            ", ".join(
                prediction_text.genre_title(genre)
                if share is None
                else f"{prediction_text.genre_title(genre)} {formatting.percent(share)}"
                for genre, share in rows
            )
        )
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 9

    def sizeHint(self) -> QSize:
        return QSize(240, self._row_height() * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self._row_height() * len(self._rows))

    def _longest_name(self, font: QFont) -> float:
        """Width of the longest name, cached: measuring a thousand of them takes half a second."""
        if self._longest is None or self._longest[0] != font:
            metrics = QFontMetricsF(font)
            titles = (prediction_text.genre_title(genre) for genre, _ in self._rows)
            self._longest = font, max(map(metrics.horizontalAdvance, titles), default=0.0)
        return self._longest[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the visible rows only: live mode changes the probabilities twice a second."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold = scaled_font(1.0, bold=True)
        metrics = QFontMetricsF(bold)
        # Genres of the user's own models may have long names: they get half of the width at most.
        names_width = min(self._longest_name(bold) + 2, self.width() * 0.5)
        figures_width = metrics.horizontalAdvance(formatting.percent(0.999)) + 2
        left = names_width + _GAP
        room = max(self.width() - left - figures_width - _GAP, 20.0)
        height = self._row_height()
        first, last = event.rect().top() // height, event.rect().bottom() // height
        for row, (genre, share) in enumerate(self._rows[first : last + 1], start=first):
            top = row * height
            leads = row == 0 and share is not None and not self._faint
            painter.setFont(bold if leads else self.font())
            painter.setPen(QColor(self._colours.text if leads else self._colours.muted))
            title = prediction_text.genre_title(genre)
            name = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(names_width))
            centred = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, names_width, height), centred | Qt.AlignmentFlag.AlignLeft, name)
            if share is not None:
                figures = QRectF(self.width() - figures_width, top, figures_width, height)
                painter.drawText(figures, centred | Qt.AlignmentFlag.AlignRight, formatting.percent(share))
            well = QRectF(left, top + (height - _BAR_HEIGHT) / 2, room, _BAR_HEIGHT)
            self._paint_bar(painter, well, genre, share)

    def _paint_bar(self, painter: QPainter, well: QRectF, genre: str, share: float | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.hover))
        painter.drawRoundedRect(well, 3, 3)
        if share:
            bar = QRectF(well.left(), well.top(), max(well.width() * share, 3.0), _BAR_HEIGHT)
            painter.setOpacity(0.35 if self._faint else 1.0)
            painter.setPen(QPen(QColor(self._colours.outline), 1))
            painter.setBrush(QColor(genre_colour(genre)))
            painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setOpacity(1.0)

    def _set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()
