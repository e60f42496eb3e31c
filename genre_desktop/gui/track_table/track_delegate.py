"""Painting of the cells of the track table."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.tracks.columns import ANSWER, Column, alignment, cell_text
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.tracks.track_row_model import Index
from genre_desktop.gui.widgets.theme import Colours
from genre_desktop.model.genre_colours import genre_colour

PADDING = 8
_CHIP = 10
CHIP_ROOM = _CHIP + 7
_MARK = 9
_MARK_ROOM = _MARK + 5
_colour = lru_cache(maxsize=256)(QColor)  # parsing the name of a colour takes as long as painting a cell
_COLUMNS = tuple(Column)


class TrackDelegate(QStyledItemDelegate):
    """Paints genres with a colour chip, secondary columns muted, and the message of an error across columns.

    It does not use the style, which would ask the model for seven roles of each cell: while results arrive, the whole
    table is painted many times a second.
    """

    def __init__(self, view: QTableView, colours: Colours) -> None:
        super().__init__(view)
        self._view = view
        self.colours = colours

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # type: ignore[override]
        model: TrackModel = self._view.model()  # type: ignore[assignment]
        track = model.track_in_row(index.row())
        if track is None:
            return
        column = _COLUMNS[index.column()]
        cell = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, _colour(self.colours.selection))
        if track.failure is not None and column in ANSWER:
            columns = self._message_columns()
            if column in columns:
                self._paint_message(painter, cell, error_message(track.failure, brief=True), columns)
                return
        rect = cell.adjusted(PADDING, 0, -PADDING, 0)
        colour = self._text_colour(track, column)
        text = cell_text(track, column)
        if column is Column.GENRE and track.genre is not None:
            rect = self._paint_chip(painter, rect, track.genre)
            if track.is_redone:
                text = f"{text} …"
            if marks := self._marks(painter, track):
                rect = self._paint_marks(painter, rect, text, marks)
        elif column is Column.TAGGED and text and model.disagrees(track):
            text, colour = f"≠ {text}", self.colours.text
        if text:
            painter.setPen(_colour(colour))
            mode = Qt.TextElideMode.ElideMiddle if column is Column.NAME else Qt.TextElideMode.ElideRight
            painter.drawText(rect, alignment(column), painter.fontMetrics().elidedText(text, mode, rect.width()))

    def _text_colour(self, track: Track, column: Column) -> str:
        if column is Column.STATE and track.state is State.WORKING:
            return self.colours.accent
        if column is Column.NAME or (column is Column.GENRE and track.answer is not None and not track.is_redone):
            return self.colours.text
        return self.colours.muted

    def _paint_chip(self, painter: QPainter, rect: QRect, genre: str) -> QRect:
        chip = QRect(rect.left(), rect.center().y() - _CHIP // 2 + 1, _CHIP, _CHIP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_colour(self.colours.outline), 1))
        painter.setBrush(_colour(genre_colour(genre)))
        painter.drawRoundedRect(chip, 3, 3)
        painter.restore()
        return rect.adjusted(CHIP_ROOM, 0, 0, 0)

    def _paint_marks(self, painter: QPainter, rect: QRect, text: str, marks: list[Callable[[], None]]) -> QRect:
        """Paint marks behind a text; as shapes, because fonts may lack the characters. What is left for the text."""
        rect = rect.adjusted(0, 0, -len(marks) * _MARK_ROOM, 0)
        left = rect.left() + min(painter.fontMetrics().horizontalAdvance(text), max(0, rect.width())) + 6
        for number, paint in enumerate(marks):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(left + number * _MARK_ROOM, rect.center().y() - _MARK / 2 + 1)
            paint()
            painter.restore()
        return rect

    def _marks(self, painter: QPainter, track: Track) -> list[Callable[[], None]]:
        """A pencil for a genre by hand, a triangle where sound is missing, an "i" in a circle for another warning."""
        summary = track.summary
        marks: list[Callable[[], None]] = []
        if track.by_hand is not None:
            marks.append(lambda: _paint_pencil(painter, self.colours.muted))
        if summary is not None and summary.warnings and track.is_answered:
            if summary.loss is not None:
                marks.append(lambda: _paint_triangle(painter, self.colours.problem))
            else:
                marks.append(lambda: _paint_note(painter, self.colours.muted))
        return marks

    def _message_columns(self) -> list[Column]:
        """The visible columns, from that of the genre to the right, that are empty for a failed track."""
        header = self._view.horizontalHeader()
        columns: list[Column] = []
        for place in range(header.visualIndex(Column.GENRE.value), header.count()):
            column = _COLUMNS[header.logicalIndex(place)]
            if header.isSectionHidden(column.value):
                continue
            if column not in ANSWER:
                break
            columns.append(column)
        return columns

    def _paint_message(self, painter: QPainter, cell: QRect, text: str, columns: list[Column]) -> None:
        # Each cell paints its part of a message that runs over all of them: Qt looks real spans up row by row, far too
        # slow for thousands of failures.
        left = self._view.columnViewportPosition(columns[0].value)
        right = self._view.columnViewportPosition(columns[-1].value) + self._view.columnWidth(columns[-1].value)
        rect = QRect(left, cell.top(), right - left, cell.height()).adjusted(PADDING, 0, -PADDING, 0)
        painter.save()
        painter.setClipRect(cell)
        painter.setPen(_colour(self.colours.problem))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, alignment(Column.NAME), text)
        painter.restore()


def _paint_pencil(painter: QPainter, colour: str) -> None:
    side, nib = _MARK, 3
    outline = (0, side), (0, side - nib), (side - nib, 0), (side, nib), (nib, side)
    painter.setPen(QPen(_colour(colour), 1))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in outline]))
    painter.drawLine(QPointF(0, side - nib), QPointF(nib, side))


def _paint_triangle(painter: QPainter, colour: str) -> None:
    side = _MARK + 1
    painter.setPen(QPen(_colour(colour), 1.2))
    painter.drawPolygon(QPolygonF([QPointF(side / 2, 0), QPointF(side, side - 1), QPointF(0, side - 1)]))
    painter.drawLine(QPointF(side / 2, 3.4), QPointF(side / 2, 5.6))
    painter.drawPoint(QPointF(side / 2, 7.4))


def _paint_note(painter: QPainter, colour: str) -> None:
    middle = _MARK / 2
    painter.setPen(QPen(_colour(colour), 1.2))
    painter.drawEllipse(QPointF(middle, middle), middle + 0.5, middle + 0.5)
    painter.drawPoint(QPointF(middle, 2.4))
    painter.drawLine(QPointF(middle, 4.3), QPointF(middle, 7.0))
